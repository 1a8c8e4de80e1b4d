import path from 'node:path';
import type { MultiPolygon, Position } from 'geojson';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { holdsPoint } from '../../src/geo/polygon.ts';
import { createRunQueue } from '../../src/jobs/queue.ts';
import { decodePicture } from '../../src/picture/codec.ts';
import { openCalibrationDesk } from '../../src/pipeline/calibration-desk.ts';
import { openEstimateDesk } from '../../src/pipeline/estimate-desk.ts';
import { processRun } from '../../src/pipeline/process-run.ts';
import { openZoneDesk } from '../../src/pipeline/zone-desk.ts';
import { publishPictures } from '../../src/publish/pictures.ts';
import { allRoutes, createApp } from '../../src/serve/app.ts';
import type { ServeDeps } from '../../src/serve/deps.ts';
import { listen } from '../../src/serve/listen.ts';
import { openDb } from '../../src/store/open.ts';
import { openProjectFile } from '../../src/workspace/project-file.ts';
import { makeTempFolder, quietLog } from '../support/databases.ts';
import { openSmallTools, placedGcps, writeSmallWorkspace } from '../support/small-workspace.ts';

let deps: ServeDeps;
let url: string;
const closing: (() => Promise<void>)[] = [];

beforeAll(async () => {
  const folder = await makeTempFolder();
  await writeSmallWorkspace(folder, { 'a.jpg': '2025:07:14 12:00:00' });
  const db = await openDb({ folder: path.join(folder, 'db'), log: quietLog });
  const tools = await openSmallTools(db, folder);
  await processRun(tools, { cameraIds: undefined, from: undefined, to: undefined }, quiet);
  deps = {
    db,
    queue: createRunQueue(db, { send: async () => undefined }),
    pictures: publishPictures([folder]),
    calibrations: openCalibrationDesk(tools),
    zones: openZoneDesk({ ...tools, useWorkspace: () => undefined }),
    estimates: openEstimateDesk(db, () => () => 0),
    project: openProjectFile(folder),
    models: [],
    config: { language: 'en', databaseUrl: undefined, token: undefined },
    log: quietLog,
    version: '0.1.0',
  };
  const listening = await listen(createApp(deps), 0);
  url = listening.url;
  closing.push(listening.close, () => db.close());
});
afterAll(async () => {
  for (const close of closing) await close();
});
const quiet = { onProgress: () => undefined, signal: new AbortController().signal };

/** Asks the service; what the documented schema does not name is stripped by parse, so that an undocumented field fails here. */
async function ask(address: string, init: { method?: string; body?: unknown; language?: string } = {}) {
  const { method = 'GET', body, language = 'en' } = init;
  const response = await fetch(url + address, {
    method,
    headers: { 'Content-Type': 'application/json', 'Accept-Language': language },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  // biome-ignore lint/suspicious/noExplicitAny: JSON of several shapes, each checked by its own schema here
  const answer: any = await response.json();
  const route = allRoutes(deps).find(
    (one) =>
      one.method === method.toLowerCase() && new RegExp(`^${one.path.replace(/\{\w+\}/g, '[^/]+')}$`).test(address),
  );
  const schema = route?.answers.find(({ status }) => status === response.status)?.schema;
  if (schema) expect(schema.parse(answer)).toEqual(answer);
  return { status: response.status, answer };
}

const photoPath = 'photos/south/a.jpg';
const wish = { gcps: placedGcps(), epsg: 4326, photoPath };
const address = '/api/cameras/south/calibrations';

describe('calibrations over HTTP', () => {
  it('are tried without being stored', async () => {
    const { status, answer } = await ask(address, { method: 'POST', body: wish });
    expect(status).toBe(200);
    expect(answer).toMatchObject({ id: null, cameraId: 'south' });
    expect(answer.calibration.pose.pitchDeg).toBeCloseTo(-8, 1);
    expect(answer.calibration.gcps).toHaveLength(wish.gcps.length);
    expect(answer.checks.length).toBeGreaterThan(1);
    expect((await ask(address)).answer.calibrations).toHaveLength(1);
  });

  it('tell the ground that the camera would see, when asked, and keep that of stored ones', async () => {
    expect((await ask(address, { method: 'POST', body: wish })).answer.viewshed).toBeNull();
    const tried = (await ask(address, { method: 'POST', body: { ...wish, viewshed: true } })).answer.viewshed;
    const sees = (lng: number, lat: number) =>
      tried.coordinates.some((coordinates: Position[][]) => holdsPoint({ type: 'Polygon', coordinates }, lng, lat));
    // the camera looks north
    expect([sees(6.4, 44.901), sees(6.4, 44.8995)]).toEqual([true, false]);
    const saved = (await ask(address, { method: 'POST', body: { ...wish, viewshed: true, save: true } })).answer;
    expect(saved.viewshed).toEqual(tried);
    const [row] = await deps.db.query<{ stored: MultiPolygon }>(
      'select ST_AsGeoJSON(geom, 7)::jsonb as stored from rivage.viewshed where calibration_id = $1',
      [saved.id],
    );
    expect(row?.stored.coordinates).toEqual(tried.coordinates);
    await ask(`/api/calibrations/${saved.id}`, { method: 'DELETE' });
  });

  it('say in the language of the person which point is wrong', async () => {
    const gcps = wish.gcps.map((gcp) => (gcp.name === 'p3' ? { ...gcp, u: gcp.u + 80 } : gcp));
    const { answer } = await ask(address, { method: 'POST', body: { ...wish, gcps }, language: 'fr' });
    expect(answer.advice).toMatch(/p3.*rocher/);
    const outliers = answer.calibration.gcps.filter((gcp: { outlier: boolean }) => gcp.outlier);
    expect(outliers.map((gcp: { name: string }) => gcp.name)).toEqual(['p3']);
  });

  it('are stored with the time that they hold, read, and taken out of use again', async () => {
    const saved = await ask(address, {
      method: 'POST',
      body: { ...wish, validFrom: '2025-08-01T00:00:00Z', save: true },
    });
    expect(saved.status).toBe(201);
    const { id } = saved.answer;
    expect((await ask(`/api/calibrations/${id}`)).answer).toMatchObject({ id, cameraId: 'south' });
    const [latest] = (await ask(address)).answer.calibrations;
    expect(latest).toMatchObject({
      id,
      origin: 'service',
      validFrom: '2025-08-01T00:00:00.000Z',
      photoPath,
      withdrawnAt: null,
    });
    expect((await ask(`/api/calibrations/${id}`, { method: 'DELETE' })).status).toBe(200);
    const [gone] = (await ask(address)).answer.calibrations;
    expect(gone.withdrawnAt).not.toBeNull();
  });

  it('of a file of the workspace are not taken out of use, for they would come back', async () => {
    const { id } = (await ask(address)).answer.calibrations.find((one: { origin: string }) => one.origin === 'file');
    const { status, answer } = await ask(`/api/calibrations/${id}`, { method: 'DELETE' });
    expect([status, answer.code]).toEqual([409, 'calibration-of-file']);
    expect(answer.detail).toContain('cameras/south.json');
  });

  it('of an older version, which kept no points, are listed, and say so where they are read', async () => {
    const [row] = await deps.db.query<{ id: number }>(
      `insert into rivage.calibration (camera_id, body, rmse_px, reference_path, withdrawn_at)
       select camera_id, jsonb_set(body, '{gcps}', '[{"name": "p1", "residualPx": 1, "outlier": false}]') - 'aic', 1,
         'photos/south/a.jpg', now()
       from rivage.calibration order by calibration_id limit 1 returning calibration_id as id`,
    );
    const listed = (await ask(address)).answer.calibrations.find((one: { id: number }) => one.id === row?.id);
    expect(listed).toMatchObject({ aic: null, gcps: 1, outliers: 0 });
    for (const part of ['', '/image']) {
      const { status, answer } = await ask(`/api/calibrations/${row?.id}${part}`);
      expect([status, answer.code]).toEqual([409, 'calibration-without-points']);
    }
  });

  it('say in the language of the person which two points have one name, and that the end is not after the beginning', async () => {
    const told = async (change: object) =>
      (await ask(address, { method: 'POST', body: { ...wish, ...change }, language: 'fr' })).answer.detail;
    const [first, ...others] = wish.gcps;
    expect(await told({ gcps: [first, ...others, { ...first, u: 3 }] })).toContain(
      `deux points se nomment ${first?.name}`,
    );
    const span = { validFrom: '2025-08-02T00:00:00Z', validTo: '2025-08-01T00:00:00Z' };
    expect(await told(span)).toMatch(/champ validTo .*n'est pas après validFrom/);
  });

  it('refuse what cannot be solved, and store nothing of it', async () => {
    const before = (await ask(address)).answer.calibrations.length;
    const refused = async (change: object) => {
      const { status, answer } = await ask(address, { method: 'POST', body: { ...wish, save: true, ...change } });
      return [status, answer.code];
    };
    expect(await refused({ gcps: wish.gcps.slice(0, 2) })).toEqual([422, 'gcps-too-few']);
    const never = { validFrom: '2025-08-02T00:00:00Z', validTo: '2025-08-01T00:00:00Z' };
    expect(await refused(never)).toEqual([400, 'body-invalid']);
    expect(await refused({ epsg: 999999 })).toEqual([422, 'epsg-unknown']);
    const exchanged = wish.gcps.map((gcp) => ({ ...gcp, x: gcp.y, y: gcp.x }));
    expect(await refused({ gcps: exchanged })).toEqual([422, 'gcps-elsewhere']);
    expect(await refused({ gcps: wish.gcps.map((gcp) => ({ ...gcp, name: 'p' })) })).toEqual([400, 'body-invalid']);
    expect(await refused({ photoPath: '../elsewhere.jpg' })).toEqual([403, 'outside-folders']);
    expect(await refused({ gcps: [{ ...wish.gcps[0], u: 9999 }, ...wish.gcps.slice(1)] })).toEqual([
      422,
      'gcp-outside-picture',
    ]);
    expect((await ask(address)).answer.calibrations).toHaveLength(before);
    expect((await ask('/api/cameras/nroth/calibrations')).status).toBe(404);
    expect((await ask('/api/calibrations/99')).status).toBe(404);
  });

  it('are drawn on their photo', async () => {
    const saved = await ask(address, { method: 'POST', body: { ...wish, save: true } });
    const response = await fetch(`${url}/api/calibrations/${saved.answer.id}/image?width=320`);
    expect(response.headers.get('content-type')).toBe('image/jpeg');
    const image = await decodePicture(new Uint8Array(await response.arrayBuffer()));
    expect(image.sizePx).toEqual({ widthPx: 320, heightPx: 240 });
  });

  it('put pixels on the ground, or say why not', async () => {
    const pixels = [
      { u: 320, v: 300 },
      { u: 320, v: 5 },
    ];
    const { answer } = await ask('/api/cameras/south/locations', { method: 'POST', body: { pixels } });
    const [water, sky] = answer.locations;
    expect(water.location.surface).toBe('water');
    expect(water.location.heightM).toBeCloseTo(2200, 6);
    expect(water.location.ellipse.semiMajorM).toBeGreaterThan(water.location.ellipse.semiMinorM);
    const { camera, pixel, height, extent } = water.location.shares;
    expect(camera + pixel + height + extent).toBeCloseTo(1, 9);
    expect(sky).toMatchObject({ location: null, noLocationReason: 'above-horizon' });
  });
});
