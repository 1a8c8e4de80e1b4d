import type { SizePx } from '../../geo/frames.ts';
import type { ChangeMap } from '../change/change-map.ts';
import type { Manifest } from '../manifest.ts';
import { planGuidedSlices, roomAround } from './guided-slices.ts';
import type { SizeGrid } from './size-grid.ts';
import type { Slice } from './slicing.ts';

/** Changed area that wakes a place, as a share of the square of its people's height: an eighth of one who stands. */
const newsShare = 0.05;

/** Those slices in which something changed that is large enough for them. */
export function awakeSlices(slices: readonly Slice[], changes: ChangeMap): readonly Slice[] {
  return slices.filter((slice) => changes.count(slice) >= newsOf(slice.minBoxPx ?? 0, changes));
}

/** Slices for those alone in whose room something changed. */
export function planAwakeSlices(
  grid: SizeGrid,
  changes: ChangeMap,
  network: Pick<Manifest, 'input' | 'slice'>,
): readonly Slice[] {
  const { cellPx, cols } = grid;
  const mayStand = grid.mayStand.map((may, at) => {
    if (!may) return 0;
    const corner = { x: (at % cols) * cellPx, y: Math.floor(at / cols) * cellPx };
    const room = roomAround(corner, cellPx, grid.mostPx[at] as number);
    return changes.count(room) >= newsOf(grid.leastPx[at] as number, changes) ? 1 : 0;
  });
  if (!mayStand.includes(1)) return [];
  const slices = planGuidedSlices({ ...grid, mayStand }, network);
  return slices.filter((slice) => !isWhole(slice, grid.photo) || awakeSlices([slice], changes).length > 0);
}

function newsOf(heightPx: number, { cellPx }: ChangeMap): number {
  return Math.max(1, (newsShare * heightPx ** 2) / cellPx ** 2);
}

function isWhole({ w, h }: Slice, { widthPx, heightPx }: SizePx): boolean {
  return w === widthPx && h === heightPx;
}
