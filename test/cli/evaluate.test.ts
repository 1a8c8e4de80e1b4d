import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CliContext } from '../../src/cli/context.ts';
import { labelsOf } from '../../src/cli/dataset/dataset.ts';
import { readLabelNames } from '../../src/cli/dataset/label-names.ts';
import { photoOfLabels } from '../../src/cli/dataset/pair-photos.ts';
import { readDataset } from '../../src/cli/dataset/read-dataset.ts';
import { registerEvaluate } from '../../src/cli/evaluate.ts';
import { readCocoResults, toCocoResults } from '../../src/cli/evaluation/coco-results.ts';
import type { EvaluationDocument } from '../../src/cli/evaluation/document.ts';
import { readConfig } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';
import { encodeJpeg } from '../../src/picture/codec.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'rivage-evaluate-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Files of a dataset in a folder of its own; photos are 200 × 100 px. */
async function write(name: string, files: Readonly<Record<string, string>>, photos: readonly string[] = []) {
  const place = path.join(folder, name);
  const photo = await encodeJpeg({
    sizePx: { widthPx: 200, heightPx: 100 },
    rgb: new Uint8Array(200 * 100 * 3).fill(128),
  });
  for (const [file, content] of [...Object.entries(files), ...photos.map((one) => [one, photo] as const)]) {
    await mkdir(path.dirname(path.join(place, file)), { recursive: true });
    await writeFile(path.join(place, file), content);
  }
  return place;
}

const keep = (name: string) => name.toLowerCase();
const read = (place: string, labelFor: (name: string) => string | undefined = keep) =>
  readDataset(place, undefined, { format: undefined, labelFor });

const instances = {
  images: [
    { id: 7, file_name: 'a.jpg', width: 200, height: 100 },
    { id: 9, file_name: 'b.jpg', width: 200, height: 100 },
  ],
  categories: [
    { id: 1, name: 'Person' },
    { id: 3, name: 'kite' },
  ],
  annotations: [
    { id: 1, image_id: 7, category_id: 1, bbox: [10, 10, 20, 40], area: 500, iscrowd: 0 },
    { id: 2, image_id: 7, category_id: 1, bbox: [100, 10, 80, 60], iscrowd: 1 },
    { id: 3, image_id: 7, category_id: 3, bbox: [0, 0, 5, 5] },
  ],
};
const cocoText = (changes: object = {}) => JSON.stringify({ ...instances, ...changes }, null, 1);

describe('a dataset of COCO', () => {
  it('keeps area and crowd, and photos with nothing', async () => {
    const place = await write('coco', { 'instances.json': cocoText() });
    const { photos, categories } = await read(path.join(place, 'instances.json'), (name) =>
      name === 'kite' ? undefined : keep(name),
    );
    expect(photos.map(({ id, boxes }) => [id, boxes.length])).toEqual([
      [7, 2],
      [9, 0],
    ]);
    expect(photos[0]?.boxes.map(({ areaPx2, crowd }) => [areaPx2, crowd])).toEqual([
      [500, false],
      [4800, true],
    ]);
    expect(labelsOf({ categories })).toEqual(['person']);
  });

  it('says on which line an annotation names an image that is not there', async () => {
    const annotations = [{ id: 1, image_id: 8, category_id: 1, bbox: [0, 0, 1, 1] }];
    const place = await write('coco-fault', { 'instances.json': cocoText({ annotations }) });
    const line = cocoText({ annotations })
      .split('\n')
      .findIndex((text) => text.includes('"image_id": 8'));
    await expect(read(path.join(place, 'instances.json'))).rejects.toMatchObject({
      code: 'file-invalid',
      params: { line: line + 1 },
    });
  });
});

describe('a dataset of YOLO', () => {
  it('reads boxes, polygons and key points, in pixels', async () => {
    const keypoints = Array.from({ length: 51 }, () => '0').join(' ');
    const text = `0 0.5 0.5 0.1 0.4\n1 0.1 0.2 0.3 0.2 0.3 0.6\n0 0.25 0.5 0.1 0.2 ${keypoints}\n`;
    const place = await write('yolo', { 'labels/a.txt': text, 'classes.txt': 'person\nboat\n' }, ['images/a.jpg']);
    const { photos, format } = await read(place);
    expect(format).toBe('yolo');
    const [a, b, c] = photos[0]?.boxes ?? [];
    expect([a?.label, b?.label, c?.label]).toEqual(['person', 'boat', 'person']);
    for (const [truth, box] of [
      [a, { x: 90, y: 30, w: 20, h: 40 }],
      [b, { x: 20, y: 20, w: 40, h: 40 }],
      [c, { x: 40, y: 40, w: 20, h: 20 }],
    ] as const) {
      for (const key of ['x', 'y', 'w', 'h'] as const) expect(truth?.box[key]).toBeCloseTo(box[key], 9);
    }
  });

  it('leaves out photos that nobody labelled, and keeps those that are labelled as empty', async () => {
    const place = await write('yolo-empty', { 'labels/a.txt': '' }, ['images/a.jpg', 'images/b.jpg']);
    const { photos, unlabelled } = await read(place);
    expect(photos.map(({ name, boxes }) => [name, boxes.length])).toEqual([['a.jpg', 0]]);
    expect(unlabelled).toEqual(['b.jpg']);
  });

  it.each([
    ['0 0.5 0.5 0.1', 'is no label of YOLO'],
    ['0 0.5 0.5 0.1 x', 'is no label of YOLO'],
    ['0 90 30 20 40', 'outside the photo'],
  ])('says what is wrong with "%s", and on which line', async (line, why) => {
    const place = await write(`yolo-${line}`, { 'labels/a.txt': `0 0.5 0.5 0.1 0.4\n${line}\n` }, ['images/a.jpg']);
    await expect(read(place)).rejects.toThrow(new RegExp(`a\\.txt, line 2: .*${why}`));
  });
});

describe('a dataset of points', () => {
  it('finds the photo of a file by its name, and counts a file without rows as an empty photo', async () => {
    const head = 'Label, X, Y, Image\n';
    const place = await write(
      'points',
      {
        'labels/labels_1.csv': `${head}Person,10,20,other.jpg\nPerson,30,40,other.jpg\n`,
        'labels/labels_1_b.csv': head,
      },
      ['images/1.jpg', 'images/1_b.jpg'],
    );
    const { photos, format } = await read(place);
    expect(format).toBe('points');
    expect(photos.map(({ name, points }) => [name, points.length])).toEqual([
      ['1.jpg', 2],
      ['1_b.jpg', 0],
    ]);
  });

  it('finds the photo by a column, with its camera and light', async () => {
    const text = 'photo;label;x;y;camera;light\na.jpg;person;1,5;2;north;dusk\nb.jpg;person;3;4;south;day\n';
    const place = await write('points-column', { 'points.csv': text }, ['a.jpg', 'b.jpg']);
    const { photos } = await read(place);
    expect(photos.map(({ camera, light, points }) => [camera, light, points[0]?.point.u])).toEqual([
      ['north', 'dusk', 1.5],
      ['south', 'day', 3],
    ]);
  });

  it('says on which line a point lies outside its photo', async () => {
    const place = await write('points-outside', { 'a.csv': 'label,x,y\nperson,1,1\nperson,1,101\n' }, ['a.jpg']);
    await expect(read(place)).rejects.toThrow(/a\.csv, line 3: the point 1, 101 lies outside a\.jpg \(200×100\)/);
  });

  it('says which column is missing', async () => {
    const place = await write('points-columns', { 'a.csv': 'label,x\nperson,1\n' }, ['a.jpg']);
    await expect(read(place)).rejects.toThrow(/line 1: there is no column "y"/);
  });
});

describe('a dataset', () => {
  it('takes camera and light from photos.csv, else the camera from the sub-folder', async () => {
    const files = { 'labels/a.txt': '', 'labels/b.txt': '', 'photos.csv': 'Photo,Camera,Light\nnorth/a.jpg,N,dusk\n' };
    const place = await write('sidecar', files, ['images/north/a.jpg', 'images/south/b.jpg']);
    const { photos } = await readDataset(place, undefined, { format: 'yolo', labelFor: keep });
    expect(photos.map(({ camera, light }) => [camera, light])).toEqual([
      ['N', 'dusk'],
      ['south', undefined],
    ]);
  });

  it('is refused where it is none, and where no photo has labels', async () => {
    await expect(read(await write('nothing', { 'a.md': '' }))).rejects.toMatchObject({ code: 'dataset-unknown' });
    await expect(read(await write('alone', { 'a.txt': '' }))).rejects.toMatchObject({ code: 'dataset-empty' });
  });

  it('never guesses between two photos', () => {
    expect(photoOfLabels('labels_3.csv', ['3.jpg', '13.jpg'])).toBe('3.jpg');
    expect(photoOfLabels('3.txt', ['val_3.jpg'])).toBe('val_3.jpg');
    expect(photoOfLabels('3.txt', ['a_3.jpg', 'b_3.jpg'])).toBeUndefined();
    expect(photoOfLabels('3.txt', ['13.jpg'])).toBeUndefined();
  });

  it('has its classes renamed, and those that are not named left out', async () => {
    const labelFor = await readLabelNames('Pedestrian=person,kite=', folder, folder);
    expect(['pedestrian', 'kite', 'boat'].map(labelFor)).toEqual(['person', undefined, undefined]);
    await write('renamed', { 'rivage-labels.json': '{"0": "person"}' });
    expect((await readLabelNames(undefined, path.join(folder, 'renamed'), folder))('0')).toBe('person');
    expect((await readLabelNames(undefined, path.join(folder, 'other'), folder))('Boat')).toBe('boat');
    await expect(readLabelNames('a=b=c', folder, folder)).rejects.toMatchObject({ code: 'bad-option' });
  });
});

describe('results of COCO', () => {
  it('come back as they were written', async () => {
    const place = await write('results', { 'instances.json': cocoText() });
    const dataset = await read(path.join(place, 'instances.json'));
    const found = [[{ label: 'person', confidence: 0.5, box: { x: 10, y: 10, w: 20.25, h: 40 } }], []];
    await writeFile(path.join(place, 'results.json'), JSON.stringify(toCocoResults(dataset, found)));
    expect(await readCocoResults(path.join(place, 'results.json'), dataset)).toEqual(found);
  });

  it('may name photos and classes, and are refused where there is no such photo', async () => {
    const place = await write('results-names', { 'instances.json': cocoText() });
    const dataset = await read(path.join(place, 'instances.json'));
    const result = { image_id: 'b', category_id: 'Person', bbox: [1, 2, 3, 4], score: 1 };
    const file = path.join(place, 'results.json');
    await writeFile(file, JSON.stringify([result]));
    expect((await readCocoResults(file, dataset)).map((list) => list.length)).toEqual([0, 1]);
    await writeFile(file, JSON.stringify([result, { ...result, image_id: 'c' }], null, 1));
    await expect(readCocoResults(file, dataset)).rejects.toThrow(/line 14: "image_id" is c/);
  });
});

describe('rivage evaluate', () => {
  const run = async (...args: readonly string[]) => {
    const printed: string[] = [];
    const context: CliContext = {
      config: readConfig({ RIVAGE_LANG: 'en' }),
      log: createLog('error'),
      cwd: folder,
      say: ({ en }) => en,
      print: (line) => printed.push(line),
      signal: new AbortController().signal,
    };
    const program = new Command('rivage').exitOverride();
    registerEvaluate(program, context);
    await program.parseAsync(['node', 'rivage', 'evaluate', ...args]);
    return printed;
  };

  it('compares detections of two tools, and writes what it found', async () => {
    const result = (image_id: number, x: number, score: number) => {
      return { image_id, category_id: 1, bbox: [x, 10, 20, 40], score };
    };
    await write('whole', {
      'instances.json': cocoText(),
      'good.json': JSON.stringify([result(7, 10, 0.9)]),
      'bad.json': JSON.stringify([result(9, 10, 0.9), result(7, 10, 0.4)]),
    });
    const detections = ['--detections', 'good=whole/good.json', '--detections', 'bad=whole/bad.json'];
    const options = ['-d', 'whole/instances.json', '--labels', 'person=person', '-o', 'whole/out'];
    const printed = await run(...options, ...detections);
    expect(printed.join('\n')).toContain('person: 1 on 2 photos');
    const out = path.join(folder, 'whole/out');
    const document: EvaluationDocument = JSON.parse(await readFile(path.join(out, 'evaluation.json'), 'utf8'));
    expect(document).toMatchObject({ format: 'rivage-evaluation', formatVersion: 1 });
    const [good, bad] = document.comparison.models;
    expect(good?.ap50?.value).toBeCloseTo(1, 12);
    expect(bad?.ap50?.value).toBeCloseTo(0.5, 12);
    expect(document.dataset.leftOut).toEqual(['kite']);
    const markdown = await readFile(path.join(out, 'evaluation.md'), 'utf8');
    expect(markdown).toContain('| good | 1.000');
    expect(markdown).toContain('curves-person.svg');
    const svg = await readFile(path.join(out, 'curves-person.svg'), 'utf8');
    expect(svg.match(/<path d="M[\d.]+ [\d.]+[^"]*" stroke="#(0072b2|d55e00)"/g)).toHaveLength(4);
    expect(good?.labels[0]?.figures?.reliability.ece?.value).toBeCloseTo(0.1, 12);
    expect(markdown).toContain('| good | 1 | 0.100');
    expect(await readFile(path.join(out, 'reliability-person.svg'), 'utf8')).toContain('M70 530L550 50');
    expect(await run(...options, ...detections)).toEqual(printed);
  });

  it('asks for models or detections', async () => {
    await write('bare', { 'instances.json': cocoText() });
    await expect(run('-d', 'bare/instances.json')).rejects.toMatchObject({ code: 'option-missing' });
  });
});
