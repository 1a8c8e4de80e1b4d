import type { Pixel } from '../geo/frames.ts';
import type { GreyImage } from '../picture/grey.ts';
import type { Camera } from './camera.ts';
import { pickEdges } from './drift-edges.ts';
import { gradientField, shrink } from './drift-gradient.ts';
import { halfPatch, readSlopes, type Slopes } from './drift-patch.ts';
import { pickCorners } from './drift-pick.ts';
import type { EdgeLevel } from './drift-search.ts';
import { undistort } from './lens.ts';
import type { Vector3 } from './matrix.ts';

/** A small square of the reference photo that can be found again. */
export interface Patch {
  /** Length 1, in the axes of the camera at the reference photo. */
  readonly direction: Vector3;
  readonly slopes: Slopes;
}

/** What is kept of the reference photo of a calibration: a few hundred kB. */
export interface DriftReference {
  readonly camera: Camera;
  /** From coarse to fine. */
  readonly levels: readonly EdgeLevel[];
  readonly patches: readonly Patch[];
  /** How many edges the whole photo has at the middle level: one that has far fewer is not clear. */
  readonly clearEdges: number;
}

/** How much smaller than a grey image the levels of the search are, from coarse to fine: 120, 240 and 480 pixels wide. */
export function levelsOf({ sizePx }: GreyImage): readonly number[] {
  return [120, 240, 480].map((widthPx) => Math.max(1, Math.round(sizePx.widthPx / widthPx)));
}

/** Share of a picture's height, at its top and at its bottom, in which cameras write time and name. */
const letteredShare = 0.07;

/**
 * Picks what will be looked for in other photos. `isStable` says of a pixel of the photo that what is seen there stays
 * (neither water nor sky); by default all does. The strips at top and bottom, where cameras write, are never used.
 */
export function prepareReference(
  grey: GreyImage,
  camera: Camera,
  isStable: (pixel: Pixel) => boolean = () => true,
): DriftReference {
  const { heightPx } = camera.sizePx;
  const strip = letteredShare * heightPx;
  const mayUse = (pixel: Pixel) => pixel.v > strip && pixel.v < heightPx - strip && isStable(pixel);
  const levels = levelsOf(grey).map((times) => pickEdges(camera.lens, gradientField(shrink(grey, times)), mayUse));
  const corners = pickCorners(gradientField(shrink(grey, 2)), halfPatch * grey.factor, mayUse);
  const patches = corners.flatMap((corner) => cutPatch(grey, camera, corner) ?? []);
  return { camera, levels, patches, clearEdges: countEdges(grey, camera) };
}

function cutPatch(grey: GreyImage, { lens }: Camera, corner: Pixel): Patch | undefined {
  // On whole pixels nothing has to be interpolated.
  const middle = { u: Math.floor(corner.u / grey.factor) + 0.5, v: Math.floor(corner.v / grey.factor) + 0.5 };
  const slopes = readSlopes(grey, { middle, cosRoll: 1, sinRoll: 0, half: halfPatch });
  const direction = undistort(lens, { u: middle.u * grey.factor, v: middle.v * grey.factor });
  return slopes && direction && { direction, slopes };
}

/** Edges of a photo at the middle level, whatever shows them. */
export function countEdges(grey: GreyImage, { lens }: Camera): number {
  return pickEdges(lens, gradientField(shrink(grey, levelsOf(grey)[1] ?? 1)), () => true).edges.length;
}
