import type { MultiPolygon, Position } from 'geojson';
import type { Camera } from '../camera/camera.ts';
import { bendFor, pixelToRay, rotationFor, worldToPixel } from '../camera/project.ts';
import type { Enu } from '../geo/frames.ts';
import { type Mask, outlineCells } from '../geo/outline.ts';
import { fromEnu } from '../geo/plane.ts';
import type { Ground } from './ground.ts';
import { surfaceAt } from './surface-at.ts';

/** The ground that a camera sees. */
export interface Viewshed {
  /** EPSG:4326, valid by ST_IsValid; without a polygon: it sees none. */
  readonly shape: MultiPolygon;
  /** Side of the cells that were looked at, m. */
  readonly cellM: number;
}

/** The side of a cell at least, m, and how many lie in the picture at most. */
const cells = { leastM: 5, most: 300_000 };
/** Lines of sight are followed in steps of this share of the distance: a rock near the camera hides much. */
const stride = { leastM: 0.5, share: 0.02, mostM: 5 };

/** A camera's view of the places around it, as far as its ground's range. */
export interface View {
  /** Whether the ground or the water at a place in the tangent plane is seen, to one cell. */
  readonly sees: (eastM: number, northM: number) => boolean;
  /** Side of the cells that were looked at, m. */
  readonly cellM: number;
}

/**
 * Looks over the ground and the water in a camera's picture that no other ground hides, as far as `maxRangeM`; to one
 * cell: what is hidden by ground less than a cell before it counts as seen.
 */
export function lookOver(ground: Ground): View {
  const { position } = ground.calibration.camera.pose;
  const mayShow = frameOf(ground.calibration.camera);
  const cellM = chooseCell(mayShow, ground.maxRangeM);
  const isSeen = lookAround(ground, mayShow, cellM);
  const sees = (eastM: number, northM: number) => {
    const [east, north] = [eastM - position.eastM, northM - position.northM];
    return mayShow(east, north) && isSeen(east, north);
  };
  return { sees, cellM };
}

/** The ground that a camera sees, as polygons around the cells of its view. */
export function findViewshed(ground: Ground): Viewshed {
  const { sees, cellM } = lookOver(ground);
  return { shape: outlinePlaces(ground, cellM, sees), cellM };
}

/** Polygons in EPSG:4326 around the cells of `cellM`, in the range of the ground, whose middles a question picks. */
export function outlinePlaces(ground: Ground, cellM: number, picks: View['sees']): MultiPolygon {
  const { maxRangeM, calibration } = ground;
  const { pose, origin } = calibration.camera;
  const half = Math.ceil(maxRangeM / cellM);
  const mask: Mask = { cols: 2 * half, rows: 2 * half, cells: new Uint8Array(4 * half * half) };
  /** The middle of a cell; column and row may lie between two cells. */
  const placeOf = (col: number, row: number) =>
    [pose.position.eastM + (col - half + 0.5) * cellM, pose.position.northM + (half - row - 0.5) * cellM] as const;
  for (let at = 0; at < mask.cells.length; at++) {
    if (picks(...placeOf(at % mask.cols, Math.floor(at / mask.cols)))) mask.cells[at] = 1;
  }
  const toLngLat = ([col = 0, up = 0]: Position): Position => {
    const [eastM, northM] = placeOf(col, -up);
    const { lng, lat } = fromEnu(origin, surfaceAt(ground, eastM, northM) ?? { eastM, northM, upM: 0 });
    return [Number(lng.toFixed(7)), Number(lat.toFixed(7))];
  };
  const coordinates = outlineCells(mask).map((polygon) => polygon.map((ring) => ring.map(toLngLat)));
  return { type: 'MultiPolygon', coordinates };
}

/**
 * Follows lines of sight in all directions, a cell apart at the far end. The answer says whether anything near a place
 * is seen.
 */
function lookAround(ground: Ground, mayShow: Bearing, cellM: number): Bearing {
  const { maxRangeM } = ground;
  const bearings = Math.ceil((2 * Math.PI * maxRangeM) / cellM);
  const rings = Math.ceil(maxRangeM / cellM);
  const seen = new Uint8Array(bearings * rings);
  for (let bearing = 0; bearing < bearings; bearing++) {
    const angle = (bearing / bearings) * 2 * Math.PI;
    const [east, north] = [Math.sin(angle), Math.cos(angle)];
    if (!mayShow(east, north)) continue;
    for (const distanceM of followSight(ground, east, north)) {
      seen[bearing * rings + Math.floor(distanceM / cellM)] = 1;
    }
  }
  return (east, north) => {
    const bearing = Math.round((Math.atan2(east, north) / (2 * Math.PI)) * bearings + bearings) % bearings;
    const ring = Math.floor(Math.sqrt(east * east + north * north) / cellM);
    return ring < rings && seen[bearing * rings + ring] === 1;
  };
}

/**
 * Horizontal distances in one direction at which the surface is seen, m. Where the surface is not known, sight ends.
 * Source: a running maximum of slopes, as R2 in W. R. Franklin and C. K. Ray, Higher isn't necessarily better (1994).
 */
function* followSight(ground: Ground, east: number, north: number): Generator<number> {
  const { camera } = ground.calibration;
  const { position: eye } = camera.pose;
  const bendPerM = bendFor(camera);
  let horizon = -Infinity;
  for (let d = stride.leastM; d < ground.maxRangeM; d += within(stride.share * d, stride.leastM, stride.mostM)) {
    const point = surfaceAt(ground, eye.eastM + d * east, eye.northM + d * north);
    if (!point) return;
    const up = point.upM - eye.upM;
    // light that bends down lifts what is far
    const slope = (up + bendPerM * d * d) / d;
    const isNear = d * d + up * up <= ground.maxRangeM ** 2;
    if (slope >= horizon && isNear && isInPicture(camera, point)) yield d;
    horizon = Math.max(horizon, slope);
  }
}

function isInPicture(camera: Camera, point: Enu): boolean {
  const { u = -1, v = -1 } = worldToPixel(camera, point) ?? {};
  return u >= 0 && v >= 0 && u <= camera.sizePx.widthPx && v <= camera.sizePx.heightPx;
}

function within(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}

/** A question about a direction or a place, given from the camera, m. */
type Bearing = (east: number, north: number) => boolean;

/** Says quickly that nothing in a direction can be in the picture, however high or low: outside the cone around it. */
function frameOf(camera: Camera): Bearing {
  const { widthPx, heightPx } = camera.sizePx;
  const [, , , , , , east = 0, north = 0, up = 0] = rotationFor(camera);
  let least = 1;
  for (let step = 0; step <= 1; step += 1 / 32) {
    for (const [u, v] of [
      [step, 0],
      [step, 1],
      [0, step],
      [1, step],
    ] as const) {
      const ray = pixelToRay(camera, { u: u * widthPx, v: v * heightPx });
      // a picture that is wider than what its lens shows may show anything
      if (!ray) return () => true;
      const { direction: d } = ray;
      least = Math.min(least, d.eastM * east + d.northM * north + d.upM * up);
    }
  }
  const cosine = Math.max(0, least - 0.01);
  return (e, n) => {
    const along = Math.max(0, e * east + n * north);
    return (along * along) / (e * e + n * n) + up * up >= cosine * cosine;
  };
}

/** Cells so large that no more than `cells.most` of them lie in the frame. */
function chooseCell(mayShow: Bearing, maxRangeM: number): number {
  const bearings = Array.from({ length: 360 }, (_, deg) => (deg * Math.PI) / 180);
  const shown = bearings.filter((bearing) => mayShow(Math.sin(bearing), Math.cos(bearing))).length;
  const areaM2 = (shown / 360) * Math.PI * maxRangeM ** 2;
  return Math.max(cells.leastM, Math.sqrt(areaM2 / cells.most));
}
