import { existsSync } from 'node:fs';
import { toProbability } from '../../src/detect/confidence/confidence-rule.ts';
import { believeInContext } from '../../src/detect/confidence/context-rule.ts';
import { fitSigmoid } from '../../src/detect/confidence/fit-confidence.ts';
import { fitPlace } from '../../src/detect/confidence/fit-place.ts';
import type { Detection } from '../../src/detect/detection.ts';
import { createOnnxDetector } from '../../src/detect/onnx.ts';
import { getModel } from '../../src/detect/registry.ts';
import { planLooks } from '../../src/detect/slices/detect-on-slices.ts';
import { matchFound } from '../../src/evaluate/judge-label.ts';
import { sampleThresholds } from '../../src/evaluate/label-figures.ts';
import type { LabelledPhoto } from '../../src/evaluate/labelled-photo.ts';
import { judgePhotos, type LabelledFindings, reckonAll } from '../../src/evaluate/left-out.ts';
import { bestThreshold } from '../../src/evaluate/operating-point.ts';
import { reliabilityOf } from '../../src/evaluate/reliability.ts';
import { decodePicture } from '../../src/picture/codec.ts';
import { readHeads } from '../support/beach-heads.ts';
import { referencePath } from '../support/reference-data.ts';
import { learnContext } from './learn-context.ts';
import { bench, summarize } from './measure.ts';

/**
 * What all that can be learned gives on frames that had no part in any of it: the context's weights, the rule of the
 * confidence, and the threshold come from the ten other frames. `rivage models calibrate` leaves out frames too, but
 * cannot learn anew the context that came with the model.
 */

const beach = referencePath('data/photos/beach_fixed_camera/');
/** Boxes of less confidence have no say in the context. */
const from = 0.05;

async function look(how: 'plain' | 'thorough'): Promise<LabelledFindings> {
  const model = await getModel(undefined);
  const { slice } = model.manifest;
  const detector = await createOnnxDetector({ ...model, manifest: { ...model.manifest, context: undefined } }, 0);
  const [photos, found]: [LabelledPhoto[], Detection[][]] = [[], []];
  for (const [id, name] of ['0_empty', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9'].entries()) {
    const image = await decodePicture(`${beach}images/${name}.jpg`);
    const slices = planLooks(image.sizePx, { ...slice, look: how });
    const all = await detector.detect(image, { minConfidence: from, slices });
    found.push(all.filter(({ label }) => label === 'person'));
    const points = await readHeads(`${beach}labels/labels_${name}.csv`);
    photos.push({ id, name, sizePx: image.sizePx, boxes: [], points, camera: undefined, light: undefined });
  }
  await detector.close();
  return { photos, found, label: 'person', truth: 'points' };
}

/** The boxes of one frame by what the others taught, and the threshold of the best F1 on those. */
function leaveOneOut(all: LabelledFindings, frame: number, learned: { readonly place: boolean }) {
  const isOther = (_: unknown, at: number) => at !== frame;
  const others = (of: LabelledFindings) => {
    return { ...of, photos: of.photos.filter(isOther), found: of.found.filter(isOther) };
  };
  const { photos, found } = others(all);
  const person = learnContext(photos.map(({ points }, at) => ({ found: found[at] ?? [], truths: points })));
  const believed = all.found.map((list) => believeInContext(list, { from, labels: { person } }));
  const inContext = { ...all, found: believed };
  const judged = judgePhotos(others(inContext)).flatMap((photo) => photo.judged);
  const [rule, sizePx] = [fitSigmoid(judged), photos[0]?.sizePx];
  const place = learned.place && sizePx ? fitPlace(judged, sizePx) : undefined;
  if (!rule) throw new Error('the beach teaches no rule');
  const rules = { rule, ...(place && { place }) };
  const reckoned = {
    ...inContext,
    found: reckonAll(inContext, (detection, size) => toProbability(rules, detection, size)),
  };
  return { found: reckoned.found[frame] ?? [], threshold: bestThreshold(matchFound(others(reckoned))) ?? 1 };
}

bench('confidence', async function* () {
  if (!existsSync(beach)) {
    yield { what: 'confidence by place', absent: '../shared/data/photos' };
    return;
  }
  for (const how of ['plain', 'thorough'] as const) {
    const all = await look(how);
    for (const place of [false, true]) {
      const frames = all.photos.map((_, frame) => leaveOneOut(all, frame, { place }));
      const matched = matchFound({ ...all, found: frames.map(({ found }) => found) });
      const thresholds = Float64Array.from(frames, ({ threshold }) => threshold);
      const { f1, counts } = sampleThresholds(matched, thresholds, []).figures;
      const { ece } = reliabilityOf(matched, []).figures;
      const what = `${how} look, context and ${place ? 'place' : 'sigmoid'}, all of it left out:`;
      yield summarize(`${what} F1`, '1', [f1 ?? 0]);
      yield summarize(`${what} error of the count`, '1', [counts.shareOff ?? 0]);
      yield summarize(`${what} ECE`, '1', [ece?.value ?? 0]);
    }
  }
});
