import type { Camera } from '../../camera/camera.ts';
import type { PlaneOrigin, SizePx } from '../../geo/frames.ts';
import { createNoise } from '../noise.ts';
import { createRandom, type Random } from '../random.ts';
import { createHeightGrid, type HeightGrid } from './height-grid.ts';
import { createShore, type Shore } from './shore.ts';
import { createTerrain, type Terrain } from './terrain.ts';
import { createTrail, type Ground, type Trail } from './trail.ts';

/** The lake's middle at its water level: origin of the site's plane, in the Écrins. Height in NGF-IGN69. */
export const siteOrigin: PlaneOrigin = { lng: 6.4, lat: 44.9, heightM: 2214 };
export const siteEpsg = 2154;
export const siteTimeZone = 'Europe/Paris';

/** A camera as it really hangs. Its plane's origin is the site's. */
export interface SiteCamera {
  readonly id: string;
  readonly name: string;
  readonly camera: Camera;
  /** How far its clock is ahead of true time, s. */
  readonly clockOffsetS: number;
}

/** A flat place for tents. */
export interface Camp extends Ground {
  readonly radiusM: number;
}

/** The unmoving world of a seed. */
export interface Site {
  readonly seed: number;
  readonly shore: Shore;
  readonly trail: Trail;
  readonly terrain: Terrain;
  readonly grid: HeightGrid;
  readonly cameras: readonly SiteCamera[];
  /** Middles of the flat places where tents may stand, and their radius. */
  readonly camps: readonly Camp[];
}

const mounts = [
  { id: 'south', name: 'South shore', angle: -1.78, backM: 55, turnDeg: 6, clockOffsetS: 0 },
  { id: 'east', name: 'East moraine', angle: -0.16, backM: 52, turnDeg: -12, clockOffsetS: 240 },
  { id: 'north', name: 'North slope', angle: 1.35, backM: 58, turnDeg: 5, clockOffsetS: -75 },
] as const;

/** How many cameras a site can have. */
export const maxCameras = mounts.length;

/** Makes the world of a seed, with its first `count` cameras. */
export function createSite(seed: number, count: number, sizePx: SizePx): Site {
  const shore = createShore(seed);
  const places = mounts.slice(0, count).map((mount) => onShore(shore, mount.angle, mount.backM));
  const knolls = places.map((place) => ({ ...place, heightM: 4 }));
  const terrain = createTerrain(
    shore,
    { hills: createNoise(seed, 'hills'), peaks: createNoise(seed, 'peaks') },
    knolls,
  );
  const grid = createHeightGrid(terrain);
  const cameras = mounts.slice(0, count).map((mount, index): SiteCamera => {
    const random = createRandom(seed, 'camera', mount.id);
    const place = places[index] ?? { eastM: 0, northM: 0 };
    const upM = grid.upM(place.eastM, place.northM) + random.between(6, 8);
    const headingDeg = (450 - ((mount.angle + Math.PI) * 180) / Math.PI + mount.turnDeg + 720) % 360;
    const pose = { position: { ...place, upM }, headingDeg, ...tilt(random) };
    const { id, name, clockOffsetS } = mount;
    return { id, name, clockOffsetS, camera: { origin: siteOrigin, pose, lens: lensOf(random, sizePx), sizePx } };
  });
  return { seed, shore, trail: createTrail(shore), terrain, grid, cameras, camps: campsOf(shore) };
}

/** A place on land, at a distance from the shore. Radians anticlockwise from east. */
export function onShore(shore: Shore, angle: number, backM: number): Ground {
  const rhoM = shore.radiusM(angle) + backM;
  return { eastM: rhoM * Math.cos(angle), northM: rhoM * Math.sin(angle) };
}

function campsOf(shore: Shore): readonly Camp[] {
  return [
    { ...onShore(shore, -1.61, 24), radiusM: 10 },
    { ...onShore(shore, -0.36, 22), radiusM: 9 },
  ];
}

function tilt(random: Random): { pitchDeg: number; rollDeg: number } {
  return { pitchDeg: -6.6 + random.normal(0.4), rollDeg: random.normal(0.7) };
}

/** A wide webcam lens, a little barrel-shaped. */
function lensOf(random: Random, { widthPx, heightPx }: SizePx): Camera['lens'] {
  const scale = widthPx / 1920;
  return {
    kind: 'brown-conrady',
    focalPx: random.between(1560, 1680) * scale,
    centre: { u: widthPx / 2 + random.normal(3) * scale, v: heightPx / 2 + random.normal(3) * scale },
    k1: -random.between(0.03, 0.06),
    k2: 0,
    k3: 0,
    p1: 0,
    p2: 0,
  };
}
