import { link, lstat, mkdir, open, rename, rm, utimes } from 'node:fs/promises';
import path from 'node:path';
import { ServiceError } from '../errors.ts';
import { hashFile } from './hash.ts';

/** A file that is to be written under a name of which it must not overwrite another file. */
export interface NewFile {
  readonly bytes: Uint8Array;
  readonly sha256: string;
  readonly modifiedAt: Date;
}

/**
 * Writes a file under the first of `names` that is free, whole or not at all: written beside, flushed, read back,
 * and only then given its name. Returns the path that it got.
 * @throws ServiceError copy-differs; errors of the file system
 */
export async function writeVerified(
  file: NewFile,
  folder: string,
  names: readonly string[],
  draft: string,
): Promise<string> {
  await mkdir(folder, { recursive: true });
  try {
    await writeFlushed(draft, file.bytes);
    if ((await hashFile(draft)) !== file.sha256) throw new ServiceError('copy-differs', { file: names[0] ?? folder });
    await utimes(draft, file.modifiedAt, file.modifiedAt);
    for (const name of names) {
      const place = path.join(folder, name);
      if (await giveName(draft, place)) return place;
    }
    throw new Error(`every name is taken in ${folder}: ${names.join(', ')}`);
  } finally {
    await rm(draft, { force: true });
  }
}

async function writeFlushed(file: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(file, 'w');
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** False when the name is taken. A hard link never overwrites; where there are none (FAT, some shares), look, then rename. */
async function giveName(draft: string, place: string): Promise<boolean> {
  try {
    await link(draft, place);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    if (await isTaken(place)) return false;
    await rename(draft, place);
    return true;
  }
}

async function isTaken(place: string): Promise<boolean> {
  return lstat(place).then(
    () => true,
    () => false,
  );
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
