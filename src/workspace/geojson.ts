import type { Polygon, Position } from 'geojson';
import { type Bilingual, ServiceError } from '../errors.ts';
import { findPolygonFault, holdsPoint, orientRings, type PolygonFault } from '../geo/polygon.ts';
import { z } from '../schema.ts';
import { type Faults, readWritten, type WrittenFile } from './written-file.ts';

/** A polygon that a person drew, with its checked properties and the place in the file that it comes from. */
export interface DrawnPolygon<Properties> {
  readonly properties: Properties;
  /** Two coordinates a vertex, heights are dropped; rings run as RFC 7946 asks. */
  readonly polygon: Polygon;
  readonly file: string;
  /** 1-based line of one of its properties, or of the feature itself. */
  readonly lineOf: (property?: string & keyof Properties) => number;
}

const position = z.array(z.number()).min(2);
const rings = z.array(z.array(position)).min(1);
const geometry = z.looseObject({ type: z.string(), coordinates: z.unknown() });
/** Any GeoJSON geometry, not looked into yet. */
export type DrawnGeometry = Readonly<z.output<typeof geometry>>;

/** GeoJSON as QGIS exports it: columns of its own, an id, heights and a crs member may be there. */
function collectionSchema(properties: z.ZodType) {
  return z.looseObject({
    type: z.literal('FeatureCollection'),
    crs: z.looseObject({ properties: z.looseObject({ name: z.string() }) }).nullish(),
    features: z.array(z.looseObject({ type: z.literal('Feature'), properties, geometry: geometry.nullable() })),
  });
}
type Collection = z.output<ReturnType<typeof collectionSchema>>;

/**
 * Reads a file of polygons in longitude and latitude. Columns that `schema` does not name are left alone, so every
 * column that matters must be required: a misspelt one is then a missing one. What is wrong goes into `faults`.
 */
export async function readPolygons<Properties extends z.ZodType>(
  folder: string,
  file: string,
  schema: Properties,
  faults: Faults,
): Promise<readonly DrawnPolygon<z.output<Properties>>[]> {
  const written = await readWritten(folder, file, collectionSchema(schema), faults);
  if (!written) return [];
  const crsFault = findCrsFault(written);
  if (crsFault) {
    faults.push(crsFault);
    return [];
  }
  return written.value.features.flatMap((feature, index) => {
    const polygon = toPolygon(written, index);
    if (polygon instanceof ServiceError) {
      faults.push(polygon);
      return [];
    }
    const lineOf = (property?: string) =>
      written.lineAt(['features', index, ...(property === undefined ? [] : ['properties', property])]);
    return [{ properties: feature.properties as z.output<Properties>, polygon, file, lineOf }];
  });
}

function findCrsFault(written: WrittenFile<Collection>): ServiceError | undefined {
  const name = written.value.crs?.properties.name;
  if (name === undefined || /(CRS84$|EPSG:(.*:)?4326$)/i.test(name)) return undefined;
  return new ServiceError('geojson-crs', { file: written.file, line: written.lineAt(['crs']), crs: name });
}

function toPolygon({ file, lineAt, value }: WrittenFile<Collection>, index: number): Polygon | ServiceError {
  const at = ['features', index, 'geometry'] as const;
  const outline = parseOutline(value.features[index]?.geometry ?? null);
  switch (outline.kind) {
    case 'outline':
      return outline.polygon;
    case 'other-geometry':
      return new ServiceError('geojson-geometry', { file, line: lineAt(at), type: outline.type });
    case 'no-degrees':
      return new ServiceError('geojson-range', { file, line: lineAt([...at, 'coordinates']), at: outline.at });
    case 'not-valid':
      return new ServiceError('polygon-invalid', { file, line: lineAt(at), why: outline.why });
  }
}

/** A geometry that a person drew, as a polygon; or why it is none. */
export type Outline =
  | { readonly kind: 'outline'; readonly polygon: Polygon }
  /** `type` is what it is instead, with the number of its parts. */
  | { readonly kind: 'other-geometry'; readonly type: string }
  | { readonly kind: 'no-degrees'; readonly at: string }
  | { readonly kind: 'not-valid'; readonly why: Bilingual };

/** Checks a geometry; a MultiPolygon of one part is a polygon. */
export function parseOutline(drawn: DrawnGeometry | null): Outline {
  const parts =
    drawn?.type === 'Polygon' ? [drawn.coordinates] : drawn?.type === 'MultiPolygon' ? drawn.coordinates : [];
  const [only, ...others] = Array.isArray(parts) ? parts : [];
  const parsed = rings.safeParse(only);
  if (others.length > 0 || !parsed.success) {
    const type = `${drawn?.type ?? 'null'}${others.length > 0 ? ` (${others.length + 1})` : ''}`;
    return { kind: 'other-geometry', type };
  }
  const polygon: Polygon = { type: 'Polygon', coordinates: parsed.data.map(toRing) };
  const fault = findPolygonFault(polygon);
  if (fault?.kind === 'not-lng-lat') {
    const outside = polygon.coordinates.flat().find(([x = 0, y = 0]) => Math.abs(x) > 180 || Math.abs(y) > 90) ?? [];
    return { kind: 'no-degrees', at: outside.join(', ') };
  }
  if (fault) return { kind: 'not-valid', why: describeFault(fault) };
  if (hasHoleOutside(polygon)) {
    return { kind: 'not-valid', why: { en: 'a hole lies outside it', fr: "un trou se trouve à l'extérieur" } };
  }
  return { kind: 'outline', polygon: orientRings(polygon) };
}

function describeFault(fault: PolygonFault): Bilingual {
  switch (fault.kind) {
    case 'crosses-itself': {
      const at = `${fault.at.lng.toFixed(6)}, ${fault.at.lat.toFixed(6)}`;
      return { en: `its line crosses itself at ${at}`, fr: `son contour se croise en ${at}` };
    }
    case 'ring-open':
      return { en: 'its line does not end where it starts', fr: 'son contour ne finit pas où il commence' };
    case 'too-few-corners':
      return { en: 'it has fewer than three corners', fr: 'il a moins de trois sommets' };
    case 'no-area':
      return { en: 'it has no area', fr: 'sa surface est nulle' };
    case 'not-lng-lat':
      return { en: 'its coordinates are no degrees', fr: 'ses coordonnées ne sont pas des degrés' };
  }
}

/** Drops heights, and corners that are drawn twice in a row: they mean nothing, and would count as a crossing. */
function toRing(corners: readonly (readonly number[])[]): Position[] {
  return corners.flatMap(([x = 0, y = 0], index) => {
    const [lastX, lastY] = corners[index - 1] ?? [];
    return x === lastX && y === lastY ? [] : [[x, y]];
  });
}

/** True when a hole starts outside the outer ring; a hole that crosses it is a crossing. */
function hasHoleOutside({ coordinates: [outer = [], ...holes] }: Polygon): boolean {
  const shell: Polygon = { type: 'Polygon', coordinates: [outer] };
  return holes.some(([[x = 0, y = 0] = []]) => !holdsPoint(shell, x, y));
}
