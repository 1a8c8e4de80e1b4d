import { chi2At99, chi2Between } from '../geo/separation.ts';
import type { Stay } from './stay.ts';

/** A stay as one camera saw it; `key` names it for the caller. */
export interface CameraStay extends Pick<Stay, 'point' | 'covariance' | 'firstSeen' | 'lastSeen'> {
  readonly key: number;
  readonly cameraId: string;
}

/**
 * Which stays of several cameras at a lake are of one thing: places that agree within the joint error (99 % of a thing's
 * own pairs pass), at the same time. The nearest pairs are joined first; two stays that one camera saw at once are two
 * things, and stay so through whatever they are joined with. Each key appears once.
 */
export function joinCameras(stays: readonly CameraStay[]): readonly (readonly number[])[] {
  const groups = new Map<CameraStay, readonly CameraStay[]>(stays.map((stay) => [stay, [stay]]));
  for (const [a, b] of pairsOf(stays)) {
    const [ofA, ofB] = [groups.get(a) ?? [], groups.get(b) ?? []];
    if (ofA === ofB || ofA.some((one) => ofB.some((other) => areTwo(one, other)))) continue;
    const joined = [...ofA, ...ofB];
    for (const stay of joined) groups.set(stay, joined);
  }
  return [...new Set(groups.values())].map((group) => group.map(({ key }) => key));
}

/** Stays of different cameras that may be of one thing, the nearest first. */
function pairsOf(stays: readonly CameraStay[]): readonly (readonly [CameraStay, CameraStay])[] {
  const pairs: { readonly pair: readonly [CameraStay, CameraStay]; readonly chi2: number }[] = [];
  const open: CameraStay[] = [];
  for (const stay of stays.toSorted((a, b) => a.firstSeen.getTime() - b.firstSeen.getTime())) {
    for (let at = open.length - 1; at >= 0; at--) {
      const other = open[at];
      if (other === undefined) continue;
      if (other.lastSeen < stay.firstSeen) open.splice(at, 1);
      else if (other.cameraId !== stay.cameraId) {
        const chi2 = chi2Between(other, stay);
        if (chi2 <= chi2At99) pairs.push({ pair: [other, stay], chi2 });
      }
    }
    open.push(stay);
  }
  return pairs.sort((a, b) => a.chi2 - b.chi2).map(({ pair }) => pair);
}

/** One camera saw both at once. */
function areTwo(a: CameraStay, b: CameraStay): boolean {
  return a.cameraId === b.cameraId && a.firstSeen <= b.lastSeen && b.firstSeen <= a.lastSeen;
}
