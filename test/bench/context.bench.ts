import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { believeInContext } from '../../src/detect/confidence/context-rule.ts';
import type { Context, ContextWeights } from '../../src/detect/confidence/manifest-context.ts';
import type { Detection } from '../../src/detect/detection.ts';
import { createOnnxDetector } from '../../src/detect/onnx.ts';
import { getModel } from '../../src/detect/registry.ts';
import { planThoroughLooks } from '../../src/detect/slices/detect-on-slices.ts';
import { matchPoints, type PointCase } from '../../src/evaluate/judge-points.ts';
import { sumTallies, tallyPhotos, toRates } from '../../src/evaluate/operating-point.ts';
import { decodePicture } from '../../src/picture/codec.ts';
import { readHeads } from '../support/beach-heads.ts';
import { referencePath } from '../support/reference-data.ts';
import { learnContext, threshold } from './learn-context.ts';
import { bench, summarize } from './measure.ts';

/**
 * How the weights of the default model's `context` come about, and what they give on frames that had no part in them:
 * a logistic regression of right or wrong on the traits of weak boxes, on thorough looks at a beach and at mountains
 * without people.
 */

const photos = referencePath('data/photos/');
const from = 0.05;
const names = ['confidence', 'neighbours', 'shape', 'part', 'height', 'offset'] as const;

async function look(): Promise<{ readonly beach: readonly PointCase[]; readonly alpine: readonly PointCase[] }> {
  const model = await getModel(undefined);
  const detector = await createOnnxDetector({ ...model, manifest: { ...model.manifest, context: undefined } }, 0);
  const personsOn = async (file: string): Promise<readonly Detection[]> => {
    const image = await decodePicture(file);
    const slices = planThoroughLooks(image.sizePx, detector.manifest.slice);
    const found = await detector.detect(image, { minConfidence: from, slices });
    return found.filter(({ label }) => label === 'person');
  };
  const beach: PointCase[] = [];
  for (const name of ['0_empty', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9']) {
    const folder = `${photos}beach_fixed_camera/`;
    const truths = await readHeads(`${folder}labels/labels_${name}.csv`);
    beach.push({ found: await personsOn(`${folder}images/${name}.jpg`), truths });
  }
  const alpine: PointCase[] = [];
  for (const file of await readdir(`${photos}alpine_fixed`)) {
    if (file.endsWith('.jpg')) alpine.push({ found: await personsOn(`${photos}alpine_fixed/${file}`), truths: [] });
  }
  await detector.close();
  return { beach, alpine };
}

function believe(one: PointCase, person: ContextWeights): PointCase {
  const context: Context = { from, labels: { person } };
  return { ...one, found: believeInContext(one.found, context) };
}

/** F1 at the threshold, and the sum of |shown − labelled| over the sum of labelled. */
function judge(cases: readonly PointCase[]): { readonly f1: number; readonly countError: number } {
  const tallies = tallyPhotos(matchPoints(cases), () => threshold);
  const errors = tallies.reduce((sum, { wrong, missed }) => sum + Math.abs(wrong - missed), 0);
  const labelled = cases.reduce((sum, { truths }) => sum + truths.length, 0);
  return { f1: toRates(sumTallies(tallies)).f1 ?? 0, countError: errors / labelled };
}

bench('context', async function* () {
  if (!existsSync(photos)) {
    yield { what: 'weights of the context', absent: '../shared/data/photos' };
    return;
  }
  const { beach, alpine } = await look();
  const weights = learnContext([...beach, ...alpine]);
  for (const name of names) yield summarize(`weight of ${name}`, '1', [weights[name]]);
  const busy = beach.filter(({ truths }) => truths.length > 0);
  const leftOut = busy.map((one) => believe(one, learnContext([...beach.filter((other) => other !== one), ...alpine])));
  const [before, after] = [judge(busy), judge(leftOut)];
  yield summarize(`F1 at ${threshold} without context`, '1', [before.f1]);
  yield summarize(`F1 at ${threshold}, each frame with weights of the others`, '1', [after.f1]);
  yield summarize('error of the count without context', '1', [before.countError]);
  yield summarize('error of the count, each frame with weights of the others', '1', [after.countError]);
  const shown = alpine
    .flatMap((one) => believe(one, learnContext(beach)).found)
    .filter((one) => one.confidence >= threshold);
  yield summarize(`false persons on ${alpine.length} alpine photos, weights of the beach alone`, '1', [shown.length]);
});
