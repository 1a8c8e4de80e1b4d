import { realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { ServiceError } from '../errors.ts';

/**
 * Puts a new text in the place of a file that exists: whoever reads it meanwhile sees the old text or the new one.
 * @throws ServiceError file-not-written
 */
export async function replaceFile(file: string, text: string): Promise<void> {
  let draft: string | undefined;
  try {
    // what a link leads to is replaced, not the link
    const place = await realpath(file);
    draft = `${place}.${process.pid}.new`;
    await writeFile(draft, text, { mode: (await stat(place)).mode, flush: true });
    await rename(draft, place);
  } catch (cause) {
    if (draft !== undefined) await rm(draft, { force: true }).catch(() => undefined);
    const why = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    throw new ServiceError('file-not-written', { file, why }, { cause });
  }
}
