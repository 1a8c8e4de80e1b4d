import type { Camera } from '../../src/camera/camera.ts';
import { pixelToRay } from '../../src/camera/project.ts';
import type { GreyImage } from '../../src/picture/grey.ts';

/** Brightness, 0–1, of what is seen far away in a direction: azimuth and elevation, rad. */
export type Panorama = (azimuth: number, elevation: number) => number;

/** A wall of tiles of about 1.5°, each with a shade of its own, each cut by a slanted line; each seed has others. */
export function tiles(seed: number): Panorama {
  return (azimuth, elevation) => {
    const [x, y] = [azimuth / 0.026, (elevation + 0.2 * Math.sin(azimuth * 9)) / 0.021];
    const tile = hash(Math.floor(x), Math.floor(y), seed);
    const cut = hash(Math.floor(y), Math.floor(x), seed + 7) * 1.4 - 0.2;
    const across = x - Math.floor(x) + 0.6 * (y - Math.floor(y)) - cut;
    // Edges a tenth of a tile wide: the eye of a camera is soft.
    const share = 1 / (1 + Math.exp(-12 * across));
    return 0.2 + 0.6 * (tile * share + (1 - tile) * (1 - share));
  };
}

/** What a camera sees of a panorama. */
export function look(camera: Camera, panorama: Panorama): GreyImage {
  const { widthPx, heightPx } = camera.sizePx;
  const grey = new Uint8Array(widthPx * heightPx);
  for (let row = 0; row < heightPx; row++) {
    for (let col = 0; col < widthPx; col++) {
      const direction = pixelToRay(camera, { u: col + 0.5, v: row + 0.5 })?.direction;
      if (!direction) continue;
      const azimuth = Math.atan2(direction.eastM, direction.northM);
      grey[row * widthPx + col] = 255 * panorama(azimuth, Math.asin(direction.upM));
    }
  }
  return { sizePx: camera.sizePx, grey, factor: 1 };
}

/** The same picture, each of its bytes changed. */
export function retouch(image: GreyImage, change: (grey: number, col: number, row: number) => number): GreyImage {
  const { widthPx } = image.sizePx;
  const grey = image.grey.map((value, at) =>
    Math.min(255, Math.max(0, change(value, at % widthPx, Math.floor(at / widthPx)))),
  );
  return { ...image, grey };
}

/** The same camera turned by changes of its heading, pitch and roll, deg. */
export function turn(camera: Camera, [headingDeg, pitchDeg, rollDeg]: readonly [number, number, number]): Camera {
  const { pose } = camera;
  return {
    ...camera,
    pose: {
      ...pose,
      headingDeg: pose.headingDeg + headingDeg,
      pitchDeg: pose.pitchDeg + pitchDeg,
      rollDeg: pose.rollDeg + rollDeg,
    },
  };
}

/** 0–1, the same for the same three whole numbers. Source: the finalizer of MurmurHash3. */
export function hash(x: number, y: number, seed: number): number {
  let h = Math.imul(x, 0x9e3779b1) ^ Math.imul(y, 0x85ebca6b) ^ Math.imul(seed, 0xc2b2ae35);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return ((h ^ (h >>> 16)) >>> 0) / 4294967296;
}
