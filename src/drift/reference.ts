import type { Camera } from '../camera/camera.ts';
import { undistort } from '../camera/lens.ts';
import type { Vector3 } from '../camera/matrix.ts';
import type { Pixel, SizePx } from '../geo/frames.ts';
import type { GreyImage } from '../picture/grey.ts';
import { pickEdges } from './edges.ts';
import { gradientField, type Pyramid, pyramidOf } from './gradient.ts';
import { halfPatch, readSlopes, type Slopes } from './patch.ts';
import { pickCorners } from './pick.ts';
import type { EdgeLevel } from './search.ts';

/** A small square of the reference photo that can be found again. */
export interface Patch {
  /** Length 1, in the axes of the camera at the reference photo. */
  readonly direction: Vector3;
  /** In the photo itself and in its half: the same size of square on twice the ground. */
  readonly slopes: readonly [Slopes, Slopes];
}

/** What is kept of the reference photo of a calibration: about 2 MB. */
export interface DriftReference {
  readonly camera: Camera;
  /** Size of its grey image: a photo of another size cannot be compared. */
  readonly sizePx: SizePx;
  /** As `levelsOf` gives them. */
  readonly levels: readonly EdgeLevel[];
  readonly patches: readonly Patch[];
  /** How many edges the whole photo has at the coarsest level: a photo that has far fewer is not clear. */
  readonly clearEdges: number;
}

/** The levels of a pyramid that a turn is searched in: the three coarsest, from coarse to fine. */
export function levelsOf(pyramid: Pyramid): readonly GreyImage[] {
  return pyramid.slice(-3).reverse();
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
  const pyramid = pyramidOf(grey);
  const half = pyramid[1] ?? grey;
  const levels = levelsOf(pyramid).map((level) => pickEdges(camera.lens, gradientField(level), mayUse));
  const corners = pickCorners(gradientField(half), halfPatch * grey.factor, mayUse);
  const patches = corners.flatMap((corner) => cutPatch([grey, half], camera, corner) ?? []);
  return { camera, sizePx: grey.sizePx, levels, patches, clearEdges: countEdges(pyramid, camera) };
}

function cutPatch([grey, half]: readonly [GreyImage, GreyImage], { lens }: Camera, corner: Pixel): Patch | undefined {
  // On whole pixels nothing has to be interpolated.
  const u = (Math.floor(corner.u / grey.factor) + 0.5) * grey.factor;
  const v = (Math.floor(corner.v / grey.factor) + 0.5) * grey.factor;
  const [fine, coarse] = [grey, half].map((level) =>
    readSlopes(level, {
      middle: { u: u / level.factor, v: v / level.factor },
      cosRoll: 1,
      sinRoll: 0,
      half: halfPatch,
    }),
  );
  const direction = undistort(lens, { u, v });
  return fine && coarse && direction && { direction, slopes: [fine, coarse] };
}

/** Edges of a photo at the coarsest level, whatever shows them. */
export function countEdges(pyramid: Pyramid, { lens }: Camera): number {
  return pickEdges(lens, gradientField(pyramid.at(-1) ?? pyramid[0]), () => true).edges.length;
}
