import { describe, expect, it } from 'vitest';
import { teachLabel } from '../../src/cli/confidence/teach-label.ts';
import { toProbability } from '../../src/detect/confidence/confidence-rule.ts';
import type { Detection } from '../../src/detect/detection.ts';
import type { LabelledPhoto } from '../../src/evaluate/labelled-photo.ts';
import type { LabelledFindings } from '../../src/evaluate/left-out.ts';
import { createRandom } from '../../src/simulate/random.ts';

const sizePx = { widthPx: 1600, heightPx: 900 };
const heightAt = (footV: number) => (footV - 200) * 0.12;

/** A detection whose foot is at a row, so many times as tall as a person is there. */
function boxAt(u: number, footV: number, times: number, confidence: number): Detection {
  const h = heightAt(footV) * times;
  return { label: 'person', confidence, box: { x: u, y: footV - h, w: 0.4 * h, h } };
}

/**
 * Photos of a fixed camera with 30 people each. The network finds them, and as many rocks, half or twice as tall as a
 * person is there, of which it is as sure.
 */
function shore(photos: number): LabelledFindings {
  const { between, chance } = createRandom(3, 'shore');
  const labelled: LabelledPhoto[] = [];
  const found: Detection[][] = [];
  for (let id = 0; id < photos; id++) {
    const people = Array.from({ length: 30 }, (_, at) =>
      boxAt(50 * at + 20, between(350, 880), between(0.85, 1.15), between(0.1, 0.6)),
    );
    const rocks = people.map(({ box }) => {
      return boxAt(box.x + 25, between(350, 880), chance(0.5) ? 0.45 : 2.2, between(0.02, 0.5));
    });
    const points = people.map(({ box }) => ({ label: 'person', point: { u: box.x + box.w / 2, v: box.y + 1 } }));
    labelled.push({ id, name: `${id}.jpg`, sizePx, boxes: [], points, camera: undefined, light: undefined });
    found.push([...people, ...rocks]);
  }
  return { photos: labelled, found, label: 'person', truth: 'points' };
}

function teach(findings: LabelledFindings, place: boolean) {
  const lesson = teachLabel(findings, { place, resamples: [] });
  if (lesson.kind === 'nothing') throw new Error(lesson.why.en);
  return lesson;
}

describe('teaching the confidence of a fixed camera', () => {
  const findings = shore(8);
  const plain = teach(findings, false).confidence;
  const placed = teach(findings, true).confidence;

  it('learns how tall people are at each row, and tells rocks by it', () => {
    expect(plain.place).toBeUndefined();
    expect(placed.place).toMatchObject({ photo: sizePx });
    expect(placed.logLoss.after.value).toBeLessThan(0.6 * plain.logLoss.after.value);
    expect(placed.f1.after.value).toBeGreaterThan(plain.f1.after.value + 0.1);
    // the threshold falls between people and rocks, so that their number is right
    expect(placed.countShareOff?.after.value).toBeLessThan((plain.countShareOff?.after.value ?? 0) / 2);
    const of = (times: number) => toProbability(placed, boxAt(500, 600, times, 0.3), sizePx);
    expect(of(1)).toBeGreaterThan(0.8);
    expect(of(2.2)).toBeLessThan(0.25);
    expect(of(0.45)).toBeLessThan(0.25);
  });

  it('keeps to the plain rule on photos of another size', () => {
    const rock = boxAt(500, 600, 2.2, 0.3);
    const other = { widthPx: 800, heightPx: 450 };
    expect(toProbability(placed, rock, other)).toBe(toProbability(plain, rock, other));
    expect(toProbability(placed, rock, other)).not.toBeCloseTo(toProbability(placed, rock, sizePx), 1);
  });

  it('never gives less for more confidence of the same box', () => {
    for (const times of [0.4, 1, 2]) {
      const steps = Array.from({ length: 99 }, (_, at) => boxAt(500, 600, times, (at + 1) / 100));
      const probabilities = steps.map((step) => toProbability(placed, step, sizePx));
      expect(probabilities).toEqual(probabilities.toSorted((a, b) => a - b));
    }
  });

  it('keeps to the plain rule where too few stand upright to learn from', () => {
    const lying = findings.found.map((list) =>
      list.map((one) => ({ ...one, box: { ...one.box, x: one.box.x - 5, w: one.box.h } })),
    );
    expect(teach({ ...findings, found: lying }, true).confidence.place).toBeUndefined();
  });
});

describe('teaching', () => {
  it('leaves a confidence alone that is a probability already', () => {
    const { between, chance } = createRandom(11, 'honest');
    const photos = Array.from({ length: 10 }, (_, id) => {
      const found = Array.from({ length: 60 }, (__, at) => boxAt(25 * at, 500, 1, between(0.02, 0.98)));
      const points = found
        .filter(({ confidence }) => chance(confidence))
        .map(({ box }) => ({ label: 'person', point: { u: box.x + box.w / 2, v: box.y + box.h / 2 } }));
      const photo = { id, name: `${id}`, sizePx, boxes: [], points, camera: undefined, light: undefined };
      return { photo, found };
    });
    const findings = { photos: photos.map(({ photo }) => photo), found: photos.map(({ found }) => found) };
    const lesson = teachLabel({ ...findings, label: 'person', truth: 'points' }, { place: false, resamples: [] });
    if (lesson.kind === 'nothing') expect(lesson.why.en).toContain('no rule has a smaller log loss');
    else expect(lesson.confidence.logLoss.before.value - lesson.confidence.logLoss.after.value).toBeLessThan(0.005);
  });
});
