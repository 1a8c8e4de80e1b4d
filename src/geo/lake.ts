import type { Polygon } from 'geojson';
import type { Brand } from '../brand.ts';

export type LakeId = Brand<string, 'LakeId'>;
export type ZoneId = Brand<string, 'ZoneId'>;

/** What an id of a workspace looks like: it stands in addresses, file names and SQL. */
export const idPattern = /^[A-Za-z0-9][A-Za-z0-9_-]*$/;

/** A height of a water surface with one standard deviation, m, in the datum of the DEM. */
export interface WaterLevel {
  readonly heightM: number;
  readonly sigmaM: number;
}

/** A water level that somebody read off. */
export interface WaterReading extends WaterLevel {
  readonly at: Date;
}

/** A lake that cameras watch. Heights are in the datum of the DEM (in France NGF-IGN69). */
export interface Lake {
  readonly id: LakeId;
  readonly name: string;
  /** Shoreline, EPSG:4326, valid by ST_IsValid. */
  readonly shoreline: Polygon;
  readonly waterLevelM: number;
  /** One standard deviation of the water level, m. */
  readonly waterLevelSigmaM: number;
  /** What was read off over the year, in order of time; none: the level above stands for all of it. */
  readonly waterReadings: readonly WaterReading[];
  /** IANA name; nights and days of the lake are counted in it. */
  readonly timeZone: string;
}

/**
 * The water level of a lake at an instant: between two readings a straight line with the larger of their σ; before the
 * first and after the last of them, the lake's ordinary level.
 */
export function waterLevelAt(
  { waterReadings, waterLevelM, waterLevelSigmaM }: Pick<Lake, 'waterReadings' | 'waterLevelM' | 'waterLevelSigmaM'>,
  at: Date,
): WaterLevel {
  const before = waterReadings.findLast((reading) => reading.at <= at);
  const after = waterReadings.find((reading) => reading.at >= at);
  if (!before || !after) return { heightM: waterLevelM, sigmaM: waterLevelSigmaM };
  const span = after.at.getTime() - before.at.getTime();
  const share = span === 0 ? 0 : (at.getTime() - before.at.getTime()) / span;
  return {
    heightM: before.heightM + share * (after.heightM - before.heightM),
    sigmaM: Math.max(before.sigmaM, after.sigmaM),
  };
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
