import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeError, type ServiceError } from '../../src/errors.ts';
import { getCamera } from '../../src/workspace/cameras.ts';
import { checkWorkspace, readWorkspace } from '../../src/workspace/read-workspace.ts';
import { camera, collection, feature, lake, writeWorkspace } from './written.ts';

type Changes = Readonly<Record<string, unknown>>;

async function faultsOf(changes: Changes): Promise<readonly ServiceError[]> {
  return (await checkWorkspace(await writeWorkspace(changes))).faults;
}

/** The faults as a person reads them, English. */
async function told(changes: Changes): Promise<readonly string[]> {
  return (await faultsOf(changes)).map((fault) => fault.message);
}

const square = (x: number, y: number, side = 0.01) => [
  [x, y],
  [x + side, y],
  [x + side, y + side],
  [x, y + side],
  [x, y],
];

const drawn = (ring: readonly (readonly number[])[]) =>
  collection(feature(lake, { type: 'Polygon', coordinates: [ring] }));

const bowTie = [
  [6.1, 44.9],
  [6.11, 44.91],
  [6.11, 44.9],
  [6.1, 44.91],
  [6.1, 44.9],
];

describe('a workspace', () => {
  it('is read with absolute paths, instants and what was left out as undefined', async () => {
    const folder = await writeWorkspace({
      'rivage.json': { name: 'Écrins', metricEpsg: 2154, dem: { file: 'dem/lidar.tif', heightSigmaM: 0.3 } },
      'dem/lidar.tif': 'x',
      'cameras/north.json': {
        ...camera,
        mountedFrom: '2024-06-12T08:00:00+02:00',
        gcps: { file: 'gcps/north.csv', epsg: 2154 },
        timeFromFileName: true,
      },
      'gcps/north.csv': 'name,u,v,x,y,z\n',
    });
    const workspace = await readWorkspace(folder);
    expect(workspace).toMatchObject({
      folder,
      name: 'Écrins',
      metricEpsg: 2154,
      model: undefined,
      dem: { file: path.join(folder, 'dem/lidar.tif'), epsg: undefined, heightSigmaM: 0.3 },
      lakes: [{ id: 'bleu', waterLevelM: 2474, timeZone: 'Europe/Paris', shoreline: { type: 'Polygon' } }],
      zones: [{ id: 'beach', lakeId: 'bleu', kind: 'shore', name: 'Plage' }],
    });
    expect(getCamera(workspace, 'north')).toMatchObject({
      photoFolder: path.join(folder, 'photos/north'),
      mountedFrom: new Date('2024-06-12T06:00:00Z'),
      mountedTo: undefined,
      headingDeg: undefined,
      timeFromFileName: true,
      gcps: [{ file: path.join(folder, 'gcps/north.csv'), epsg: 2154 }],
    });
    expect(() => getCamera(workspace, 'south')).toThrow(
      'No camera has the id "south". Cameras of the workspace: north.',
    );
  });

  it('may come from QGIS: crs member, ids, columns of its own, one-part multipolygons, heights, a byte order mark', async () => {
    const crs = { type: 'name', properties: { name: 'urn:ogc:def:crs:OGC:1.3:CRS84' } };
    const heights = square(6.1, 44.9).map((vertex) => [...vertex, 2474]);
    const drawn = feature({ ...lake, fid: 1, comment: null }, { type: 'MultiPolygon', coordinates: [[heights]] });
    const file = { ...collection({ ...drawn, id: 7 }), name: 'lakes', crs };
    const workspace = await readWorkspace(await writeWorkspace({ 'lakes.geojson': `\uFEFF${JSON.stringify(file)}` }));
    expect(workspace.lakes[0]?.shoreline).toEqual({ type: 'Polygon', coordinates: [square(6.1, 44.9)] });
  });

  it('may have holes, and corners that were drawn twice', async () => {
    const outer = square(6.1, 44.9).flatMap((corner) => [corner, corner]);
    const hole = square(6.102, 44.902, 0.001).toReversed();
    const file = collection(feature(lake, { type: 'Polygon', coordinates: [outer, hole] }));
    const { lakes } = await readWorkspace(await writeWorkspace({ 'lakes.geojson': file }));
    expect(lakes[0]?.shoreline.coordinates).toEqual([square(6.1, 44.9), hole]);
  });

  it('may have no cameras yet', async () => {
    const folder = await writeWorkspace({ 'cameras/north.json': undefined });
    expect((await readWorkspace(folder)).cameras).toEqual([]);
  });

  it('is not any folder', async () => {
    const folder = await writeWorkspace({ 'rivage.json': undefined });
    await expect(readWorkspace(folder)).rejects.toMatchObject({ code: 'workspace-missing' });
  });
});

describe('what is wrong with a workspace is told with file, line and mend:', () => {
  it.each<[string, Changes, string]>([
    [
      'a misspelt key',
      { 'cameras/north.json': { ...camera, clockOffsetS: undefined, clockOfsetS: 0 } },
      'cameras/north.json, line 13: the key "clockOfsetS" is not known. Did you mean "clockOffsetS"?',
    ],
    [
      'a misspelt key inside',
      { 'cameras/north.json': { ...camera, position: { lon: 6.1, lat: 44.9, heightM: 2500, sigmaM: 2 } } },
      'cameras/north.json, line 6: the key "lon" is not known. Known here: lng, lat, heightM, sigmaM.',
    ],
    [
      'a key from nowhere',
      { 'rivage.json': { name: 'a', metricEpsg: 2154, colour: 'blue' } },
      'rivage.json, line 4: the key "colour" is not known. Known here: $schema, name, metricEpsg, dem, model.',
    ],
    [
      'a misspelt column of a GeoJSON',
      { 'lakes.geojson': collection(feature({ ...lake, waterLevelM: undefined, water_level_m: 2474 })) },
      'lakes.geojson, line 11: the key "waterLevelM" is missing. Is "water_level_m" meant to be "waterLevelM"?',
    ],
    [
      'a number in quotes',
      { 'cameras/north.json': { ...camera, intervalMin: '10' } },
      'cameras/north.json, line 13: "intervalMin": "10" does not fit. Needed here: a number.',
    ],
    [
      'a kind of zone that does not exist',
      { 'zones.geojson': collection(feature({ id: 'b', lakeId: 'bleu', kind: 'beach', name: 'B' })) },
      'zones.geojson, line 9: "features.0.properties.kind": "beach" does not fit. Needed here: one of "water", "shore", "trail", "meadow", "bivouac-area", "no-bivouac", "mask".',
    ],
    [
      'a date without time and offset',
      { 'cameras/north.json': { ...camera, mountedFrom: '2024-06-12' } },
      'cameras/north.json, line 14: "mountedFrom": "2024-06-12" does not fit. Needed here: date, time and offset from UTC, such as "2024-06-12T08:00:00+02:00".',
    ],
    [
      'broken JSON',
      { 'rivage.json': '{\n  "name": "a"\n  "metricEpsg": 2154\n}' },
      'rivage.json, line 3: it is not JSON (CommaExpected). Look there for a missing or extra comma, quote or bracket.',
    ],
    ['an empty file', { 'rivage.json': '' }, 'rivage.json, line 1: it is empty'],
  ])('%s', async (_, changes, message) => {
    const [first, ...others] = await told(changes);
    expect(first?.startsWith(message), first).toBe(true);
    expect(others).toEqual([]);
  });

  it.each<[string, Changes, string, number]>([
    ['a lake that does not exist', { 'cameras/north.json': { ...camera, lakeId: 'vert' } }, 'lake-unknown', 3],
    [
      'a zone beside no lake',
      { 'zones.geojson': collection(feature({ id: 'b', lakeId: 'vert', kind: 'shore', name: 'B' })) },
      'lake-unknown',
      8,
    ],
    ['one id twice', { 'lakes.geojson': collection(feature(lake), feature(lake)) }, 'id-duplicate', 44],
    [
      'a photo folder that does not exist',
      { 'cameras/north.json': { ...camera, photos: 'photos/nroth' } },
      'photo-folder-missing',
      4,
    ],
    [
      'two cameras that claim one folder',
      { 'cameras/south.json': { ...camera, photos: './photos/../photos/north/' } },
      'photo-folder-shared',
      4,
    ],
    [
      'a camera whose folder lies in that of another',
      { 'cameras/south.json': { ...camera, photos: 'photos/north/south' }, 'photos/north/south/.keep': '' },
      'photo-folder-shared',
      4,
    ],
    [
      'a DEM that does not exist',
      { 'rivage.json': { name: 'a', metricEpsg: 2154, dem: { file: 'dem.tif', heightSigmaM: 1 } } },
      'named-file-missing',
      5,
    ],
    [
      'a GCP file that does not exist',
      { 'cameras/north.json': { ...camera, gcps: { file: 'gcps.csv', epsg: 2154 } } },
      'named-file-missing',
      15,
    ],
    [
      'GCPs in a CRS that does not exist',
      { 'cameras/north.json': { ...camera, gcps: { file: 'g.csv', epsg: 2145_000 } }, 'g.csv': '' },
      'file-invalid',
      16,
    ],
    ['a CRS that is not metric', { 'rivage.json': { name: 'a', metricEpsg: 4326 } }, 'file-invalid', 3],
    [
      'an unknown clock zone',
      { 'cameras/north.json': { ...camera, clockTimeZone: 'Europe/Pari' } },
      'time-zone-unknown',
      11,
    ],
    ['an offset as a zone', { 'cameras/north.json': { ...camera, clockTimeZone: '+02:00' } }, 'time-zone-unknown', 11],
    [
      'an unknown zone of a lake',
      { 'lakes.geojson': collection(feature({ ...lake, timeZone: 'CEST' })) },
      'time-zone-unknown',
      11,
    ],
    [
      'longitude and latitude exchanged',
      { 'cameras/north.json': { ...camera, position: { ...camera.position, lng: 44.915, lat: 6.105 } } },
      'camera-far',
      5,
    ],
    [
      'a camera taken down before it was mounted',
      { 'cameras/north.json': { ...camera, mountedFrom: '2024-06-12T08:00:00Z', mountedTo: '2023-10-01T08:00:00Z' } },
      'file-invalid',
      15,
    ],
    [
      'a camera id that no address can hold',
      { 'cameras/north.json': undefined, 'cameras/rive nord.json': camera },
      'file-invalid',
      1,
    ],
    [
      'a declared CRS in metres',
      {
        'lakes.geojson': { ...collection(), crs: { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::2154' } } },
      },
      'geojson-crs',
      4,
    ],
    [
      'metres with no CRS declared',
      { 'lakes.geojson': collection(feature(lake, { type: 'Polygon', coordinates: [square(965_000, 6_430_000)] })) },
      'geojson-range',
      15,
    ],
    [
      'a point for a lake',
      { 'lakes.geojson': collection(feature(lake, { type: 'Point', coordinates: [6, 44] })) },
      'geojson-geometry',
      13,
    ],
    [
      'a polygon of two parts',
      {
        'lakes.geojson': collection(
          feature(lake, { type: 'MultiPolygon', coordinates: [[square(6, 44)], [square(7, 45)]] }),
        ),
      },
      'geojson-geometry',
      13,
    ],
    ['a ring that crosses itself', { 'lakes.geojson': drawn(bowTie) }, 'polygon-invalid', 13],
    ['a ring that is not closed', { 'lakes.geojson': drawn(square(6.1, 44.9).slice(0, 4)) }, 'polygon-invalid', 13],
    [
      'a hole outside its polygon',
      {
        'lakes.geojson': collection(
          feature(lake, { type: 'Polygon', coordinates: [square(6.1, 44.9), square(6.2, 44.9)] }),
        ),
      },
      'polygon-invalid',
      13,
    ],
    ['a ring without area', { 'lakes.geojson': drawn(square(6.1, 44.9, 0)) }, 'polygon-invalid', 13],
    [
      'a feature that was never drawn',
      { 'lakes.geojson': collection({ ...feature(lake), geometry: null }) },
      'geojson-geometry',
      13,
    ],
  ])('%s', async (_, changes, code, line) => {
    const faults = await faultsOf(changes);
    expect(faults.map((fault) => fault.code)).toContain(code);
    const fault = faults.find((one) => one.code === code);
    expect([fault?.code, fault?.params.line]).toEqual([code, line]);
    await expect(writeWorkspace(changes).then(readWorkspace)).rejects.toMatchObject({ code: faults[0]?.code });
  });

  it('all in one go, across files', async () => {
    const faults = await faultsOf({
      'rivage.json': { name: 'a', metricEpsg: 4326 },
      'zones.geojson': '{',
      'cameras/north.json': { ...camera, lakeId: 'vert', clockTimeZone: 'Mars/Olympus', photos: 'nowhere' },
    });
    const where = faults.map((fault) => `${fault.code} ${fault.params.file}:${fault.params.line}`);
    expect(where.sort()).toEqual([
      'file-invalid rivage.json:3',
      'file-invalid zones.geojson:1',
      'lake-unknown cameras/north.json:3',
      'photo-folder-missing cameras/north.json:4',
      'time-zone-unknown cameras/north.json:11',
    ]);
  });

  it('in French too', async () => {
    const [fault] = await faultsOf({ 'cameras/north.json': { ...camera, nmae: 'x', name: undefined } });
    expect(fault && describeError(fault, 'fr')).toBe(
      'cameras/north.json, ligne 13 : la clé « nmae » est inconnue. Vouliez-vous dire « name » ?',
    );
  });
});
