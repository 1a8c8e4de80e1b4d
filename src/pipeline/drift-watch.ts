import { assumeDrift, type Drift, type DriftOutcome } from '../drift/drift.ts';
import { measureDrift } from '../drift/measure.ts';
import { prepareReference } from '../drift/reference.ts';
import { ServiceError } from '../errors.ts';
import type { SizePx } from '../geo/frames.ts';
import type { Ground } from '../locate/ground.ts';
import { looksAtWater } from '../locate/looks-at-water.ts';
import { decodePicture } from '../picture/codec.ts';
import { toGrey } from '../picture/grey.ts';
import type { Image } from '../picture/image.ts';

/** Tells how far a camera turned since the photo that it was calibrated in. */
export interface DriftWatch {
  measure(image: Image): DriftOutcome;
}

/**
 * Opens the watch of a calibration over its reference photo. A photo that shows too little to tell gets the turn of the
 * last one that did, less sure.
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
  let last: Drift | undefined;
  return {
    measure: (photo) => {
      const outcome = measureDrift(reference, toGrey(photo));
      if (outcome.kind === 'steady') last = outcome.drift;
      return outcome.kind === 'unclear' ? { kind: 'unclear', drift: assumeDrift(last) } : outcome;
    },
  };
}

function say({ widthPx, heightPx }: SizePx): string {
  return `${widthPx}x${heightPx}`;
}
