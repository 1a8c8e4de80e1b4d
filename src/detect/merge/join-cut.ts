import type { Box } from '../../geo/frames.ts';
import { BoxGrid } from './box-grid.ts';
import type { CutSides, SliceDetection } from './nms.ts';
import { byConfidence } from './overlap.ts';

/** Parts that face each other share at least this much of the shorter one's cut side. */
const facingShare = 0.6;

/**
 * Joins the parts of an object that is larger than the strip which neighbouring slices share: two boxes of one label,
 * one cut where it goes on to the right (or below), the other to the left (or above), that meet at full height (or
 * width). The joined box takes the higher confidence and is no longer cut on the sides that met.
 */
export function joinCutParts<T extends SliceDetection>(found: readonly T[]): readonly T[] {
  const whole = found.filter(({ cut }) => cut === undefined);
  let parts = found.filter(({ cut }) => cut !== undefined);
  for (let before = Number.POSITIVE_INFINITY; parts.length < before; ) {
    before = parts.length;
    parts = joinOnce(parts);
  }
  return [...whole, ...parts];
}

/** Joins each part with one that it meets, if there is one. */
function joinOnce<T extends SliceDetection>(parts: readonly T[]): T[] {
  const index = new BoxGrid<T>();
  for (const part of parts) index.add(part);
  const gone = new Set<T>();
  const joined: T[] = [];
  const order = parts.toSorted((a, b) => a.box.y - b.box.y || a.box.x - b.box.x || byConfidence(a, b));
  for (const part of order) {
    if (gone.has(part)) continue;
    gone.add(part);
    const other = findFacing(part, index, gone);
    if (!other) {
      joined.push(part);
      continue;
    }
    gone.add(other);
    joined.push(unite(part, other));
  }
  return joined;
}

/** The one that meets a part along the longest line. */
function findFacing<T extends SliceDetection>(part: T, index: BoxGrid<T>, gone: ReadonlySet<T>): T | undefined {
  let best: { readonly other: T; readonly sharedPx: number } | undefined;
  for (const other of index.near(part.box)) {
    if (other.label !== part.label || gone.has(other)) continue;
    const sharedPx = facingPx(part, other);
    if (sharedPx === 0 || (best && sharedPx < best.sharedPx)) continue;
    if (best && sharedPx === best.sharedPx && best.other.box.x + best.other.box.y <= other.box.x + other.box.y)
      continue;
    best = { other, sharedPx };
  }
  return best?.other;
}

/** Length of the line along which two parts meet, px; 0: they do not. */
function facingPx(a: SliceDetection, b: SliceDetection): number {
  if (!a.cut || !b.cut) return 0;
  const sharedX = shared(a.box.x, a.box.w, b.box.x, b.box.w);
  const sharedY = shared(a.box.y, a.box.h, b.box.y, b.box.h);
  if (sharedX < 0 || sharedY < 0) return 0;
  const beside = goesOn(a, b, 'right', 'left') || goesOn(b, a, 'right', 'left');
  if (beside && sharedY >= facingShare * Math.min(a.box.h, b.box.h)) return sharedY;
  const above = goesOn(a, b, 'bottom', 'top') || goesOn(b, a, 'bottom', 'top');
  return above && sharedX >= facingShare * Math.min(a.box.w, b.box.w) ? sharedX : 0;
}

/** True where `b` goes on behind the cut side of `a`, and `a` behind the one of `b`. */
function goesOn(a: SliceDetection, b: SliceDetection, side: keyof CutSides, facing: keyof CutSides): boolean {
  if (!a.cut?.[side] || !b.cut?.[facing]) return false;
  return side === 'right' ? b.box.x + b.box.w > a.box.x + a.box.w : b.box.y + b.box.h > a.box.y + a.box.h;
}

function shared(startA: number, lengthA: number, startB: number, lengthB: number): number {
  return Math.min(startA + lengthA, startB + lengthB) - Math.max(startA, startB);
}

function unite<T extends SliceDetection>(a: T, b: T): T {
  const box = hull(a.box, b.box);
  const on = (side: keyof CutSides, outer: (one: Box) => boolean): boolean =>
    [a, b].some(({ cut, box: own }) => cut?.[side] === true && outer(own));
  const cut: CutSides = {
    left: on('left', (own) => own.x === box.x),
    top: on('top', (own) => own.y === box.y),
    right: on('right', (own) => own.x + own.w === box.x + box.w),
    bottom: on('bottom', (own) => own.y + own.h === box.y + box.h),
  };
  const stillCut = cut.left || cut.top || cut.right || cut.bottom;
  return { ...a, confidence: Math.max(a.confidence, b.confidence), box, cut: stillCut ? cut : undefined };
}

function hull(a: Box, b: Box): Box {
  const x = Math.min(a.x, b.x);
  const y = Math.min(a.y, b.y);
  return { x, y, w: Math.max(a.x + a.w, b.x + b.w) - x, h: Math.max(a.y + a.h, b.y + b.h) - y };
}
