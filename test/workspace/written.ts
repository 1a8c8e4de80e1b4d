import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';

const ring = [
  [6.1, 44.9],
  [6.11, 44.9],
  [6.11, 44.91],
  [6.1, 44.91],
  [6.1, 44.9],
];

/** A polygon feature as a person or QGIS writes it. */
export function feature(properties: object, geometry: object = { type: 'Polygon', coordinates: [ring] }): object {
  return { type: 'Feature', properties, geometry };
}

export function collection(...features: readonly object[]): object {
  return { type: 'FeatureCollection', features };
}

export const lake = {
  id: 'bleu',
  name: 'Lac Bleu',
  waterLevelM: 2474,
  waterLevelSigmaM: 0.3,
  timeZone: 'Europe/Paris',
};

export const camera = {
  name: 'Rive nord',
  lakeId: 'bleu',
  photos: 'photos/north',
  position: { lng: 6.105, lat: 44.915, heightM: 2500, sigmaM: 2 },
  clockTimeZone: 'Etc/GMT-1',
  clockOffsetS: 0,
  intervalMin: 10,
};

const valid = {
  'rivage.json': { name: 'Écrins', metricEpsg: 2154 },
  'lakes.geojson': collection(feature(lake)),
  'zones.geojson': collection(feature({ id: 'beach', lakeId: 'bleu', kind: 'shore', name: 'Plage' })),
  'cameras/north.json': camera,
  'photos/north/.keep': '',
};

/** Writes a valid workspace with some files changed, for one test; `undefined` leaves a file out. */
export async function writeWorkspace(changes: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'rivage-workspace-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const [name, content] of Object.entries({ ...valid, ...changes })) {
    if (content === undefined) continue;
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), typeof content === 'string' ? content : JSON.stringify(content, null, 2));
  }
  return folder;
}
