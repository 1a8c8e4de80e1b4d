import { type LabelRules, toProbability } from '../../detect/confidence/confidence-rule.ts';
import { fitIsotonic, fitSigmoid } from '../../detect/confidence/fit-confidence.ts';
import { fitPlace } from '../../detect/confidence/fit-place.ts';
import type { LabelConfidence } from '../../detect/confidence/manifest-confidence.ts';
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
  type Teach,
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

/** A way from judged photos to rules; undefined: they do not teach any. */
type Method = (photos: readonly JudgedPhoto[]) => LabelRules | undefined;

/** From the fewest numbers to the most. */
const methods: readonly Method[] = [fitSigmoid, fitIsotonic].map((toRule) => (photos) => {
  const rule = toRule(photos.flatMap(({ judged }) => judged));
  return rule && { rule };
});

/**
 * Teaches the confidence of one label: of the methods the one of the least log loss on photos that had no part in it,
 * and none where the network's own confidence has less.
 * @param wishes.place Whether the photos are of one fixed camera, whose rows and sizes may teach more.
 */
export function teachLabel(
  findings: LabelledFindings,
  wishes: { readonly place: boolean; readonly resamples: readonly Int32Array[] },
): Lesson {
  const { label } = findings;
  const { resamples } = wishes;
  const photos = judgePhotos(findings);
  const judged = photos.flatMap((photo) => photo.judged);
  const right = judged.filter((one) => one.right).length;
  const seenOn = photos.filter((photo) => photo.judged.length > 0).length;
  const count = { photos: seenOn, boxes: judged.length, right, wrong: judged.length - right };
  if (Object.entries(least).some(([of, number]) => count[of as keyof typeof least] < number)) {
    return { kind: 'nothing', label, why: tooFew(count) };
  }
  const before = measure(
    findings,
    resamples,
    () =>
      ({ confidence }) =>
        confidence,
  );
  const attempt = (method: Method) => tryMethod(findings, photos, { method, resamples }) ?? [];
  const plain = leastLoss(methods.flatMap(attempt));
  const best = plain && wishes.place ? leastLoss([plain, ...[placeMethod(plain.rules)].flatMap(attempt)]) : plain;
  if (!before || !best || lossOf(best.after) >= lossOf(before)) return { kind: 'nothing', label, why: noBetter };
  const found = reckonAll(findings, best.reckon);
  const threshold = Math.floor((bestThreshold(matchFound({ ...findings, found })) ?? 1) * 1e4) / 1e4;
  return { kind: 'learned', label, confidence: toConfidence(best, before, { boxes: judged.length, right }), threshold };
}

/** The rule of a place, beside a rule for photos of any other size. */
function placeMethod({ rule }: LabelRules): Method {
  return (photos) => {
    const [first] = photos;
    const place =
      first &&
      fitPlace(
        photos.flatMap(({ judged }) => judged),
        first.sizePx,
      );
    return place && { rule, place };
  };
}

/** Figures on photos that had no part in what they were reckoned by. */
interface Measured {
  readonly reliability: ReliabilityResult;
  readonly f1: Estimate | undefined;
  readonly countShareOff: Estimate | undefined;
}

interface Trial {
  readonly rules: LabelRules;
  readonly reckon: Reckon;
  readonly after: Measured;
}

/** undefined: the photos do not teach it, or some of them do not. */
function tryMethod(
  findings: LabelledFindings,
  photos: readonly JudgedPhoto[],
  of: { readonly method: Method; readonly resamples: readonly Int32Array[] },
): Trial | undefined {
  const { method, resamples } = of;
  const toReckon =
    (rules: LabelRules): Reckon =>
    (detection, photo) =>
      toProbability(rules, detection, photo);
  const rules = method(photos);
  const after = measure(findings, resamples, (others) => {
    const learned = method(others);
    return learned && toReckon(learned);
  });
  return rules && after && { rules, reckon: toReckon(rules), after };
}

function measure(findings: LabelledFindings, resamples: readonly Int32Array[], teach: Teach): Measured | undefined {
  const leftOut = leaveOut(findings, teach);
  if (!leftOut) return undefined;
  const { matched, thresholds } = leftOut;
  const { f1Interval, shareOffInterval } = sampleThresholds(matched, thresholds, resamples).figures;
  return { reliability: reliabilityOf(matched, resamples), f1: f1Interval, countShareOff: shareOffInterval };
}

function toConfidence(
  { rules, after }: Trial,
  before: Measured,
  counts: Pick<LabelConfidence, 'boxes' | 'right'>,
): LabelConfidence {
  const [was, is] = [before.reliability.figures, after.reliability.figures];
  const { countShareOff } = after;
  return {
    ...rules,
    ...counts,
    ece: { before: round(was.ece), after: round(is.ece) },
    logLoss: { before: round(was.logLoss), after: round(is.logLoss) },
    f1: { before: round(before.f1), after: round(after.f1) },
    ...(countShareOff && { countShareOff: { before: round(before.countShareOff), after: round(countShareOff) } }),
    reliability: is.steps.map((step) => ({ ...step, said: roundShare(step.said), right: roundShare(step.right) })),
  };
}

function leastLoss(trials: readonly Trial[]): Trial | undefined {
  return trials.toSorted((a, b) => lossOf(a.after) - lossOf(b.after))[0];
}

function lossOf({ reliability }: Measured): number {
  return reliability.logLoss.value ?? Number.POSITIVE_INFINITY;
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
