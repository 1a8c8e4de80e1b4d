import path from 'node:path';
import { expect, it } from 'vitest';
import { getCamera } from '../../src/workspace/cameras.ts';
import { checkWorkspace, readWorkspace } from '../../src/workspace/read-workspace.ts';
import { camera, writeWorkspace } from './written.ts';

const files = { 'a.csv': '', 'b.csv': '', 'photos/north/1.jpg': '' };

async function faultsOf(changes: object): Promise<readonly string[]> {
  const folder = await writeWorkspace({ ...files, 'cameras/north.json': { ...camera, ...changes } });
  return (await checkWorkspace(folder)).faults.map(({ message }) => message);
}

it('reads several sets of points, each with its photo and the time that it holds', async () => {
  const gcps = [
    { file: 'a.csv', epsg: 2154, photo: 'photos/north/1.jpg' },
    {
      file: 'b.csv',
      epsg: 4326,
      free: ['angles'],
      validFrom: '2025-08-03T14:00:00+02:00',
      validTo: '2025-09-01T00:00:00Z',
    },
  ];
  const folder = await writeWorkspace({ ...files, 'cameras/north.json': { ...camera, gcps } });
  expect(getCamera(await readWorkspace(folder), 'north').gcps).toEqual([
    {
      file: path.join(folder, 'a.csv'),
      epsg: 2154,
      photo: path.join(folder, 'photos/north/1.jpg'),
      free: undefined,
      validFrom: undefined,
      validTo: undefined,
    },
    {
      file: path.join(folder, 'b.csv'),
      epsg: 4326,
      photo: undefined,
      free: ['angles'],
      validFrom: new Date('2025-08-03T12:00:00Z'),
      validTo: new Date('2025-09-01T00:00:00Z'),
    },
  ]);
});

it('refuses two sets that begin at once, a set that ends before it begins, a photo that is not there', async () => {
  const [twins] = await faultsOf({
    gcps: [
      { file: 'a.csv', epsg: 2154 },
      { file: 'b.csv', epsg: 2154 },
    ],
  });
  expect(twins).toContain('two sets of ground control points begin at the same time');
  const span = { validFrom: '2025-08-03T00:00:00Z', validTo: '2025-08-03T00:00:00Z' };
  const [short] = await faultsOf({ gcps: { file: 'a.csv', epsg: 2154, ...span } });
  expect(short).toContain('validTo is not after validFrom');
  const [missing] = await faultsOf({ gcps: { file: 'a.csv', epsg: 2154, photo: 'photos/north/2.jpg' } });
  expect(missing).toContain('photos/north/2.jpg');
});

it('takes a lens in mm with its sensor, not without', async () => {
  expect(await faultsOf({ focalMm: 6, sensorWidthMm: 6.17 })).toEqual([]);
  const [fault] = await faultsOf({ focalMm: 6 });
  expect(fault).toContain('focalMm stands without sensorWidthMm');
});

it('names the key of a set of points that is misspelt, missing or does not fit, in one set and in a list', async () => {
  const set = { file: 'a.csv', epsg: 2154 };
  const told = async (gcps: object) => (await faultsOf({ gcps }))[0];
  expect(await told({ ...set, photoo: 'photos/north/1.jpg' })).toContain(
    'the key "photoo" is not known. Did you mean "photo"',
  );
  expect(await told([set, { ...set, vallidFrom: '' }])).toContain('Did you mean "validFrom"?');
  expect(await told({ file: 'a.csv' })).toContain('the key "epsg" is missing');
  expect(await told({ ...set, free: ['angles', 'foo'] })).toContain(
    '"gcps.free.1": "foo" does not fit. Needed here: one of',
  );
  expect(await told([{ ...set, epsg: '2154' }])).toContain('"gcps.0.epsg": "2154" does not fit. Needed here: a number');
});
