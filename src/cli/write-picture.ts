import { writeFile } from 'node:fs/promises';
import { ServiceError } from '../errors.ts';
import { encodePng } from '../picture/codec.ts';
import type { Image } from '../picture/image.ts';

/**
 * Writes a picture as PNG.
 * @throws ServiceError file-not-written
 */
export async function writePicture(file: string, picture: Image): Promise<void> {
  await writeFile(file, await encodePng(picture)).catch((cause: unknown) => {
    const why = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    throw new ServiceError('file-not-written', { file, why }, { cause });
  });
}
