import type { Box } from '../geo/frames.ts';
import { growBox, pixelsInside } from './crop.ts';
import type { Image } from './image.ts';

/** A person is about seven heads tall, so a cell of a sixth of the box holds more than a head. */
const cellsPerBox = 6;
const cellsPerPhoto = 48;
const minCellPx = 4;
const grownBy = 0.08;

/**
 * Hides what is inside boxes for good: each box, grown a little, is reduced to at most 8 × 8 mean colours,
 * and only those are drawn again, smoothly. Nothing finer survives, so nothing finer can be restored.
 */
export function blurBoxes(image: Image, boxes: readonly Box[]): Image {
  const rgb = image.rgb.slice();
  for (const box of boxes) hide(rgb, image, growBox(box, grownBy), Math.max(box.w, box.h) / cellsPerBox);
  return { sizePx: image.sizePx, rgb };
}

/** Hides every person of a photo that nobody has looked at yet: 48 mean colours along its longer side. */
export function blurWhole(image: Image): Image {
  const { widthPx, heightPx } = image.sizePx;
  const rgb = image.rgb.slice();
  const whole = { x: 0, y: 0, w: widthPx, h: heightPx };
  hide(rgb, image, whole, Math.max(widthPx, heightPx) / cellsPerPhoto);
  return { sizePx: image.sizePx, rgb };
}

function hide(rgb: Uint8Array, { sizePx }: Image, box: Box, wishedCellPx: number): void {
  const area = pixelsInside(box, sizePx);
  if (!area) return;
  const cellPx = Math.max(minCellPx, wishedCellPx);
  const cells = { columns: Math.ceil(area.w / cellPx), rows: Math.ceil(area.h / cellPx) };
  const means = cellMeans(rgb, sizePx.widthPx, area, cells);
  for (let row = 0; row < area.h; row++) {
    const v = neighbours(((row + 0.5) / area.h) * cells.rows, cells.rows);
    for (let column = 0; column < area.w; column++) {
      const u = neighbours(((column + 0.5) / area.w) * cells.columns, cells.columns);
      const target = ((area.y + row) * sizePx.widthPx + area.x + column) * 3;
      for (let channel = 0; channel < 3; channel++) {
        const at = (i: number, j: number): number => means[(j * cells.columns + i) * 3 + channel] ?? 0;
        const above = at(u.low, v.low) * (1 - u.share) + at(u.high, v.low) * u.share;
        const below = at(u.low, v.high) * (1 - u.share) + at(u.high, v.high) * u.share;
        rgb[target + channel] = Math.round(above * (1 - v.share) + below * v.share);
      }
    }
  }
}

interface Cells {
  readonly columns: number;
  readonly rows: number;
}

/** (rows, columns, 3): the mean colour of each cell. */
function cellMeans(rgb: Uint8Array, widthPx: number, area: Box, cells: Cells): Float64Array {
  const sums = new Float64Array(cells.columns * cells.rows * 3);
  const counts = new Uint32Array(cells.columns * cells.rows);
  for (let row = 0; row < area.h; row++) {
    const j = Math.floor((row * cells.rows) / area.h);
    for (let column = 0; column < area.w; column++) {
      const cell = j * cells.columns + Math.floor((column * cells.columns) / area.w);
      const source = ((area.y + row) * widthPx + area.x + column) * 3;
      counts[cell] = (counts[cell] ?? 0) + 1;
      for (let channel = 0; channel < 3; channel++) {
        sums[cell * 3 + channel] = (sums[cell * 3 + channel] ?? 0) + (rgb[source + channel] ?? 0);
      }
    }
  }
  return sums.map((sum, index) => sum / Math.max(1, counts[Math.floor(index / 3)] ?? 1));
}

/** The two cells whose centres enclose a place on the cell axis, and the share of the higher one. */
function neighbours(place: number, cells: number): { low: number; high: number; share: number } {
  const fromCentre = Math.min(Math.max(place - 0.5, 0), cells - 1);
  const low = Math.floor(fromCentre);
  return { low, high: Math.min(low + 1, cells - 1), share: fromCentre - low };
}
