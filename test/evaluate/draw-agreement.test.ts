import { describe, expect, it } from 'vitest';
import type { CountPair } from '../../src/evaluate/agreement-pairs.ts';
import { drawDifferences, drawLags, drawProfile, drawScatter } from '../../src/evaluate/draw-agreement.ts';
import { toAxis } from '../../src/evaluate/draw-plot.ts';

const pair = (ours: number, theirs: number): CountPair => ({ bin: 0, day: '2025-07-14', hour: 10, ours, theirs });
const texts = { title: 'Ours & theirs', across: 'across', up: 'up' };
const count = (svg: string, pattern: RegExp) => svg.match(pattern)?.length ?? 0;

describe('drawDifferences', () => {
  const lines = { bias: 'bias 1', lower: 'lower', upper: 'upper', none: 'none' };
  const limits = { lower: { value: -1, low: -2, high: 0 }, upper: { value: 3 }, growth: undefined };

  it('draws a point a place, larger where more lie, with bias, limits, and bands where there are intervals', () => {
    const svg = drawDifferences(
      [pair(2, 1), pair(2, 1), pair(4, 1)],
      { bias: { value: 1 }, ...limits },
      { ...texts, ...lines },
    );
    expect(count(svg, /<circle [^>]*fill-opacity="0.35"/g)).toBe(2);
    expect(svg).toContain('r="3.7"'); // 2.6 √2
    expect(count(svg, /<rect [^>]*fill-opacity="0.15"/g)).toBe(1);
    expect(svg).toContain('Ours &amp; theirs');
    expect(svg).toContain('>bias 1<');
  });

  it('leaves limits out that cannot be said', () => {
    const none = { bias: { value: 1 }, lower: undefined, upper: undefined, growth: undefined };
    const svg = drawDifferences([pair(2, 1)], none, { ...texts, ...lines });
    expect(svg).not.toContain('>upper<');
  });
});

describe('drawScatter', () => {
  it('puts theirs to the right and ours upwards, from 0 on', () => {
    const svg = drawScatter([pair(8, 2), pair(0, 4)], 4 / 3, { ...texts, equal: undefined, ratio: 'ratio' });
    // of 440 px: 2 of 4 to the right, 8 of 10 upwards
    expect(svg).toContain(`cx="${80 + 440 * (2 / 5)}" cy="${50 + 440 * (1 - 8 / 10)}"`);
    expect(svg).not.toContain('equal');
  });
});

describe('drawProfile', () => {
  const row = (part: number, value: number) => ({
    ...{ part, pairs: 3, days: 3, ratio: undefined },
    ...{ ours: { value, low: value - 1, high: value + 1 }, theirs: { value: 2 * value } },
  });
  const more = { ...texts, ours: 'ours', theirs: 'theirs', nameOf: String };

  it('has a line a side, and none across an hour that is missing', () => {
    const svg = drawProfile([row(9, 2), row(10, 4), row(12, 3)], { ours: 1, theirs: 1 }, more);
    const paths = svg.match(/<path d="M[^"]*" stroke="#(0072b2|d55e00)"/g) ?? [];
    // two runs of two sides, and two signs of the legend
    expect(paths).toHaveLength(6);
  });

  it('makes two units comparable by their own means', () => {
    const svg = drawProfile([row(9, 2), row(10, 4)], { ours: 3, theirs: 6 }, more);
    const heights = [...svg.matchAll(/cy="([\d.]+)" r="3.5"/g)].map(([, y]) => y);
    expect(heights.slice(0, 2)).toEqual(heights.slice(2));
  });
});

describe('drawLags', () => {
  it('rings the best lag of each curve and passes over what cannot be said', () => {
    const curve = [-1, 0, 1].map((lag) => ({ lag, pairs: 9, correlation: lag === 1 ? undefined : 0.5 - lag / 4 }));
    const search = { curve, best: -1 };
    const svg = drawLags(
      { plain: search, withoutCycle: undefined },
      { ...texts, plain: 'p', withoutCycle: 'w', best: 'b' },
    );
    expect(count(svg, /r="6" fill="#fff" stroke="#0072b2"/g)).toBe(1);
    expect(count(svg, /r="2.5"/g)).toBe(1);
    expect(svg).not.toContain('>w<');
  });
});

describe('toAxis', () => {
  it.each([
    [
      [0, 7],
      [0, 2, 4, 6, 8],
    ],
    [
      [-0.4, 0.9],
      [-0.5, 0, 0.5, 1],
    ],
    [
      [3, 3],
      [2.5, 3, 3.5],
    ],
    [
      [0, 0],
      [0, 0.2],
    ],
  ])('goes in round steps around %j', (values, first) => {
    const { low, high, ticks } = toAxis(values, '');
    expect(low).toBeLessThanOrEqual(Math.min(...values));
    expect(high).toBeGreaterThanOrEqual(Math.max(...values));
    expect(ticks.slice(0, first.length).map(({ at }) => Number(at.toFixed(9)))).toEqual(first);
  });
});
