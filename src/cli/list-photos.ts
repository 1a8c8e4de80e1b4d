import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { ServiceError } from '../errors.ts';

/** How names of photos end. */
export const photoName = /\.(jpe?g|png)$/i;

/**
 * Files as they were named; each folder gives its photos, sorted, from all its folders.
 * @throws ServiceError folder-without-photos
 */
export async function listPhotos(names: readonly string[], cwd: string): Promise<readonly string[]> {
  const lists = names.map(async (name) => {
    const info = await stat(path.resolve(cwd, name)).catch(() => undefined);
    if (!info?.isDirectory()) return [name];
    const inside = await readdir(path.resolve(cwd, name), { recursive: true });
    const photos = inside.filter((file) => photoName.test(file)).sort();
    if (photos.length === 0) throw new ServiceError('folder-without-photos', { folder: name });
    return photos.map((file) => path.join(name, file));
  });
  return (await Promise.all(lists)).flat();
}
