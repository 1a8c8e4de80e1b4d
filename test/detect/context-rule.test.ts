import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { believeInContext, withContext } from '../../src/detect/confidence/context-rule.ts';
import type { Context } from '../../src/detect/confidence/manifest-context.ts';
import type { Detection } from '../../src/detect/detection.ts';
import type { Detector } from '../../src/detect/detector.ts';
import { getModel } from '../../src/detect/registry.ts';
import type { Box } from '../../src/geo/frames.ts';

const { manifest } = await getModel(undefined);
const context = manifest.context as Context;
const threshold = manifest.thresholds.person ?? 1;

const person = (x: number, y: number, confidence: number, heightPx = 30): Detection => ({
  label: 'person',
  confidence,
  box: { x, y, w: heightPx / 3, h: heightPx },
});
/** Rows of people, 40 px from one to the next. */
const crowd = (count: number, confidence: number, heightPx = 30): readonly Detection[] =>
  Array.from({ length: count }, (_, index) =>
    person(100 + 40 * (index % 10), 500 + 40 * Math.floor(index / 10), confidence, heightPx),
  );
const confidenceOf = (box: Box, found: readonly Detection[]): number =>
  believeInContext(found, context).find((one) => one.box === box)?.confidence ?? 0;

const weak = person(310, 440, 0.16);

describe('a weak box among others', () => {
  it('is a person in a crowd of its size, and not alone on a rock', () => {
    expect(confidenceOf(weak.box, [weak])).toBe(0.16);
    expect(confidenceOf(weak.box, [weak, ...crowd(30, 0.3)])).toBeGreaterThan(threshold);
  });

  it('gains the more, the more others are near', () => {
    const gains = [0, 20, 40, 80].map((count) => confidenceOf(weak.box, [weak, ...crowd(count, 0.3)]));
    expect(gains).toEqual(gains.toSorted((a, b) => a - b));
    expect(new Set(gains).size).toBeGreaterThan(2);
  });

  it('gains nothing from those that are far off, or ten times as tall', () => {
    const far = crowd(30, 0.3).map((one) => ({ ...one, box: { ...one.box, x: one.box.x + 9000 } }));
    const giants = crowd(30, 0.3, 300).map((one) => ({ ...one, box: { ...one.box, y: one.box.y + 500 } }));
    expect(confidenceOf(weak.box, [weak, ...far])).toBe(0.16);
    expect(confidenceOf(weak.box, [weak, ...giants])).toBe(0.16);
  });

  it('gains nothing from boxes of its own object', () => {
    const twins = Array.from({ length: 30 }, (_, index) => person(310 + index / 10, 440, 0.2));
    expect(confidenceOf(weak.box, [weak, ...twins])).toBe(0.16);
  });

  it('gains less as a part of a larger one', () => {
    const all = [weak, ...crowd(30, 0.3)];
    const whole = person(308, 438, 0.5, 60);
    expect(confidenceOf(weak.box, [...all, whole])).toBeLessThan(confidenceOf(weak.box, all));
  });

  it('gains nothing from another label, and labels without weights keep what they have', () => {
    const boats = crowd(30, 0.3).map((one) => ({ ...one, label: 'boat' }));
    const boat = { ...weak, label: 'boat' };
    expect(confidenceOf(weak.box, [weak, ...boats])).toBe(0.16);
    expect(confidenceOf(boat.box, [boat, ...boats])).toBe(0.16);
  });

  it('is never believed less than the network believes it, whatever is around', () => {
    const anyone = fc
      .record({
        x: fc.integer({ min: 0, max: 800 }),
        y: fc.integer({ min: 0, max: 500 }),
        heightPx: fc.integer({ min: 3, max: 400 }),
        confidence: fc.integer({ min: 5, max: 100 }).map((percent) => percent / 100),
      })
      .map(({ x, y, confidence, heightPx }) => person(x, y, confidence, heightPx));
    fc.assert(
      fc.property(fc.array(anyone, { maxLength: 60 }), (found) => {
        const before = new Map(found.map((one) => [one.box, one.confidence]));
        const believed = believeInContext(found, context);
        expect(believed).toHaveLength(found.length);
        for (const { box, confidence } of believed) {
          expect(confidence).toBeGreaterThanOrEqual(before.get(box) ?? 1);
          expect(confidence).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it('goes over 33,000 boxes in a second or so', () => {
    const many = Array.from({ length: 33_000 }, (_, index) =>
      person((37 * index) % 4000, (53 * index) % 3000, 0.1 + (index % 50) / 100, 15 + (index % 20)),
    );
    const started = performance.now();
    believeInContext(many, context);
    expect(performance.now() - started).toBeLessThan(6000);
  });
});

describe('a detector with context', () => {
  const asked: number[] = [];
  const detector: Detector = {
    manifest,
    detect: async (_, { minConfidence }) => {
      asked.push(minConfidence);
      return [weak, ...crowd(80, 0.2), person(2000, 440, 0.08), person(2100, 440, 0.03)];
    },
    close: async () => undefined,
  };
  const image = { sizePx: { widthPx: 8, heightPx: 8 }, rgb: new Uint8Array(192) };

  it('reads the network down to where boxes have a say, and gives what was asked for', async () => {
    const found = await withContext(detector).detect(image, { minConfidence: threshold });
    expect(asked).toEqual([context.from]);
    expect(found.length).toBeGreaterThan(40);
    expect(found.every(({ confidence }) => confidence >= threshold)).toBe(true);
    expect(found.map(({ confidence }) => confidence)).toEqual(
      found.map(({ confidence }) => confidence).toSorted((a, b) => b - a),
    );
  });

  it('finds the same from a confidence on, whatever is asked for', async () => {
    const all = await withContext(detector).detect(image, { minConfidence: 0.01 });
    const some = await withContext(detector).detect(image, { minConfidence: 0.1 });
    expect(all.filter(({ confidence }) => confidence >= 0.1)).toEqual(some);
    expect(all.at(-1)?.confidence).toBe(0.03);
  });

  it('is the detector itself where the manifest has no context', () => {
    const plain = { ...detector, manifest: { ...manifest, context: undefined } };
    expect(withContext(plain)).toBe(plain);
  });
});
