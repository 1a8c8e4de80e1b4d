import { worldToPixel } from '../camera/project.ts';
import type { Enu, Pixel } from '../geo/frames.ts';
import type { Ground } from '../locate/ground.ts';
import { surfaceAt } from '../locate/surface-at.ts';
import { type Polylines, pixelOf, traceSeen } from './drawn-surface.ts';

/** Lines of constant east or north, so far apart. */
export interface GroundGrid {
  readonly stepM: number;
  readonly lines: Polylines;
}

/** The places at one horizontal distance from the camera. */
export interface RangeRing {
  readonly rangeM: number;
  readonly lines: Polylines;
}

/** Distance between lines, and how far from the camera they are drawn, m. */
const meshes = [
  { stepM: 10, reachM: 150 },
  { stepM: 50, reachM: 600 },
  { stepM: 100, reachM: 2000 },
] as const;
const ringsM = [20, 50, 100, 200, 500, 1000, 2000, 5000] as const;

/** Where lines would lie closer than this share of the picture's width, they are left out. */
const closest = 1 / 130;

/** Seen parts shorter than this share of the picture's width say nothing: rugged ground far away would be scribbled over. */
const shortest = 1 / 45;

/** A grid on the ground, from the camera's foot to the east and north: fine near the camera, coarse far from it. */
export function drawGroundGrid(ground: Ground): readonly GroundGrid[] {
  return meshes.map(({ stepM, reachM }, at) => {
    const coarser = meshes[at + 1]?.stepM;
    const count = Math.floor(reachM / stepM);
    const offsets = Array.from({ length: 2 * count + 1 }, (_, index) => (index - count) * stepM);
    const own = offsets.filter((offset) => coarser === undefined || offset % coarser !== 0);
    const lines = own
      .flatMap((offset) => [
        ...traceSeen(ground, walk(ground, { stepM, reachM, offset, isNorthward: true })),
        ...traceSeen(ground, walk(ground, { stepM, reachM, offset, isNorthward: false })),
      ])
      .filter((pixels) => isLong(ground, pixels));
    return { stepM, lines };
  });
}

function isLong({ calibration }: Ground, pixels: readonly Pixel[]): boolean {
  const [first, last] = [pixels[0], pixels.at(-1)];
  if (!first || !last) return false;
  return Math.hypot(last.u - first.u, last.v - first.v) > shortest * calibration.camera.sizePx.widthPx;
}

interface GridLine {
  readonly stepM: number;
  readonly reachM: number;
  /** East of the camera for a line northwards, north of it for one eastwards. */
  readonly offset: number;
  readonly isNorthward: boolean;
}

/** Points along one line, closer near the camera; undefined where its neighbour would be too close in the picture. */
function* walk(ground: Ground, { stepM, reachM, offset, isNorthward }: GridLine): Generator<Enu | undefined> {
  const { position } = ground.calibration.camera.pose;
  const at = (along: number, across: number): Enu | undefined =>
    isNorthward
      ? surfaceAt(ground, position.eastM + across, position.northM + along)
      : surfaceAt(ground, position.eastM + along, position.northM + across);
  const half = Math.sqrt(Math.max(reachM * reachM - offset * offset, 0));
  for (let along = -half; along <= half; along += pace(Math.hypot(along, offset))) {
    const point = at(along, offset);
    const pixel = point && pixelOf(ground, point);
    const gapPx = pixel && gap(ground, pixel, at(along + stepM / 20, offset), at(along, offset + stepM));
    yield gapPx === undefined || gapPx < closest * ground.calibration.camera.sizePx.widthPx ? undefined : point;
  }
}

/** Distance to the next point of a line, m, so that bends of the ground show. */
function pace(rangeM: number): number {
  return Math.min(Math.max(0.01 * rangeM, 0.25), 4);
}

/** How far a neighbouring line runs from this one in the picture, px. */
function gap(ground: Ground, pixel: Pixel, ahead: Enu | undefined, beside: Enu | undefined): number | undefined {
  const { camera } = ground.calibration;
  const one = ahead && worldToPixel(camera, ahead);
  const two = beside && worldToPixel(camera, beside);
  if (!one || !two) return undefined;
  const [du, dv] = [one.u - pixel.u, one.v - pixel.v];
  return Math.abs(du * (two.v - pixel.v) - dv * (two.u - pixel.u)) / Math.max(Math.hypot(du, dv), 1e-9);
}

/** Rings of equal horizontal distance around the camera, of which something is seen. */
export function drawRangeRings(ground: Ground): readonly RangeRing[] {
  const { position } = ground.calibration.camera.pose;
  return ringsM
    .filter((rangeM) => rangeM <= ground.maxRangeM)
    .map((rangeM) => {
      const circle = Array.from({ length: 1441 }, (_, quarter) => {
        const azimuth = (quarter * Math.PI) / 720;
        return surfaceAt(
          ground,
          position.eastM + rangeM * Math.sin(azimuth),
          position.northM + rangeM * Math.cos(azimuth),
        );
      });
      return { rangeM, lines: traceSeen(ground, circle).filter((pixels) => isLong(ground, pixels)) };
    })
    .filter(({ lines }) => lines.length > 0);
}
