import { nameInside } from '../ingest/photo-file.ts';
import { mendableReasons } from '../ingest/read-photo.ts';
import { type ScannedFile, scanPhotos } from '../ingest/scan.ts';
import { listDoneFiles } from '../store/photos.ts';
import type { RunRequest } from '../store/runs.ts';
import { gatherStatistics } from '../store/statistics.ts';
import { getCamera } from '../workspace/cameras.ts';
import type { CameraId, MountedCamera } from '../workspace/mounted-camera.ts';
import { type CameraProblem, createAttempts } from './attempts.ts';
import { linkTentStays } from './link-tent-stays.ts';
import { type PhotoOutcome, processPhoto } from './process-photo.ts';
import { openStation } from './station.ts';
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
  /** Stops the run between two photos; what is done stays. */
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
    for (const file of files) {
      if (options.signal.aborted) break;
      const outcome = await processPhoto(tools, station, file, wish);
      if (outcome.kind === 'analysed' && outcome.movedAt) movedAt.push(outcome.movedAt);
      counts = count(counts, outcome);
      options.onProgress(counts);
      if (isTimeToCount(counts.done)) await gatherStatistics(tools.db);
    }
    moved.push(...warnMoved(tools, camera.id, movedAt));
    if (files.length > 0) await linkTentStays(tools.db, camera.id, modelIdOf(tools));
  }
  return { ...counts, moved, problems };
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
