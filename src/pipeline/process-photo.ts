import { toServiceError } from '../errors.ts';
import type { Photo } from '../ingest/photo.ts';
import { readPhoto } from '../ingest/read-photo.ts';
import type { ScannedFile } from '../ingest/scan.ts';
import type { Image } from '../picture/image.ts';
import { hasAnalysis, writeAnalysis, writeFailedAnalysis } from '../store/analyses.ts';
import type { Db } from '../store/db.ts';
import { writeDrift } from '../store/drifts.ts';
import { writePhoto } from '../store/photos.ts';
import { assumeFromNearest } from './drift-watch.ts';
import { fits, placeFor } from './place-detections.ts';
import type { Calibrated, Station } from './station.ts';
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
  | {
      readonly kind: 'analysed';
      readonly detections: number;
      readonly sightings: number;
      /** When it was taken, where its camera looks elsewhere than it was calibrated. */
      readonly movedAt: Date | undefined;
    }
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

interface SeenPhoto {
  readonly photo: Photo;
  readonly image: Image;
}

async function analyse(tools: Tools, station: Station, seen: SeenPhoto): Promise<PhotoOutcome> {
  const { photo } = seen;
  const modelId = modelIdOf(tools);
  const started = performance.now();
  let looked: Awaited<ReturnType<typeof look>>;
  try {
    looked = await look(tools, station, seen);
  } catch (thrown) {
    const error = toServiceError(thrown);
    await tools.db.transaction(async (tx) => {
      await writePhoto(tx, photo);
      await writeFailedAnalysis(tx, { photoId: photo.id, modelId, error });
    });
    return { kind: 'failed', reason: error.code };
  }
  const { found, drift, calibrationId } = looked;
  const durationMs = performance.now() - started;
  await tools.db.transaction(async (tx) => {
    await writePhoto(tx, photo);
    if (drift && calibrationId !== undefined) await writeDrift(tx, photo.id, calibrationId, drift);
    await writeAnalysis(tx, { photoId: photo.id, modelId, calibrationId, durationMs, found });
  });
  const sightings = found.filter(({ sighting }) => sighting.kind === 'sighting').length;
  const movedAt = drift?.kind === 'moved' ? photo.takenAt : undefined;
  return { kind: 'analysed', detections: found.length, sightings, movedAt };
}

/** What the network finds in a photo, and where it is. Where the ground says who may be where, only there is looked. */
async function look({ db, detector }: Tools, { lake, calibratedAt }: Station, { photo, image }: SeenPhoto) {
  const calibrated = calibratedAt(photo.takenAt);
  const drift = await driftOf(db, calibrated, { photo, image });
  const slices =
    calibrated && fits(calibrated, photo.sizePx) ? calibrated.slicesFor(detector.manifest, drift) : undefined;
  const detections = await detector.detect(image, { minConfidence: minStoredConfidence, slices });
  const place = placeFor({ calibrated, drift, lake }, photo);
  const found = detections.map((detection) => ({ detection, ...place(detection) }));
  return { found, drift, calibrationId: calibrated?.calibrationId };
}

async function driftOf(db: Db, calibrated: Calibrated | undefined, { photo, image }: SeenPhoto) {
  if (!calibrated?.drift) return undefined;
  // What is dark or in fog shows nothing of how the camera hangs.
  const seen = photo.visibility === 'usable' ? calibrated.drift.measure(image) : undefined;
  return seen && seen.kind !== 'unclear' ? seen : assumeFromNearest(db, calibrated.calibrationId, photo.takenAt);
}

function isOutside(takenAt: Date, { from, to }: Period): boolean {
  return (from !== undefined && takenAt < from) || (to !== undefined && takenAt >= to);
}
