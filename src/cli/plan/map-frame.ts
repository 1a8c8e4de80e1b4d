import type { Enu, LngLat, Pixel } from '../../geo/frames.ts';
import type { Zone } from '../../geo/lake.ts';
import { toEnu } from '../../geo/plane.ts';
import { lookAt, type Site } from '../../plan/coverage.ts';

type Place = Omit<Enu, 'upM'>;

/** A square map, north up, in the tangent plane of its camera: within 1 m of EPSG:3857 at 3 km. */
export interface MapFrame {
  readonly sidePx: number;
  readonly centre: Enu;
  readonly halfM: number;
  readonly metresPerPx: number;
  readonly toPlace: (pixel: Pixel) => Place;
  readonly fromPlane: (place: Place) => Pixel;
  readonly toPixel: (place: LngLat) => Pixel;
  /** Whether a pixel lies inside, and `marginPx` off the edge. */
  readonly holds: (pixel: Pixel, marginPx: number) => boolean;
  /** A round length of about the map's side divided by `parts`, m. */
  readonly roundLengthM: (parts: number) => number;
}

const sidePx = 1200;
/** Where people look smaller than that the map may end, px. */
const worthPx = 8;
const leastHalfM = 60;

/** A frame around the camera, what it shows well, and the zones that are not far from it. */
export function findFrame({ ground, view, limits }: Site, zones: readonly Zone[]): MapFrame {
  const { origin, pose } = ground.calibration.camera;
  const { position } = pose;
  const places: Place[] = [position];
  const half = Math.ceil(ground.maxRangeM / view.cellM);
  for (let row = -half; row < half; row++) {
    for (let col = -half; col < half; col++) {
      const place = { eastM: position.eastM + col * view.cellM, northM: position.northM + row * view.cellM };
      const look = lookAt({ ground, view }, place);
      if (look && look.px.person >= (limits.person ?? worthPx)) places.push(place);
    }
  }
  const inRange = ({ eastM, northM }: Place) =>
    Math.hypot(eastM - position.eastM, northM - position.northM) <= ground.maxRangeM;
  const corners = zones
    .flatMap(({ polygon }) => polygon.coordinates.flat())
    .map(([lng = 0, lat = 0]) => toEnu(origin, { lng, lat, heightM: origin.heightM }));
  places.push(...corners.filter(inRange));
  return makeFrame(origin, places);
}

function makeFrame(origin: LngLat & { readonly heightM: number }, places: readonly Place[]): MapFrame {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { eastM, northM } of places) {
    [west, east] = [Math.min(west, eastM), Math.max(east, eastM)];
    [south, north] = [Math.min(south, northM), Math.max(north, northM)];
  }
  const halfM = Math.max(leastHalfM, 0.56 * Math.max(east - west, north - south));
  const centre = { eastM: (west + east) / 2, northM: (south + north) / 2, upM: 0 };
  const metresPerPx = (2 * halfM) / sidePx;
  const fromPlane = ({ eastM, northM }: Place): Pixel => ({
    u: sidePx / 2 + (eastM - centre.eastM) / metresPerPx,
    v: sidePx / 2 - (northM - centre.northM) / metresPerPx,
  });
  return {
    ...{ sidePx, centre, halfM, metresPerPx, fromPlane },
    toPlace: ({ u, v }) => ({
      eastM: centre.eastM + (u - sidePx / 2) * metresPerPx,
      northM: centre.northM - (v - sidePx / 2) * metresPerPx,
    }),
    toPixel: (place) => fromPlane(toEnu(origin, { ...place, heightM: origin.heightM })),
    holds: ({ u, v }, marginPx) => Math.min(u, v, sidePx - u, sidePx - v) >= marginPx,
    roundLengthM: (parts) => {
      const length = (2 * halfM) / parts;
      const power = 10 ** Math.floor(Math.log10(length));
      return power * ([5, 2, 1].find((step) => step * power <= length) ?? 1);
    },
  };
}
