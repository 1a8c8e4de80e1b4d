import { awakeSlices } from '../detect/awake-slices.ts';
import { planLooks } from '../detect/detect-on-slices.ts';
import type { Slice } from '../detect/slicing.ts';
import type { DriftOutcome } from '../drift/drift.ts';
import { type ServiceError, toServiceError } from '../errors.ts';
import type { Photo, PhotoId } from '../ingest/photo.ts';
import { type PhotoReading, readPhoto } from '../ingest/read-photo.ts';
import type { ScannedFile } from '../ingest/scan.ts';
import { type GreyImage, toGrey } from '../picture/grey.ts';
import type { Image } from '../picture/image.ts';
import { type FoundThing, hasAnalysis, writeAnalysis, writeFailedAnalysis } from '../store/analyses.ts';
import { writeDrift } from '../store/drifts.ts';
import { writePhoto } from '../store/photos.ts';
import { assumeFromNearest, type DriftWatch } from './drift-watch.ts';
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

/** A file of a camera's folder, read. */
export interface PhotoRead {
  readonly reading: PhotoReading;
  /** This network had analysed the same bytes when the file was read. */
  readonly isKnown: boolean;
}

/** Reads and decodes a file; it may be done ahead, for it needs nothing of the photos before. */
export async function readForRun(tools: Tools, { camera }: Station, { file }: ScannedFile): Promise<PhotoRead> {
  const { workspace, db } = tools;
  const reading = await readPhoto({ file, workspaceFolder: workspace.folder, camera });
  const isKnown = reading.image !== undefined && (await hasAnalysis(db, reading.photo.id, modelIdOf(tools)));
  return { reading, isKnown };
}

/** What a photo needs to know of the run that it is in. */
export interface RunSoFar {
  readonly period: Period;
  /** Photos that the run looked at before. */
  readonly begun: Set<PhotoId>;
  /** Ends when the rows of all photos before are stored. */
  readonly earlierStored: () => Promise<void>;
}

/** A photo that was looked at, without its pixels. */
export interface LookedPhoto {
  readonly outcome: PhotoOutcome;
  /** Stores all rows of it in one transaction, or none. */
  readonly store: () => Promise<void>;
}

/** Looks at a photo; photos of a camera come one by one, in order. A file that is no usable photo becomes a row too. */
export async function lookAt(
  tools: Tools,
  station: Station,
  { reading: { photo, image }, isKnown }: PhotoRead,
  run: RunSoFar,
): Promise<LookedPhoto> {
  const { db } = tools;
  const onlyPhoto = (): Promise<void> => writePhoto(db, photo);
  if (!image) return { outcome: { kind: 'failed', reason: photo.reason }, store: onlyPhoto };
  if (isOutside(photo.takenAt, run.period)) return { outcome: { kind: 'outside' }, store: async () => undefined };
  if (isKnown || run.begun.has(photo.id)) return { outcome: { kind: 'duplicate' }, store: onlyPhoto };
  run.begun.add(photo.id);
  return analyse(tools, station, { photo, image }, run.earlierStored);
}

interface SeenPhoto {
  readonly photo: Photo;
  readonly image: Image;
}

async function analyse(
  tools: Tools,
  station: Station,
  seen: SeenPhoto,
  earlierStored: RunSoFar['earlierStored'],
): Promise<LookedPhoto> {
  const { photo } = seen;
  const started = performance.now();
  try {
    const looked = await look(tools, station, seen, earlierStored);
    return toStore(tools, photo, { ...looked, durationMs: performance.now() - started });
  } catch (thrown) {
    return toStoreFailed(tools, photo, toServiceError(thrown));
  }
}

interface Looked {
  readonly found: readonly FoundThing[];
  readonly drift: DriftOutcome | undefined;
  readonly calibrationId: number | undefined;
  /** Undefined: nothing was passed over for want of change. */
  readonly lookedAt: readonly Slice[] | undefined;
}

function toStore(
  tools: Tools,
  photo: Photo,
  { found, drift, calibrationId, lookedAt, durationMs }: Looked & { readonly durationMs: number },
): LookedPhoto {
  const sightings = found.filter(({ sighting }) => sighting.kind === 'sighting').length;
  const movedAt = drift?.kind === 'moved' ? photo.takenAt : undefined;
  const store = (): Promise<void> =>
    tools.db.transaction(async (tx) => {
      await writePhoto(tx, photo);
      if (drift && calibrationId !== undefined) await writeDrift(tx, photo.id, calibrationId, drift);
      const modelId = modelIdOf(tools);
      await writeAnalysis(tx, { photoId: photo.id, modelId, calibrationId, durationMs, lookedAt, found });
    });
  return { outcome: { kind: 'analysed', detections: found.length, sightings, movedAt }, store };
}

function toStoreFailed(tools: Tools, photo: Photo, error: ServiceError): LookedPhoto {
  const store = (): Promise<void> =>
    tools.db.transaction(async (tx) => {
      await writePhoto(tx, photo);
      await writeFailedAnalysis(tx, { photoId: photo.id, modelId: modelIdOf(tools), error });
    });
  return { outcome: { kind: 'failed', reason: error.code }, store };
}

/** What the network finds in a photo, and where it is. Looked at is where somebody may be, and where something changed. */
async function look(
  { db, detector }: Tools,
  { lake, gate, calibratedAt }: Station,
  { photo, image }: SeenPhoto,
  earlierStored: RunSoFar['earlierStored'],
): Promise<Looked> {
  const calibrated = calibratedAt(photo.takenAt);
  const assume = async (calibrationId: number): Promise<DriftOutcome> => {
    await earlierStored();
    return assumeFromNearest(db, calibrationId, photo.takenAt);
  };
  // What is dark or in fog shows nothing of how the camera hangs, and less of what changed.
  const grey = photo.visibility === 'usable' ? toGrey(image) : undefined;
  const drift = calibrated?.drift && (await driftOf(calibrated, calibrated.drift, grey, assume));
  if (drift?.kind === 'moved') gate?.forget();
  const changes = grey && gate?.changesIn(grey);
  const { manifest } = detector;
  const planned =
    calibrated && fits(calibrated, photo.sizePx) ? calibrated.slicesFor(manifest, drift, changes) : undefined;
  const slices = planned ?? (changes && awakeSlices(planLooks(photo.sizePx, manifest.slice), changes));
  const detections = await detector.detect(image, { minConfidence: minStoredConfidence, slices });
  if (grey) gate?.found(detections, manifest.thresholds);
  const place = placeFor({ calibrated, drift, lake }, photo);
  const found = detections.map((detection) => ({ detection, ...place(detection) }));
  return { found, drift, calibrationId: calibrated?.calibrationId, lookedAt: changes && slices };
}

async function driftOf(
  { calibrationId }: Calibrated,
  watch: DriftWatch,
  grey: GreyImage | undefined,
  assume: (calibrationId: number) => Promise<DriftOutcome>,
): Promise<DriftOutcome> {
  const seen = grey && watch.measure(grey);
  return seen && seen.kind !== 'unclear' ? seen : assume(calibrationId);
}

function isOutside(takenAt: Date, { from, to }: Period): boolean {
  return (from !== undefined && takenAt < from) || (to !== undefined && takenAt >= to);
}
