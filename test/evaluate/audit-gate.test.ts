import { expect, it } from 'vitest';
import type { Detection } from '../../src/detect/detection.ts';
import { auditGate, type TwiceLooked } from '../../src/evaluate/audit-gate.ts';
import { createRandom } from '../../src/simulate/random.ts';

const person = (x: number, confidence = 0.5): Detection => ({
  ...{ label: 'person', confidence },
  box: { x, y: 100, w: 10, h: 20 },
});
const thresholds = { person: 0.3, boat: 0.3 };
const draws = () => ({ resamples: 200, unit: createRandom(1, 'resamples').unit });
const left = { x: 0, y: 0, w: 200, h: 200 };

it('tells what was passed over from what another slice showed otherwise', () => {
  const photo: TwiceLooked = {
    photo: 'a.jpg',
    everything: [person(10), person(100), person(150, 0.31), person(400), person(600, 0.2)],
    gated: [person(11), person(100), person(150, 0.29), person(180)],
    lookedAt: [left],
  };
  const [persons, boats] = auditGate([photo], thresholds, draws());
  expect(persons).toMatchObject({ label: 'person', shown: 4, kept: 2, gained: 1 });
  expect(persons?.lost).toEqual([
    { ...person(150, 0.31), photo: 'a.jpg', passedOver: false },
    { ...person(400), photo: 'a.jpg', passedOver: true },
  ]);
  expect(persons?.recall?.value).toBe(0.75);
  expect(persons?.countRatio?.value).toBe(0.75);
  expect(boats).toMatchObject({ label: 'boat', shown: 0, recall: undefined, countRatio: undefined });
});

it('loses nothing where all was looked at, and where nothing was there to be found', () => {
  const whole: TwiceLooked = { photo: 'a.jpg', everything: [person(400)], gated: [person(400)], lookedAt: undefined };
  const none: TwiceLooked = { photo: 'b.jpg', everything: [], gated: [], lookedAt: [] };
  const [persons] = auditGate([whole, none], thresholds, draws());
  expect(persons).toMatchObject({ shown: 1, kept: 1, lost: [], recall: { value: 1, low: 1, high: 1 } });
});

it('gives its recall an interval over photos', () => {
  const photos = Array.from({ length: 40 }, (_, at): TwiceLooked => {
    const found = [person(10), person(60), person(120)];
    const lookedAt = at % 4 === 0 ? [] : [left];
    return { photo: `${at}.jpg`, everything: found, gated: lookedAt.length > 0 ? found : [], lookedAt };
  });
  const recall = auditGate(photos, thresholds, draws())[0]?.recall;
  expect(recall?.value).toBe(0.75);
  expect(recall?.low).toBeGreaterThan(0.55);
  expect(recall?.low).toBeLessThan(0.7);
  expect(recall?.high).toBeGreaterThan(0.8);
});
