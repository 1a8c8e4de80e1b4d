import { randomUUID } from 'node:crypto';
import { access, chmod, constants, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { ServiceError } from '../errors.ts';

/**
 * Puts a new content in the place of a file, or makes it: whoever reads it meanwhile sees the old one or the new one.
 * What a link leads to is replaced, not the link; one that is write-protected stays.
 * @throws ServiceError file-not-written
 */
export async function replaceFile(file: string, content: string | Uint8Array): Promise<void> {
  let draft: string | undefined;
  try {
    const { place, mode } = await findPlace(file);
    draft = `${place}.${randomUUID()}.new`;
    await writeFile(draft, content, { flush: true });
    if (mode !== undefined) await chmod(draft, mode);
    await rename(draft, place);
  } catch (cause) {
    if (draft !== undefined) await rm(draft, { force: true }).catch(() => undefined);
    throw new ServiceError('file-not-written', { file, why: codeOf(cause) }, { cause });
  }
}

/** Where a file is, and who may do what with it; undefined mode: there is none yet. */
async function findPlace(file: string): Promise<{ readonly place: string; readonly mode: number | undefined }> {
  try {
    const place = await realpath(file);
    await access(place, constants.W_OK);
    return { place, mode: (await stat(place)).mode & 0o777 };
  } catch (cause) {
    if (codeOf(cause) !== 'ENOENT') throw cause;
    return { place: file, mode: undefined };
  }
}

/** What the system says of a file that cannot be used: ENOENT, EACCES. */
export function codeOf(cause: unknown): string {
  return cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
}
