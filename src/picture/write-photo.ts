import { writeFile } from 'node:fs/promises';
import { encodeJpeg, type PhotoExif } from './codec.ts';
import type { Image } from './image.ts';

export interface PhotoJpegOptions extends PhotoExif {
  /** 1–100; by default 85. */
  readonly quality?: number;
}

/** Writes an image as a time-lapse camera would: a JPEG with its local time, make and model in EXIF. */
export async function writePhotoJpeg(file: string, image: Image, options: PhotoJpegOptions = {}): Promise<void> {
  await writeFile(file, await encodeJpeg(image, options.quality, options));
}
