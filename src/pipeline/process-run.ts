import { nameInside } from '../ingest/photo-file.ts';
import { mendableReasons } from '../ingest/read-photo.ts';
import { type ScannedFile, scanPhotos } from '../ingest/scan.ts';
import { listDoneFiles } from '../store/photos.ts';
import type { RunRequest } from '../store/runs.ts';
import { gatherStatistics } from '../store/statistics.ts';
import { getCamera } from '../workspace/cameras.ts';
import type { CameraId, MountedCamera } from '../workspace/mounted-camera.ts';
import { type CameraProblem, createAttempts } from './attempts.ts';
import { judgeVisibilities } from './judge-visibilities.ts';
import { linkTentStays } from './link-tent-stays.ts';
import { lookAt, type Period, type PhotoOutcome, type PhotoRead, type RunSoFar, readForRun } from './process-photo.ts';
import { readAhead } from './read-ahead.ts';
import { openStation, type Station } from './station.ts';
import { modelIdOf, type Tools } from './tools.ts';

/** Which photos. Undefined: not restricted. */
export type RunWish = Omit<RunRequest, 'kind' | 'modelId'>;

export interface RunProgress {
  /** Photos of this run: those that no earlier run has done, less those of cameras that could not be opened. */
  readonly total: number;
  readonly done: number;
  /** Of those done, the ones that could not be read or analysed; each is a row with its reason. */
  readonly failed: number;
}

export interface RunReport extends RunProgress {
  readonly detections: number;
  readonly sightings: number;
  /** The same bytes as another photo. */
  readonly duplicates: number;
  /** Taken before or after the wished time; nothing of them is stored. */
  readonly outside: number;
  /** Cameras that look elsewhere than they were calibrated: photos of this run, and the first of them. */
  readonly moved: readonly { readonly cameraId: CameraId; readonly photos: number; readonly since: Date }[];
  /** Cameras that could not be processed at all, and why; the others went on. */
  readonly problems: readonly CameraProblem[];
}

export interface RunOptions {
  readonly onProgress: (progress: RunProgress) => void;
  /** Stops the run between two photos; what is done stays, and one half looked at is left for another run. */
  readonly signal: AbortSignal;
}

interface Batch {
  readonly camera: MountedCamera;
  readonly files: readonly ScannedFile[];
}

/**
 * Processes every new photo of the wished cameras, one camera after the other, so that the terrain of one alone is in
 * memory. A second run with nothing new does nothing.
 */
export async function processRun(tools: Tools, wish: RunWish, options: RunOptions): Promise<RunReport> {
  const cameras = wish.cameraIds?.map((id) => getCamera(tools.workspace, id)) ?? tools.workspace.cameras;
  const { problems, attempt } = createAttempts(tools.log);
  const moved: RunReport['moved'][number][] = [];
  const batches: Batch[] = [];
  for (const camera of cameras) {
    const files = await attempt(camera, () => findNewFiles(tools, camera));
    if (files) batches.push({ camera, files });
  }
  let counts = { ...nothingDone, total: batches.reduce((sum, { files }) => sum + files.length, 0) };
  options.onProgress(counts);
  for (const { camera, files } of batches) {
    if (options.signal.aborted) break;
    const station = await attempt(camera, () => openStation(tools, camera));
    if (!station) {
      counts = { ...counts, total: counts.total - files.length };
      options.onProgress(counts);
      continue;
    }
    const movedAt: Date[] = [];
    const tell = async (outcome: PhotoOutcome): Promise<void> => {
      if (outcome.kind === 'analysed' && outcome.movedAt) movedAt.push(outcome.movedAt);
      counts = count(counts, outcome);
      options.onProgress(counts);
      if (isTimeToCount(counts.done)) await gatherStatistics(tools.db);
    };
    await processFiles({ tools, station, files, period: wish, signal: options.signal }, tell);
    moved.push(...warnMoved(tools, camera.id, movedAt));
    if (files.length === 0) continue;
    await judgeVisibilities(tools.db, camera.id);
    await linkTentStays(tools.db, camera.id, modelIdOf(tools));
  }
  return { ...counts, moved, problems };
}

interface StationWork {
  readonly tools: Tools;
  readonly station: Station;
  readonly files: readonly ScannedFile[];
  readonly period: Period;
  readonly signal: AbortSignal;
}

/** Photos of more pixels than this are not read ahead: two of them would take 200 MB. */
const largePx = 33e6;

/**
 * Takes the photos of one camera in order, three at a time: while the network looks at one, the next is read and
 * decoded, and the rows of the one before are stored. What was not looked at to the end when the run is stopped is
 * left for another run.
 */
async function processFiles(
  { tools, station, files, period, signal }: StationWork,
  tell: (outcome: PhotoOutcome) => Promise<void>,
): Promise<void> {
  let stored: Promise<void> = Promise.resolve();
  const run: RunSoFar = { period, begun: new Set(), earlierStored: () => stored };
  const read = (file: ScannedFile): Promise<PhotoRead> => readForRun(tools, station, file, period);
  try {
    for await (const photo of readAhead(files, read, isSmall)) {
      if (signal.aborted) break;
      const endPhoto = await lookAt(tools, station, photo, run);
      await stored;
      if (signal.aborted) break;
      stored = endPhoto().then(tell);
      // waited for above or below; until then its failure is not unheard of
      stored.catch(() => undefined);
    }
  } finally {
    await stored;
  }
}

function isSmall({ reading: { image } }: PhotoRead): boolean {
  return !image || image.sizePx.widthPx * image.sizePx.heightPx <= largePx;
}

/** Each time that the photos of a run have doubled: plans made for an empty database grow slower with each photo. */
function isTimeToCount(done: number): boolean {
  return done >= 64 && (done & (done - 1)) === 0;
}

function warnMoved({ log }: Tools, cameraId: CameraId, movedAt: readonly Date[]): RunReport['moved'] {
  if (movedAt.length === 0) return [];
  const since = movedAt.reduce((first, at) => (at < first ? at : first));
  log.warn('a camera looks elsewhere than when it was calibrated: calibrate it anew', {
    camera: cameraId,
    photos: movedAt.length,
    since: since.toISOString(),
  });
  return [{ cameraId, photos: movedAt.length, since }];
}

const nothingDone = { total: 0, done: 0, failed: 0, detections: 0, sightings: 0, duplicates: 0, outside: 0 };

function count(counts: typeof nothingDone, outcome: PhotoOutcome): typeof nothingDone {
  const done = { ...counts, done: counts.done + 1 };
  switch (outcome.kind) {
    case 'analysed':
      return {
        ...done,
        detections: counts.detections + outcome.detections,
        sightings: counts.sightings + outcome.sightings,
      };
    case 'failed':
      return { ...done, failed: counts.failed + 1 };
    case 'duplicate':
      return { ...done, duplicates: counts.duplicates + 1 };
    case 'outside':
      return { ...done, outside: counts.outside + 1 };
  }
}

/** Files of the camera's folder that the model in use has not done yet, and those whose fault may be mended by now. */
async function findNewFiles(tools: Tools, camera: MountedCamera): Promise<readonly ScannedFile[]> {
  const done = await listDoneFiles(tools.db, {
    cameraId: camera.id,
    modelId: modelIdOf(tools),
    retry: mendableReasons,
  });
  const files: ScannedFile[] = [];
  for await (const scanned of scanPhotos(camera.photoFolder)) {
    const name = nameInside(tools.workspace.folder, scanned.file);
    if (done.get(name) !== scanned.bytes) files.push(scanned);
  }
  return files;
}
