import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { Camera } from '../../src/camera/camera.ts';
import { pixelToRay, worldToPixel } from '../../src/camera/project.ts';
import { meetLevel, pointOn } from '../../src/geo/ray.ts';
import { describeWithReferenceData, referencePath } from '../support/reference-data.ts';

const folder = 'data/cameratransform_ref';

interface Pair {
  readonly uv: readonly [number, number];
  readonly xyz: readonly [number, number, number];
}

interface Case {
  readonly focallength_px: number;
  readonly image: readonly [number, number];
  readonly elevation_m: number;
  readonly tilt_deg: number;
  readonly roll_deg: number;
  readonly heading_deg: number;
  readonly brown_k: readonly [number, number, number] | null;
  readonly image_to_plane_Z0: readonly Pair[];
  readonly world_to_image: readonly Pair[];
}

/** Their tilt is 0 at nadir; their roll turns the other way. */
function cameraOf(c: Case): Camera {
  const [widthPx, heightPx] = c.image;
  const [k1, k2, k3] = c.brown_k ?? [0, 0, 0];
  const centre = { u: widthPx / 2, v: heightPx / 2 };
  const position = { eastM: 0, northM: 0, upM: c.elevation_m };
  return {
    origin: { lng: 0, lat: 0, heightM: 0 },
    pose: { position, headingDeg: (c.heading_deg + 360) % 360, pitchDeg: c.tilt_deg - 90, rollDeg: -c.roll_deg },
    lens: { kind: 'brown-conrady', focalPx: c.focallength_px, centre, k1, k2, k3, p1: 0, p2: 0 },
    sizePx: { widthPx, heightPx },
    refraction: 0,
  };
}

describeWithReferenceData('CameraTransform 1.2.1', folder, () => {
  const cases: readonly Case[] = JSON.parse(readFileSync(referencePath(`${folder}/reference.json`), 'utf8')).cases;

  it.each(cases.map((c, at) => [at, c] as const))('sees the points of case %i at the same pixels', (_, c) => {
    const camera = cameraOf(c);
    let worstPx = 0;
    let seenCount = 0;
    for (const { uv, xyz } of c.world_to_image) {
      const [eastM, northM, upM] = xyz;
      const seen = worldToPixel(camera, { eastM, northM, upM });
      if (!seen) continue;
      seenCount++;
      worstPx = Math.max(worstPx, Math.hypot(seen.u - uv[0], seen.v - uv[1]));
    }
    // Points behind the camera, or where the lens folds back, have no pixel here and a false one there.
    expect(seenCount).toBeGreaterThan(37);
    expect(worstPx).toBeLessThan(1e-9);
  });

  it.each(cases.filter((c) => !c.brown_k).map((c, at) => [at, c] as const))(
    'puts the pixels of pinhole case %i on the plane within 1 mm',
    (_, c) => {
      const camera = cameraOf(c);
      let worstM = 0;
      for (const { uv, xyz } of c.image_to_plane_Z0) {
        const ray = pixelToRay(camera, { u: uv[0], v: uv[1] });
        const range = ray && meetLevel(ray, { upM: 0, eastBend: 0, northBend: 0 });
        const point = ray && range !== undefined ? pointOn(ray, range) : { eastM: Infinity, northM: Infinity, upM: 0 };
        worstM = Math.max(worstM, Math.hypot(point.eastM - xyz[0], point.northM - xyz[1]));
      }
      console.info(`CameraTransform, pinhole on the plane: ${worstM.toExponential(1)} m at worst`);
      expect(worstM).toBeLessThan(1e-3);
    },
  );
});
