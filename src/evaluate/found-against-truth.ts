import { iouOf } from '../geo/box-overlap.ts';
import { chiSquare95 } from '../geo/ellipse.ts';
import type { Box, GroundCovariance, LngLat } from '../geo/frames.ts';
import { separationOf } from '../geo/separation.ts';
import type { TruthObject } from '../simulate/truth.ts';
import { matchBoxes } from './match-boxes.ts';

/** A detection at or above its label's threshold, with its place on the ground if it has one. */
export interface FoundObject {
  readonly label: string;
  readonly confidence: number;
  readonly box: Box;
  readonly place: { readonly point: LngLat; readonly covariance: GroundCovariance } | undefined;
}

export interface ComparedPhoto {
  readonly found: readonly FoundObject[];
  readonly truth: readonly Pick<TruthObject, 'label' | 'box' | 'visibleShare' | 'contrastLeft' | 'ground' | 'rangeM'>[];
}

export interface FoundRow {
  readonly label: string;
  /** Pixel height of the truth boxes, from (included) to (excluded). */
  readonly heightPx: readonly [from: number, to: number];
  readonly truths: number;
  /** undefined: the model has no such label, so nothing was looked for. */
  readonly found: number | undefined;
}

export interface GroundErrorRow {
  readonly rangeM: readonly [from: number, to: number];
  readonly sightings: number;
  /** Found in the picture, but without a place on the ground. */
  readonly unplaced: number;
  readonly medianM: number | undefined;
  readonly p95M: number | undefined;
  /** Share of the true places inside the sightings' own 95 % ellipses, 0–1. */
  readonly insideEllipse: number | undefined;
}

export interface FoundAgainstTruth {
  readonly rows: readonly FoundRow[];
  /** Detections that match nothing that is there, by label. */
  readonly falseAlarms: Readonly<Record<string, number>>;
  readonly ground: readonly GroundErrorRow[];
}

/** Half of a box must overlap: small boxes lose IoU with each pixel. The usual 0.5 is asked of large objects. */
const minIou = 0.3;
/** Less than this of an object's outline or contrast left: neither asked for nor counted as a false alarm. */
const minVisible = 0.25;
const heightBands = [
  [0, 16],
  [16, 32],
  [32, 64],
  [64, Number.POSITIVE_INFINITY],
] as const;
const rangeBands = [
  [0, 50],
  [50, 100],
  [100, 200],
  [200, 400],
  [400, 800],
  [800, Number.POSITIVE_INFINITY],
] as const;

/** Counts what was found of what was there, and how far off its place is. `knownLabels` are the model's. */
export function foundAgainstTruth(photos: readonly ComparedPhoto[], knownLabels: readonly string[]): FoundAgainstTruth {
  const compared = photos.map((photo) => ({ ...photo, matches: matchesOf(photo) }));
  const truths = compared.flatMap(({ truth }) => truth.filter(isClear));
  const matches = compared.flatMap((photo) => photo.matches);
  const labels = [...new Set(truths.map(({ label }) => label))].sort();
  const rows = labels.flatMap((label) =>
    heightBands.map((heightPx) => {
      const inBand = (thing: ComparedPhoto['truth'][number]) =>
        thing.label === label && isClear(thing) && thing.box.h >= heightPx[0] && thing.box.h < heightPx[1];
      const known = knownLabels.includes(label);
      const found = known ? matches.filter(({ truth }) => inBand(truth)).length : undefined;
      return { label, heightPx, truths: truths.filter(inBand).length, found };
    }),
  );
  return {
    rows: rows.filter((row) => row.truths > 0),
    falseAlarms: countFalse(compared),
    ground: groundErrors(matches.map(({ found, truth }) => ({ place: found.place, truth }))),
  };
}

function matchesOf({ found, truth }: ComparedPhoto) {
  const labels = new Set(truth.map(({ label }) => label));
  return [...labels].flatMap((label) =>
    matchBoxes(
      found.filter((thing) => thing.label === label),
      truth.filter((thing) => thing.label === label),
      minIou,
    ),
  );
}

function isClear(thing: ComparedPhoto['truth'][number]): boolean {
  return thing.visibleShare >= minVisible && thing.contrastLeft >= minVisible;
}

/** A detection of any label on a thing of another label is false; one on a thing half hidden is not counted. */
function countFalse(compared: readonly (ComparedPhoto & { matches: ReturnType<typeof matchesOf> })[]) {
  const counts: Record<string, number> = {};
  for (const { found, truth, matches } of compared) {
    const matched = new Set(matches.map((match) => match.found));
    for (const thing of found) {
      const onHidden = truth.some((other) => !isClear(other) && iouOf(other.box, thing.box) > 0);
      if (!matched.has(thing) && !onHidden) counts[thing.label] = (counts[thing.label] ?? 0) + 1;
    }
  }
  return counts;
}

function groundErrors(pairs: readonly { place: FoundObject['place']; truth: ComparedPhoto['truth'][number] }[]) {
  return rangeBands.map((rangeM): GroundErrorRow => {
    const inBand = pairs.filter(({ truth }) => truth.rangeM >= rangeM[0] && truth.rangeM < rangeM[1]);
    const errors = inBand.flatMap(({ place, truth }) =>
      place ? [separationOf(place.point, truth.ground, place.covariance)] : [],
    );
    const sorted = errors.map(({ metres }) => metres).sort((a, b) => a - b);
    const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
    const inside = errors.filter(({ chi2 }) => chi2 <= chiSquare95).length;
    return {
      rangeM,
      sightings: errors.length,
      unplaced: inBand.length - errors.length,
      medianM: at(0.5),
      p95M: at(0.95),
      insideEllipse: errors.length > 0 ? inside / errors.length : undefined,
    };
  });
}
