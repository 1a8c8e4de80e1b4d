import type { Image } from '../../picture/image.ts';
import { drawShapes, type Shape } from '../../picture/shapes.ts';
import type { SizeGrid } from './size-grid.ts';
import type { Slice } from './slicing.ts';

const colours = ['#ff3b30', '#ffd60a', '#7cff6b', '#00d5ff', '#ff8ad8', '#ffffff'] as const;
/** Heights are written this many letters apart. */
const lettersApart = 6;

/**
 * Draws slices on a photo, a colour for each size, each a little inside its own edges so that neighbours are told
 * apart; and how tall a standing person would be, px, where a grid tells.
 */
export async function drawPlan(image: Image, slices: readonly Slice[], grid: SizeGrid | undefined): Promise<Image> {
  const strokePx = Math.max(1.5, Math.max(image.sizePx.widthPx, image.sizePx.heightPx) / 1000);
  const widths = [...new Set(slices.map(({ w }) => w))].sort((a, b) => a - b);
  const frames = slices.map((slice, at): Shape => {
    const insetPx = strokePx * (1 + (at % 4) * 2);
    const [left, top] = [slice.x + insetPx, slice.y + insetPx];
    const [right, bottom] = [slice.x + slice.w - insetPx, slice.y + slice.h - insetPx];
    const corners = [
      [left, top],
      [right, top],
      [right, bottom],
      [left, bottom],
      [left, top],
    ] as const;
    return {
      kind: 'line',
      pixels: corners.map(([u, v]) => ({ u, v })),
      colour: colours[widths.indexOf(slice.w) % colours.length] ?? colours[0],
      widthPx: strokePx,
    };
  });
  return drawShapes(image, [...(grid ? heightsOf(grid, 8 * strokePx) : []), ...frames]);
}

function heightsOf({ photo, cellPx, cols, mayStand, leastPx, mostPx }: SizeGrid, letterPx: number): readonly Shape[] {
  const each = Math.max(1, Math.round((lettersApart * letterPx) / cellPx));
  const shapes: Shape[] = [];
  mayStand.forEach((may, at) => {
    const [col, row] = [at % cols, Math.floor(at / cols)];
    const isShown = col % (2 * each) === 0 && row % each === 0 && row * cellPx + letterPx < photo.heightPx;
    if (!may || !isShown) return;
    const [least, most] = [Math.round(leastPx[at] ?? 0), Math.round(mostPx[at] ?? 0)];
    const text = least === most ? `${least}` : `${least}-${most}`;
    shapes.push({
      kind: 'text',
      at: { u: col * cellPx, v: row * cellPx },
      text,
      heightPx: letterPx,
      colour: '#ffffff',
    });
  });
  return shapes;
}
