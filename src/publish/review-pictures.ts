import type { Box } from '../geo/frames.ts';
import { blankBoxes } from '../picture/blank.ts';
import { decodePicture, encodeJpeg } from '../picture/codec.ts';
import { findInside } from './pictures.ts';

/** Small things must not suffer from being encoded twice. */
const quality = 95;

/**
 * Opens the photos of a workspace for those who review: upright, of full size, persons as they are, `hidden` blanked,
 * without EXIF (place, time and number of the camera).
 * @param folders the workspace folder first, then the photo folders of its cameras; nothing else is read.
 */
export function publishForReview(
  folders: readonly [string, ...string[]],
): (photo: string, hidden: readonly Box[]) => Promise<Uint8Array> {
  return async (photo, hidden) => {
    const image = await decodePicture(await findInside(folders, photo), { name: photo });
    return encodeJpeg(blankBoxes(image, hidden), quality);
  };
}
