import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { ServiceError } from '../errors.ts';
import { codeOf, replaceFile } from './replace-file.ts';

/** The QGIS project of a workspace: project.qgz in its folder. */
export function openProjectFile(workspaceFolder: string) {
  const file = path.join(workspaceFolder, 'project.qgz');
  return { read: () => read(file), write: (bytes: Uint8Array) => replaceFile(file, bytes) };
}

async function read(file: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(file);
  } catch (cause) {
    if (codeOf(cause) === 'ENOENT') return undefined;
    throw new ServiceError('file-missing', { file, why: codeOf(cause) }, { cause });
  }
}
