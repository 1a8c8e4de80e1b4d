import type { Polygon } from 'geojson';
import type { Brand } from '../brand.ts';

export type LakeId = Brand<string, 'LakeId'>;
export type ZoneId = Brand<string, 'ZoneId'>;

/** A lake that cameras watch. Heights are in the datum of the DEM (in France NGF-IGN69). */
export interface Lake {
  readonly id: LakeId;
  readonly name: string;
  /** Shoreline, EPSG:4326, valid by ST_IsValid. */
  readonly shoreline: Polygon;
  readonly waterLevelM: number;
  /** One standard deviation of the water level, m. */
  readonly waterLevelSigmaM: number;
  /** IANA name; nights and days of the lake are counted in it. */
  readonly timeZone: string;
}

export const zoneKinds = ['water', 'shore', 'trail', 'meadow', 'bivouac-area', 'no-bivouac', 'mask'] as const;
export type ZoneKind = (typeof zoneKinds)[number];

/** A named polygon that a user drew around a lake, EPSG:4326. */
export interface Zone {
  readonly id: ZoneId;
  readonly lakeId: LakeId;
  readonly kind: ZoneKind;
  readonly name: string;
  readonly polygon: Polygon;
}
