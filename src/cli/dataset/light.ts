import { measurePicture, thumbnailSizePx } from '../../ingest/picture-statistics.ts';
import { resize } from '../../picture/codec.ts';
import type { Image } from '../../picture/image.ts';

/** Mean luminance (0–255) from which light is called so: daylight photos outdoors measured 84 to 200. */
const lights = [
  { from: 80, name: 'day' },
  { from: 25, name: 'dim' },
  { from: 0, name: 'dark' },
] as const;

/** The light of a photo by its mean luminance: day, dim or dark. */
export async function judgeLight(image: Image): Promise<string> {
  const { luminance } = measurePicture(await resize(image, thumbnailSizePx));
  return lights.find(({ from }) => luminance >= from)?.name ?? 'dark';
}
