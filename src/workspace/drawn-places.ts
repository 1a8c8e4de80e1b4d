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

/** All lakes and zones of a workspace, and one of the lakes. */
interface Places extends Pick<PlacesDraft, 'lakes' | 'zones'> {
  readonly lake: Lake;
}

/**
 * The lakes and zones of a workspace as its files say now.
 * @throws ServiceError not-found, and the first fault of lakes.geojson or zones.geojson
 */
export async function readPlaces(folder: string, lakeId: string): Promise<Places> {
  const faults: Faults = [];
  const lakes = await readLakes(folder, faults);
  const zones = await readZones(folder, lakes, faults);
  const [first] = faults;
  if (first) throw first;
  const lake = lakes.find(({ id }) => id === lakeId);
  if (!lake) throw new ServiceError('not-found', { what: { en: 'lake', fr: 'lac' }, id: lakeId, list: '/api/lakes' });
  return { lakes, zones, lake };
}

/** Tells one state of some zones from another, whatever their order. */
export function versionOf(zones: readonly Zone[]): string {
  const said = zones.map(({ id, kind, name, polygon }) => JSON.stringify([id, kind, name, polygon.coordinates]));
  return digest(said.toSorted().join('\n'));
}

/** Tells one shoreline from another. */
export function shorelineVersionOf({ shoreline }: Lake): string {
  return digest(JSON.stringify(shoreline.coordinates));
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

/**
 * Puts other zones in the place of those of a lake. Zones of other lakes, and columns that are not ours, stay.
 * @throws ServiceError zones-changed, zone-id-taken, outline-refused, and those of readPlaces
 */
export async function draftZones(
  folder: string,
  lakeId: string,
  sent: readonly SentZone[],
  version: string | undefined,
): Promise<PlacesDraft & { readonly drawn: readonly Zone[] }> {
  const { lakes, zones, lake } = await readPlaces(folder, lakeId);
  const others = zones.filter((zone) => zone.lakeId !== lake.id);
  const own = zones.filter((zone) => zone.lakeId === lake.id);
  if (version !== undefined && version !== versionOf(own)) throw new ServiceError('zones-changed', { lake: lake.id });
  const ids = chooseIds(sent, others);
  const drawn = sent.map(({ kind, name, geometry }, index): Zone => {
    const id = ids[index] as ZoneId;
    const label = name || id;
    const what = { en: `The zone "${label}"`, fr: `La zone « ${label} »` };
    return { id, lakeId: lake.id, kind, name, polygon: getOutline(geometry, what) };
  });
  const file = path.join(folder, 'zones.geojson');
  const textBefore = await readFile(file, 'utf8');
  const text = editFeatures(textBefore, (features) => {
    const isOwn = isOf(lake.id, 'lakeId');
    const kept = new Map(features.filter(isOwn).map((feature) => [feature.properties.id, feature]));
    const made = drawn.map((zone) => toFeature(zone, kept.get(zone.id)));
    return [...features.filter((feature) => !isOwn(feature)), ...made];
  });
  return { lakes, zones: [...others, ...drawn], drawn, file, text, textBefore };
}

/**
 * Draws the shoreline of a lake anew.
 * @throws ServiceError shoreline-changed, outline-refused, and those of readPlaces
 */
export async function draftShoreline(
  folder: string,
  lakeId: string,
  drawn: DrawnGeometry,
  version: string | undefined,
): Promise<PlacesDraft & { readonly lake: Lake }> {
  const { lakes, zones, lake: before } = await readPlaces(folder, lakeId);
  if (version !== undefined && version !== shorelineVersionOf(before)) {
    throw new ServiceError('shoreline-changed', { lake: lakeId });
  }
  const what = { en: `The shoreline of the lake "${lakeId}"`, fr: `La rive du lac « ${lakeId} »` };
  const lake = { ...before, shoreline: getOutline(drawn, what) };
  const file = path.join(folder, 'lakes.geojson');
  const textBefore = await readFile(file, 'utf8');
  const text = editFeatures(textBefore, (features) =>
    features.map((feature) => (isOf(lake.id, 'id')(feature) ? redraw(feature, lake.shoreline) : feature)),
  );
  return { lakes: lakes.map((one) => (one === before ? lake : one)), lake, zones, file, text, textBefore };
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
  readonly bbox?: unknown;
}

interface WrittenCollection {
  readonly features: readonly WrittenFeature[];
  readonly bbox?: unknown;
}

function isOf(lakeId: LakeId, property: string): (feature: WrittenFeature) => boolean {
  return ({ properties }) => properties[property] === lakeId;
}

function toFeature({ id, lakeId, kind, name, polygon }: Zone, before: WrittenFeature | undefined): WrittenFeature {
  const properties = { ...before?.properties, id, lakeId, kind, name };
  return redraw({ ...before, type: 'Feature', properties, geometry: null }, polygon);
}

/** A box that was written beside the geometry before is no longer its own. */
function redraw({ bbox, ...feature }: WrittenFeature, polygon: Polygon): WrittenFeature {
  return { ...feature, geometry: polygon };
}

/** Changes the features of a file that was checked before; one feature a line, as QGIS writes GeoJSON. */
function editFeatures(text: string, edit: (features: readonly WrittenFeature[]) => readonly WrittenFeature[]): string {
  const { features, bbox, ...members } = JSON.parse(text.replace(/^\uFEFF/, '')) as WrittenCollection;
  const head = Object.entries(members).map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)},`);
  const lines = edit(features).map((feature) => JSON.stringify(feature));
  return ['{', ...head, '"features": [', lines.join(',\n'), ']', '}', ''].join('\n');
}
