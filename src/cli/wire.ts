import path from 'node:path';
import { foundLabels } from '../detect/manifest.ts';
import { getModel, toModelPlaces } from '../detect/registry.ts';
import { joinOldStays } from '../pipeline/link-tent-stays.ts';
import type { RunReport } from '../pipeline/process-run.ts';
import { modelIdOf, type Tools } from '../pipeline/tools.ts';
import { writeCameras } from '../store/cameras.ts';
import type { Db } from '../store/db.ts';
import { writeLakes } from '../store/lakes.ts';
import { showModel, writeModel } from '../store/models.ts';
import { openDb } from '../store/open.ts';
import { writeZones } from '../store/zones.ts';
import { readWorkspace } from '../workspace/read-workspace.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { CliContext } from './context.ts';
import { openDetector } from './open-detector.ts';

/** An open workspace: its files read and checked, its database at this version and told of them. */
export interface OpenWorkspace {
  /** As it is now: people may draw its lakes and zones anew. What began with an older one goes on with that. */
  readonly workspace: Workspace;
  readonly useWorkspace: (next: Workspace) => void;
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
  const { databaseUrl, language } = config;
  const db = await openDb({ databaseUrl, folder: databaseFolder(workspace.folder), log, language });
  try {
    await db.transaction(async (tx) => {
      await writeLakes(tx, workspace.lakes);
      await writeZones(tx, workspace.zones);
      await writeCameras(tx, workspace.cameras);
    });
    await joinOldStays(db);
  } catch (thrown) {
    await db.close();
    throw thrown;
  }
  let current = workspace;
  return {
    get workspace() {
      return current;
    },
    useWorkspace: (next) => {
      current = next;
    },
    db,
    close: () => db.close(),
  };
}

/** Loads a network and tells the database of it. `modelId` undefined: the workspace's, else the default one. */
export async function openTools(
  { workspace, db }: OpenWorkspace,
  modelId: string | undefined,
  context: CliContext,
): Promise<Tools> {
  const model = await getModel(modelId ?? workspace.model, toModelPlaces(context.config));
  const detector = await openDetector(model, context);
  const tools = { db, workspace, detector, log: context.log };
  const labels = foundLabels(model.manifest);
  await writeModel(db, { modelId: modelIdOf(tools), labels, thresholds: model.manifest.thresholds });
  // the workspace's own choice is what maps show; a model named for one run is only compared with it
  if (modelId === undefined) await showModel(db, modelIdOf(tools));
  return tools;
}

/** A run that could not do one photo because of its cameras has failed. @throws ServiceError the first camera's */
export function refuseEmpty({ done, problems }: Pick<RunReport, 'done' | 'problems'>): void {
  const [first] = problems;
  if (first && done === 0) throw first.error;
}
