import type { Lens } from '../camera/camera.ts';
import { type ParameterName, parameterNames } from '../camera/jacobian.ts';
import { ServiceError } from '../errors.ts';

/** What a calibration may be asked to solve. */
export const freeGroups = ['angles', 'focal', 'position', 'centre', 'k1', 'k2', 'k3', 'p1', 'p2', 'k4'] as const;
export type FreeGroup = (typeof freeGroups)[number];

const members: Readonly<Record<FreeGroup, readonly ParameterName[]>> = {
  angles: ['headingDeg', 'pitchDeg', 'rollDeg'],
  focal: ['focalPx'],
  position: ['eastM', 'northM', 'upM'],
  centre: ['u0', 'v0'],
  k1: ['k1'],
  k2: ['k2'],
  k3: ['k3'],
  p1: ['p1'],
  p2: ['p2'],
  k4: ['k4'],
};

/** What is known of a camera before its GCPs are looked at, each with its σ. */
export interface Known {
  readonly lens: Lens['kind'];
  readonly position: boolean;
  readonly focal: boolean;
}

/**
 * The groups that so many GCPs can carry. Position and focal length are always solved: what is known of them weighs in
 * as a measurement, so few GCPs hardly move them, and their errors are not taken for errors of near GCPs.
 * @throws ServiceError gcps-too-few
 */
export function chooseFree(count: number, known: Known): readonly FreeGroup[] {
  const groups: FreeGroup[] = ['angles', 'focal', 'position'];
  if (count >= 10) groups.push('k1');
  if (count >= 20) groups.push('centre', 'k2');
  if (count >= 30) groups.push(...(known.lens === 'fisheye' ? (['k3', 'k4'] as const) : (['p1', 'p2'] as const)));
  checkCount(count, groups, known);
  return groups;
}

/**
 * Refuses more unknowns than the GCPs can carry: each GCP is two equations, and four are needed to place a camera.
 * @throws ServiceError gcps-too-few, held-unknown
 */
export function checkCount(count: number, groups: readonly FreeGroup[], known: Known): void {
  checkHeld(groups, known);
  const needed = Math.max(known.position ? 3 : 4, Math.ceil(unknownsOf(groups, known) / 2));
  if (count < needed) throw new ServiceError('gcps-too-few', { count, needed, free: groups.join(', ') });
}

/** Refuses to hold what nobody said: it would be held where a first guess put it, and thought exact. */
function checkHeld(groups: readonly FreeGroup[], known: Known): void {
  const isSaid: Partial<Record<FreeGroup, boolean>> = { angles: false, focal: known.focal, position: known.position };
  const held = freeGroups.filter((group) => isSaid[group] === false && !groups.includes(group));
  if (held.length > 0) throw new ServiceError('held-unknown', { names: held.join(', ') });
}

/** How many solved parameters nothing is known of but by the GCPs; distortion counts, for what is known of it is little. */
export function unknownsOf(groups: readonly FreeGroup[], known: Known): number {
  const measured = groups.filter(
    (group) => (group === 'position' && known.position) || (group === 'focal' && known.focal),
  );
  return columnsOf(groups).length - columnsOf(measured).length;
}

const foreign: Readonly<Record<Lens['kind'], readonly FreeGroup[]>> = {
  'brown-conrady': ['k4'],
  fisheye: ['p1', 'p2'],
};

/**
 * Refuses parameters that a lens does not have.
 * @throws ServiceError lens-without-parameter
 */
export function checkLens(groups: readonly FreeGroup[], lens: Lens['kind']): void {
  const wrong = groups.filter((group) => foreign[lens].includes(group));
  if (wrong.length === 0) return;
  const right = freeGroups.filter((group) => !foreign[lens].includes(group));
  throw new ServiceError('lens-without-parameter', { lens, names: wrong.join(', '), free: right.join(', ') });
}

/** The columns of parameterNames that groups stand for, ascending. */
export function columnsOf(groups: readonly FreeGroup[]): readonly number[] {
  const names = new Set(groups.flatMap((group) => members[group]));
  return parameterNames.flatMap((name, column) => (names.has(name) ? [column] : []));
}
