import { lstat, readdir } from 'node:fs/promises';
import path from 'node:path';
import { ServiceError } from '../errors.ts';

/** A file found in a folder; nothing of it has been read yet. */
export interface ScannedFile {
  /** Absolute path. */
  readonly file: string;
  readonly bytes: number;
}

/** Folders that systems and network drives make for themselves; their pictures are thumbnails or rubbish. */
const systemFolders = new Set([
  '@eadir',
  '#recycle',
  '$recycle.bin',
  '__macosx',
  'lost+found',
  'system volume information',
]);

/** Whether a name is that of a photo: .jpg, .jpeg or .png in any case. */
export function isPhotoName(name: string): boolean {
  return /\.(jpe?g|png)$/i.test(name);
}

/**
 * Finds the photos of a folder and its sub-folders one by one, in the order of their names (by code unit, the same on
 * every machine). Hidden and system files are left out and links are not followed, so nothing outside the folder is
 * read and nothing is read twice.
 * @throws ServiceError file-missing
 */
export async function* scanPhotos(folder: string): AsyncGenerator<ScannedFile> {
  for await (const found of scanFiles(folder)) if (isPhotoName(found.file)) yield found;
}

/**
 * As `scanPhotos`, for files of every kind.
 * @throws ServiceError file-missing
 */
export async function* scanFiles(folder: string): AsyncGenerator<ScannedFile> {
  for (const entry of await readFolder(folder)) {
    const file = path.join(folder, entry.name);
    if (entry.name.startsWith('.') || systemFolders.has(entry.name.toLowerCase())) continue;
    if (entry.isDirectory()) yield* scanFiles(file);
    else if (entry.isFile()) {
      const bytes = await sizeOf(file);
      if (bytes !== undefined) yield { file, bytes };
    }
  }
}

async function readFolder(folder: string) {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (cause) {
    const why = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    throw new ServiceError('file-missing', { file: folder, why }, { cause });
  }
}

/** Undefined when the file went away since its folder was read. */
async function sizeOf(file: string): Promise<number | undefined> {
  try {
    return (await lstat(file)).size;
  } catch {
    return undefined;
  }
}
