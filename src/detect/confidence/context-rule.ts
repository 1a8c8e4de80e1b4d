import { sharedArea } from '../../geo/box-overlap.ts';
import { logit, sigmoid } from '../decoders/raw-detection.ts';
import type { Detection } from '../detection.ts';
import type { Detector } from '../detector.ts';
import { type BoxGrid, gridOf } from '../merge/box-grid.ts';
import { byConfidence, overlapOf } from '../merge/overlap.ts';
import type { Context, ContextWeights } from './manifest-context.ts';
import { Neighbourhood } from './neighbourhood.ts';

/** Boxes that overlap by more than this share of the smaller one may be one object, and do not speak for each other. */
const apart = 0.1;
/** A box of which another is a part is larger than it by this factor at least. */
const larger = 1.5;

/** What a box and the others on its photo say for it, in the order of `ContextWeights`; the last one is 1. */
export type ContextTraits = readonly [number, number, number, number, number, number];

/**
 * A detector that believes weak boxes more where others of their label and size are near, as its manifest's `context`
 * says; without that field the detector itself. No box is believed less than the network says, so one hiker alone stays
 * as visible. The network is always read down to `context.from`.
 */
export function withContext(detector: Detector): Detector {
  const { context } = detector.manifest;
  if (!context) return detector;
  return {
    ...detector,
    detect: async (image, look) => {
      const least = Math.min(look.minConfidence, context.from);
      const found = await detector.detect(image, { ...look, minConfidence: least });
      return believeInContext(found, context).filter(({ confidence }) => confidence >= look.minConfidence);
    },
  };
}

/** The same boxes, with the confidence that each has among the others. Most confident first. */
export function believeInContext(found: readonly Detection[], { from, labels }: Context): readonly Detection[] {
  const traits = contextTraits(found.filter(({ label, confidence }) => labels[label] && confidence >= from));
  const believed = found.map((one) => {
    const [weights, of] = [labels[one.label], traits.get(one)];
    return weights && of ? { ...one, confidence: Math.max(one.confidence, toChance(of, weights)) } : one;
  });
  return believed.sort(byConfidence);
}

/** The traits of each box, among the others of its label. */
export function contextTraits(found: readonly Detection[]): ReadonlyMap<Detection, ContextTraits> {
  const grids = new Map<string, BoxGrid<Detection>>();
  for (const one of found) gridOf(grids, one.label).add(one);
  const traits = new Map<Detection, ContextTraits>();
  for (const [label, grid] of grids) {
    const alike = found.filter((one) => one.label === label);
    const around = new Neighbourhood(alike);
    for (const one of alike) {
      const touching = grid.near(one.box).filter((other) => sharedArea(one.box, other.box) > 0);
      const same = touching.filter((other) => overlapOf(one.box, other.box, 'ios') > apart);
      traits.set(one, [
        logit(one.confidence),
        Math.log1p(around.around(one, same)),
        Math.log(one.box.w / one.box.h),
        partOf(one, touching),
        Math.log(one.box.h),
        1,
      ]);
    }
  }
  return traits;
}

/** The largest share of a box that lies in a larger and more confident one. */
function partOf({ box, confidence }: Detection, touching: readonly Detection[]): number {
  const area = box.w * box.h;
  const wholes = touching.filter((one) => one.confidence > confidence && one.box.w * one.box.h > larger * area);
  return wholes.reduce((most, one) => Math.max(most, sharedArea(box, one.box) / area), 0);
}

function toChance(traits: ContextTraits, weights: ContextWeights): number {
  const { confidence, neighbours, shape, part, height, offset } = weights;
  const order = [confidence, neighbours, shape, part, height, offset];
  return sigmoid(order.reduce((sum, weight, at) => sum + weight * (traits[at] ?? 0), 0));
}
