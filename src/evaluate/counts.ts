import type { Matched } from './judged.ts';

/** How many of a label a photo has, and how many are said. */
export interface PhotoCount {
  readonly photo: number;
  readonly there: number;
  readonly said: number;
}

/** How far counts are off. undefined: there is no photo, or for `shareOff` nothing on any. */
export interface CountError {
  readonly photos: number;
  /** Mean of |said − there| a photo. */
  readonly meanAbsolute: number | undefined;
  /** Mean of said − there a photo: above 0, too many are said. */
  readonly bias: number | undefined;
  /** Σ|said − there| / Σ there. */
  readonly shareOff: number | undefined;
}

/** Counts at a threshold, which may differ from photo to photo. Photos with crowds are left out: nobody knows how many are there. */
export function countPhotos(matched: Matched, thresholdOf: (photo: number) => number): readonly PhotoCount[] {
  const said = new Int32Array(matched.asked.length);
  matched.confidence.forEach((confidence, at) => {
    const photo = matched.photo[at] as number;
    if (confidence >= thresholdOf(photo)) said[photo] = (said[photo] as number) + 1;
  });
  return Array.from(matched.asked, (there, photo) => ({ photo, there, said: said[photo] as number })).filter(
    ({ photo }) => !matched.uncounted[photo],
  );
}

/** @param weights How often each photo counts; absent: once. */
export function countError(counts: readonly PhotoCount[], weights?: Int32Array): CountError {
  let [photos, off, bias, there] = [0, 0, 0, 0];
  for (const count of counts) {
    const weight = weights ? (weights[count.photo] as number) : 1;
    photos += weight;
    off += weight * Math.abs(count.said - count.there);
    bias += weight * (count.said - count.there);
    there += weight * count.there;
  }
  return {
    photos,
    meanAbsolute: photos > 0 ? off / photos : undefined,
    bias: photos > 0 ? bias / photos : undefined,
    shareOff: there > 0 ? off / there : undefined,
  };
}

/**
 * For each photo the threshold at which the counts of all the others are least off, Σ|said − there|; of equal ones the
 * highest. Infinity (nothing is said) where the others are best so.
 */
export function countThresholdsWithoutEach(matched: Matched): Float64Array {
  const { asked, confidence, photo, uncounted } = matched;
  const off = Float64Array.from(asked, (there, at) => (uncounted[at] ? 0 : there));
  const said = new Int32Array(asked.length);
  let total = off.reduce((sum, each) => sum + each, 0);
  const least = off.map((own) => total - own);
  const best = new Float64Array(asked.length).fill(Number.POSITIVE_INFINITY);
  for (let at = 0; at < confidence.length; at++) {
    const of = photo[at] as number;
    if (!uncounted[of]) {
      said[of] = (said[of] as number) + 1;
      const now = Math.abs((said[of] as number) - (asked[of] as number));
      total += now - (off[of] as number);
      off[of] = now;
    }
    if (confidence[at + 1] === confidence[at]) continue;
    for (let other = 0; other < off.length; other++) {
      const rest = total - (off[other] as number);
      if (rest >= (least[other] as number)) continue;
      least[other] = rest;
      best[other] = confidence[at] as number;
    }
  }
  return best;
}
