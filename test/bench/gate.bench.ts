import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { openGuide } from '../../src/cli/detect-guide.ts';
import { ChangeGate } from '../../src/detect/change/change-gate.ts';
import { createOnnxDetector } from '../../src/detect/onnx.ts';
import { getModel } from '../../src/detect/registry.ts';
import { awakeSlices } from '../../src/detect/slices/awake-slices.ts';
import { planLooks } from '../../src/detect/slices/detect-on-slices.ts';
import { auditGate, type TwiceLooked } from '../../src/evaluate/audit-gate.ts';
import { decodePicture } from '../../src/picture/codec.ts';
import { toGrey } from '../../src/picture/grey.ts';
import { defaultOptions } from '../../src/simulate/options.ts';
import { createRandom } from '../../src/simulate/random.ts';
import { simulateWorkspace } from '../../src/simulate/simulate-workspace.ts';
import { type BenchDocument, bench, msOf, summarize } from './measure.ts';

const minConfidence = 0.05;
/** Photos of a block, whose rate is one sample; the first block teaches the gate its background. */
const [blocks, blockPhotos] = [7, 5];

type Rows = AsyncGenerator<BenchDocument['results'][number]>;

/** A simulated lake, 12 megapixels every ten minutes from 8 o'clock: each photo from its file to its boxes, both ways. */
async function* dayRows(what: string, visitorsPerDay: number): Rows {
  const folder = await mkdtemp(path.join(tmpdir(), 'rivage-bench-'));
  try {
    const times = { days: 1, dayStartMin: 480, dayEndMin: 480 + 10 * (blocks * blockPhotos - 1), intervalMin: 10 };
    const sizePx = { widthPx: 4000, heightPx: 3000 };
    const truth = await simulateWorkspace(folder, { ...defaultOptions, ...times, cameras: 1, visitorsPerDay, sizePx });
    const model = await getModel(undefined);
    const { manifest } = model;
    const guide = await openGuide(folder, truth.cameras[0]?.cameraId ?? '', manifest);
    const detector = await createOnnxDetector(model, availableParallelism());
    const gate = new ChangeGate();
    const looks: TwiceLooked[] = [];
    const rates: { readonly dense: number; readonly gated: number; readonly slices: number }[] = [];
    for (let block = 0; block < blocks; block++) {
      let [dense, gated, slices] = [0, 0, 0];
      for (const { path: name } of truth.photos.slice(block * blockPhotos, (block + 1) * blockPhotos)) {
        const file = path.join(folder, name);
        let everything: TwiceLooked['everything'] = [];
        let few: TwiceLooked['gated'] = [];
        let lookedAt: TwiceLooked['lookedAt'];
        dense += await msOf(async () => {
          everything = await detector.detect(await decodePicture(file), { minConfidence });
        });
        gated += await msOf(async () => {
          const image = await decodePicture(file);
          const changes = gate.changesIn(toGrey(image));
          const plain = planLooks(image.sizePx, manifest.slice);
          lookedAt = changes && (guide.slicesFor(manifest, undefined, changes) ?? awakeSlices(plain, changes));
          slices += lookedAt?.length ?? plain.length;
          few = await detector.detect(image, { minConfidence, slices: lookedAt ?? plain });
          gate.found(few, manifest.thresholds);
        });
        looks.push({ photo: name, everything, gated: few, lookedAt });
      }
      const rate = (ms: number) => (1000 * blockPhotos) / ms;
      rates.push({ dense: rate(dense), gated: rate(gated), slices: slices / blockPhotos });
    }
    await detector.close();
    const known = rates.slice(1);
    yield summarize(
      `${what}: evenly spread slices`,
      'photos/s',
      known.map(({ dense }) => dense),
    );
    yield summarize(
      `${what}: gate and ground`,
      'photos/s',
      known.map(({ gated }) => gated),
    );
    yield summarize(
      `${what}: times as fast`,
      'times',
      known.map(({ dense, gated }) => gated / dense),
    );
    yield summarize(
      `${what}: slices a photo`,
      'slices',
      known.map(({ slices }) => slices),
    );
    const unit = createRandom(1, 'resamples').unit;
    for (const { label, shown, recall, countRatio } of auditGate(looks, manifest.thresholds, {
      resamples: 500,
      unit,
    })) {
      for (const [figure, of] of [
        [recall, 'not passed over'],
        [countRatio, 'count, of that without the gate'],
      ] as const) {
        const values = figure ? [figure.value, figure.low ?? figure.value, figure.high ?? figure.value] : [];
        if (figure) yield summarize(`${what}: ${shown} of ${label}, ${of} (95 %)`, 'share', values);
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
