import { beforeEach, describe, expect, it } from 'vitest';
import { ChangeGate } from '../../src/detect/change/change-gate.ts';
import { ChangeMap } from '../../src/detect/change/change-map.ts';
import { awakeSlices } from '../../src/detect/slices/awake-slices.ts';
import { planLooks } from '../../src/detect/slices/detect-on-slices.ts';
import type { Box } from '../../src/geo/frames.ts';
import type { GreyImage } from '../../src/picture/grey.ts';
import { createRandom } from '../../src/simulate/random.ts';

const sizePx = { widthPx: 480, heightPx: 270 };
const everywhere: Box = { x: 0, y: 0, w: sizePx.widthPx, h: sizePx.heightPx };
/** Below it, the picture is water: ripples that are new in each photo. */
const shoreY = 200;
const person: Box = { x: 152, y: 100, w: 6, h: 14 };
const rocks = createRandom(1, 'rocks').unit;
const levels = Float32Array.from({ length: 90 * 45 }, () => 60 + 120 * rocks());

/** Rocks of 6 px, the same in each photo; sensor noise and ripples, new in each. */
function shoot(seed: number, { exposure = 1, shift = 0, people = [] as readonly Box[] } = {}): GreyImage {
  const noise = createRandom(seed, 'noise').unit;
  const grey = new Uint8Array(sizePx.widthPx * sizePx.heightPx);
  for (let at = 0; at < grey.length; at++) {
    const [x, y] = [at % sizePx.widthPx, Math.floor(at / sizePx.widthPx)];
    const rock = levels[Math.floor((x + shift) / 6) + 90 * Math.floor(y / 6)] as number;
    const level = y < shoreY ? rock + 4 * noise() : 90 + 60 * noise();
    grey[at] = Math.min(255, exposure * (people.some((box) => holds(box, x, y)) ? 20 : level));
  }
  return { sizePx, grey, factor: 1 };
}

function holds(box: Box, x: number, y: number): boolean {
  return x >= box.x && x < box.x + box.w && y >= box.y && y < box.y + box.h;
}

let gate: ChangeGate;

/** Shows the gate so many quiet photos that it knows what is usual. */
beforeEach(() => {
  gate = new ChangeGate();
  for (let seed = 1; seed <= 12; seed++) gate.changesIn(shoot(seed));
});

describe('a change gate', () => {
  it('has all of the first five photos looked at, and then none where nothing changes', () => {
    const fresh = new ChangeGate();
    const counts = [1, 2, 3, 4, 5, 6, 7].map((seed) => fresh.changesIn(shoot(seed))?.count(everywhere));
    expect(counts.slice(0, 5)).toEqual(new Array(5).fill(undefined));
    expect(counts[6]).toBe(0);
  });

  it('sees somebody come, where he is and nowhere else, and somebody who swims', () => {
    const swimmer = { x: 350, y: 235, w: 14, h: 10 };
    const changes = gate.changesIn(shoot(20, { people: [person, swimmer] }));
    expect(changes?.count(person)).toBeGreaterThan(0);
    expect(changes?.count(swimmer)).toBeGreaterThan(0);
    const around = (box: Box) => changes?.count({ x: box.x - 8, y: box.y - 8, w: box.w + 16, h: box.h + 16 }) ?? 0;
    expect(changes?.count(everywhere)).toBe(around(person) + around(swimmer));
  });

  it('sees him under another exposure too, which by itself is no change', () => {
    expect(gate.changesIn(shoot(20, { exposure: 0.6 }))?.count(everywhere)).toBe(0);
    const changes = gate.changesIn(shoot(21, { exposure: 0.6, people: [person] }));
    expect(changes?.count(person)).toBeGreaterThan(0);
  });

  it('takes a camera that shakes by a pixel for no change, and still sees somebody', () => {
    // at the right, ground comes into view that was not seen before
    const allButSide = { ...everywhere, w: sizePx.widthPx - 40 };
    expect(gate.changesIn(shoot(20, { shift: 1 }))?.count(allButSide)).toBe(0);
    expect(gate.changesIn(shoot(21, { shift: 1, people: [person] }))?.count(person)).toBeGreaterThan(0);
  });

  it('has everything looked at that a turned camera shows elsewhere', () => {
    const changes = gate.changesIn(shoot(20, { shift: 24 }));
    const cells = (sizePx.widthPx / 4) * (shoreY / 4);
    expect(changes?.count({ ...everywhere, h: shoreY })).toBeGreaterThan(0.8 * cells);
    gate.forget();
    expect(gate.changesIn(shoot(21, { shift: 24 }))).toBeUndefined();
  });

  it('has a place looked at for three photos after somebody was found there', () => {
    const detection = { label: 'person', confidence: 0.5, box: person };
    gate.found([detection, { ...detection, confidence: 0.2, box: { ...person, x: 300 } }], { person: 0.25 });
    const counts = [20, 21, 22, 23].map((seed) => {
      const changes = gate.changesIn(shoot(seed));
      if (changes) gate.hold(changes);
      gate.found([], { person: 0.25 });
      return [changes?.count(person), changes?.count({ ...person, x: 300 })];
    });
    const cells = counts[0]?.[0] ?? 0;
    expect(cells).toBeGreaterThan(0);
    expect(counts).toEqual([
      [cells, 0],
      [cells, 0],
      [cells, 0],
      [0, 0],
    ]);
  });

  it('has all of every 48th photo looked at', () => {
    const full = Array.from({ length: 100 }, (_, at) => gate.changesIn(shoot(100 + at)) === undefined);
    const at = full.flatMap((is, index) => (is ? [index] : []));
    expect(at).toHaveLength(2);
    expect((at[1] ?? 0) - (at[0] ?? 0)).toBe(48);
  });

  it('has all of a photo of another size looked at', () => {
    const half = { widthPx: 240, heightPx: 135 };
    expect(gate.changesIn({ sizePx: half, grey: new Uint8Array(240 * 135), factor: 1 })).toBeUndefined();
  });
});

describe('awake slices', () => {
  const changes = new ChangeMap(4, 120, new Uint8Array(120 * 67));
  changes.mark(person);
  const plain = planLooks(sizePx, { sidePx: 128, overlapRatio: 0.2 });

  it('are those that show a change, and the whole photo where it is a large one', () => {
    const awake = awakeSlices(plain, changes);
    expect(awake.length).toBeGreaterThan(0);
    expect(awake.length).toBeLessThan(4);
    // a cell is 4 px wide: it may reach over the person, and the slice into the next cell
    const near = { x: person.x - 8, y: person.y - 8, right: person.x + person.w + 8, bottom: person.y + person.h + 8 };
    for (const { x, y, w, h } of awake) {
      expect(near.right > x && near.x < x + w && near.bottom > y && near.y < y + h).toBe(true);
    }
    const speck = new ChangeMap(4, 120, new Uint8Array(120 * 67));
    speck.mark({ ...person, w: 2, h: 2 });
    const woken = awakeSlices(plain, speck);
    expect(woken.length).toBeGreaterThan(0);
    expect(woken.every(({ minBoxPx }) => minBoxPx === undefined)).toBe(true);
  });
});
