import { describe, expect, it } from 'vitest';
import { worldToPixel } from '../../src/camera/project.ts';
import type { Box, Pixel } from '../../src/geo/frames.ts';
import { fromEnu } from '../../src/geo/plane.ts';
import { buildPlaneGround } from '../../src/locate/ground.ts';
import { findMasked } from '../../src/locate/masked-cells.ts';
import { trueCamera } from '../support/small-workspace.ts';

const calibration = { camera: trueCamera, free: [], covariance: [] };
/** 8 m under the camera. */
const ground = buildPlaneGround(calibration, 2200, 0.1, 3000);
const onGround = (eastM: number, northM: number) => ({ eastM, northM, upM: -8 });

/** A mask of 20 m × 20 m whose middle is 60 m north of the camera and 10 m east of it. */
const corners = [
  [0, 50],
  [20, 50],
  [20, 70],
  [0, 70],
  [0, 50],
] as const;
const mask = {
  type: 'Polygon' as const,
  coordinates: [
    corners.map(([e, n]) => {
      const { lng, lat } = fromEnu(trueCamera.origin, onGround(e, n));
      return [lng, lat];
    }),
  ],
};

function pixelOf(eastM: number, northM: number, overM = 0): Pixel {
  const point = onGround(eastM, northM);
  const pixel = worldToPixel(trueCamera, { ...point, upM: point.upM + overM });
  if (!pixel) throw new Error('not seen');
  return pixel;
}

const holds = (boxes: readonly Box[], { u, v }: Pixel) =>
  boxes.some(({ x, y, w, h }) => u >= x && u < x + w && v >= y && v < y + h);

describe('masked ground', () => {
  const masked = findMasked(ground, [mask]);

  it('is covered to its corners, and everybody who stands on it up to the head', () => {
    for (const [e, n] of [...corners, [10, 60]] as const) {
      expect(holds(masked, pixelOf(e, n))).toBe(true);
      expect(holds(masked, pixelOf(e, n, 1.9))).toBe(true);
    }
  });

  it('leaves what is beside, before and behind it', () => {
    for (const [e, n] of [
      [-8, 60],
      [28, 60],
      [10, 35],
      [10, 600],
    ] as const) {
      expect(holds(masked, pixelOf(e, n))).toBe(false);
    }
  });

  it('is wider where the calibration is less sure', () => {
    const unsure = { ...calibration, free: ['headingDeg'], covariance: [1] };
    const wide = findMasked(buildPlaneGround(unsure, 2200, 0.1, 3000), [mask]);
    // 3° aside, 60 m away
    expect(holds(wide, pixelOf(-2.5, 60))).toBe(true);
    expect(holds(masked, pixelOf(-5, 60))).toBe(false);
    expect(holds(wide, pixelOf(-2.9, 60))).toBe(true);
  });

  it('is nowhere where there is no mask', () => expect(findMasked(ground, [])).toEqual([]));
});
