import type { Camera } from '../camera/camera.ts';
import { cross, dot, type Matrix3, multiply, multiplyVector, scale } from '../camera/matrix.ts';
import { type Aim, aimOf, rotationOf, turnAxes } from '../camera/pose.ts';
import { turnedBy } from '../camera/rotation-vector.ts';
import { degreesPerRadian, turnBetween } from '../geo/angles.ts';
import type { GreyImage } from '../picture/grey.ts';
import { type Drift, type DriftOutcome, largeJumpDeg } from './drift.ts';
import { type Consensus, fitTurn, type Shift } from './fit.ts';
import { gradientField, type Pyramid, pyramidOf } from './gradient.ts';
import { halfPatch, matchPatch, readSlopes, type Slopes } from './patch.ts';
import { countEdges, type DriftReference, levelsOf } from './reference.ts';
import { type Candidate, searchAround } from './search.ts';
import { angleBetween, noTurn, type Seen, seeTurned, type Turn } from './turn.ts';

/** Agreeing patches, and their share, below which a turn is not believed. Photos of other places had at most 4 of 100. */
const enough = { patches: 12, share: 0.2 };

/**
 * Patches of a reference below which it accuses no camera: snow or other light loses more than half of them, and so
 * few would then be too few. Much of such a photo is water, or has no texture.
 */
const tellingPatches = 2 * enough.patches;

/**
 * Shares of the reference's edges: a photo that shows fewer than the first is fog, and not worth a long search; one that
 * shows fewer than the second is too poor to say that its camera moved. Fog gave 0.00 to 0.15 here, everything else,
 * other places too, 0.74 and more.
 */
const [hiddenShare, clearShare] = [0.25, 0.6];

/**
 * How far a camera turned between the reference photo of its calibration and another photo; unclear where that has
 * another size. Photos are never compared with one another: errors would add up.
 */
export function measureDrift(reference: DriftReference, grey: GreyImage): DriftOutcome {
  const { widthPx, heightPx } = reference.sizePx;
  if (grey.sizePx.widthPx !== widthPx || grey.sizePx.heightPx !== heightPx) return unclear;
  const pyramid = pyramidOf(grey);
  const near = findTurn(reference, pyramid, nearTurns);
  if (near.kind === 'found') return outcomeOf(reference, near);
  const clear = countEdges(pyramid, reference.camera) / reference.clearEdges;
  if (clear < hiddenShare) return unclear;
  const far = findTurn(reference, pyramid, farTurns());
  if (far.kind === 'found') return outcomeOf(reference, far);
  const isTelling = reference.patches.length >= tellingPatches;
  if (near.kind === 'similar' || clear < clearShare || !isTelling) return unclear;
  return { kind: 'moved', reason: 'weak-consensus', drift: undefined };
}

const unclear: DriftOutcome = { kind: 'unclear', drift: undefined };

function outcomeOf({ camera }: DriftReference, found: FoundTurn): DriftOutcome {
  const drift = driftOf(camera, found);
  const isLarge = angleBetween(found.turn, noTurn) * degreesPerRadian > largeJumpDeg;
  return isLarge ? { kind: 'moved', reason: 'large-jump', drift } : { kind: 'steady', drift };
}

/** A turn on which the patches agree. */
interface FoundTurn {
  readonly kind: 'found';
  readonly turn: Turn;
  readonly consensus: Consensus;
  readonly looked: number;
}

type Search =
  | FoundTurn
  /** The outlines are those of the reference, but its patches are not found again. */
  | { readonly kind: 'similar' }
  | { readonly kind: 'different' };

const nearTurns: readonly Turn[] = [noTurn];

/** Turns 6° apart, up to 18° to the sides, 6° up and down, 6° of roll. */
function farTurns(): readonly Turn[] {
  const step = 6 / degreesPerRadian;
  return [-1, 0, 1].flatMap((pitch) =>
    [-3, -2, -1, 0, 1, 2, 3].flatMap((heading) =>
      [-1, 0, 1].map((roll) => turnedBy(noTurn, [pitch * step, heading * step, roll * step])),
    ),
  );
}

/** How far around each start the coarsest level looks, rad. */
const reachRad = 3.2 / degreesPerRadian;
/** How many of the best turns of a level are looked at in the next. */
const kept = 3;
/**
 * How much better than any other turn the best one fits where it is the right one, at the two finer levels. Photos of one
 * place gave 1.8 (night) to 9 here, photos of two places 1.0 to 1.3 and 1.0 to 1.4.
 */
const standsOut = 1.5;

/** Looks around each start, from the coarsest level to the patches. */
function findTurn(reference: DriftReference, pyramid: Pyramid, starts: readonly Turn[]): Search {
  const { lens } = reference.camera;
  let candidates: readonly Candidate[] = starts.map((turn) => ({ turn, score: 0 }));
  let similar = true;
  levelsOf(pyramid).forEach((level, at) => {
    const edges = reference.levels[at];
    if (!edges) return;
    const field = gradientField(level);
    const reach = at === 0 ? reachRad : undefined;
    const found = candidates.flatMap(({ turn }) => searchAround(lens, edges, field, { centre: turn, reachRad: reach }));
    candidates = distinct(found, (2.5 * level.factor) / lens.focalPx);
    const [best, next] = candidates;
    similar &&= at === 0 || (best?.score ?? 0) > standsOut * (next?.score ?? 0);
  });
  const [best] = candidates;
  const found = best && settle(reference, pyramid, best.turn);
  return found ?? { kind: similar ? 'similar' : 'different' };
}

/** The best candidates that lie apart, rad. */
function distinct(found: readonly Candidate[], apartRad: number): readonly Candidate[] {
  const best: Candidate[] = [];
  for (const one of found.toSorted((a, b) => b.score - a.score)) {
    if (best.length < kept && best.every(({ turn }) => angleBetween(turn, one.turn) > apartRad)) best.push(one);
  }
  return best;
}

/** The patches in the half picture first, which reaches farther, and then in the picture itself; pixels around each place. */
const passes = [
  { level: 1, reach: 4 },
  { level: 0, reach: 3 },
] as const;

/** The turn on which patches agree, from the finest pass in which enough of them do: in noise the half picture is the last. */
function settle(reference: DriftReference, pyramid: Pyramid, start: Turn): FoundTurn | undefined {
  let found: FoundTurn | undefined;
  let turn = start;
  for (const { level, reach } of passes) {
    const grey = pyramid[level] ?? pyramid[0];
    const shifts: Shift[] = [];
    let looked = 0;
    for (const { direction, slopes } of reference.patches) {
      const shift = findPatch(grey, slopes[level], {
        seen: seeTurned(reference.camera.lens, turn, direction),
        turn,
        reach,
      });
      if (shift !== 'outside') looked++;
      if (typeof shift === 'object') shifts.push(shift);
    }
    const consensus = fitTurn(shifts, agreesPx * grey.factor);
    if (!consensus || consensus.agreeing < Math.max(enough.patches, enough.share * looked)) return found;
    turn = turnedBy(turn, consensus.by);
    found = { kind: 'found', turn, consensus, looked };
  }
  return found;
}

/** Pixels that a patch may lie from where a turn puts it and still agree. */
const agreesPx = 1.5;

/** Correlation below which a patch is not found again. */
const minCorrelation = 0.25;

interface Place {
  readonly seen: Seen | undefined;
  readonly turn: Turn;
  readonly reach: number;
}

function findPatch(grey: GreyImage, slopes: Slopes, { seen, turn, reach }: Place): Shift | 'lost' | 'outside' {
  if (!seen) return 'outside';
  const { factor } = grey;
  const length = Math.hypot(turn[0], turn[3]);
  const [cosRoll, sinRoll] = [turn[0] / length, turn[3] / length];
  const middle = { u: seen.pixel.u / factor, v: seen.pixel.v / factor };
  const window = readSlopes(grey, { middle, cosRoll, sinRoll, half: halfPatch + reach });
  if (!window) return 'outside';
  const match = matchPatch(slopes, window);
  if (!match || match.correlation < minCorrelation) return 'lost';
  return {
    u: (cosRoll * match.x - sinRoll * match.y) * factor,
    v: (sinRoll * match.x + cosRoll * match.y) * factor,
    uOver: seen.uOver,
    vOver: seen.vOver,
  };
}

/** A turn around the camera's own axes as changes of its angles. */
function driftOf(camera: Camera, { turn, consensus, looked }: FoundTurn): Drift {
  const before = camera.pose;
  const after = aimOf(multiply(turn, rotationOf(before)));
  return {
    headingDeg: turnBetween(before.headingDeg, after.headingDeg),
    pitchDeg: after.pitchDeg - before.pitchDeg,
    rollDeg: turnBetween(before.rollDeg, after.rollDeg),
    covariance: toAngles(after, consensus.covariance),
    agreeing: consensus.agreeing,
    looked,
  };
}

/** From a covariance around the camera's own axes, rad², to one of its heading, pitch and roll, deg². */
function toAngles(aim: Aim, covariance: Float64Array): readonly number[] {
  const { heading, pitch, roll } = turnAxes(aim);
  // Rows of the inverse of the matrix whose columns are those axes: the turn around each that a small turn is made of.
  const volume = dot(heading, cross(pitch, roll)) / degreesPerRadian;
  const rows = [cross(pitch, roll), cross(roll, heading), cross(heading, pitch)].map((row) => scale(row, 1 / volume));
  const matrix = [...covariance] as unknown as Matrix3;
  return rows.flatMap((one) => rows.map((other) => dot(one, multiplyVector(matrix, other))));
}
