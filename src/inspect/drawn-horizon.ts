import { bendFor, worldToPixel } from '../camera/project.ts';
import { elevationUnder, stepUnder } from '../dem/grid.ts';
import { firstHit } from '../dem/ray.ts';
import { degreesPerRadian } from '../geo/angles.ts';
import type { Enu, Pixel } from '../geo/frames.ts';
import type { Ground } from '../locate/ground.ts';
import type { Polylines } from './drawn-surface.ts';

/** Directions in which the horizon and the skyline are looked for, a full turn. */
const directions = 2880;
/** The skyline is looked for between these slopes of the ray. */
const slopes = { least: -2, most: 2 } as const;

/** Where level lines of sight meet the picture: the horizon of a sea without end or curve. */
export function drawHorizon(ground: Ground): Polylines {
  return tracePixels(ground, (east, north) => ({ eastM: east, northM: north, upM: 0 }));
}

/**
 * The upper edge of the DEM's ground as the camera sees it. Where the DEM ends before the land does, it shows no edge of
 * the land: nothing is drawn there.
 */
export function drawSkyline(ground: Ground): Polylines {
  return ground.dem ? tracePixels(ground, (east, north) => skylineAt(ground, east, north)) : [];
}

/** How far the DEM reaches from the camera along its view, m: land beyond may be higher than its skyline. */
export function reachOfDem({ dem, calibration, maxRangeM }: Ground): number {
  if (!dem) return 0;
  const { position, headingDeg } = calibration.camera.pose;
  const [east, north] = [Math.sin(headingDeg / degreesPerRadian), Math.cos(headingDeg / degreesPerRadian)];
  const paceM = 4 * stepUnder(dem.grid.beyond ?? dem.grid, position);
  let reachM = 0;
  for (let atM = 0; atM <= maxRangeM; atM += paceM) {
    const place = { eastM: position.eastM + atM * east, northM: position.northM + atM * north, upM: position.upM };
    if (elevationUnder(dem.grid, place) !== undefined) reachM = atM;
  }
  return reachM;
}

/** The pixels of a direction that depends on the azimuth, as far as they lie in the picture. */
function tracePixels(ground: Ground, directionAt: (east: number, north: number) => Enu | undefined): Polylines {
  const parts: Pixel[][] = [];
  let part: Pixel[] = [];
  for (let turn = 0; turn <= directions; turn++) {
    const azimuth = (turn * 2 * Math.PI) / directions;
    const pixel = pixelTowards(ground, directionAt(Math.sin(azimuth), Math.cos(azimuth)));
    if (pixel) {
      if (part.length === 0) parts.push(part);
      part.push(pixel);
    } else part = [];
  }
  return parts.filter(({ length }) => length > 1);
}

function pixelTowards({ calibration: { camera } }: Ground, direction: Enu | undefined): Pixel | undefined {
  if (!direction) return undefined;
  const { eastM, northM, upM } = camera.pose.position;
  // So near that light does not bend on the way.
  const pixel = worldToPixel(camera, {
    eastM: eastM + direction.eastM,
    northM: northM + direction.northM,
    upM: upM + direction.upM,
  });
  if (!pixel || pixel.u < 0 || pixel.u > camera.sizePx.widthPx) return undefined;
  return pixel.v < 0 || pixel.v > camera.sizePx.heightPx ? undefined : pixel;
}

/** The direction of the highest ray of an azimuth that still meets ground, by halving: below a hit all rays hit. */
function skylineAt(ground: Ground, east: number, north: number): Enu | undefined {
  const { camera } = ground.calibration;
  if (!pixelInColumn(ground, east, north)) return undefined;
  const hitAt = (slope: number) => {
    const length = Math.hypot(1, slope);
    const direction = { eastM: east / length, northM: north / length, upM: slope / length };
    const ray = { origin: camera.pose.position, direction, bendPerM: bendFor(camera) };
    const hit = ground.dem && firstHit(ray, ground.dem.grid, ground.maxRangeM);
    return hit?.kind === 'hit' ? hit : undefined;
  };
  let { least: low, most: high } = slopes as { least: number; most: number };
  let highest = hitAt(low);
  for (let halving = 0; halving < 18 && highest; halving++) {
    const middle = (low + high) / 2;
    const hit = hitAt(middle);
    if (hit) [low, highest] = [middle, hit];
    else high = middle;
  }
  if (!highest || isAtEdge(ground, highest.point, east, north)) return undefined;
  return { eastM: east, northM: north, upM: low };
}

/** True when some ray of an azimuth is in the picture: the others need no search. */
function pixelInColumn(ground: Ground, east: number, north: number): boolean {
  return [-0.5, -0.2, 0, 0.2, 0.5].some((upM) => pixelTowards(ground, { eastM: east, northM: north, upM }));
}

/** True when the DEM, or what is looked at of it, ends right behind a point: the land may go on and be higher. */
function isAtEdge(
  { dem, maxRangeM, calibration }: Ground,
  { eastM, northM }: Enu,
  east: number,
  north: number,
): boolean {
  if (!dem) return true;
  const { position } = calibration.camera.pose;
  const behindM = 4 * stepUnder(dem.grid.beyond ?? dem.grid, position);
  const isFar = Math.hypot(eastM - position.eastM, northM - position.northM) > maxRangeM - behindM;
  const behind = { eastM: eastM + behindM * east, northM: northM + behindM * north, upM: 0 };
  return isFar || elevationUnder(dem.grid, behind) === undefined;
}
