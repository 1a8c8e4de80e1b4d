import { readFile } from 'node:fs/promises';
import { ServiceError } from '../errors.ts';

/**
 * The text of a file that a person named.
 * @throws ServiceError file-missing
 */
export async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    const why = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    throw new ServiceError('file-missing', { file, why }, { cause });
  }
}
