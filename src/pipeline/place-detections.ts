import type { Detection } from '../detect/detection.ts';
import { applyDrift, type DriftOutcome } from '../drift/drift.ts';
import { type Lake, waterLevelAt } from '../geo/lake.ts';
import type { Photo } from '../ingest/photo.ts';
import { type Ground, withCalibration, withWaterLevel } from '../locate/ground.ts';
import { locateDetection } from '../locate/locate-detection.ts';
import type { NoSighting, NoSightingReason, Sighting } from '../locate/sighting.ts';
import type { Calibrated } from './station.ts';

/** What of a photo decides where its things are. */
export type PlacedPhoto = Pick<Photo, 'sizePx' | 'takenAt'>;

/** How a camera stood at a photo. Undefined: not calibrated then; drift not measured; no such lake. */
export interface Standing {
  readonly calibrated: Calibrated | undefined;
  readonly drift: DriftOutcome | undefined;
  readonly lake: Lake | undefined;
}

/** Puts detections on the ground, or says why they have no place. */
export type Place = (detection: Detection) => Sighting | NoSighting;

/**
 * Where the things of one photo are: by the calibration that holds, turned by the drift of the photo, with the water
 * as high as it was that day. A calibration holds for photos of its own size: a camera that was set to another one
 * must be calibrated anew.
 */
export function placeFor({ calibrated, drift, lake }: Standing, { sizePx, takenAt }: PlacedPhoto): Place {
  const solvedFor = calibrated?.ground.calibration.camera.sizePx;
  const fits = solvedFor?.widthPx === sizePx.widthPx && solvedFor.heightPx === sizePx.heightPx;
  if (!calibrated || !fits) return nowhere('not-calibrated');
  // Of an unclear photo nothing is assumed where the camera had moved by the nearest clear one.
  if (drift && (drift.kind === 'moved' || !drift.drift)) return nowhere('camera-moved');
  let ground: Ground = calibrated.ground;
  if (drift?.drift) ground = withCalibration(ground, applyDrift(ground.calibration, drift.drift));
  if (lake && ground.water) ground = withWaterLevel(ground, waterLevelAt(lake, takenAt));
  return (detection) => locateDetection(ground, detection);
}

function nowhere(reason: NoSightingReason): Place {
  return () => ({ kind: 'no-sighting', reason });
}
