import type { Detection } from '../detect/detection.ts';
import { applyDrift, type DriftOutcome } from '../drift/drift.ts';
import type { SizePx } from '../geo/frames.ts';
import { type Lake, waterLevelAt } from '../geo/lake.ts';
import type { Photo } from '../ingest/photo.ts';
import { type Ground, withCalibration, withWaterLevel } from '../locate/ground.ts';
import { locateDetection } from '../locate/locate-detection.ts';
import { judgeSize } from '../locate/plausibility.ts';
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

/** Where a detection is, or why it has no place; and how well its size fits there, 0–1, undefined where nothing says. */
export interface Placed {
  readonly sighting: Sighting | NoSighting;
  readonly plausibility: number | undefined;
}

/** Puts detections on the ground. */
export type Place = (detection: Detection) => Placed;

/** Puts the things of one photo on its ground. */
export function placeFor(standing: Standing, photo: PlacedPhoto): Place {
  const ground = groundFor(standing, photo);
  if (typeof ground === 'string') {
    const sighting: NoSighting = { kind: 'no-sighting', reason: ground };
    return () => ({ sighting, plausibility: undefined });
  }
  return (detection) => ({
    sighting: locateDetection(ground, detection),
    plausibility: judgeSize(ground, detection),
  });
}

/**
 * The ground of one photo, or why its things have no place on it: by the calibration that holds, turned by the drift of
 * the photo, with the water as high as it was that day. A calibration holds for photos of its own size: a camera that
 * was set to another one must be calibrated anew.
 */
function groundFor({ calibrated, drift, lake }: Standing, { sizePx, takenAt }: PlacedPhoto): Ground | NoSightingReason {
  if (!calibrated || !fits(calibrated, sizePx)) return 'not-calibrated';
  // Of an unclear photo nothing is assumed where the camera had moved by the nearest clear one.
  if (drift && (drift.kind === 'moved' || !drift.drift)) return 'camera-moved';
  let ground: Ground = calibrated.ground;
  if (drift?.drift) ground = withCalibration(ground, applyDrift(ground.calibration, drift.drift));
  if (lake && ground.water) ground = withWaterLevel(ground, waterLevelAt(lake, takenAt));
  return ground;
}

/** True when a calibration was solved for photos of a size. */
export function fits({ ground }: Calibrated, { widthPx, heightPx }: SizePx): boolean {
  const { sizePx } = ground.calibration.camera;
  return sizePx.widthPx === widthPx && sizePx.heightPx === heightPx;
}
