import { assumeDrift, type DriftOutcome } from '../drift/drift.ts';
import { measureDrift } from '../drift/measure.ts';
import { prepareReference } from '../drift/reference.ts';
import { ServiceError } from '../errors.ts';
import type { SizePx } from '../geo/frames.ts';
import type { Ground } from '../locate/ground.ts';
import { looksAtWater } from '../locate/looks-at-water.ts';
import { decodePicture } from '../picture/codec.ts';
import { type GreyImage, toGrey } from '../picture/grey.ts';
import type { Db } from '../store/db.ts';
import { findNearestDrift } from '../store/drifts.ts';

/** Tells how far a camera turned since the photo that it was calibrated in. */
export interface DriftWatch {
  measure(photo: GreyImage): DriftOutcome;
}

/**
 * Opens the watch of a calibration over its reference photo.
 * @throws ServiceError photo-other-size, and those of decodePicture
 */
export async function openDriftWatch(ground: Ground, referenceFile: string): Promise<DriftWatch> {
  const { camera } = ground.calibration;
  const image = await decodePicture(referenceFile);
  if (say(image.sizePx) !== say(camera.sizePx)) {
    throw new ServiceError('photo-other-size', { photo: say(image.sizePx), camera: say(camera.sizePx) });
  }
  // Water moves, so it shows nothing of how the camera moved.
  const reference = prepareReference(toGrey(image), camera, (pixel) => !looksAtWater(ground, pixel));
  return { measure: (photo) => measureDrift(reference, photo) };
}

/**
 * What to go by at a photo that shows too little to tell, at night or in fog: the drift of the clear photo nearest in
 * time that is stored, less sure. Where that one's camera had moved, nothing is assumed, and nothing has a place.
 */
export async function assumeFromNearest(db: Db, calibrationId: number, takenAt: Date): Promise<DriftOutcome> {
  const nearest = await findNearestDrift(db, calibrationId, takenAt);
  return { kind: 'unclear', drift: nearest?.kind === 'moved' ? undefined : assumeDrift(nearest?.drift) };
}

function say({ widthPx, heightPx }: SizePx): string {
  return `${widthPx}x${heightPx}`;
}
