/** Light of a photo by the height of the sun, as `rivage.light_of` says. */
export type Light = 'day' | 'dim' | 'dark';

/** One reviewed photo and label: what a person saw there against what is shown. */
export interface ReviewedPhoto {
  readonly cameraId: string;
  readonly light: Light;
  /** Local, 'YYYY-MM-DD'. */
  readonly day: string;
  /** The draw that chose it: photos of one draw had the same chance. */
  readonly draw: string;
  /** 1 / its chance of being chosen: so many photos it stands for. */
  readonly weight: number;
  readonly there: number;
  readonly found: number;
  readonly matched: number;
}

/** Whose reviewed photos correct a count: its camera's in its light, all cameras' in its light, or all. */
export type CorrectionSource = 'camera' | 'light' | 'label';

/** What corrects the counts of a camera in one light. */
export interface Correction {
  readonly light: Light;
  /** undefined: too little was reviewed anywhere, and nothing is corrected. */
  readonly source: CorrectionSource | undefined;
  /** Those that it is taken from; none where there is no source. */
  readonly photos: readonly ReviewedPhoto[];
  /** precision / recall: so many objects one that was found stands for. 1 where there is no source. */
  readonly factor: number;
  readonly precision: number | undefined;
  readonly recall: number | undefined;
}

/** So many objects must have been seen, and so many found, before reviewed photos correct a count. */
export const leastReviewed = 10;

/**
 * Chooses what corrects a camera in a light: the narrowest of camera × light, light, all in which people saw, and the
 * model found, `leastReviewed` objects or more. A wider one is borrowed: it is right as far as the cameras are alike.
 */
export function chooseCorrection(reviewed: readonly ReviewedPhoto[], cameraId: string, light: Light): Correction {
  const inLight = reviewed.filter((photo) => photo.light === light);
  const candidates: readonly (readonly [CorrectionSource, readonly ReviewedPhoto[]])[] = [
    ['camera', inLight.filter((photo) => photo.cameraId === cameraId)],
    ['light', inLight],
    ['label', reviewed],
  ];
  for (const [source, photos] of candidates) {
    if (Math.min(total(photos, 'there'), total(photos, 'found')) < leastReviewed) continue;
    const [there, found, matched] = (['there', 'found', 'matched'] as const).map((what) => weighted(photos, what)) as [
      number,
      number,
      number,
    ];
    // precision / recall, in which what is matched cancels out
    return { light, source, photos, factor: there / found, precision: matched / found, recall: matched / there };
  }
  return { light, source: undefined, photos: [], factor: 1, precision: undefined, recall: undefined };
}

function total(photos: readonly ReviewedPhoto[], what: 'there' | 'found'): number {
  return photos.reduce((sum, photo) => sum + photo[what], 0);
}

function weighted(photos: readonly ReviewedPhoto[], what: 'there' | 'found' | 'matched'): number {
  return photos.reduce((sum, photo) => sum + photo.weight * photo[what], 0);
}

/** Photos of one draw, and how many there are of each. */
export function groupByDraw(photos: readonly ReviewedPhoto[]): readonly (readonly ReviewedPhoto[])[] {
  const draws = new Map<string, ReviewedPhoto[]>();
  for (const photo of photos) {
    const draw = draws.get(photo.draw);
    if (draw) draw.push(photo);
    else draws.set(photo.draw, [photo]);
  }
  return [...draws.values()];
}

/**
 * precision / recall where each photo counts `times` as often. Every draw goes on standing for as many photos as it did:
 * how many there are with finds and without is known, and is not a matter of chance. NaN: nothing was found in these.
 */
export function factorOf(
  draws: readonly (readonly ReviewedPhoto[])[],
  times: (photo: ReviewedPhoto) => number,
): number {
  let [there, found] = [0, 0];
  for (const photos of draws) {
    let [drawThere, drawFound, drawn, standsFor] = [0, 0, 0, 0];
    for (const photo of photos) {
      const count = times(photo) * photo.weight;
      drawThere += count * photo.there;
      drawFound += count * photo.found;
      drawn += count;
      standsFor += photo.weight;
    }
    if (drawn === 0) continue;
    there += (drawThere * standsFor) / drawn;
    found += (drawFound * standsFor) / drawn;
  }
  return found > 0 ? there / found : Number.NaN;
}
