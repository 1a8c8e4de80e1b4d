import type { Box, SizePx } from '../../geo/frames.ts';
import type { Manifest } from '../manifest.ts';
import type { SizeGrid } from './size-grid.ts';
import type { Slice } from './slicing.ts';

/**
 * Height of a standing person in a network's input that is enough to find him, px. A compromise, with the default network
 * on 14 persons a band, shown at eight sizes each: drawn ones 12–16 px tall in the photo were found most at 20 and 28 px
 * (86 %; 71 % at 14 px, 64 % at 40), real ones at 40 px (64 %; 29 % at 20 and 28).
 */
const enoughPx = 28;
/** Nobody smaller than this is found by a network tried, px of the photo: where all are smaller, nobody is looked for. */
export const leastPersonPx = 6;
/** The room that somebody, a tent or a small boat takes around his foot, as shares of a standing person's height. */
const room = { above: 1.15, below: 0.15, beside: 1.25 };
/** What lies nearer to the edge of a slice than this may be cut by it, px. */
const rimPx = 3;
/** Somebody who sits is half as tall as one who stands; a third leaves room for errors of boxes. */
const smallestShare = 1 / 3;
/** People who ask for slices up to this many times larger get those of their neighbours. */
const alike = 1.25;
/** Slices that show this share of a photo's longer side may as well show all of it. */
const nearlyWhole = 0.8;

type Network = Pick<Manifest, 'input' | 'slice'>;

/** The room of all who may stand in a cell of one height or up to twice that; whole px inside the photo. */
interface Demand {
  readonly box: Box;
  /** How tall they are at most. */
  readonly tallPx: number;
  /** Width of the largest slice that shows all of them well. */
  readonly sidePx: number;
  done: boolean;
}

/**
 * Slices that show people at the size at which a network finds them: small where they are far, large where they are
 * near, none where nobody stands; at last the whole photo, for what is nearer or larger than the ground lets expect.
 * Everybody of the grid from `leastPersonPx` up lies wholly in a slice that is no wider than `widestSlice` says.
 */
export function planGuidedSlices(grid: SizeGrid, network: Network): readonly Slice[] {
  const { input, slice } = network;
  const { photo } = grid;
  const planned: Slice[] = [];
  let open: readonly Demand[] = demandsOf(grid, network);
  while (open.length > 0) {
    const sidePx = open.reduce((least, demand) => Math.min(least, demand.sidePx), Infinity);
    const window = windowOf(sidePx, photo, input);
    const near = open.filter((demand) => demand.sidePx <= sidePx * alike);
    for (const placed of cover(near, window, photo)) {
      planned.push(sidePx > slice.sidePx ? { ...placed, minBoxPx: leastBox(sidePx, input) } : placed);
      finish(open, placed);
    }
    open = open.filter(isOpen);
  }
  const whole = { x: 0, y: 0, w: photo.widthPx, h: photo.heightPx };
  if (planned.some(({ w, h }) => w === whole.w && h === whole.h)) return planned;
  return [...planned, planned.length > 0 ? { ...whole, minBoxPx: slice.sidePx * slice.overlapRatio } : whole];
}

/**
 * Width of the largest slice in which a standing person of a height is `enoughPx` tall for the network. None is smaller
 * than plain slices: 410 px in place of 600 doubled the slices of the simulated lake, found 33 in place of 29 of 37
 * persons 16–32 px tall, and made 249 false ones of 177 (confidence 0.1). A smaller `slice.sidePx` buys that.
 */
export function widestSlice(personPx: number, { input, slice }: Network): number {
  return Math.max(slice.sidePx, (input.widthPx * personPx) / enoughPx);
}

/**
 * The longer side of the smallest box that a larger slice is trusted with: of somebody who sits or lies, of those it was
 * planned for. What is smaller is too small for the network there, and another slice shows it larger.
 */
function leastBox(sidePx: number, input: SizePx): number {
  return (smallestShare * enoughPx * sidePx) / input.widthPx;
}

function demandsOf(grid: SizeGrid, network: Network): readonly Demand[] {
  const { photo, cellPx, cols, mayStand } = grid;
  const wholePx = Math.max(photo.widthPx, (photo.heightPx * network.input.widthPx) / network.input.heightPx);
  const demands: Demand[] = [];
  mayStand.forEach((may, at) => {
    const mostPx = grid.mostPx[at] ?? 0;
    if (!may || mostPx < leastPersonPx) return;
    const corner = { x: (at % cols) * cellPx, y: Math.floor(at / cols) * cellPx };
    let fromPx = Math.max(leastPersonPx, grid.leastPx[at] ?? 0);
    do {
      const tallPx = Math.min(mostPx, 2 * fromPx);
      const widestPx = widestSlice(fromPx, network);
      const sidePx = widestPx >= nearlyWhole * wholePx ? wholePx : Math.round(widestPx);
      const box = fitInto(roomAround(corner, cellPx, tallPx), photo, windowOf(sidePx, photo, network.input));
      demands.push({ box, tallPx, sidePx, done: false });
      fromPx *= 2;
    } while (fromPx < mostPx);
  });
  return demands;
}

/** The window of a width that has the proportions of the network's input, as far as the photo goes. */
function windowOf(sidePx: number, photo: SizePx, input: SizePx): SizePx {
  return {
    widthPx: Math.min(photo.widthPx, Math.round(sidePx)),
    heightPx: Math.min(photo.heightPx, Math.round((sidePx * input.heightPx) / input.widthPx)),
  };
}

function roomAround({ x, y }: Pick<Box, 'x' | 'y'>, cellPx: number, tallPx: number): Box {
  const beside = room.beside * tallPx + rimPx;
  const above = room.above * tallPx + rimPx;
  return {
    ...{ x: x - beside, w: cellPx + 2 * beside },
    ...{ y: y - above, h: above + cellPx + room.below * tallPx + rimPx },
  };
}

/** The part of a box inside the photo, in whole px; of one larger than a window, the middle. */
function fitInto(box: Box, photo: SizePx, { widthPx, heightPx }: SizePx): Box {
  const [x, w] = fitSpan(box.x, box.w, photo.widthPx, widthPx);
  const [y, h] = fitSpan(box.y, box.h, photo.heightPx, heightPx);
  return { x, y, w, h };
}

function fitSpan(start: number, length: number, photoPx: number, windowPx: number): readonly [number, number] {
  const from = Math.max(0, Math.floor(start));
  const to = Math.min(photoPx, Math.ceil(start + length));
  const excess = Math.max(0, to - from - windowPx);
  return [from + Math.floor(excess / 2), to - from - excess];
}

/**
 * Few windows that hold every box: from the topmost box on, a band as high as a window; in it, from the leftmost box
 * on, windows side by side, spread so that neighbours share as much as their number allows, each as low as its boxes
 * let it lie.
 */
function cover(demands: readonly Demand[], { widthPx: w, heightPx: h }: SizePx, photo: SizePx): readonly Box[] {
  const windows: Box[] = [];
  let open = demands;
  while (open.length > 0) {
    const top = leastOf(open, 'y');
    const band = open.filter(({ box }) => box.y + box.h <= top + h);
    for (const x of startsAlong(band, w)) {
      const inside = band.filter(({ box, done }) => !done && box.x >= x && box.x + box.w <= x + w);
      if (inside.length === 0) continue;
      const y = Math.min(leastOf(inside, 'y'), photo.heightPx - h);
      const window = { x: Math.min(x, photo.widthPx - w), y, w, h };
      windows.push(window);
      for (const demand of inside) demand.done = true;
      finish(open, window);
    }
    open = open.filter(isOpen);
  }
  return windows;
}

/** Where windows begin that hold nearly all boxes of a band, the leftmost ones surely. */
function startsAlong(band: readonly Demand[], width: number): readonly number[] {
  const runs: number[][] = [];
  let [left, end] = [band, -Infinity];
  while (left.length > 0) {
    const x = leastOf(left, 'x');
    if (x > end) runs.push([x]);
    else runs.at(-1)?.push(x);
    end = x + width;
    left = left.filter(({ box }) => box.x + box.w > x + width);
  }
  return runs.flatMap(([first = 0, ...more]) => {
    const last = more.at(-1) ?? first;
    const right = band.reduce((most, { box }) => (box.x <= last + width ? Math.max(most, box.x + box.w) : most), 0);
    const room = Math.max(0, Math.min(last, right - width) - first);
    return Array.from(
      { length: more.length + 1 },
      (_, at) => first + Math.round((room * at) / Math.max(1, more.length)),
    );
  });
}

function leastOf(demands: readonly Demand[], side: 'x' | 'y'): number {
  return demands.reduce((least, { box }) => Math.min(least, box[side]), Infinity);
}

function isOpen({ done }: Demand): boolean {
  return !done;
}

/** Somebody this many times smaller than a slice is shown well by it, though it was planned for smaller people. */
const timesSmaller = 3;

function finish(demands: readonly Demand[], slice: Box): void {
  for (const demand of demands) demand.done ||= demand.tallPx * timesSmaller <= slice.h && holds(slice, demand.box);
}

function holds(slice: Box, box: Box): boolean {
  return (
    box.x >= slice.x && box.y >= slice.y && box.x + box.w <= slice.x + slice.w && box.y + box.h <= slice.y + slice.h
  );
}
