import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Polygon } from 'geojson';
import { type Bilingual, ServiceError } from '../errors.ts';
import type { Lake, LakeId, Zone, ZoneId, ZoneKind } from '../geo/lake.ts';
import { type DrawnGeometry, parseOutline } from './geojson.ts';
import { readLakes, readZones } from './lakes.ts';
import type { Faults } from './written-file.ts';

/** A zone as a person sends it; undefined id: it is a new one, and gets an id made from its name. */
export interface SentZone {
  readonly id: string | undefined;
  readonly kind: ZoneKind;
  readonly name: string;
  readonly geometry: DrawnGeometry | null;
}

/** Lakes and zones as they will be, and the text of the one file that makes them so. Nothing is written yet. */
export interface PlacesDraft {
  readonly lakes: readonly Lake[];
  readonly zones: readonly Zone[];
  /** Absolute path. */
  readonly file: string;
  readonly text: string;
  /** What the file says until then. */
  readonly textBefore: string;
}

/**
 * The lakes and zones of a workspace as its files say now.
 * @throws ServiceError the first fault of lakes.geojson or zones.geojson
 */
export async function readPlaces(folder: string): Promise<Pick<PlacesDraft, 'lakes' | 'zones'>> {
  const faults: Faults = [];
  const lakes = await readLakes(folder, faults);
  const zones = await readZones(folder, lakes, faults);
  const [first] = faults;
  if (first) throw first;
  return { lakes, zones };
}

/** Tells one state of some zones from another, whatever their order. */
export function versionOf(zones: readonly Zone[]): string {
  const said = zones.map(({ id, kind, name, polygon }) => JSON.stringify([id, kind, name, polygon.coordinates]));
  return createHash('sha256').update(said.toSorted().join('\n')).digest('hex').slice(0, 16);
}

/**
 * Puts other zones in the place of those of a lake. Zones of other lakes, and columns that are not ours, stay.
 * @throws ServiceError zones-changed, zone-id-taken, outline-refused, and those of readPlaces
 */
export async function draftZones(
  folder: string,
  lakeId: LakeId,
  sent: readonly SentZone[],
  version: string | undefined,
): Promise<PlacesDraft & { readonly drawn: readonly Zone[] }> {
  const { lakes, zones } = await readPlaces(folder);
  const others = zones.filter((zone) => zone.lakeId !== lakeId);
  const own = zones.filter((zone) => zone.lakeId === lakeId);
  if (version !== undefined && version !== versionOf(own)) throw new ServiceError('zones-changed', { lake: lakeId });
  const ids = chooseIds(sent, others);
  const drawn = sent.map(({ kind, name, geometry }, index): Zone => {
    const id = ids[index] as ZoneId;
    const label = name || id;
    const what = { en: `The zone "${label}"`, fr: `La zone « ${label} »` };
    return { id, lakeId, kind, name, polygon: getOutline(geometry, what) };
  });
  const file = path.join(folder, 'zones.geojson');
  const textBefore = await readFile(file, 'utf8');
  const text = editFeatures(textBefore, (features) => {
    const kept = new Map(features.filter(isOf(lakeId, 'lakeId')).map((feature) => [feature.properties.id, feature]));
    const made = drawn.map((zone) => toFeature(zone, kept.get(zone.id)));
    return [...features.filter((feature) => !isOf(lakeId, 'lakeId')(feature)), ...made];
  });
  return { lakes, zones: [...others, ...drawn], drawn, file, text, textBefore };
}

/**
 * Draws the shoreline of a lake anew.
 * @throws ServiceError outline-refused, and those of readPlaces
 */
export async function draftShoreline(folder: string, lakeId: LakeId, drawn: DrawnGeometry): Promise<PlacesDraft> {
  const { lakes, zones } = await readPlaces(folder);
  const what = { en: `The shoreline of the lake "${lakeId}"`, fr: `La rive du lac « ${lakeId} »` };
  const shoreline = getOutline(drawn, what);
  const file = path.join(folder, 'lakes.geojson');
  const textBefore = await readFile(file, 'utf8');
  const text = editFeatures(textBefore, (features) =>
    features.map((feature) => (isOf(lakeId, 'id')(feature) ? { ...feature, geometry: shoreline } : feature)),
  );
  const changed = lakes.map((lake) => (lake.id === lakeId ? { ...lake, shoreline } : lake));
  return { lakes: changed, zones, file, text, textBefore };
}

/** @throws ServiceError outline-refused */
function getOutline(drawn: DrawnGeometry | null, what: Bilingual): Polygon {
  const outline = parseOutline(drawn);
  switch (outline.kind) {
    case 'outline':
      return outline.polygon;
    case 'not-valid':
      throw new ServiceError('outline-refused', { what, why: outline.why });
    case 'other-geometry': {
      const { type } = outline;
      const why = { en: `one polygon is needed, not ${type}`, fr: `il faut un seul polygone, et non ${type}` };
      throw new ServiceError('outline-refused', { what, why });
    }
    case 'no-degrees': {
      const { at } = outline;
      const why = {
        en: `${at} is no longitude and latitude in degrees (EPSG:4326)`,
        fr: `${at} n'est pas une longitude et une latitude en degrés (EPSG:4326)`,
      };
      throw new ServiceError('outline-refused', { what, why });
    }
  }
}

/** @throws ServiceError zone-id-taken */
function chooseIds(sent: readonly SentZone[], others: readonly Zone[]): readonly string[] {
  const owners = new Map(others.map(({ id, lakeId }): [string, Bilingual] => [id, ofLake(lakeId)]));
  const given = sent.map(({ id, name }) => {
    const owner = id === undefined ? undefined : owners.get(id);
    if (id === undefined) return undefined;
    if (owner) throw new ServiceError('zone-id-taken', { id, zone: name, owner });
    owners.set(id, { en: `the zone "${name}", sent with it`, fr: `la zone « ${name} », envoyée avec elle` });
    return id;
  });
  return given.map((id, index) => {
    if (id !== undefined) return id;
    const { name = '', kind = '' } = sent[index] ?? {};
    const stem = toId(name) || kind;
    let made = stem;
    for (let n = 2; owners.has(made); n++) made = `${stem}-${n}`;
    owners.set(made, { en: '', fr: '' });
    return made;
  });
}

function ofLake(lakeId: LakeId): Bilingual {
  return { en: `a zone of the lake "${lakeId}"`, fr: `une zone du lac « ${lakeId} »` };
}

/** 'Aire de bivouac (été)' → 'aire-de-bivouac-ete'; '' when a name has no letter of ours. */
function toId(name: string): string {
  const letters = name.normalize('NFD').replace(/\p{Mark}/gu, '');
  return letters
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
}

interface WrittenFeature {
  readonly type: 'Feature';
  readonly properties: Readonly<Record<string, unknown>>;
  readonly geometry: unknown;
}

function isOf(lakeId: LakeId, property: string): (feature: WrittenFeature) => boolean {
  return ({ properties }) => properties[property] === lakeId;
}

function toFeature({ id, lakeId, kind, name, polygon }: Zone, before: WrittenFeature | undefined): WrittenFeature {
  const properties = { ...before?.properties, id, lakeId, kind, name };
  return { ...before, type: 'Feature', properties, geometry: polygon };
}

/** Changes the features of a file that was checked before; one feature a line, as QGIS writes GeoJSON. */
function editFeatures(text: string, edit: (features: readonly WrittenFeature[]) => readonly WrittenFeature[]): string {
  const { features, ...members } = JSON.parse(text.replace(/^\uFEFF/, '')) as { features: readonly WrittenFeature[] };
  const head = Object.entries(members).map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)},`);
  const lines = edit(features).map((feature) => JSON.stringify(feature));
  return ['{', ...head, '"features": [', lines.join(',\n'), ']', '}', ''].join('\n');
}
