import { describe, expect, it } from 'vitest';
import { planBlur } from '../../src/publish/blur.ts';

const person = (confidence: number) => ({ label: 'person', confidence, box: { x: 10, y: 20, w: 10, h: 20 } });
const tent = { label: 'tent', confidence: 0.9, box: { x: 0, y: 0, w: 5, h: 5 } };

describe('planBlur', () => {
  it('hides the whole of a frame that nobody has looked at', () => {
    expect(planBlur([]).kind).toBe('whole');
  });

  it('hides the whole of a frame whose only model cannot find persons', () => {
    expect(planBlur([{ labels: ['tent'], detections: [tent] }]).kind).toBe('whole');
  });

  it('hides every person of any stored confidence, grown on all sides, and no tent', () => {
    const plan = planBlur([{ labels: ['person', 'tent'], detections: [person(0.05), tent] }]);
    expect(plan).toEqual({ kind: 'boxes', boxes: [{ x: 7, y: 17, w: 16, h: 26 }] });
  });

  it('hides the persons of all models together', () => {
    const looks = [
      { labels: ['person'], detections: [person(0.9)] },
      { labels: ['person', 'tent'], detections: [person(0.2), tent] },
    ];
    const plan = planBlur(looks);
    expect(plan.kind === 'boxes' && plan.boxes).toHaveLength(2);
  });

  it('leaves a frame open in which a model looked for persons and found none', () => {
    expect(planBlur([{ labels: ['person'], detections: [] }])).toEqual({ kind: 'boxes', boxes: [] });
  });
});
