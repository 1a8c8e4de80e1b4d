import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { PhotoId } from './photo.ts';

/** SHA-256 of bytes, lower-case hex. */
export function hashBytes(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** SHA-256 of a file, read in pieces, lower-case hex. */
export async function hashFile(file: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash, signal ? { signal } : {});
  return hash.digest('hex');
}

/** The id of a photo: what its bytes are, wherever it lies. */
export function toPhotoId(bytes: Uint8Array): PhotoId {
  return hashBytes(bytes) as PhotoId;
}

/** The id of a failure: its path counts too, so that a hundred empty files are a hundred rows. */
export function toFailureId(path: string, bytes: Uint8Array): PhotoId {
  return createHash('sha256').update(path).update('\0').update(bytes).digest('hex') as PhotoId;
}
