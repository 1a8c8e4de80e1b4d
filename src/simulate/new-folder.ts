import { readdir } from 'node:fs/promises';
import { ServiceError } from '../errors.ts';

/**
 * Nothing that lies in a folder is overwritten.
 * @throws ServiceError folder-not-empty
 */
export async function refuseFull(folder: string): Promise<void> {
  const [found] = await readdir(folder).catch(() => []);
  if (found !== undefined) throw new ServiceError('folder-not-empty', { folder, found });
}
