import { readFile } from 'node:fs/promises';
import type { Express } from 'express';
import { readElevations } from '../dem/geotiff.ts';
import { isDetector, toManifestId, toModelId } from '../detect/manifest.ts';
import { listModels, type ModelPlaces, toModelPlaces } from '../detect/registry.ts';
import { findState } from '../detect/weights.ts';
import { openBoss } from '../jobs/boss.ts';
import { createRunQueue } from '../jobs/queue.ts';
import { type PerformRun, startWorker } from '../jobs/worker.ts';
import { openCalibrationDesk } from '../pipeline/calibration-desk.ts';
import { openEstimateDesk } from '../pipeline/estimate-desk.ts';
import { processRun } from '../pipeline/process-run.ts';
import { relocateRun } from '../pipeline/relocate-run.ts';
import { openZoneDesk } from '../pipeline/zone-desk.ts';
import { publishPictures } from '../publish/pictures.ts';
import { createApp } from '../serve/app.ts';
import type { InstalledModel, ServeDeps } from '../serve/deps.ts';
import { openProjectFile } from '../workspace/project-file.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { CliContext } from './context.ts';
import { newEstimateRandom } from './estimate.ts';
import { createReliefFinder } from './relief.ts';
import { type OpenWorkspace, openTools, openWorkspace, refuseEmpty } from './wire.ts';

/** The whole service of one workspace, not listening yet. */
export interface Service {
  readonly app: Express;
  /** Stops the worker (a run in hand goes back into the queue), then closes the database. */
  readonly close: () => Promise<void>;
}

/**
 * Puts the service of a workspace together: database, run queue, worker, pictures, pages.
 * @throws ServiceError those of openWorkspace
 */
export async function openService(workspaceFolder: string, context: CliContext): Promise<Service> {
  const open = await openWorkspace(workspaceFolder, context);
  const { workspace, db } = open;
  const { log, config } = context;
  try {
    const boss = await openBoss(db, log);
    const worker = await startWorker({ db, boss, log, perform: performRuns(open, context) });
    const app = createApp({
      db,
      queue: createRunQueue(db, boss),
      pictures: publishPictures([workspace.folder, ...workspace.cameras.map((camera) => camera.photoFolder)]),
      calibrations: openCalibrationDesk(open),
      zones: openZoneDesk(open),
      estimates: openEstimateDesk(db, newEstimateRandom),
      models: await listInstalled(workspace.model, toModelPlaces(config)),
      findRelief: createReliefFinder(open, log),
      ...findHeightsIn(workspace),
      project: openProjectFile(workspace.folder),
      config,
      log,
      version: await readVersion(),
    });
    return {
      app,
      close: async () => {
        await worker.stop();
        await open.close();
      },
    };
  } catch (thrown) {
    await open.close();
    throw thrown;
  }
}

/** Loads the network for each run: between runs the service holds no more memory than it needs. */
function performRuns(open: OpenWorkspace, context: CliContext): PerformRun {
  return async ({ kind, modelId, ...wish }, options) => {
    if (kind === 'relocate') return refuseEmpty(await relocateRun({ ...open, log: context.log }, wish, options));
    const tools = await openTools(open, modelId && toManifestId(modelId), context);
    refuseEmpty(await processRun(tools, wish, options).finally(() => tools.detector.close()));
  };
}

function findHeightsIn({ dem }: Workspace): Pick<ServeDeps, 'findHeights'> {
  return dem ? { findHeights: (places) => readElevations(dem, places) } : {};
}

async function listInstalled(preferred: string | undefined, places: ModelPlaces): Promise<readonly InstalledModel[]> {
  const detectors = (await listModels(places)).filter(({ manifest }) => isDetector(manifest));
  return detectors.map((model) => {
    const { id, name, licence, thresholds, default: isFirst } = model.manifest;
    return {
      id: toModelId(model.manifest),
      manifestId: id,
      name,
      licence,
      isDefault: preferred === undefined ? isFirst : id === preferred,
      thresholds,
      findState: () => findState(model, false),
    };
  });
}

async function readVersion(): Promise<string> {
  const text = await readFile(new URL('../../package.json', import.meta.url), 'utf8');
  return String((JSON.parse(text) as { version: unknown }).version);
}
