import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { Camera } from '../../src/camera/camera.ts';
import { undistort } from '../../src/camera/lens.ts';
import { pixelToRay } from '../../src/camera/project.ts';
import { getCrs } from '../../src/geo/crs.ts';
import { fromEnu } from '../../src/geo/plane.ts';
import { levelAt, meetLevel, pointOn } from '../../src/geo/ray.ts';

/** The camera of the worked example in docs/coordinate-systems.md. */
const camera: Camera = {
  origin: { lng: 6.1, lat: 45.2, heightM: 2130 },
  pose: { position: { eastM: 0.6, northM: -0.4, upM: 0.2 }, headingDeg: 62, pitchDeg: -7.5, rollDeg: 1.2 },
  lens: {
    kind: 'brown-conrady',
    focalPx: 1440,
    centre: { u: 970, v: 545 },
    k1: -0.3,
    k2: 0.1,
    k3: 0,
    p1: 0.0005,
    p2: -0.0002,
  },
  sizePx: { widthPx: 1920, heightPx: 1080 },
};

it('is what docs/coordinate-systems.md says, step by step', () => {
  const pixel = { u: 1250, v: 480 };
  const along = undistort(camera.lens, pixel);
  const ray = pixelToRay(camera, pixel);
  if (!along || !ray) throw new Error('refused');
  const rangeM = meetLevel(ray, levelAt(camera.origin, 2100)) ?? 0;
  const point = pointOn(ray, rangeM);
  const place = fromEnu(camera.origin, point);
  const grid = getCrs(2154).fromLngLat(place);
  const steps = [
    [(1250 - 970) / 1440, (480 - 545) / 1440].map((slope) => slope.toFixed(6)),
    [along[0] / along[2], along[1] / along[2]].map((slope) => slope.toFixed(6)),
    [ray.direction.eastM, ray.direction.northM, ray.direction.upM].map((part) => part.toFixed(6)),
    [rangeM.toFixed(3)],
    [point.eastM, point.northM, point.upM].map((part) => part.toFixed(3)),
    [place.lng.toFixed(8), place.lat.toFixed(8)],
    [grid.x.toFixed(3), grid.y.toFixed(3)],
  ].map((numbers) => numbers.join(', '));
  const document = readFileSync(new URL('../../docs/coordinate-systems.md', import.meta.url), 'utf8').replaceAll(
    '−',
    '-',
  );
  for (const step of steps) expect(document).toContain(step);
});
