import { existsSync } from 'node:fs';
import { readdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readDataset } from '../../src/cli/dataset/read-dataset.ts';
import { exportReview } from '../../src/cli/review/export-review.ts';
import { importReview } from '../../src/cli/review/import-review.ts';
import { registerReview } from '../../src/cli/review/review.ts';
import { type OpenWorkspace, openWorkspace } from '../../src/cli/wire.ts';
import { readConfig } from '../../src/config.ts';
import { ServiceError } from '../../src/errors.ts';
import { decodePicture, readHeader } from '../../src/picture/codec.ts';
import type { Image } from '../../src/picture/image.ts';
import { processRun } from '../../src/pipeline/process-run.ts';
import { makeTempFolder, quietLog } from '../support/databases.ts';
import { runWell } from '../support/run-command.ts';
import { fakeDetector, openSmallTools, seenAt, writeSmallWorkspace } from '../support/small-workspace.ts';

interface Coco {
  images: { id: number; file_name: string; width: number; height: number; weight?: number }[];
  annotations: { id?: number; image_id: number; category_id: number; bbox: number[]; [key: string]: unknown }[];
  categories: { id: number; name: string }[];
}

/** The sun rises at 5:55; the first photo is dim, the others are by day. */
const shots = {
  'a.jpg': '2025:07:14 05:30:00',
  'b.jpg': '2025:07:14 10:00:00',
  'c.jpg': '2025:07:14 11:00:00',
  'd.jpg': '2025:07:14 12:00:00',
  'e.jpg': '2025:07:14 13:00:00',
  'f.jpg': '2025:07:14 14:00:00',
};
const everything = { cameraIds: undefined, from: undefined, to: undefined };
const context = {
  ...{ config: readConfig({}), log: quietLog, cwd: '', print: () => undefined },
  ...{ say: ({ en }: { en: string }) => en, signal: new AbortController().signal },
};
let [root, number] = ['', 0];
let open: OpenWorkspace;
const lake = () => path.join(root, 'lake');

beforeAll(async () => {
  root = await makeTempFolder();
  await writeSmallWorkspace(lake(), shots);
  const zones = JSON.parse(await readFile(path.join(lake(), 'zones.geojson'), 'utf8'));
  // 20 m and more east of the camera's line of sight, 90 m to 110 m away
  const [west, east, south, north] = [6.40025, 6.4006, 44.90081, 44.90099];
  const ring = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
  zones.features.push({
    type: 'Feature',
    properties: { id: 'hut', lakeId: 'rond', kind: 'mask', name: 'Hut' },
    geometry: { type: 'Polygon', coordinates: [ring] },
  });
  await writeFile(path.join(lake(), 'zones.geojson'), JSON.stringify(zones));
  let photo = 0;
  // a tent west of the mask and a person inside it, in every other photo
  const finds = [seenAt(-20, 'tent'), seenAt(30, 'person')];
  const detector = { ...fakeDetector([]), detect: async () => (photo++ % 2 === 0 ? finds : []) };
  open = await openWorkspace(lake(), context);
  const tools = await openSmallTools(open.db, lake(), detector);
  const signal = new AbortController().signal;
  await processRun(tools, everything, { onProgress: () => undefined, signal });
}, 60_000);
afterAll(() => open.close().catch(() => undefined)); // the last tests closed it
beforeEach(() => open.db.exec('truncate rivage.review cascade').catch(() => undefined));

const query = (sql: string) => open.db.query<Record<string, unknown>>(sql);
const codeOf = (error: unknown) => (error instanceof ServiceError ? error.code : error);
const toExport = (folder: string, wish: Partial<Parameters<typeof exportReview>[1]> = {}) =>
  exportReview(open, { folder: path.join(root, folder), count: 4, seed: 1, json: true, ...wish }, context);

async function handOut(count = 4) {
  const answer = await toExport(`out${number++}`, { count });
  const coco = JSON.parse(await readFile(path.join(answer.folder, 'annotations.json'), 'utf8')) as Coco;
  return { folder: answer.folder, answer, coco };
}

async function takeBack(folder: string, coco: object, reviewer = 'Ana') {
  await writeFile(path.join(folder, 'annotations.json'), JSON.stringify(coco));
  return importReview(open.db, folder, { reviewer });
}

const tent = (imageId: number, bbox = [10, 20, 30, 40], category = 2) => ({
  ...{ image_id: imageId, category_id: category, bbox, area: 1200, iscrowd: 0 },
});

describe('rivage review export', () => {
  it('hands out photos of each light, with finds and without, and how many each one stands for', async () => {
    const { folder, answer, coco } = await handOut();
    expect(answer).toMatchObject({ photos: 4, of: 6, boxes: 2, unplaceable: 0 });
    expect((await readdir(folder)).sort()).toEqual(['README.md', 'annotations.json', 'images', 'photos.csv']);
    expect((await readdir(path.join(folder, 'images'))).sort()).toEqual(coco.images.map((one) => one.file_name).sort());
    expect(coco.categories.map(({ name }) => name)).toEqual(['person', 'tent', 'boat', 'animal']);
    const weights = coco.images.map(({ weight }) => weight ?? 0);
    expect(weights.reduce((total, weight) => total + weight, 0)).toBe(6);
    const rows = await query(
      'select file_name as name, weight, reviewed_at as at from rivage.review_photo order by file_name',
    );
    expect(rows).toEqual(coco.images.map((one) => ({ name: one.file_name, weight: one.weight, at: null })));
    const sightings = await query("select fid as id from rivage.sighting_map where label = 'tent'");
    const named = coco.annotations.map((one) => one.sighting_id);
    expect(sightings.map(({ id }) => id)).toEqual(expect.arrayContaining(named));
    expect(coco.annotations[0]).toMatchObject({ score: 0.8, model: 'fake@1', category_id: 2 });
  });

  it('blanks what lies behind a mask, with the boxes there, and nothing else; no EXIF is left', async () => {
    const { folder, coco } = await handOut(6);
    expect(coco.annotations.map(({ category_id }) => category_id)).toEqual([2, 2, 2]);
    const [first] = coco.images;
    const file = path.join(folder, 'images', first?.file_name ?? '');
    expect((await readHeader(file)).exif).toBeUndefined();
    const [shown, original] = [await decodePicture(file), await decodePicture(path.join(lake(), 'photos/south/a.jpg'))];
    expect(shown.sizePx).toEqual(original.sizePx);
    const { x, y, w, h } = seenAt(30, 'person').box;
    const [inside, outside] = [pixelAt(shown, x + w / 2, y + h / 2), seenAt(-20, 'tent').box];
    for (const channel of inside) expect(Math.abs(channel - 114)).toBeLessThan(6);
    const pair = [shown, original].map((image) => pixelAt(image, outside.x, outside.y));
    for (const [at, channel] of (pair[0] ?? []).entries()) {
      expect(Math.abs(channel - (pair[1]?.[at] ?? 0))).toBeLessThan(30);
    }
    const [row] = await query('select jsonb_array_length(hidden) as runs from rivage.review_photo limit 1');
    expect(row?.runs).toBeGreaterThan(0);
  });

  it('leaves photos aside in which nothing tells where the masks are', async () => {
    const [turned] = await query(
      'update rivage.analysis set calibration_id = null where photo_id = (select min(photo_id) from rivage.photo) returning photo_id as id, (select max(calibration_id) from rivage.calibration) as was',
    );
    try {
      const { answer } = await handOut(6);
      expect(answer).toMatchObject({ photos: 5, of: 5, unplaceable: 1 });
    } finally {
      await query(`update rivage.analysis set calibration_id = ${turned?.was} where photo_id = '${turned?.id}'`);
    }
  });

  it('is a dataset that models can be compared and trained on', async () => {
    const { folder, coco } = await handOut();
    const place = path.join(folder, 'annotations.json');
    const dataset = await readDataset(place, undefined, { format: undefined, labelFor: (name) => name });
    expect(dataset.photos.map(({ camera, light }) => [camera, light])).toEqual([
      ['south', 'dim'],
      ['south', 'day'],
      ['south', 'day'],
      ['south', 'day'],
    ]);
    expect([...dataset.files.keys()]).toEqual(coco.images.map((one) => one.file_name));
  });

  it('refuses fewer photos than there are kinds, no photo at all, and a folder that holds something', async () => {
    const refused = (wish: object, folder = 'none') => toExport(folder, wish).catch(codeOf);
    expect(await refused({ count: 2 }, 'few')).toBe('review-too-few');
    expect(await refused({ to: new Date('2020-01-01') })).toBe('review-nothing');
    expect(await refused({ camera: ['north'] })).toBe('camera-unknown');
    expect(await refused({}, 'lake')).toBe('folder-not-empty');
    expect(['few', 'none'].map((name) => existsSync(path.join(root, name)))).toEqual([false, false]);
  });

  it('leaves no photo behind when it fails', async () => {
    const [photo, aside] = [path.join(lake(), 'photos/south/f.jpg'), path.join(root, 'f.jpg')];
    await rename(photo, aside);
    try {
      expect(await toExport('broken', { count: 6 }).catch(codeOf)).toBe('file-missing');
      expect(existsSync(path.join(root, 'broken'))).toBe(false);
      expect(await query('select from rivage.review')).toEqual([]);
    } finally {
      await rename(aside, photo);
    }
  });
});

describe('rivage review import', () => {
  it('stores what was seen, knows empty from unknown, and replaces when it comes again', async () => {
    const { folder, coco } = await handOut();
    const images = coco.images.slice(0, 3);
    const seen = { ...coco, images, annotations: [tent(1), tent(1, [50, 60, 20, 40], 1), { ...tent(2), iscrowd: 1 }] };
    const expected = { photos: 3, empty: 1, objects: { tent: 2, person: 1 }, missing: 1 };
    for (let again = 0; again < 2; again++) {
      expect(await takeBack(folder, seen)).toEqual(expected);
    }
    const photos = await query(
      `select reviewer, reviewed_at is not null as done,
         (select count(*)::int from rivage.review_object where review_photo_fid = r.fid) as objects
       from rivage.review_photo as r order by file_name`,
    );
    expect(photos).toEqual([
      { reviewer: 'Ana', done: true, objects: 2 },
      { reviewer: 'Ana', done: true, objects: 1 },
      { reviewer: 'Ana', done: true, objects: 0 },
      { reviewer: null, done: false, objects: 0 },
    ]);
    expect((await toExport('lost', { count: 3, again: true })).of).toBe(3);
    expect(await toExport('nothing', { count: 3 }).catch(codeOf)).toBe('review-nothing');
  });

  it('reads a file of another name, and names that a tool put something in front of', async () => {
    const { coco } = await handOut();
    const images = coco.images.map((one) => ({ ...one, file_name: `images/1f2e3d4c-${one.file_name}` }));
    await writeFile(path.join(root, 'result.json'), JSON.stringify({ ...coco, images, annotations: [] }));
    expect(await importReview(open.db, path.join(root, 'result.json'), {})).toMatchObject({ photos: 4, empty: 4 });
  });

  it('takes an unchanged file only when somebody says that all was right', async () => {
    const { folder } = await handOut();
    expect(await importReview(open.db, folder, {}).catch(codeOf)).toBe('review-unchanged');
    expect(await query('select from rivage.review_photo where reviewed_at is not null')).toEqual([]);
    expect(await importReview(open.db, folder, { allRight: true })).toMatchObject({ photos: 4, objects: { tent: 2 } });
  });

  const kite = { id: 5, name: 'kite' };
  const faults: Readonly<Record<string, readonly [code: string, fault: (coco: Coco) => object]>> = {
    'a photo that was not handed out': [
      'review-photo-unknown',
      (coco) => ({ ...coco, images: [...coco.images, { ...coco.images[0], id: 9, file_name: 'a.jpg' }] }),
    ],
    'a photo twice': [
      'review-photo-twice',
      (coco) => ({ ...coco, images: [...coco.images, { ...coco.images[0], id: 9 }] }),
    ],
    'a photo of another size': [
      'review-photo-size',
      (coco) => ({ ...coco, images: coco.images.map((one) => ({ ...one, width: 320, height: 240 })) }),
    ],
    'a label that nobody knows': [
      'review-label-unknown',
      (coco) => ({ ...coco, categories: [...coco.categories, kite], annotations: [tent(1), tent(2, [1, 1, 9, 9], 5)] }),
    ],
    'a box outside its photo': [
      'review-box-outside',
      (coco) => ({ ...coco, annotations: [tent(1), tent(2, [620, 20, 30, 40])] }),
    ],
    'a box without area': [
      'review-box-outside',
      (coco) => ({ ...coco, annotations: [tent(1), tent(2, [10, 20, 0, 40])] }),
    ],
    'an object of no photo': ['file-invalid', (coco) => ({ ...coco, annotations: [tent(1), tent(77)] })],
  };

  it.each(Object.entries(faults))('refuses %s, and stores nothing', async (_, [code, fault]) => {
    const { folder, coco } = await handOut();
    const refused = takeBack(folder, fault(coco));
    await expect(refused).rejects.toMatchObject({ code, message: expect.stringContaining('annotations.json') });
    expect(await query('select from rivage.review_photo where reviewed_at is not null')).toEqual([]);
    expect(await query('select from rivage.review_object')).toEqual([]);
  });
});

describe('rivage review', () => {
  const run = (...args: readonly string[]) =>
    runWell(registerReview, ['review', ...args, '-w', 'lake'], { folder: root });

  it('says in sentences what it did', async () => {
    await open.close();
    const out = await run('export', 'said', '-n', '4');
    expect(out.join()).toMatch(/^4 of 6 photos are in .*said, with 2 boxes to correct\. Persons are not blurred/);
    const back = await run('import', 'said', '--all-right', '--reviewer', 'Ana');
    expect(back).toEqual(['4 photos reviewed, 2 of them empty: 2 tent.']);
  });
});

function pixelAt({ rgb, sizePx }: Image, u: number, v: number): readonly number[] {
  const at = (Math.floor(v) * sizePx.widthPx + Math.floor(u)) * 3;
  return [...rgb.subarray(at, at + 3)];
}
