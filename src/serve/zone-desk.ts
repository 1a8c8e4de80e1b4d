import type { Polygon } from 'geojson';
import type { Zone, ZoneKind } from '../geo/lake.ts';

/** A GeoJSON geometry that nobody has looked into yet. */
export interface SentGeometry {
  readonly type: string;
  readonly coordinates?: unknown;
}

/** A zone as it was sent; undefined id: a new one. */
export interface ZoneWish {
  readonly id: string | undefined;
  readonly kind: ZoneKind;
  readonly name: string;
  readonly geometry: SentGeometry | null;
}

/** Where zones and shorelines are drawn: the workspace's files and the database change together, or not at all. */
export interface ZoneDesk {
  /** The zones of a lake as its file says now. `version` tells this state from another. @throws ServiceError not-found */
  read(lakeId: string): Promise<{ readonly zones: readonly Zone[]; readonly version: string }>;
  /** The shoreline, likewise. @throws ServiceError not-found */
  readShoreline(lakeId: string): Promise<{ readonly shoreline: Polygon; readonly version: string }>;
  /**
   * Puts zones in the place of those of a lake. `ids` in the order sent; `moved`: sightings that are in other zones now.
   * `version`: what they were read as; undefined: whatever is there.
   * @throws ServiceError not-found, zones-changed, zone-id-taken, outline-refused
   */
  replaceZones(
    lakeId: string,
    zones: readonly ZoneWish[],
    version: string | undefined,
  ): Promise<{ readonly ids: readonly string[]; readonly version: string; readonly moved: number }>;
  /**
   * Draws a shoreline anew. `sightings`: how many were placed by the old one, and keep their places.
   * `version` as for zones.
   * @throws ServiceError not-found, shoreline-changed, outline-refused
   */
  replaceShoreline(
    lakeId: string,
    outline: SentGeometry,
    version: string | undefined,
  ): Promise<{ readonly sightings: number; readonly version: string }>;
}
