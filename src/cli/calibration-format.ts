import type { Calibration } from '../calibrate/calibration.ts';
import { toCalibrationJson } from '../calibrate/calibration-json.ts';
import { toCamtrapDp } from '../camera/camtrap-dp.ts';
import { toOpenCvFile } from './opencv-file.ts';

/** What a calibration can be written as: all of it, a camera of OpenCV, or the columns of a Camtrap DP deployment. */
export const calibrationFormats = ['rivage', 'opencv', 'camtrap-dp'] as const;

/**
 * A calibration in one of the formats, ready for JSON.
 * @throws ServiceError opencv-crs
 */
export function inFormat(
  calibration: Calibration,
  epsg: number,
  format: (typeof calibrationFormats)[number],
): Readonly<Record<string, unknown>> {
  if (format === 'opencv') return toOpenCvFile(calibration, epsg);
  if (format === 'camtrap-dp') return { ...toCamtrapDp(calibration) };
  return toCalibrationJson(calibration, epsg);
}
