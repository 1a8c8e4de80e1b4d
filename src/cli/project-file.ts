import { randomUUID } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ServiceError } from '../errors.ts';
import type { ProjectFile } from '../serve/project-file.ts';

/** The QGIS project of a workspace: project.qgz in its folder. */
export function openProjectFile(workspaceFolder: string): ProjectFile {
  const file = path.join(workspaceFolder, 'project.qgz');
  return { read: () => read(file), write: (bytes) => write(file, bytes) };
}

async function read(file: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(file);
  } catch (cause) {
    if (codeOf(cause) === 'ENOENT') return undefined;
    throw new ServiceError('file-missing', { file, why: codeOf(cause) }, { cause });
  }
}

/** Written beside and then given its name: whoever reads meanwhile gets the old one or the new one. */
async function write(file: string, bytes: Uint8Array): Promise<void> {
  const draft = `${file}.${randomUUID()}.new`;
  try {
    await writeFile(draft, bytes, { flush: true });
    await rename(draft, file);
  } catch (cause) {
    await rm(draft, { force: true });
    throw new ServiceError('file-not-written', { file, why: codeOf(cause) }, { cause });
  }
}

function codeOf(cause: unknown): string {
  return cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
}
