import { describe, expect, it } from 'vitest';
import { edges, nightSpan, startOf } from '../../src/serve/page/time.ts';

const paris = 'Europe/Paris';
const iso = (instant: number): string => new Date(instant).toISOString();

describe('time on the page', () => {
  it('begins a day at local midnight, summer and winter', () => {
    expect(iso(startOf('day', Date.parse('2025-07-15T23:30:00Z'), paris))).toBe('2025-07-15T22:00:00.000Z');
    expect(iso(startOf('day', Date.parse('2025-12-15T23:30:00Z'), paris))).toBe('2025-12-15T23:00:00.000Z');
  });

  it('knows days of 25 and of 23 hours', () => {
    const span = { from: Date.parse('2025-10-24T12:00:00Z'), to: Date.parse('2025-10-27T12:00:00Z') };
    const hours = (list: readonly number[]) =>
      list.slice(1).map((edge, index) => (edge - (list[index] ?? 0)) / 3_600_000);
    expect(hours(edges('day', span, paris))).toEqual([24, 24, 25, 24]);
    const spring = { from: Date.parse('2025-03-29T12:00:00Z'), to: Date.parse('2025-03-31T00:00:00Z') };
    expect(hours(edges('day', spring, paris))).toEqual([24, 23, 24]);
  });

  it('gives a bivouac night from 19:00 to 09:00 of the next day, also when the clocks change within it', () => {
    const { t0, t1 } = nightSpan('2025-07-15', paris);
    expect([iso(t0), iso(t1)]).toEqual(['2025-07-15T17:00:00.000Z', '2025-07-16T07:00:00.000Z']);
    const autumn = nightSpan('2025-10-25', paris);
    expect([iso(autumn.t0), iso(autumn.t1)]).toEqual(['2025-10-25T17:00:00.000Z', '2025-10-26T08:00:00.000Z']);
  });
});
