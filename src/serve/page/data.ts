import type { Feature, FeatureCollection, Geometry, Point, Polygon } from 'geojson';
import { ask } from './service.ts';
import { nightSpan } from './time.ts';

export interface Lake {
  readonly id: string;
  readonly name: string;
  readonly timeZone: string;
  /** West, south, east, north; degrees. */
  readonly bbox: readonly [number, number, number, number];
  /** Shaded relief to lay under the map; null where there is no DEM. */
  readonly relief: { readonly href: string; readonly bbox: readonly [number, number, number, number] } | null;
}

export interface Camera {
  readonly id: string;
  readonly name: string;
  readonly lakeId: string;
  readonly lng: number;
  readonly lat: number;
  readonly headingDeg: number | null;
  readonly horizontalFieldDeg: number | null;
  /** From then on it looks elsewhere than when it was calibrated. */
  readonly movedSince: string | null;
  readonly photos: {
    readonly total: number;
    readonly usable: number;
    readonly analysed: number;
    readonly first: string | null;
    readonly last: string | null;
  };
}

export interface Model {
  readonly id: string;
  readonly isDefault: boolean;
  readonly labels: readonly { readonly label: string; readonly minConfidence: number; readonly shown: boolean }[];
  readonly analysedPhotos: number;
}

export interface SightingProperties {
  readonly fid: number;
  readonly label: string;
  readonly confidence: number;
  readonly camera: string;
  readonly camera_id: string;
  readonly taken_at: string;
  readonly range_m: number;
  readonly height_m: number;
  readonly surface: 'water' | 'ground';
  readonly semi_major_m: number;
  readonly semi_minor_m: number;
  readonly zones: string | null;
  readonly photo_id: string;
  /** taken_at as ms since 1970: what the map filters by. */
  readonly t: number;
}

export interface ZoneProperties {
  readonly kind: string;
  readonly name: string;
}

export interface TentNightProperties {
  readonly weight: number;
  /** The night as ms since 1970. */
  readonly t0: number;
  readonly t1: number;
}

type Collection<G extends Geometry, P> = FeatureCollection<G, P>;

/** All that the map draws of one lake. */
export interface LakeData {
  readonly lakes: Collection<Polygon, { readonly name: string }>;
  readonly zones: Collection<Polygon, ZoneProperties>;
  readonly sightings: Collection<Point, SightingProperties>;
  readonly ellipses: Collection<Polygon, SightingProperties>;
  readonly tentNights: Collection<Point, TentNightProperties>;
  /** How many sightings there are; more than are drawn when the browser could not hold them. */
  readonly sightingCount: number;
}

/** More than this many points make a browser slow and a map unreadable. */
const maxSightings = 60_000;

/** Reads what the map draws of one lake, through OGC API Features as any other client would. */
export async function readLake(lake: Lake): Promise<LakeData> {
  const [lakes, zones, sightings, ellipses, tentNights] = await Promise.all([
    readCollection<Polygon, { name: string }>('lake_map', lake.id),
    readCollection<Polygon, ZoneProperties>('zone_map', lake.id),
    readCollection<Point, SightingProperties>('sighting_map', lake.id),
    readCollection<Polygon, SightingProperties>('sighting_ellipse_map', lake.id),
    readCollection<Point, TentNightProperties & { night: string }>('bivouac_heatmap', lake.id),
  ]);
  return {
    lakes: lakes.collection,
    zones: zones.collection,
    sightings: withProperties(sightings.collection, ({ taken_at }) => ({ t: Date.parse(taken_at) })),
    ellipses: withProperties(ellipses.collection, ({ taken_at }) => ({ t: Date.parse(taken_at) })),
    tentNights: withProperties(tentNights.collection, ({ night }) => nightSpan(night, lake.timeZone)),
    sightingCount: sightings.count,
  };
}

interface Page<G extends Geometry, P> extends FeatureCollection<G, P> {
  readonly numberMatched: number;
  readonly links: readonly { readonly rel: string; readonly href: string }[];
}

async function readCollection<G extends Geometry, P>(
  id: string,
  lakeId: string,
): Promise<{ collection: Collection<G, P>; count: number }> {
  const features: Feature<G, P>[] = [];
  let next: string | undefined = `/ogc/collections/${id}/items?limit=10000&lake_id=${encodeURIComponent(lakeId)}`;
  let count = 0;
  while (next && features.length < maxSightings) {
    const page: Page<G, P> = await ask(next);
    features.push(...page.features);
    count = page.numberMatched;
    next = page.links.find((link) => link.rel === 'next')?.href;
  }
  return { collection: { type: 'FeatureCollection', features }, count };
}

function withProperties<G extends Geometry, P extends object, More extends object>(
  collection: Collection<G, P>,
  more: (properties: P) => More,
): Collection<G, P & More> {
  const features = collection.features.map((feature) => ({
    ...feature,
    properties: {
      ...feature.properties,
      ...(feature.id === undefined ? {} : { fid: feature.id }),
      ...more(feature.properties),
    },
  }));
  return { type: 'FeatureCollection', features };
}
