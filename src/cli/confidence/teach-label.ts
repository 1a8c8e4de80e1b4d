import { toProbability } from '../../detect/confidence-rule.ts';
import { fitIsotonic, fitSigmoid, type JudgedDetection } from '../../detect/fit-confidence.ts';
import type { ConfidenceRule, LabelConfidence } from '../../detect/manifest-confidence.ts';
import type { Bilingual } from '../../errors.ts';
import type { Estimate } from '../../evaluate/bootstrap.ts';
import { matchFound } from '../../evaluate/judge-label.ts';
import { sampleThresholds } from '../../evaluate/label-figures.ts';
import {
  type JudgedPhoto,
  judgePhotos,
  type LabelledFindings,
  leaveOut,
  type Reckon,
  reckonAll,
} from '../../evaluate/left-out.ts';
import { bestThreshold } from '../../evaluate/operating-point.ts';
import { type ReliabilityResult, reliabilityOf } from '../../evaluate/reliability.ts';

/** What labelled photos taught of one label. */
export type Lesson =
  | {
      readonly kind: 'learned';
      readonly label: string;
      readonly confidence: LabelConfidence;
      /** The probability of the best F1 on these photos. */
      readonly threshold: number;
    }
  | { readonly kind: 'nothing'; readonly label: string; readonly why: Bilingual };

/** Fewer than these tell too little. */
const least = { photos: 2, boxes: 50, right: 10, wrong: 10 };

/** Ways to a rule, from the fewest numbers to the most. */
type Method = (judged: readonly JudgedDetection[]) => ConfidenceRule | undefined;
const methods: readonly Method[] = [fitSigmoid, fitIsotonic];

/**
 * Teaches the confidence of one label: of the methods the one of the least log loss on photos that had no part in it,
 * and none where the network's own confidence has less.
 */
export function teachLabel(findings: LabelledFindings, resamples: readonly Int32Array[]): Lesson {
  const { label } = findings;
  const photos = judgePhotos(findings);
  const judged = photos.flatMap((photo) => photo.judged);
  const right = judged.filter((one) => one.right).length;
  const seenOn = photos.filter((photo) => photo.judged.length > 0).length;
  const count = { photos: seenOn, boxes: judged.length, right, wrong: judged.length - right };
  if (Object.entries(least).some(([of, number]) => count[of as keyof typeof least] < number)) {
    return { kind: 'nothing', label, why: tooFew(count) };
  }
  const before = reliabilityOf(matchFound(findings), resamples);
  const trials = methods.flatMap((method) => tryMethod(findings, photos, { method, resamples }) ?? []);
  const [best] = trials.sort((a, b) => lossOf(a.after) - lossOf(b.after));
  if (!best || lossOf(best.after) >= lossOf(before)) return { kind: 'nothing', label, why: noBetter };
  const reckoned = reckonAll(findings, best.reckon);
  const threshold = Math.floor((bestThreshold(matchFound({ ...findings, found: reckoned })) ?? 1) * 1e4) / 1e4;
  const { ece, logLoss, steps } = best.after.figures;
  const was = before.figures;
  const confidence: LabelConfidence = {
    rule: best.rule,
    boxes: judged.length,
    right,
    ece: { before: round(was.ece), after: round(ece) },
    logLoss: { before: round(was.logLoss), after: round(logLoss) },
    f1: round(best.f1),
    reliability: steps.map((step) => ({ ...step, said: roundShare(step.said), right: roundShare(step.right) })),
  };
  return { kind: 'learned', label, confidence, threshold };
}

interface Trial {
  readonly rule: ConfidenceRule;
  readonly reckon: Reckon;
  /** On photos left out. */
  readonly after: ReliabilityResult;
  readonly f1: Estimate | undefined;
}

/** undefined: the photos do not teach it, or some of them do not. */
function tryMethod(
  findings: LabelledFindings,
  photos: readonly JudgedPhoto[],
  of: { readonly method: Method; readonly resamples: readonly Int32Array[] },
): Trial | undefined {
  const { method, resamples } = of;
  const learn = (from: readonly JudgedPhoto[]) => method(from.flatMap(({ judged }) => judged));
  const toReckon =
    (rule: ConfidenceRule): Reckon =>
    ({ confidence }) =>
      toProbability(rule, confidence);
  const rule = learn(photos);
  const leftOut = leaveOut(findings, (from) => {
    const learned = learn(from);
    return learned && toReckon(learned);
  });
  if (!rule || !leftOut) return undefined;
  const { f1Interval } = sampleThresholds(leftOut.matched, leftOut.thresholds, resamples).figures;
  return { rule, reckon: toReckon(rule), after: reliabilityOf(leftOut.matched, resamples), f1: f1Interval };
}

function lossOf({ logLoss }: ReliabilityResult): number {
  return logLoss.value ?? Number.POSITIVE_INFINITY;
}

function tooFew(count: typeof least): Bilingual {
  return {
    en: `${count.boxes} boxes on ${count.photos} photos, ${count.right} of them right; needed are ${least.boxes} on ${least.photos} photos, ${least.right} of them right and ${least.wrong} wrong`,
    fr: `${count.boxes} boîtes sur ${count.photos} photos, dont ${count.right} justes ; il en faut ${least.boxes} sur ${least.photos} photos, dont ${least.right} justes et ${least.wrong} fausses`,
  };
}

const noBetter: Bilingual = {
  en: "on photos left out, no rule has a smaller log loss than the network's own confidence",
  fr: "sur des photos exclues, aucune règle n'a une perte logarithmique moindre que la confiance du réseau",
};

function round(estimate: Estimate | undefined): Estimate {
  const entries = Object.entries(estimate ?? { value: 0 }).map(([key, value]) => [key, roundShare(value)] as const);
  return { value: 0, ...Object.fromEntries(entries) };
}

function roundShare(value: number): number {
  return Number(value.toFixed(4));
}
