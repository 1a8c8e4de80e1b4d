import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { ServiceError } from '../errors.ts';

/** No photo of a camera outdoors is bigger; a film that was renamed .jpg is. */
const maxBytes = 256 * 2 ** 20;

/**
 * Reads the bytes of a file that should be a photo. `name` is what errors call it.
 * @throws ServiceError file-missing, photo-file-too-big
 */
export async function readPhotoFile(file: string, name: string): Promise<Uint8Array> {
  const { size } = await stat(file).catch((cause: unknown) => refuse(name, cause));
  if (size > maxBytes) {
    const params = { photo: name, megabytes: Math.round(size / 2 ** 20), maxMegabytes: maxBytes / 2 ** 20 };
    throw new ServiceError('photo-file-too-big', params);
  }
  return readFile(file).catch((cause: unknown) => refuse(name, cause));
}

function refuse(file: string, cause: unknown): never {
  const why = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
  throw new ServiceError('file-missing', { file, why }, { cause });
}

/** A file's path inside a folder, with forward slashes on every machine: what is stored and said of it. */
export function nameInside(folder: string, file: string): string {
  return path.relative(folder, file).split(path.sep).join('/');
}
