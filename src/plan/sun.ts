import type { Camera } from '../camera/camera.ts';
import { bendFor, pixelToRay, worldToPixel } from '../camera/project.ts';
import { groundAt } from '../dem/grid.ts';
import { degreesPerRadian, normaliseAzimuth, turnBetween } from '../geo/angles.ts';
import type { Enu } from '../geo/frames.ts';
import type { Ground } from '../locate/ground.ts';
import { looksAtWater } from '../locate/looks-at-water.ts';

/** Where the sun stands, deg: up from the flat horizon, with refraction, and clockwise from true north. */
export interface SunPlace {
  readonly altitudeDeg: number;
  readonly azimuthDeg: number;
}

/**
 * What the sun does to a camera. 'down': below the horizon or behind the terrain; 'faces': in the picture, so near to it
 * that it shines on the lens, or low over what it shows (strong backlight); 'backlight': people show their shadow sides,
 * or the lake its glitter; 'clear': none of it.
 */
export type SunEffect = 'down' | 'faces' | 'backlight' | 'clear';

/** The disc's upper edge is up a little before its middle is, deg. */
const discDeg = 0.27;
/**
 * Rules of thumb, deg. Light from `stray` outside the picture falls on a front lens without a hood and veils it; within
 * `aside` of the view and lower than `low`, one looks at shadow sides.
 */
const rules = { stray: 10, aside: 60, low: 25 } as const;

/** The height of the terrain over the flat horizon in a direction, deg, as the camera sees it. */
export type Horizon = (azimuthDeg: number) => number;

/** Looks around a camera's terrain, as far as its DEM reaches; without one: the flat horizon. */
export function findHorizon({ dem, calibration: { camera } }: Ground, reachM: number): Horizon {
  const known = new Map<number, number>();
  const { position } = camera.pose;
  const bendPerM = bendFor(camera);
  const highest = (azimuthDeg: number): number => {
    if (!dem) return 0;
    const [east, north] = directionOf({ altitudeDeg: 0, azimuthDeg });
    let slope = 0;
    // nearer than that, an error of the DEM of 1 m would be a hill
    for (let away = 20; away < reachM; away *= 1.02) {
      const point = groundAt(dem.grid, position.eastM + away * east, position.northM + away * north);
      if (!point) break;
      slope = Math.max(slope, (point.upM - position.upM + bendPerM * away * away) / away);
    }
    return Math.atan(slope) * degreesPerRadian;
  };
  return (azimuthDeg) => {
    const whole = Math.round(normaliseAzimuth(azimuthDeg));
    const found = known.get(whole) ?? highest(whole);
    known.set(whole, found);
    return found;
  };
}

/** Tells what the sun does to a camera; made once, asked for each instant. */
export function createSunJudge(ground: Ground, horizon: Horizon): (sun: SunPlace) => SunEffect {
  const { camera } = ground.calibration;
  const border = borderOf(camera);
  const nearest = Math.cos(rules.stray / degreesPerRadian);
  const ahead = halfWidthOf(camera) + rules.stray;
  return (sun) => {
    if (sun.altitudeDeg + discDeg < horizon(sun.azimuthDeg)) return 'down';
    const toward = directionOf(sun);
    const aside = Math.abs(turnBetween(camera.pose.headingDeg, sun.azimuthDeg));
    const isLow = sun.altitudeDeg <= rules.low;
    const isNear = border.some(({ eastM, northM, upM }) => dot(toward, [eastM, northM, upM]) >= nearest);
    if (isNear || (isLow && aside <= ahead) || pixelOf(camera, toward)) return 'faces';
    if (isLow && aside <= rules.aside) return 'backlight';
    const mirrored = pixelOf(camera, directionOf({ ...sun, altitudeDeg: -sun.altitudeDeg }));
    return mirrored && looksAtWater(ground, mirrored) ? 'backlight' : 'clear';
  };
}

/** How far to the side the picture reaches at half of its height, deg. */
function halfWidthOf(camera: Camera): number {
  const { widthPx, heightPx } = camera.sizePx;
  const sides = [0, widthPx].map((u) => pixelToRay(camera, { u, v: heightPx / 2 })?.direction);
  const turns = sides.map((side) => {
    const azimuthDeg = side && Math.atan2(side.eastM, side.northM) * degreesPerRadian;
    return azimuthDeg === undefined ? 180 : Math.abs(turnBetween(camera.pose.headingDeg, azimuthDeg));
  });
  return Math.max(...turns);
}

type Direction = readonly [east: number, north: number, up: number];

function directionOf({ altitudeDeg, azimuthDeg }: SunPlace): Direction {
  const [a, z] = [altitudeDeg / degreesPerRadian, azimuthDeg / degreesPerRadian];
  return [Math.sin(z) * Math.cos(a), Math.cos(z) * Math.cos(a), Math.sin(a)];
}

function dot([a, b, c]: Direction, [d, e, f]: Direction): number {
  return a * d + b * e + c * f;
}

/** The pixel that shows a direction; undefined: none of the picture does. The sun's altitude has its refraction already. */
function pixelOf(camera: Camera, [east, north, up]: Direction) {
  const { eastM, northM, upM } = camera.pose.position;
  const far: Enu = { eastM: eastM + 1000 * east, northM: northM + 1000 * north, upM: upM + 1000 * up };
  const pixel = worldToPixel({ ...camera, refraction: 0 }, far);
  const { widthPx, heightPx } = camera.sizePx;
  return pixel && pixel.u >= 0 && pixel.v >= 0 && pixel.u <= widthPx && pixel.v <= heightPx ? pixel : undefined;
}

/** Directions along the border of the picture. */
function borderOf(camera: Camera): readonly Enu[] {
  const { widthPx, heightPx } = camera.sizePx;
  const steps = Array.from({ length: 17 }, (_, at) => at / 16);
  return steps
    .flatMap((step) => [
      { u: step * widthPx, v: 0 },
      { u: step * widthPx, v: heightPx },
      { u: 0, v: step * heightPx },
      { u: widthPx, v: step * heightPx },
    ])
    .flatMap((pixel) => pixelToRay(camera, pixel)?.direction ?? []);
}
