import { ServiceError } from '../../errors.ts';
import { type Axes, type Box, lngLatAxes } from '../../store/features.ts';
import type { MapView } from '../../store/map-views.ts';

/** WGS84, longitude first: the CRS of every answer where no other is asked for. */
export const crs84 = 'http://www.opengis.net/def/crs/OGC/1.3/CRS84';

const metreDecimals = 3;
const latLng = 'http://www.opengis.net/def/crs/EPSG/0/4326';
const webMercator = 'http://www.opengis.net/def/crs/EPSG/0/3857';
const lambert93 = 'http://www.opengis.net/def/crs/EPSG/0/2154';

/** The CRSs that features can be had in, by their URIs. EPSG:4326 is latitude first, as EPSG has it. */
const axesOf = {
  [crs84]: lngLatAxes,
  [latLng]: { ...lngLatAxes, northFirst: true },
  [webMercator]: { srid: 3857, northFirst: false, decimals: metreDecimals },
  [lambert93]: { srid: 2154, northFirst: false, decimals: metreDecimals },
} as const satisfies Record<string, Axes>;

/** URI of a CRS that features can be had in. */
export type CrsUri = keyof typeof axesOf;
export const crsUris = Object.keys(axesOf) as [CrsUri, ...CrsUri[]];

/** The axes of a CRS. */
export function getAxes(uri: CrsUri): Axes {
  return axesOf[uri];
}

/** The CRS that a view keeps its geometry in; undefined where features cannot be had in it. PostGIS has east first. */
export function findStorageCrs({ srid }: MapView): CrsUri | undefined {
  return crsUris.find((uri) => axesOf[uri].srid === srid && !axesOf[uri].northFirst);
}

/** What an answer with geometries in a CRS says of it. */
export function crsHeaders(uri: CrsUri): { readonly 'Content-Crs': string } {
  return { 'Content-Crs': `<${uri}>` };
}

/** First axis from, second from, first to, second to. */
export type Corners = readonly [number, number, number, number];

/**
 * The box of a bbox parameter in the CRS of bbox-crs.
 * @throws ServiceError parameter-invalid
 */
export function readBox(corners: Corners | undefined, uri: CrsUri): Box | undefined {
  if (!corners) return undefined;
  const { srid, northFirst } = axesOf[uri];
  const [a, b, c, d] = corners;
  const [west, south, east, north] = northFirst ? [b, a, d, c] : corners;
  const degrees = srid === 4326;
  const right = south <= north && (degrees ? Math.max(-south, north) <= 90 : west <= east);
  if (right) return { west, south, east, north, srid };
  const why = `${[a, b, c, d]}: ${northFirst ? 'south,west,north,east' : 'west,south,east,north'} (${uri})`;
  throw new ServiceError('parameter-invalid', { parameter: 'bbox', why });
}
