import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { Calibration } from '../../src/calibrate/calibration.ts';
import type { CalibrationRequest } from '../../src/calibrate/calibration-request.ts';
import type { Gcp } from '../../src/calibrate/gcp.ts';
import { calibrateFromGcps } from '../../src/calibrate/resection.ts';
import { getCrs } from '../../src/geo/crs.ts';
import { describeWithReferenceData, referencePath } from '../support/reference-data.ts';

const folder = 'data/finse_webcam';

/** The 42 GCPs that the peer solved from: rows with lstsq_IO = 1. */
function readFinseGcps(): readonly Gcp[] {
  const lines = readFileSync(referencePath(`${folder}/GCPs_pointagev4.csv`), 'utf8')
    .trim()
    .split(/\r?\n/)
    .slice(1);
  return lines
    .map((line) => line.split(','))
    .filter((cells) => cells[6] === '1')
    .map((cells) => {
      const [heightM = 0, x = 0, y = 0, u = 0, v = 0] = cells.slice(1, 6).map(Number);
      return {
        name: cells[0] ?? '',
        pixel: { u, v },
        position: { ...getCrs(32632).toLngLat({ x, y }), heightM },
        sigmaM: 0,
      };
    });
}

/** Priors of own_prior_solution.json: surveyed position ± 3 m, f = 1484 ± 10 %. */
function finseRequest(gcps = readFinseGcps()): CalibrationRequest {
  const position = { ...getCrs(32632).toLngLat({ x: 419169.2, y: 6718421.3 }), heightM: 1212.4678, sigmaM: 3 };
  return { gcps, sizePx: { widthPx: 1920, heightPx: 1080 }, position, focalPx: 1484 };
}

describeWithReferenceData('the Finse camera from its 42 GCPs (projimdem: 4.940 px)', folder, () => {
  it('is solved to 3.65 px, 4.2 px leaving one out', () => {
    const calibration = calibrateFromGcps(finseRequest());
    expect(calibration.gcps.filter(({ outlier }) => outlier)).toEqual([]);
    expect(calibration.rmsePx).toBeLessThan(3.65);
    expect(calibration.looRmsePx).toBeLessThan(4.2);
  });

  it('names every one of 25 % gross errors, and stays within 2 σ of where it was', () => {
    const gcps = readFinseGcps();
    const clean = calibrateFromGcps(finseRequest(gcps));
    for (let seed = 1; seed <= 8; seed++) {
      const random = sequence(seed);
      const order = gcps.map(({ name }) => ({ name, key: random() })).sort((a, b) => a.key - b.key);
      const bad = new Set(order.slice(0, 10).map(({ name }) => name));
      const spoiled = gcps.map((gcp) =>
        bad.has(gcp.name) ? { ...gcp, pixel: { u: 1919 * random(), v: 1079 * random() } } : gcp,
      );
      const calibration = calibrateFromGcps(finseRequest(spoiled));
      expect(new Set(calibration.gcps.filter(({ outlier }) => outlier).map(({ name }) => name))).toEqual(bad);
      expect(Math.max(...shiftInSigmas(clean, calibration))).toBeLessThan(2);
    }
  });
});

/** How far the position and the aim moved, in σ of the second calibration. */
function shiftInSigmas(one: Calibration, two: Calibration): readonly number[] {
  return two.free.slice(0, 6).map((name, at) => {
    const values = [one, two].map(({ camera: { pose } }) => ({ ...pose.position, ...pose })[name as 'eastM'] ?? 0);
    const sigma = Math.sqrt(two.covariance[at * (two.free.length + 1)] ?? 0);
    return Math.abs((values[0] ?? 0) - (values[1] ?? 0)) / sigma;
  });
}

/** The same numbers from 0 to 1 for the same seed (mulberry32). */
function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
