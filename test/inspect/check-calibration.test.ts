import { describe, expect, it } from 'vitest';
import type { CalibratedGcp, Calibration } from '../../src/calibrate/calibration.ts';
import { calibrateFromGcps } from '../../src/calibrate/resection.ts';
import type { Camera } from '../../src/camera/camera.ts';
import { worldToPixel } from '../../src/camera/project.ts';
import { readDemAround } from '../../src/dem/geotiff.ts';
import { layDem } from '../../src/dem/grid.ts';
import { getCrs } from '../../src/geo/crs.ts';
import type { Enu } from '../../src/geo/frames.ts';
import { fromEnu } from '../../src/geo/plane.ts';
import type { CalibrationCheck, CheckName } from '../../src/inspect/check.ts';
import { checkCalibration } from '../../src/inspect/check-calibration.ts';
import { finseDem, finseFolder, finseRequest } from '../bench/reference-cameras.ts';
import { origin } from '../locate/scene.ts';
import { describeWithReferenceData } from '../support/reference-data.ts';

const camera: Camera = {
  origin,
  pose: { position: { eastM: 0, northM: 0, upM: 10 }, headingDeg: 0, pitchDeg: -5, rollDeg: 1 },
  lens: { kind: 'brown-conrady', focalPx: 1500, centre: { u: 960, v: 540 }, k1: 0, k2: 0, k3: 0, p1: 0, p2: 0 },
  sizePx: { widthPx: 1920, heightPx: 1080 },
};

/** Level ground at the origin's height, with a ridge 15 m high across the view, 120 m to 130 m away. */
function terrain(heightOf = (northM: number): number => (northM > 120 && northM < 130 ? 15 : 0), timesM = 1) {
  const crs = getCrs(2154);
  const { x, y } = crs.fromLngLat(origin);
  const [cols, rows, step] = [401, 401, 2];
  const heights = Float32Array.from({ length: cols * rows }, (_, at) => {
    const northM = (200 - Math.floor(at / cols)) * step;
    return timesM * (origin.heightM + heightOf(northM));
  });
  const raster = { cols, rows, x0: x - 200 * step, y0: y + 200 * step, stepX: step, stepY: step, heights };
  return { grid: layDem(raster, crs, origin), heightSigmaM: 0.3 };
}

function gcp(name: string, point: Enu): CalibratedGcp {
  const pixel = worldToPixel(camera, point) ?? { u: 0, v: 0 };
  const position = fromEnu(origin, point);
  return { name, pixel, position, sigmaM: 0.1, reprojected: pixel, residualPx: 0, outlier: false };
}

function calibration(gcps: readonly CalibratedGcp[], pose: Partial<Camera['pose']> = {}): Calibration {
  return {
    camera: { ...camera, pose: { ...camera.pose, ...pose } },
    free: [],
    covariance: [],
    rmsePx: 0,
    looRmsePx: 0,
    aic: 0,
    gcps,
  };
}

const at = (northM: number, upM = 0, eastM = 5): Enu => ({ eastM, northM, upM });
const good = [gcp('near', at(60)), gcp('middle', at(100)), gcp('left', at(110, 0, -40))];
const flat = terrain(() => 0);

function find(findings: readonly CalibrationCheck[], check: CheckName): CalibrationCheck {
  const finding = findings.find((one) => one.check === check);
  if (!finding) throw new Error(`no ${check}`);
  return finding;
}

describe('the physical checks of a calibration', () => {
  it('pass for a camera on a mast over points on the ground', () => {
    const findings = checkCalibration(calibration(good), flat);
    expect(findings.filter(({ passed }) => !passed)).toEqual([]);
    expect(findings.map(({ check }) => check)).toContain('gcps-visible');
    expect(find(findings, 'camera-above-ground').sentence.en).toContain('10.0 m over the ground');
  });

  it('say how deep a camera is under the ground, and do not blame the points for it', () => {
    const findings = checkCalibration(calibration(good, { position: { eastM: 0, northM: 0, upM: -7 } }), flat);
    expect(find(findings, 'camera-above-ground')).toMatchObject({ passed: false });
    expect(find(findings, 'camera-above-ground').sentence.fr).toContain('7.0 m sous');
    expect(findings.some(({ check }) => check === 'gcps-visible')).toBe(false);
  });

  it('name the points that ground stands before, and no others', () => {
    const gcps = [...good, gcp('behind', at(160)), gcp('top', at(125, 15)), gcp('over', at(180, 32))];
    const finding = find(checkCalibration(calibration(gcps), terrain()), 'gcps-visible');
    expect(finding).toMatchObject({ passed: false, gcps: ['behind'] });
  });

  it('name the points that are off the ground, with how far', () => {
    const gcps = [...good, gcp('sunk', at(80, -12)), gcp('flying', at(90, 30)), gcp('roof', at(70, 5))];
    const finding = find(checkCalibration(calibration(gcps), flat), 'gcps-on-ground');
    expect(finding).toMatchObject({ passed: false, gcps: ['sunk', 'flying'] });
    expect(finding.sentence.en).toContain('flying (30.0 m over) and sunk (12.0 m under)');
  });

  it('tell heights of another zero and heights in feet from single errors', () => {
    const shifted = [...good, gcp('far', at(115))].map((one) => ({
      ...one,
      position: { ...one.position, heightM: one.position.heightM + 48 },
    }));
    expect(find(checkCalibration(calibration(shifted), flat), 'gcps-on-ground').sentence.en).toMatch(
      /48.0 m or more.*same zero/,
    );
    const inFeet = checkCalibration(
      calibration(good),
      terrain(() => 0, 1 / 0.3048),
    );
    expect(find(inFeet, 'gcps-on-ground').sentence.en).toContain('DEM are in feet');
    const gcpsInFeet = checkCalibration(
      calibration(good),
      terrain(() => 0, 0.3048),
    );
    expect(find(gcpsInFeet, 'gcps-on-ground').sentence.fr).toContain('points sont en pieds');
  });

  it('doubt a camera that hangs askew, looks at the sky, or sees too wide', () => {
    const askew = checkCalibration(calibration([], { rollDeg: -88 }));
    expect(find(askew, 'roll')).toMatchObject({ passed: false });
    expect(find(checkCalibration(calibration([], { pitchDeg: 40 })), 'horizon')).toMatchObject({ passed: false });
    expect(find(checkCalibration(calibration([], { pitchDeg: -60 })), 'horizon').sentence.en).toContain(
      'above the picture',
    );
    const wide = calibration([]);
    const findings = checkCalibration({ ...wide, camera: { ...camera, lens: { ...camera.lens, focalPx: 150 } } });
    expect(find(findings, 'field-of-view')).toMatchObject({ passed: false });
  });

  it('notice a lens model that folds back inside the picture', () => {
    const folded = { ...camera, lens: { ...camera.lens, k1: -0.9 } };
    expect(find(checkCalibration({ ...calibration([]), camera: folded }), 'lens')).toMatchObject({ passed: false });
  });
});

describeWithReferenceData('the Finse camera', finseFolder, () => {
  it('passes every check on its own surface model', async () => {
    const solved = calibrateFromGcps(finseRequest());
    const grid = await readDemAround(finseDem, solved.camera.origin, 3000);
    const findings = checkCalibration(solved, { grid, heightSigmaM: 0.5 });
    expect(findings.filter(({ passed }) => !passed)).toEqual([]);
    expect(findings).toHaveLength(7);
  });
});
