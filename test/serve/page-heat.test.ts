import { describe, expect, it } from 'vitest';
import { findPeak, heatIntensity } from '../../src/serve/page/heat.ts';

const metresPerDegree = 111_320;
const at = (eastM: number, northM: number, weight = 1) => ({
  position: [6 + eastM / (metresPerDegree * Math.cos((45 * Math.PI) / 180)), 45 + northM / metresPerDegree],
  weight,
});

describe("the heatmap's peak", () => {
  it('is nothing where there is nothing', () => expect(findPeak([])).toBe(0));

  it('counts points at one spot in full', () => {
    expect(findPeak([at(0, 0), at(0.1, 0), at(0, 0.1)])).toBeCloseTo(3, 6);
  });

  it('counts a point 7 m away as 0.61, and one 40 m away not at all', () => {
    expect(findPeak([at(0, 0), at(0, 7)])).toBeCloseTo(1 + Math.exp(-0.5), 1);
    expect(findPeak([at(0, 0), at(0, 40)])).toBeCloseTo(1, 6);
  });

  it('adds weights, and takes the strongest spot', () => {
    expect(findPeak([at(0, 0, 2), at(0, 0, 3), at(100, 100)])).toBeCloseTo(5, 6);
  });

  it('reaches the end of the ramp: MapLibre draws 0.399 × intensity for a point of weight 1', () => {
    expect(0.3989422804 * heatIntensity(7) * 7).toBeCloseTo(1, 6);
  });
});
