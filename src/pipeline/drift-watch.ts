import { assumeDrift, type Drift, type DriftOutcome } from '../camera/drift.ts';
import { measureDrift } from '../camera/drift-measure.ts';
import { type DriftReference, prepareReference } from '../camera/drift-reference.ts';
import type { Ground } from '../locate/ground.ts';
import { looksAtWater } from '../locate/looks-at-water.ts';
import { decodePicture } from '../picture/codec.ts';
import { toGrey } from '../picture/grey.ts';
import type { Image } from '../picture/image.ts';

/** Tells how far a camera turned since the photo that it was calibrated in. */
export interface DriftWatch {
  measure(image: Image): Promise<DriftOutcome>;
}

/**
 * Opens the watch of a calibration. The reference photo is read when the first photo is compared with it. A photo that
 * shows too little to tell gets the turn of the last one that did, less sure.
 */
export function openDriftWatch(ground: Ground, referenceFile: string): DriftWatch {
  let reference: Promise<DriftReference> | undefined;
  let last: Drift | undefined;
  return {
    measure: async (image) => {
      reference ??= readReference(ground, referenceFile);
      const outcome = measureDrift(await reference, toGrey(image));
      if (outcome.kind === 'steady') last = outcome.drift;
      return outcome.kind === 'unclear' ? { kind: 'unclear', drift: assumeDrift(last) } : outcome;
    },
  };
}

/** Water moves, so it shows nothing of how the camera moved. */
async function readReference(ground: Ground, file: string): Promise<DriftReference> {
  const grey = toGrey(await decodePicture(file));
  return prepareReference(grey, ground.calibration.camera, (pixel) => !looksAtWater(ground, pixel));
}
