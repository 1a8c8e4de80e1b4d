import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openTools, openWorkspace } from '../../src/cli/wire.ts';
import { auditGate, type TwiceLooked } from '../../src/evaluate/audit-gate.ts';
import { processRun } from '../../src/pipeline/process-run.ts';
import { defaultOptions } from '../../src/simulate/options.ts';
import { createRandom } from '../../src/simulate/random.ts';
import { simulateWorkspace } from '../../src/simulate/simulate-workspace.ts';
import type { Db } from '../../src/store/db.ts';
import { type BenchDocument, bench, summarize } from './measure.ts';
import { context } from './workspace.ts';

/** Photos of a block, whose rate is one sample; the first two blocks teach the gate what is usual. */
const [blocks, blockPhotos, taught] = [9, 5, 2];

type Rows = AsyncGenerator<BenchDocument['results'][number]>;

/** The photos a second of each block of one run over all photos, from the files to the rows. */
async function runBlocks(folder: string, changeGate: boolean) {
  const file = path.join(folder, 'cameras/south.json');
  await writeFile(file, JSON.stringify({ ...JSON.parse(await readFile(file, 'utf8')), changeGate }));
  const open = await openWorkspace(folder, context);
  const tools = await openTools(open, undefined, context);
  const times: number[] = [];
  try {
    await open.db.exec('truncate rivage.photo, rivage.calibration cascade');
    const onProgress = ({ done }: { readonly done: number }): void => {
      times[done] = performance.now();
    };
    const wish = { cameraIds: undefined, from: undefined, to: undefined };
    await processRun(tools, wish, { onProgress, signal: context.signal });
    const at = (block: number): number => times[block * blockPhotos] ?? Number.NaN;
    const rates = Array.from({ length: blocks }, (_, block) => (1000 * blockPhotos) / (at(block + 1) - at(block)));
    return { rates, photos: await readFound(open.db), thresholds: tools.detector.manifest.thresholds };
  } finally {
    await tools.detector.close();
    await open.close();
  }
}

interface FoundRow {
  readonly photo: string;
  readonly found: TwiceLooked['everything'];
  readonly lookedAt: readonly (readonly [number, number, number, number])[] | null;
}

async function readFound(db: Db): Promise<readonly FoundRow[]> {
  return db.query<FoundRow>(
    `select p.path as photo, a.looked_at as "lookedAt", coalesce(jsonb_agg(jsonb_build_object('label', d.label,
       'confidence', d.confidence, 'box', jsonb_build_object('x', d.x, 'y', d.y, 'w', d.w, 'h', d.h)))
       filter (where d.fid is not null), '[]') as found
     from rivage.analysis as a join rivage.photo as p using (photo_id) left join rivage.detection as d using (analysis_id)
     group by p.path, p.taken_at, a.analysis_id order by p.taken_at`,
  );
}

/** A simulated lake, 12 megapixels every ten minutes from 8 o'clock on: a run that looks at everything, and one with the gate. */
async function* dayRows(what: string, visitorsPerDay: number): Rows {
  const folder = await mkdtemp(path.join(tmpdir(), 'rivage-bench-'));
  try {
    const times = { days: 1, dayStartMin: 480, dayEndMin: 480 + 10 * (blocks * blockPhotos - 1), intervalMin: 10 };
    const sizePx = { widthPx: 4000, heightPx: 3000 };
    await simulateWorkspace(folder, { ...defaultOptions, ...times, cameras: 1, visitorsPerDay, sizePx });
    const [dense, gated] = [await runBlocks(folder, false), await runBlocks(folder, true)];
    const known = <T>(values: readonly T[]): readonly T[] => values.slice(taught);
    yield summarize(`${what}: everything`, 'photos/s', known(dense.rates));
    yield summarize(`${what}: with the change gate`, 'photos/s', known(gated.rates));
    const ratios = gated.rates.map((rate, block) => rate / (dense.rates[block] ?? Number.NaN));
    yield summarize(`${what}: times as fast`, 'times', known(ratios));
    const slices = gated.photos.flatMap(({ lookedAt }) => (lookedAt ? [lookedAt.length] : []));
    yield summarize(`${what}: slices a photo`, 'slices', slices);
    const looks = gated.photos.map(({ photo, found, lookedAt }, at): TwiceLooked => {
      const boxes = lookedAt?.map(([x, y, w, h]) => ({ x, y, w, h }));
      return { photo, everything: dense.photos[at]?.found ?? [], gated: found, lookedAt: boxes };
    });
    const unit = createRandom(1, 'resamples').unit;
    for (const { label, shown, recall, countRatio } of auditGate(looks, gated.thresholds, { resamples: 500, unit })) {
      for (const [figure, of] of [
        [recall, 'not passed over'],
        [countRatio, 'count, over that of everything'],
      ] as const) {
        if (!figure) continue;
        const { value, low = value, high = value } = figure;
        yield {
          what: `${what}: ${shown} of ${label}, ${of} (95 %)`,
          unit: '',
          median: value,
          min: low,
          max: high,
          n: shown,
        };
      }
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

bench('gate', async function* () {
  yield* dayRows('a quiet day, 8 visitors', 8);
  yield* dayRows('a busy day, 60 visitors', 60);
});
