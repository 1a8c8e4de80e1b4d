import { stat } from 'node:fs/promises';
import path from 'node:path';
import { ServiceError } from '../errors.ts';
import { z } from '../schema.ts';
import { readCameras } from './cameras.ts';
import { findEpsgFault } from './epsg.ts';
import { readLakes, readZones } from './lakes.ts';
import type { Workspace } from './workspace.ts';
import { type Faults, readWritten, type WrittenFile } from './written-file.ts';

const rivageSchema = z.strictObject({
  $schema: z.string().optional(),
  name: z.string().min(1),
  metricEpsg: z.int(),
  dem: z
    .strictObject({
      file: z.string().min(1),
      epsg: z.int().optional(),
      heightSigmaM: z.number().min(0).max(1000),
    })
    .optional(),
  model: z.string().optional(),
});

/** What could be read of a workspace, and everything that is wrong with it. */
export interface WorkspaceCheck {
  /** Undefined when rivage.json itself is wrong. Not to be processed while there are faults. */
  readonly workspace: Workspace | undefined;
  readonly faults: readonly ServiceError[];
}

/**
 * Reads and checks the folder that a person wrote.
 * @throws ServiceError workspace-missing, or the first fault that `checkWorkspace` would list
 */
export async function readWorkspace(folder: string): Promise<Workspace> {
  const { workspace, faults } = await checkWorkspace(folder);
  const [first] = faults;
  if (first) throw first;
  if (!workspace) throw new Error('a workspace without faults was not read');
  return workspace;
}

/**
 * Reads a workspace and lists every fault of it: one for each JSON file that is malformed, and all of those that
 * only show when the files are seen together.
 * @throws ServiceError workspace-missing
 */
export async function checkWorkspace(folder: string): Promise<WorkspaceCheck> {
  const root = path.resolve(folder);
  if (!(await isFile(path.join(root, 'rivage.json')))) throw new ServiceError('workspace-missing', { folder: root });
  const faults: Faults = [];
  const written = await readWritten(root, 'rivage.json', rivageSchema, faults);
  const lakes = await readLakes(root, faults);
  const known = faults.some((fault) => fault.params.file === 'lakes.geojson') ? undefined : lakes;
  const zones = await readZones(root, known, faults);
  const cameras = await readCameras(root, known, faults);
  if (!written) return { workspace: undefined, faults };
  const { name, metricEpsg, dem, model } = written.value;
  faults.push(...(await findSettingFaults(root, written)));
  const workspace: Workspace = {
    folder: root,
    name,
    metricEpsg,
    model,
    dem: dem && { file: path.resolve(root, dem.file), epsg: dem.epsg, heightSigmaM: dem.heightSigmaM },
    lakes,
    zones,
    cameras,
  };
  return { workspace, faults };
}

async function findSettingFaults(
  folder: string,
  { file, lineAt, value: { metricEpsg, dem } }: WrittenFile<z.output<typeof rivageSchema>>,
): Promise<readonly ServiceError[]> {
  const faults = [findEpsgFault(metricEpsg, 'metric', file, lineAt(['metricEpsg']))];
  if (dem?.epsg !== undefined) faults.push(findEpsgFault(dem.epsg, 'any', file, lineAt(['dem', 'epsg'])));
  if (dem && !(await isFile(path.resolve(folder, dem.file)))) {
    faults.push(new ServiceError('named-file-missing', { file, line: lineAt(['dem', 'file']), named: dem.file }));
  }
  return faults.filter((fault) => fault !== undefined);
}

async function isFile(file: string): Promise<boolean> {
  return (await stat(file).catch(() => undefined))?.isFile() === true;
}
