import { degreesPerRadian, turnBetween } from '../geo/angles.ts';
import type { GreyImage } from '../picture/grey.ts';
import type { Camera } from './camera.ts';
import { type Drift, type DriftOutcome, largeJumpDeg } from './drift.ts';
import { type Consensus, fitTurn, type Shift } from './drift-fit.ts';
import { gradientField, shrink } from './drift-gradient.ts';
import { halfPatch, matchPatch, readSlopes } from './drift-patch.ts';
import { countEdges, type DriftReference, levelsOf, type Patch } from './drift-reference.ts';
import { type Candidate, searchAround } from './drift-search.ts';
import { angleOf, noTurn, seeTurned, type Turn, turnFurther } from './drift-turn.ts';
import { cross, dot, type Matrix3, multiply, multiplyVector, scale } from './matrix.ts';
import { type Aim, aimOf, rotationOf, turnAxes } from './pose.ts';

/** Agreeing patches, and their share, below which a turn is not believed. */
const enough = { patches: 12, share: 0.2 };

/** Share of the reference's edges that a photo must show before it can be said that its camera moved. */
const clearShare = 0.6;

/** How far a camera turned between the reference photo of its calibration and another photo of the same size. */
export function measureDrift(reference: DriftReference, grey: GreyImage): DriftOutcome {
  const found = findTurn(reference, grey, nearTurns) ?? findTurn(reference, grey, farTurns());
  if (found) {
    const drift = driftOf(reference.camera, found);
    const isLarge = angleOf(found.turn) * degreesPerRadian > largeJumpDeg;
    return isLarge ? { kind: 'moved', reason: 'large-jump', drift } : { kind: 'steady', drift };
  }
  if (countEdges(grey, reference.camera) < clearShare * reference.clearEdges) return { kind: 'unclear' };
  return { kind: 'moved', reason: 'weak-consensus', drift: undefined };
}

/** A turn on which the patches agree. */
interface FoundTurn {
  readonly turn: Turn;
  readonly consensus: Consensus;
  readonly looked: number;
}

const nearTurns: readonly Turn[] = [noTurn];

/** Turns 6° apart, up to 18° to the sides, 6° up and down, 6° of roll. */
function farTurns(): readonly Turn[] {
  const step = 6 / degreesPerRadian;
  return [-1, 0, 1].flatMap((pitch) =>
    [-3, -2, -1, 0, 1, 2, 3].flatMap((heading) =>
      [-1, 0, 1].map((roll) => turnFurther(noTurn, [pitch * step, heading * step, roll * step])),
    ),
  );
}

/** How far around each start the coarsest level looks, rad. */
const reachRad = 3.2 / degreesPerRadian;
/** How many of the best turns of a level are looked at in the next. */
const kept = 3;

/** Looks around each start, from the coarsest level to the patches; undefined: too few of them agree. */
export function findTurn(reference: DriftReference, grey: GreyImage, starts: readonly Turn[]): FoundTurn | undefined {
  const { lens } = reference.camera;
  let candidates: readonly Candidate[] = starts.map((turn) => ({ turn, score: 0 }));
  levelsOf(grey).forEach((times, at) => {
    const field = gradientField(shrink(grey, times));
    const level = reference.levels[at];
    if (!level) return;
    const reach = at === 0 ? reachRad : undefined;
    const found = candidates.flatMap(({ turn }) => searchAround(lens, level, field, { centre: turn, reachRad: reach }));
    candidates = found.sort((a, b) => b.score - a.score).slice(0, kept);
  });
  const [best] = candidates;
  return best && settle(reference, grey, best.turn);
}

/** Pixels of the grey image around a patch's place, at first and when most of the turn is known. */
const matchReaches = [7, 4];

function settle(reference: DriftReference, grey: GreyImage, start: Turn): FoundTurn | undefined {
  let found: FoundTurn | undefined;
  let turn = start;
  for (const reach of matchReaches) {
    const places = reference.patches.map((patch) => findPatch(reference, grey, patch, { turn, reach }));
    const looked = places.filter((place) => place !== 'outside').length;
    const consensus = fitTurn(places.filter((place) => typeof place === 'object'));
    if (!consensus || consensus.agreeing < Math.max(enough.patches, enough.share * looked)) return undefined;
    turn = turnFurther(turn, consensus.by);
    found = { turn, consensus, looked };
  }
  return found;
}

/** Correlation below which a patch is not found again. */
const minCorrelation = 0.25;

function findPatch(
  { camera: { lens } }: DriftReference,
  grey: GreyImage,
  { direction, slopes }: Patch,
  { turn, reach }: { readonly turn: Turn; readonly reach: number },
): Shift | 'lost' | 'outside' {
  const seen = seeTurned(lens, turn, direction);
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
