import type { Detection } from '../detect/detection.ts';
import { toServiceError } from '../errors.ts';
import type { Photo } from '../ingest/photo.ts';
import { readPhoto } from '../ingest/read-photo.ts';
import type { ScannedFile } from '../ingest/scan.ts';
import { locateDetection } from '../locate/locate-detection.ts';
import type { NoSighting, Sighting } from '../locate/sighting.ts';
import type { Image } from '../picture/image.ts';
import { hasAnalysis, writeAnalysis, writeFailedAnalysis } from '../store/analyses.ts';
import { writePhoto } from '../store/photos.ts';
import type { Station } from './station.ts';
import { modelIdOf, type Tools } from './tools.ts';

/** Everything from here up is stored; what is shown is decided by the views' thresholds. */
const minStoredConfidence = 0.05;

/** From an instant (included) to another (excluded); undefined: no limit. */
export interface Period {
  readonly from: Date | undefined;
  readonly to: Date | undefined;
}

/** What became of one file. */
export type PhotoOutcome =
  | { readonly kind: 'analysed'; readonly detections: number; readonly sightings: number }
  /** The same bytes were analysed before, under another name. */
  | { readonly kind: 'duplicate' }
  /** Taken before or after the wished time: left for another run. */
  | { readonly kind: 'outside' }
  /** No usable photo, or the network failed on it: a row has the reason, a code of errors.ts. */
  | { readonly kind: 'failed'; readonly reason: string };

/**
 * One photo from its file to its rows, in one transaction: all of them are stored, or none. A file that is no usable
 * photo becomes a row with its reason.
 */
export async function processPhoto(
  tools: Tools,
  station: Station,
  { file }: ScannedFile,
  period: Period,
): Promise<PhotoOutcome> {
  const { workspace, db } = tools;
  const { photo, image } = await readPhoto({ file, workspaceFolder: workspace.folder, camera: station.camera });
  if (!image) {
    await writePhoto(db, photo);
    return { kind: 'failed', reason: photo.reason };
  }
  if (isOutside(photo.takenAt, period)) return { kind: 'outside' };
  if (await hasAnalysis(db, photo.id, modelIdOf(tools))) {
    await writePhoto(db, photo);
    return { kind: 'duplicate' };
  }
  return analyse(tools, station, { photo, image });
}

async function analyse(
  tools: Tools,
  station: Station,
  { photo, image }: { readonly photo: Photo; readonly image: Image },
): Promise<PhotoOutcome> {
  const modelId = modelIdOf(tools);
  const started = performance.now();
  let detections: readonly Detection[];
  try {
    detections = await tools.detector.detect(image, minStoredConfidence);
  } catch (thrown) {
    const error = toServiceError(thrown);
    await tools.db.transaction(async (tx) => {
      await writePhoto(tx, photo);
      await writeFailedAnalysis(tx, { photoId: photo.id, modelId, error });
    });
    return { kind: 'failed', reason: error.code };
  }
  const found = detections.map((detection) => ({ detection, sighting: locate(station, photo, detection) }));
  const durationMs = performance.now() - started;
  const calibrationId = station.calibrated?.calibrationId;
  await tools.db.transaction(async (tx) => {
    await writePhoto(tx, photo);
    await writeAnalysis(tx, { photoId: photo.id, modelId, calibrationId, durationMs, found });
  });
  const sightings = found.filter(({ sighting }) => sighting.kind === 'sighting').length;
  return { kind: 'analysed', detections: found.length, sightings };
}

/** A calibration holds for photos of its own size: a camera that was set to another one must be calibrated anew. */
function locate({ calibrated }: Station, { sizePx }: Photo, detection: Detection): Sighting | NoSighting {
  const solvedFor = calibrated?.ground.calibration.camera.sizePx;
  const fits = solvedFor?.widthPx === sizePx.widthPx && solvedFor.heightPx === sizePx.heightPx;
  if (!calibrated || !fits) return { kind: 'no-sighting', reason: 'not-calibrated' };
  return locateDetection(calibrated.ground, detection);
}

function isOutside(takenAt: Date, { from, to }: Period): boolean {
  return (from !== undefined && takenAt < from) || (to !== undefined && takenAt >= to);
}
