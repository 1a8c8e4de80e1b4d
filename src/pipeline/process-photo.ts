import { setImmediate } from 'node:timers/promises';
import type { ChangeMap } from '../detect/change/change-map.ts';
import type { Detection } from '../detect/detection.ts';
import { awakeSlices } from '../detect/slices/awake-slices.ts';
import { planLooks } from '../detect/slices/detect-on-slices.ts';
import type { Slice } from '../detect/slices/slicing.ts';
import type { DriftOutcome } from '../drift/drift.ts';
import { type ServiceError, toServiceError } from '../errors.ts';
import type { Photo, PhotoId } from '../ingest/photo.ts';
import { type PhotoReading, readPhoto } from '../ingest/read-photo.ts';
import type { ScannedFile } from '../ingest/scan.ts';
import { toGrey } from '../picture/grey.ts';
import type { Image } from '../picture/image.ts';
import { type FoundThing, hasAnalysis, writeAnalysis, writeFailedAnalysis } from '../store/analyses.ts';
import { writeDrift } from '../store/drifts.ts';
import { writePhoto } from '../store/photos.ts';
import { assumeFromNearest } from './drift-watch.ts';
import { fits, type Place, placeFor } from './place-detections.ts';
import type { Calibrated, Station } from './station.ts';
import { modelIdOf, type Tools } from './tools.ts';

/** Everything from here up is stored; what is shown is decided by the views' thresholds. */
const minStoredConfidence = 0.05;
/** About two milliseconds' worth. */
const placedAtATime = 16;

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

/** A file of a camera's folder, read. */
export interface PhotoRead {
  readonly reading: PhotoReading;
  /** This network had analysed the same bytes when the file was read. */
  readonly isKnown: boolean;
  /** What a clear photo shows without the network; undefined: it is not clear, or nothing asks for it. */
  readonly seen: Promise<Seen | undefined>;
}

interface Seen {
  /** Undefined: there is nothing to compare it with. */
  readonly drift: DriftOutcome | undefined;
  /** Where it changed since the camera's last photos; undefined: nothing may be passed over. */
  readonly changes: ChangeMap | undefined;
}

/** Reads and decodes a file; it may be done ahead, for it needs nothing of what was found in the photos before. */
export async function readForRun(
  tools: Tools,
  station: Station,
  { file }: ScannedFile,
  period: Period,
): Promise<PhotoRead> {
  const { workspace, db } = tools;
  const reading = await readPhoto({ file, workspaceFolder: workspace.folder, camera: station.camera });
  const isKnown = reading.image !== undefined && (await hasAnalysis(db, reading.photo.id, modelIdOf(tools)));
  const isLeft = isKnown || !reading.image || isOutside(reading.photo.takenAt, period);
  const seen = isLeft ? Promise.resolve(undefined) : see(station, reading);
  // its failure is one of this photo alone, and shows at its turn
  await seen.catch(() => undefined);
  return { reading, isKnown, seen };
}

/** What is dark or in fog shows nothing of how the camera hangs, and less of what changed. */
async function see({ gate, calibratedAt }: Station, { photo, image }: PhotoReading): Promise<Seen | undefined> {
  if (!image || photo.visibility !== 'usable') return undefined;
  const watch = calibratedAt(photo.takenAt)?.drift;
  if (!watch && !gate) return undefined;
  const grey = toGrey(image);
  // slices of the photo that the network looks at go first
  await setImmediate();
  const drift = watch?.measure(grey);
  if (drift?.kind === 'moved') gate?.forget();
  await setImmediate();
  return { drift, changes: gate?.changesIn(grey) };
}

/** What a photo needs to know of the run that it is in. */
export interface RunSoFar {
  readonly period: Period;
  /** Photos that the run looked at before. */
  readonly begun: Set<PhotoId>;
  /** Ends when the rows of all photos before are stored. */
  readonly earlierStored: () => Promise<void>;
}

/** Ends a photo that was looked at: puts what was found on the ground, and stores all rows of it or none. */
export type EndPhoto = () => Promise<PhotoOutcome>;

/** Looks at a photo; photos of a camera come one by one, in order. A file that is no usable photo becomes a row too. */
export async function lookAt(
  tools: Tools,
  station: Station,
  { reading: { photo, image }, isKnown, seen }: PhotoRead,
  run: RunSoFar,
): Promise<EndPhoto> {
  const only = (outcome: PhotoOutcome): EndPhoto => {
    return () => writePhoto(tools.db, photo).then(() => outcome);
  };
  if (!image) return only({ kind: 'failed', reason: photo.reason });
  if (isOutside(photo.takenAt, run.period)) return async () => ({ kind: 'outside' });
  if (isKnown || run.begun.has(photo.id)) return only({ kind: 'duplicate' });
  run.begun.add(photo.id);
  return analyse(tools, station, { photo, image, seen }, run.earlierStored);
}

interface SeenPhoto extends Pick<PhotoRead, 'seen'> {
  readonly photo: Photo;
  readonly image: Image;
}

async function analyse(
  tools: Tools,
  station: Station,
  seen: SeenPhoto,
  earlierStored: RunSoFar['earlierStored'],
): Promise<EndPhoto> {
  const { photo } = seen;
  const started = performance.now();
  try {
    const looked = await look(tools, station, seen, earlierStored);
    const durationMs = performance.now() - started;
    return () => storeLooked(tools, station, photo, { ...looked, durationMs });
  } catch (thrown) {
    return () => storeFailed(tools, photo, toServiceError(thrown));
  }
}

interface Looked {
  readonly detections: readonly Detection[];
  readonly calibrated: Calibrated | undefined;
  readonly drift: DriftOutcome | undefined;
  /** Undefined: nothing was passed over for want of change. */
  readonly lookedAt: readonly Slice[] | undefined;
}

async function storeLooked(
  tools: Tools,
  { lake }: Station,
  photo: Photo,
  { detections, calibrated, drift, lookedAt, durationMs }: Looked & { readonly durationMs: number },
): Promise<PhotoOutcome> {
  let found: readonly FoundThing[];
  try {
    found = await placeAll(detections, placeFor({ calibrated, drift, lake }, photo));
  } catch (thrown) {
    return storeFailed(tools, photo, toServiceError(thrown));
  }
  const calibrationId = calibrated?.calibrationId;
  await tools.db.transaction(async (tx) => {
    await writePhoto(tx, photo);
    if (drift && calibrationId !== undefined) await writeDrift(tx, photo.id, calibrationId, drift);
    const modelId = modelIdOf(tools);
    await writeAnalysis(tx, { photoId: photo.id, modelId, calibrationId, durationMs, lookedAt, found });
  });
  const sightings = found.filter(({ sighting }) => sighting.kind === 'sighting').length;
  const movedAt = drift?.kind === 'moved' ? photo.takenAt : undefined;
  return { kind: 'analysed', detections: found.length, sightings, movedAt };
}

/** A few at a time: the network has the next photo by now, and its slices go first. */
async function placeAll(detections: readonly Detection[], place: Place): Promise<readonly FoundThing[]> {
  const found: FoundThing[] = [];
  for (const detection of detections) {
    if (found.length % placedAtATime === 0) await setImmediate();
    found.push({ detection, ...place(detection) });
  }
  return found;
}

async function storeFailed(tools: Tools, photo: Photo, error: ServiceError): Promise<PhotoOutcome> {
  await tools.db.transaction(async (tx) => {
    await writePhoto(tx, photo);
    await writeFailedAnalysis(tx, { photoId: photo.id, modelId: modelIdOf(tools), error });
  });
  return { kind: 'failed', reason: error.code };
}

/** What the network finds in a photo. Looked at is where somebody may be, and where something changed. */
async function look(
  { db, detector }: Tools,
  { gate, calibratedAt }: Station,
  { photo, image, seen }: SeenPhoto,
  earlierStored: RunSoFar['earlierStored'],
): Promise<Looked> {
  const calibrated = calibratedAt(photo.takenAt);
  const { drift: turned, changes } = (await seen) ?? {};
  const isClear = turned !== undefined && turned.kind !== 'unclear';
  const drift = isClear || !calibrated?.drift ? turned : await assume(calibrated.calibrationId);
  if (changes) gate?.hold(changes);
  const { manifest } = detector;
  const guided = calibrated && fits(calibrated, photo.sizePx) ? calibrated.slicesFor(manifest, drift) : undefined;
  const planned = guided ?? planLooks(photo.sizePx, manifest.slice);
  const slices = changes ? awakeSlices(planned, changes) : planned;
  const detections = await detector.detect(image, { minConfidence: minStoredConfidence, slices });
  gate?.found(detections, manifest.thresholds);
  return { detections, calibrated, drift, lookedAt: changes && slices };

  async function assume(calibrationId: number): Promise<DriftOutcome> {
    await earlierStored();
    return assumeFromNearest(db, calibrationId, photo.takenAt);
  }
}

function isOutside(takenAt: Date, { from, to }: Period): boolean {
  return (from !== undefined && takenAt < from) || (to !== undefined && takenAt >= to);
}
