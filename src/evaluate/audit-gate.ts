import type { Detection } from '../detect/detection.ts';
import type { Box } from '../geo/frames.ts';
import { drawResamples, type Estimate, sampleFigure, toEstimate } from './bootstrap.ts';
import { matchBoxes } from './match-boxes.ts';

/** One photo of a fixed camera, looked at in both ways. */
export interface TwiceLooked {
  readonly photo: string;
  /** What was found where everything was looked at, and what with the change gate. */
  readonly everything: readonly Detection[];
  readonly gated: readonly Detection[];
  /** What the gate had looked at, px of the photo; undefined: everything. */
  readonly lookedAt: readonly Box[] | undefined;
}

/** A detection that the gate lost. */
export interface LostDetection extends Detection {
  readonly photo: string;
  /** True: its place was passed over. False: it was looked at, in another slice, and less was seen. */
  readonly passedOver: boolean;
}

/** What the gate does to the detections of one label that are shown: those from its threshold on. */
export interface GateFigures {
  readonly label: string;
  /** Shown where everything is looked at; of those, also shown with the gate. */
  readonly shown: number;
  readonly kept: number;
  /** Shown with the gate alone: other slices show other things. */
  readonly gained: number;
  readonly lost: readonly LostDetection[];
  /** Share of the shown whose place was not passed over, with its interval over photos; undefined: none was shown. */
  readonly recall: Estimate | undefined;
  /** Shown with the gate over shown without it. */
  readonly countRatio: Estimate | undefined;
}

/** Boxes of one thing, found in two slices, overlap by this much. */
const sameIou = 0.3;

/**
 * What the change gate loses of what a look at everything finds. `unit` draws resamples of the photos, 0–1.
 * @param thresholds by label, 0–1
 */
export function auditGate(
  photos: readonly TwiceLooked[],
  thresholds: Readonly<Record<string, number>>,
  { resamples, unit }: { readonly resamples: number; readonly unit: () => number },
): readonly GateFigures[] {
  const draws = drawResamples(photos.length, resamples, unit);
  return Object.entries(thresholds).map(([label, threshold]) => {
    const judged = photos.map((photo) => judge(photo, label, threshold));
    const total = (of: (one: Judged) => number, weights?: Int32Array): number =>
      judged.reduce((sum, one, at) => sum + (weights?.[at] ?? 1) * of(one), 0);
    const shareOf = (of: (one: Judged) => number): Estimate | undefined => {
      const figure = (weights?: Int32Array): number | undefined => {
        const shown = total((one) => one.shown, weights);
        return shown === 0 ? undefined : total(of, weights) / shown;
      };
      return toEstimate(sampleFigure(figure, draws));
    };
    return {
      label,
      shown: total((one) => one.shown),
      kept: total((one) => one.kept),
      gained: total((one) => one.gained),
      lost: judged.flatMap((one) => one.lost),
      recall: shareOf((one) => one.shown - one.lost.filter(({ passedOver }) => passedOver).length),
      countRatio: shareOf((one) => one.kept + one.gained),
    };
  });
}

interface Judged {
  readonly shown: number;
  readonly kept: number;
  readonly gained: number;
  readonly lost: readonly LostDetection[];
}

function judge({ photo, everything, gated, lookedAt }: TwiceLooked, label: string, threshold: number): Judged {
  const shownOf = (found: readonly Detection[]): readonly Detection[] =>
    found.filter((one) => one.label === label && one.confidence >= threshold);
  const [shown, withGate] = [shownOf(everything), shownOf(gated)];
  const matches = matchBoxes(withGate, shown, sameIou);
  const kept = new Set(matches.map(({ truth }) => truth));
  const lost = shown
    .filter((one) => !kept.has(one))
    .map((one) => ({
      ...one,
      photo,
      passedOver: lookedAt !== undefined && !lookedAt.some((box) => shows(box, one.box)),
    }));
  return { shown: shown.length, kept: matches.length, gained: withGate.length - matches.length, lost };
}

/** Whether a slice shows the middle of a box. */
function shows(slice: Box, { x, y, w, h }: Box): boolean {
  const [u, v] = [x + w / 2, y + h / 2];
  return u >= slice.x && u < slice.x + slice.w && v >= slice.y && v < slice.y + slice.h;
}
