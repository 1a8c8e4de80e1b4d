import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Express } from 'express';
import { createOnnxDetector } from '../detect/onnx.ts';
import { getModel, listModels } from '../detect/registry.ts';
import { openBoss } from '../jobs/boss.ts';
import { createRunQueue } from '../jobs/queue.ts';
import { startWorker } from '../jobs/worker.ts';
import { processRun, type RunReport } from '../pipeline/process-run.ts';
import { modelIdOf, type Tools } from '../pipeline/tools.ts';
import { publishPictures } from '../publish/pictures.ts';
import { createApp } from '../serve/app.ts';
import type { InstalledModel } from '../serve/deps.ts';
import { writeCameras } from '../store/cameras.ts';
import type { Db } from '../store/db.ts';
import { writeLakes } from '../store/lakes.ts';
import { writeModel } from '../store/models.ts';
import { openDb } from '../store/open.ts';
import { writeZones } from '../store/zones.ts';
import { readWorkspace } from '../workspace/read-workspace.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { CliContext } from './context.ts';

/** An open workspace: its files read and checked, its database at this version and told of them. */
export interface OpenWorkspace {
  readonly workspace: Workspace;
  readonly db: Db;
  close(): Promise<void>;
}

/** Where the embedded database of a workspace lies. */
export function databaseFolder(workspaceFolder: string): string {
  return path.join(workspaceFolder, '.rivage', 'db');
}

/** Opens a workspace and its database. @throws ServiceError of readWorkspace and openDb */
export async function openWorkspace(folder: string, context: CliContext): Promise<OpenWorkspace> {
  const workspace = await readWorkspace(folder);
  const { config, log } = context;
  const db = await openDb({ databaseUrl: config.databaseUrl, folder: databaseFolder(workspace.folder), log });
  try {
    await db.transaction(async (tx) => {
      await writeLakes(tx, workspace.lakes);
      await writeZones(tx, workspace.zones);
      await writeCameras(tx, workspace.cameras);
    });
  } catch (thrown) {
    await db.close();
    throw thrown;
  }
  return { workspace, db, close: () => db.close() };
}

/** Loads a network and tells the database of it. `modelId` undefined: the workspace's, else the default one. */
export async function openTools(
  { workspace, db }: OpenWorkspace,
  modelId: string | undefined,
  context: CliContext,
): Promise<Tools> {
  const model = await getModel(modelId ?? workspace.model);
  const detector = await createOnnxDetector(model, context.config.detectThreads);
  const tools = { db, workspace, detector, log: context.log };
  const labels = [...new Set(Object.values(model.manifest.labels))];
  await writeModel(db, { modelId: modelIdOf(tools), labels, thresholds: model.manifest.thresholds });
  return tools;
}

/** The HTTP service of a workspace, with a worker for its runs in this process. */
export interface Service {
  readonly app: Express;
  /** Stops the worker within a photo; the run in hand goes back into the queue. Leaves the workspace open. */
  close(): Promise<void>;
}

/** Puts the service together. */
export async function openService(open: OpenWorkspace, context: CliContext): Promise<Service> {
  const { workspace, db } = open;
  const { config, log } = context;
  const boss = await openBoss(db, log);
  const worker = await startWorker({
    db,
    boss,
    log,
    perform: async (request, options) => {
      const tools = await openTools(open, request.modelId?.split('@')[0], context);
      const report = await processRun(tools, request, options).finally(() => tools.detector.close());
      refuseEmpty(report);
    },
  });
  const app = createApp({
    db,
    queue: createRunQueue(db, boss),
    pictures: publishPictures([workspace.folder, ...workspace.cameras.map(({ photoFolder }) => photoFolder)]),
    models: await installedModels(workspace),
    config,
    log,
    version: readVersion(),
  });
  return { app, close: () => worker.stop() };
}

async function installedModels(workspace: Workspace): Promise<readonly InstalledModel[]> {
  const chosen = await getModel(workspace.model);
  return (await listModels()).map(({ manifest }) => ({
    id: `${manifest.id}@${manifest.version}`,
    name: manifest.name,
    licence: manifest.licence,
    isDefault: manifest.id === chosen.manifest.id,
    thresholds: manifest.thresholds,
  }));
}

/** A run that could not do one photo because of its cameras has failed. @throws ServiceError the first camera's */
export function refuseEmpty({ done, problems }: RunReport): void {
  const [first] = problems;
  if (first && done === 0) throw first.error;
}

/** Version of Rivage, from package.json. */
export function readVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
