import { type CountError, countError, countPhotos } from './counts.ts';
import type { Matched } from './judged.ts';
import type { LabelledPhoto } from './labelled-photo.ts';
import { type Rates, toRates } from './operating-point.ts';
import { heightBands, heightLimits } from './size-bands.ts';

/** Figures of a part of what there is; a dimension that is absent is not divided by. */
export interface BreakdownRow extends Rates {
  readonly heightPx?: string;
  readonly light?: string;
  readonly camera?: string;
  readonly photos: number;
  /** Absent where the row is of one height: what is missed and what is false may differ in height. */
  readonly counts?: CountError;
}

interface Part {
  readonly heightPx?: string;
  readonly light?: string;
  readonly camera?: string;
}

/**
 * Rates at a threshold by height, by light, by camera, and by all that vary, crossed. An object counts by its own
 * height, a false alarm by that of its box; rows of nothing are left out. Points have no height.
 */
export function breakDown(
  matched: Matched,
  photos: readonly LabelledPhoto[],
  threshold: number,
): readonly BreakdownRow[] {
  const heights = matched.truthHeightPx.some((height) => !Number.isNaN(height))
    ? heightBands.map(({ name }) => ({ heightPx: name }))
    : [];
  const lights = distinct(photos.map(({ light }) => light)).map((light) => ({ light }));
  const cameras = distinct(photos.map(({ camera }) => camera)).map((camera) => ({ camera }));
  const divided = [heights, lights, cameras].filter((parts) => parts.length > 1);
  const crossed = divided.reduce<readonly Part[]>(
    (rows, parts) => rows.flatMap((row) => parts.map((part) => ({ ...row, ...part }))),
    [{}],
  );
  const parts = [...heights, ...lights, ...cameras, ...(divided.length > 1 ? crossed : [])];
  const rows = parts.map((part) => rowOf(part, { matched, photos, threshold }));
  return rows.filter(({ right, wrong, missed, counts }) => right + wrong + missed > 0 || (counts?.photos ?? 0) > 0);
}

function rowOf(
  part: Part,
  of: { readonly matched: Matched; readonly photos: readonly LabelledPhoto[]; readonly threshold: number },
): BreakdownRow {
  const { matched, photos, threshold } = of;
  const inPart = photos.map(
    ({ light, camera }) =>
      (part.light === undefined || part.light === light) && (part.camera === undefined || part.camera === camera),
  );
  const inBand = bandOf(part.heightPx);
  let [right, wrong, asked] = [0, 0, 0];
  matched.truthPhoto.forEach((photo, truth) => {
    if (inPart[photo] && inBand(matched.truthHeightPx[truth] as number)) asked++;
  });
  matched.verdict.forEach((verdict, at) => {
    if (!inPart[matched.photo[at] as number] || (matched.confidence[at] as number) < threshold) return;
    if (verdict === 1 && inBand(matched.truthHeightPx[matched.truth[at] as number] as number)) right++;
    if (verdict === 0 && inBand(matched.heightPx[at] as number)) wrong++;
  });
  const counted = countPhotos(matched, () => threshold).filter(({ photo }) => inPart[photo]);
  return {
    ...part,
    photos: inPart.filter(Boolean).length,
    ...toRates({ right, wrong, missed: asked - right }),
    ...(part.heightPx === undefined ? { counts: countError(counted) } : {}),
  };
}

function bandOf(name: string | undefined): (heightPx: number) => boolean {
  const limits = heightLimits[heightBands.findIndex((band) => band.name === name)];
  if (!limits) return () => true;
  return (heightPx) => heightPx >= limits[0] && heightPx < limits[1];
}

function distinct(values: readonly (string | undefined)[]): readonly string[] {
  return [...new Set(values.filter((value) => value !== undefined))].sort();
}
