import { adviceOn } from '../calibrate/advice.ts';
import type { Calibration } from '../calibrate/calibration.ts';
import { toCalibrationJson } from '../calibrate/calibration-json.ts';
import type { Bilingual } from '../errors.ts';
import type { CalibrationCheck } from '../inspect/check.ts';
import type { CliContext } from './context.ts';

/** A solved camera as a person reads it: residuals, place, aim, errors, checks, and one sentence of advice. */
export function printCalibration(
  {
    calibration,
    checks,
    epsg,
  }: { readonly calibration: Calibration; readonly checks: readonly CalibrationCheck[]; readonly epsg: number },
  { print, say }: CliContext,
): void {
  const { pose, lens, rmsePx, looRmsePx, aic } = toCalibrationJson(calibration, epsg);
  for (const { name, residualPx, outlier } of calibration.gcps) {
    const off = residualPx === undefined ? say(notSeen) : `${residualPx.toFixed(1).padStart(8)} px`;
    print(`${name.padEnd(16)} ${off}${outlier ? `  ${say(leftOut)}` : ''}`);
  }
  print(`x ${pose.x.toFixed(2)}  y ${pose.y.toFixed(2)}  z ${pose.z.toFixed(2)}  (EPSG:${epsg})`);
  const angles = angleNames.map(([angle, name]) => `${say(name)} ${pose[angle].toFixed(2)}°`);
  print(`${angles.join('  ')}  f ${lens.focalPx.toFixed(0)} px`);
  const loo = looRmsePx === undefined ? '' : `  LOO ${looRmsePx.toFixed(2)} px`;
  print(`RMSE ${rmsePx.toFixed(2)} px${loo}  AIC ${aic.toFixed(1)}`);
  for (const { passed, sentence } of checks) print(`${passed ? '✓' : '✗'} ${say(sentence)}`);
  print(say(adviceOn(calibration)));
}

const angleNames = [
  ['headingDeg', { en: 'heading', fr: 'azimut' }],
  ['pitchDeg', { en: 'pitch', fr: 'inclinaison' }],
  ['rollDeg', { en: 'roll', fr: 'roulis' }],
] as const;
const notSeen: Bilingual = { en: 'not seen', fr: 'pas vu' };
const leftOut: Bilingual = { en: 'left out', fr: 'écarté' };
