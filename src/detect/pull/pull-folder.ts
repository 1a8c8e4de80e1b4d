import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { ServiceError } from '../../errors.ts';
import { codeOf } from './pull-part.ts';
import type { PullSource } from './pull-source.ts';

/** A file of a disk: a USB stick, a shared folder. */
export function createFileSource(file: string): PullSource {
  return {
    name: file,
    open: async ({ offset, bytes, signal }) => {
      const info = await stat(file).catch((cause: unknown) => {
        throw new ServiceError('pull-refused', { source: file, why: codeOf(cause) }, { cause });
      });
      if (!info.isFile() || info.size !== bytes) {
        const why = { en: `${info.size} bytes instead of ${bytes}`, fr: `${info.size} octets au lieu de ${bytes}` };
        throw new ServiceError('pull-other-file', { source: file, why });
      }
      return { offset, validator: undefined, body: createReadStream(file, { start: offset, signal }) };
    },
  };
}
