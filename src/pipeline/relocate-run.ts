import path from 'node:path';
import type { DriftOutcome } from '../drift/drift.ts';
import { toServiceError } from '../errors.ts';
import { decodePicture } from '../picture/codec.ts';
import { toGrey } from '../picture/grey.ts';
import { findDrift, writeDrift } from '../store/drifts.ts';
import {
  type AnalysisWish,
  countAnalyses,
  readAnalyses,
  replaceSightings,
  type StoredAnalysis,
} from '../store/sightings.ts';
import { getCamera } from '../workspace/cameras.ts';
import { type CameraProblem, createAttempts } from './attempts.ts';
import { assumeFromNearest } from './drift-watch.ts';
import { judgeVisibilities } from './judge-visibilities.ts';
import { linkTentStays } from './link-tent-stays.ts';
import { placeFor } from './place-detections.ts';
import type { RunOptions, RunProgress, RunWish } from './process-run.ts';
import { type Calibrated, openStation, type Station } from './station.ts';
import type { Tools } from './tools.ts';

type RelocateTools = Omit<Tools, 'detector'>;

/** What a relocation did: `done` counts analyses, those left as they were too. */
export interface RelocateReport extends RunProgress {
  readonly sightings: number;
  /** Cameras that could not be opened, and why; their sightings are as they were. */
  readonly problems: readonly CameraProblem[];
}

/** How many analyses are read at a time. */
const page = 200;

/**
 * Puts what was detected before on the ground anew: with the calibrations that hold now, the terrain, the zones and
 * the water levels as they are now. Nothing is detected again. A photo is decoded only where its drift was never
 * measured against the reference photo; where that fails its sightings stay as they are, and it counts as failed.
 */
export async function relocateRun(
  tools: RelocateTools,
  { cameraIds, from, to }: RunWish,
  { onProgress, signal }: RunOptions,
): Promise<RelocateReport> {
  const cameras = cameraIds?.map((id) => getCamera(tools.workspace, id)) ?? tools.workspace.cameras;
  const { problems, attempt } = createAttempts(tools.log);
  const counts = { total: 0, done: 0, failed: 0, sightings: 0 };
  const wishes = cameras.map((camera) => ({ camera, wish: { cameraId: camera.id, from, to } }));
  for (const { wish } of wishes) counts.total += await countAnalyses(tools.db, wish);
  onProgress(counts);
  for (const { camera, wish } of wishes) {
    if (signal.aborted) break;
    const station = await attempt(camera, () => openStation(tools, camera));
    if (!station) {
      counts.total -= await countAnalyses(tools.db, wish);
      onProgress(counts);
      continue;
    }
    const models = new Set<string>();
    for await (const analysis of eachAnalysis(tools, wish, signal)) {
      models.add(analysis.modelId);
      const placed = await relocate(tools, station, analysis);
      counts.done++;
      if (placed === undefined) counts.failed++;
      else counts.sightings += placed;
      onProgress(counts);
    }
    if (models.size > 0) await judgeVisibilities(tools.db, camera.id);
    for (const modelId of models) await linkTentStays(tools.db, camera.id, modelId);
  }
  return { ...counts, problems };
}

async function* eachAnalysis(
  { db }: RelocateTools,
  wish: AnalysisWish,
  signal: AbortSignal,
): AsyncGenerator<StoredAnalysis> {
  let last = 0;
  for (;;) {
    const analyses = await readAnalyses(db, wish, last, page);
    if (analyses.length === 0) return;
    for (const analysis of analyses) {
      if (signal.aborted) return;
      yield analysis;
      last = analysis.analysisId;
    }
  }
}

/** How many of an analysis' detections have a place now; undefined: it was left as it was. */
async function relocate(
  tools: RelocateTools,
  { camera, lake, calibratedAt }: Station,
  { analysisId, photo, detections }: StoredAnalysis,
): Promise<number | undefined> {
  const calibrated = calibratedAt(photo.takenAt);
  let drift: DriftOutcome | undefined;
  try {
    drift = calibrated && (await driftOf(tools, calibrated, photo));
  } catch (thrown) {
    const { code, message } = toServiceError(thrown);
    tools.log.warn(message, { code, camera: camera.id, photo: photo.path });
    return undefined;
  }
  const place = placeFor({ calibrated, drift, lake }, photo);
  const placed = detections.map(({ fid, ...detection }) => ({ fid, ...place(detection) }));
  const calibrationId = calibrated?.calibrationId;
  await tools.db.transaction(async (tx) => {
    if (drift && calibrationId !== undefined) await writeDrift(tx, photo.id, calibrationId, drift);
    await replaceSightings(tx, { analysisId, calibrationId, placed });
  });
  return placed.filter(({ sighting }) => sighting.kind === 'sighting').length;
}

async function driftOf(
  { db, workspace }: RelocateTools,
  { calibrationId, drift }: Calibrated,
  photo: StoredAnalysis['photo'],
): Promise<DriftOutcome | undefined> {
  if (!drift) return undefined;
  if (photo.visibility === 'usable') {
    const file = path.join(workspace.folder, photo.path);
    const known = await findDrift(db, photo.id, calibrationId);
    const seen = known ?? drift.measure(toGrey(await decodePicture(file, { name: photo.path })));
    if (seen.kind !== 'unclear') return seen;
  }
  // Anew each time: a clear photo nearer in time may be known by now.
  return assumeFromNearest(db, calibrationId, photo.takenAt);
}
