import type { ChangeMap } from '../change/change-map.ts';
import type { Slice } from './slicing.ts';

/** Changed area that wakes a slice, as a share of the square of the smallest box that is left to it. */
const newsShare = 0.05;

/** Those slices in which something changed that is large enough for them. */
export function awakeSlices(slices: readonly Slice[], changes: ChangeMap): readonly Slice[] {
  return slices.filter((slice) => {
    const news = (newsShare * (slice.minBoxPx ?? 0) ** 2) / changes.cellPx ** 2;
    return changes.count(slice) >= Math.max(1, news);
  });
}
