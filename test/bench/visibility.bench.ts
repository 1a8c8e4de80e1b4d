import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { measurePicture, type PictureStatistics, thumbnailSizePx } from '../../src/ingest/picture-statistics.ts';
import { judgeAgainstHistory, type PhotoOfHistory } from '../../src/ingest/visibility-history.ts';
import { decodePicture, resize, shrinkTo } from '../../src/picture/codec.ts';
import type { Image } from '../../src/picture/image.ts';
import { defaultOptions } from '../../src/simulate/options.ts';
import { createRandom, type Random } from '../../src/simulate/random.ts';
import { simulateWorkspace } from '../../src/simulate/simulate-workspace.ts';
import type { TruthPhoto } from '../../src/simulate/truth.ts';
import { referencePath } from '../support/reference-data.ts';
import { cover, veil, wet } from '../support/spoil-picture.ts';
import { type BenchDocument, bench, measure } from './measure.ts';

type Row = BenchDocument['results'][number];
type Spoil = (image: Image, random: Random) => Image;

const drops = (count: number, r: number, random: Random) =>
  Array.from({ length: count }, () => ({ x: random.unit(), y: random.unit(), r: r * random.between(0.6, 1.4) }));

/** What is drawn over clear photos, by the word for it. */
const spoils: Readonly<Record<string, Spoil>> = {
  'veil, a tenth of the contrast left': (image) => veil(image, 0.1),
  'veil, a fifth left': (image) => veil(image, 0.2),
  'veil, a third left': (image) => veil(image, 0.35),
  'hand over 35 to 85 %': (image, random) => {
    const w = random.between(0.35, 0.85);
    return cover(image, { x: random.unit() < 0.5 ? 0 : 1 - w, y: 0, w, h: 1 }, [60, 45, 40]);
  },
  'leaf over 30 to 72 %': (image, random) => {
    const [w, h] = [random.between(0.5, 0.8), random.between(0.6, 0.9)];
    const y = random.unit() < 0.5 ? 0 : 1 - h;
    return cover(image, { x: random.unit() * (1 - w), y, w, h }, [50, 80, 30]);
  },
  'snow over the lower 40 to 60 %': (image, random) => {
    const h = random.between(0.4, 0.6);
    return cover(image, { x: 0, y: 1 - h, w: 1, h }, [215, 220, 228]);
  },
  'snow over the upper 40 to 60 %': (image, random) =>
    cover(image, { x: 0, y: 0, w: 1, h: random.between(0.4, 0.6) }, [215, 220, 228]),
  'all black': (image) => cover(image, { x: 0, y: 0, w: 1, h: 1 }, [12, 10, 9]),
  '6 drops': (image, random) => wet(image, drops(6, 0.12, random)),
  '14 drops': (image, random) => wet(image, drops(14, 0.14, random)),
  'breath on the lens': (image) => wet(image, [{ x: 0.5, y: 0.5, r: 2 }]),
  'something small in a corner': (image) => cover(image, { x: 0, y: 0.7, w: 0.2, h: 0.3 }, [60, 45, 40]),
};

interface Measured {
  readonly photo: PhotoOfHistory;
  /** The same photo with each of the spoils, for some. */
  readonly spoiled: ReadonlyMap<string, PictureStatistics> | undefined;
}

async function measureAll(image: Image, isSpoiled: boolean, random: Random) {
  const of = async (one: Image) => measurePicture(await resize(one, thumbnailSizePx));
  const spoiled = new Map<string, PictureStatistics>();
  if (isSpoiled) for (const [name, spoil] of Object.entries(spoils)) spoiled.set(name, await of(spoil(image, random)));
  return { statistics: await of(image), spoiled: isSpoiled ? spoiled : undefined };
}

/** Words that photos of a camera get, each spoiled one in the place of its clear one. */
function* judgeSpoiled(photos: readonly Measured[]): Generator<[string, string]> {
  for (const name of Object.keys(spoils)) {
    const replaced = photos.map(({ photo, spoiled }) => ({
      ...photo,
      isSpoiled: spoiled !== undefined,
      statistics: spoiled?.get(name) ?? photo.statistics,
    }));
    for (const { photo, visibility } of judgeAgainstHistory(replaced)) if (photo.isSpoiled) yield [name, visibility];
  }
}

/** Which share of what got which word, with its 95 % interval. Source: Wilson 1927, JASA 22, 209. */
function* toRows(what: string, words: Iterable<readonly [string, string]>): Generator<Row> {
  const tallies = new Map<string, Map<string, number>>();
  for (const [kind, word] of words) {
    const tally = tallies.get(kind) ?? new Map<string, number>();
    tallies.set(kind, tally.set(word, (tally.get(word) ?? 0) + 1));
  }
  for (const [kind, tally] of tallies) {
    const n = [...tally.values()].reduce((sum, count) => sum + count, 0);
    const parts = [...tally].map(([word, count]) => `${word} ${count}`).join(', ');
    const [share, z2] = [1 - (tally.get('usable') ?? 0) / n, 1.96 ** 2];
    const middle = (share + z2 / (2 * n)) / (1 + z2 / n);
    const half = (Math.sqrt((share * (1 - share)) / n + z2 / (4 * n * n)) * Math.sqrt(z2)) / (1 + z2 / n);
    const [min, max] = [middle - half, middle + half].map((limit) => Math.min(1, Math.max(0, limit)));
    yield { what: `${what}, ${kind}: not usable (${parts})`, unit: '', median: share, min: min ?? 0, max: max ?? 1, n };
  }
}

/** Two cameras over 14 simulated days of all weathers, a photo an hour; every fifth usable photo is spoiled too. */
async function* seasonRows(seed: number): AsyncGenerator<Row> {
  const folder = await mkdtemp(path.join(tmpdir(), 'rivage-bench-'));
  try {
    const sizePx = { widthPx: 640, heightPx: 360 };
    const { photos } = await simulateWorkspace(folder, { ...defaultOptions, seed, days: 14, sizePx });
    const random = createRandom(seed, 'spoils');
    const measured: (Measured & { readonly truth: TruthPhoto })[] = [];
    let usable = 0;
    for (const truth of photos) {
      const isSpoiled = truth.visibility === 'usable' && usable++ % 5 === 0;
      const image = await decodePicture(path.join(folder, truth.path));
      const { statistics, spoiled } = await measureAll(image, isSpoiled, random);
      const { sunAltitudeDeg } = truth;
      const photo = { takenAt: new Date(truth.takenAt), sunAltitudeDeg, view: '', isMoved: false, statistics };
      measured.push({ truth, photo, spoiled });
    }
    const words: [string, string][] = [];
    for (const camera of new Set(photos.map(({ cameraId }) => cameraId))) {
      const own = measured.filter(({ truth }) => truth.cameraId === camera);
      for (const [index, { visibility }] of judgeAgainstHistory(own.map(({ photo }) => photo)).entries()) {
        const { visibility: truly = '', weather } = own[index]?.truth ?? {};
        words.push([
          truly === 'usable' ? `truly usable, ${weather === 'fog' ? 'foggy' : 'other'} days` : `truly ${truly}`,
          visibility,
        ]);
      }
      words.push(...judgeSpoiled(own));
    }
    yield* toRows('simulated', words);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Real fixed cameras: each photo against the others of its camera, which are counted twice to be a history. */
async function* realRows(): AsyncGenerator<Row> {
  for (const [folder, begin] of [
    ['alpine_fixed', 'cypress'],
    ['beach_fixed_camera/images', ''],
  ] as const) {
    const from = referencePath(`data/photos/${folder}`);
    if (!existsSync(from)) {
      yield { what: `real, ${folder}`, absent: 'the reference data is not beside the project' };
      continue;
    }
    const random = createRandom(1, folder);
    const photos: Measured[] = [];
    for (const name of (await readdir(from)).filter((one) => one.startsWith(begin) && one.endsWith('.jpg')).sort()) {
      const image = await shrinkTo(await decodePicture(path.join(from, name)), 1280);
      const { statistics, spoiled } = await measureAll(image, true, random);
      const photo = { takenAt: new Date(0), sunAltitudeDeg: 50, view: '', isMoved: false, statistics };
      photos.push({ photo, spoiled });
    }
    const words: [string, string][] = [];
    for (const one of photos) {
      const others = photos.filter((other) => other !== one).map(({ photo }) => ({ photo, spoiled: undefined }));
      const [judged] = judgeAgainstHistory([one, ...others, ...others].map(({ photo }) => photo));
      words.push(['clear', judged?.visibility ?? ''], ...judgeSpoiled([one, ...others, ...others]));
    }
    yield* toRows(`real, ${folder}`, words);
  }
}

bench('visibility', async function* () {
  const sizePx = { widthPx: 4000, heightPx: 3000 };
  const image = { sizePx, rgb: Uint8Array.from({ length: 36e6 }, (_, at) => (at * 7919) % 251) };
  yield await measure('12 megapixels measured', 'ms', async () => {
    const begun = performance.now();
    measurePicture(await resize(image, thumbnailSizePx));
    return performance.now() - begun;
  });
  yield* realRows();
  yield* seasonRows(11);
});
