import { createRequire } from 'node:module';
import proj4 from 'proj4';
import { ServiceError } from '../errors.ts';
import type { LngLat, PlaneOrigin } from './frames.ts';

/** A coordinate in the axes of some CRS, in its own unit: x east or longitude, y north or latitude. */
interface Coordinate {
  readonly x: number;
  readonly y: number;
}

/** Where a CRS is made for, deg. `west` is above `east` where it lies across the antimeridian. */
interface Area {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

/** A coordinate reference system that positions can be converted to and from. Heights pass through unchanged. */
export interface Crs {
  readonly epsg: number;
  readonly name: string;
  /** True when x and y are longitude and latitude in degrees. */
  readonly geographic: boolean;
  /** Length of the unit of x and y, m; for a geographic CRS 1, and without meaning. */
  readonly metresPerUnit: number;
  readonly area: Area | undefined;
  toLngLat(coordinate: Coordinate): LngLat;
  fromLngLat(position: LngLat): Coordinate;
}

const require = createRequire(import.meta.url);
const known = new Map<number, Crs>();

/**
 * The CRS of an EPSG code. Only the definition asked for is read.
 * @throws ServiceError epsg-unknown
 */
export function getCrs(epsg: number): Crs {
  const found = known.get(epsg);
  if (found) return found;
  const crs = loadCrs(epsg);
  known.set(epsg, crs);
  return crs;
}

/** A place in the axes of a CRS; heights pass through. */
export function toAxes({ lng, lat, heightM }: PlaneOrigin, epsg: number): { x: number; y: number; z: number } {
  return { ...getCrs(epsg).fromLngLat({ lng, lat }), z: heightM };
}

/** A place in the axes of a CRS as a WGS84 position. */
export function fromAxes([x = 0, y = 0, z = 0]: readonly number[], epsg: number): PlaneOrigin {
  return { ...getCrs(epsg).toLngLat({ x, y }), heightM: z };
}

function loadCrs(epsg: number): Crs {
  const { name, definition, area } = readDefinition(epsg);
  try {
    const converter = proj4('WGS84', definition);
    return {
      epsg,
      name,
      geographic: /\+proj=longlat\b/.test(definition),
      metresPerUnit: metresPerUnit(definition),
      area,
      toLngLat: ({ x, y }) => {
        const [lng, lat] = converter.inverse([x, y]);
        return { lng, lat };
      },
      fromLngLat: ({ lng, lat }) => {
        const [x, y] = converter.forward([lng, lat]);
        return { x, y };
      },
    };
  } catch (cause) {
    throw new ServiceError('epsg-unknown', { epsg }, { cause });
  }
}

function readDefinition(epsg: number): { name: string; definition: string; area: Area | undefined } {
  if (!Number.isInteger(epsg) || epsg <= 0) throw new ServiceError('epsg-unknown', { epsg });
  try {
    const entry: { name: string; proj4?: string; kind: string; bbox?: readonly number[] } = require(
      `epsg-index/s/${epsg}.json`,
    );
    if (!entry.proj4 || !/PROJCRS|GEOGCRS|COMPOUND/.test(entry.kind)) throw new ServiceError('epsg-unknown', { epsg });
    const [north, west, south, east] = entry.bbox ?? [];
    const complete = north !== undefined && west !== undefined && south !== undefined && east !== undefined;
    const area = complete ? { north, west, south, east } : undefined;
    return { name: entry.name, definition: entry.proj4, area };
  } catch (cause) {
    if (cause instanceof ServiceError) throw cause;
    throw new ServiceError('epsg-unknown', { epsg }, { cause });
  }
}

/** Reads +to_meter and +units of a proj4 definition. Source: PROJ, cs2cs -lu. */
function metresPerUnit(definition: string): number {
  const factor = /\+to_meter=([0-9.eE+-]+)/.exec(definition)?.[1];
  if (factor) return Number(factor);
  const unit = /\+units=(\S+)/.exec(definition)?.[1];
  return { m: 1, km: 1000, ft: 0.3048, 'us-ft': 1200 / 3937 }[unit ?? 'm'] ?? 1;
}
