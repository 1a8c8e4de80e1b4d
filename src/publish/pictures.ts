import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { ServiceError } from '../errors.ts';
import type { Box } from '../geo/frames.ts';
import { blurBoxes, blurWhole } from '../picture/blur.ts';
import { decodePicture, encodeJpeg, resize } from '../picture/codec.ts';
import { cropImage, growBox } from '../picture/crop.ts';
import type { Image } from '../picture/image.ts';
import { type BlurPlan, type Look, planBlur } from './blur.ts';

/** A photo as the database knows it, with all that was said of it: what its blur is decided from. */
interface SeenPhoto {
  /** Relative to the workspace folder, with forward slashes. */
  readonly path: string;
  readonly looks: readonly Look[];
}

/** Pictures that may be shown: persons are hidden in every one. */
export interface PublishedPictures {
  /** The photo as JPEG, at most `widthPx` wide (its own width at most). */
  readonly photo: (photo: SeenPhoto, widthPx: number | undefined) => Promise<Uint8Array>;
  /** A box of the photo with its surroundings as JPEG, at most `widthPx` wide. */
  readonly crop: (photo: SeenPhoto, box: Box, widthPx: number | undefined) => Promise<Uint8Array>;
}

/** Room around a detection in its crop, as a share of its longer side, and the least width that tells anything. */
const surroundings = { ratio: 0.6, minSidePx: 96 };

/**
 * Opens the photos of a workspace for showing.
 * @param folders the workspace folder first, then the photo folders of its cameras; nothing else is read.
 */
export function publishPictures(folders: readonly [string, ...string[]]): PublishedPictures {
  const read = async (photo: SeenPhoto): Promise<Image> => {
    const file = await findInside(folders, photo.path);
    return hidePersons(await decodePicture(file, { name: photo.path }), planBlur(photo.looks));
  };
  return {
    photo: async (photo, widthPx) => encodeJpeg(await shrink(await read(photo), widthPx)),
    crop: async (photo, box, widthPx) => {
      const image = await read(photo);
      const part = cropImage(image, withSurroundings(box));
      if (!part) throw new ServiceError('file-missing', { file: photo.path, why: 'the box lies outside the picture' });
      return encodeJpeg(await shrink(part, widthPx), 90);
    },
  };
}

function hidePersons(image: Image, plan: BlurPlan): Image {
  return plan.kind === 'whole' ? blurWhole(image) : blurBoxes(image, plan.boxes);
}

function withSurroundings(box: Box): Box {
  const side = Math.max(box.w, box.h);
  return growBox(box, Math.max(surroundings.ratio, (surroundings.minSidePx / side - 1) / 2));
}

async function shrink(image: Image, widthPx: number | undefined): Promise<Image> {
  const { sizePx } = image;
  if (widthPx === undefined || widthPx >= sizePx.widthPx) return image;
  const heightPx = Math.max(1, Math.round((sizePx.heightPx * widthPx) / sizePx.widthPx));
  return resize(image, { widthPx, heightPx });
}

/**
 * The real file behind a stored path; links are followed before it is judged.
 * @throws ServiceError file-missing, outside-folders
 */
export async function findInside(folders: readonly [string, ...string[]], relative: string): Promise<string> {
  const file = await realpath(path.resolve(folders[0], relative)).catch((cause: unknown) => {
    const why = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    throw new ServiceError('file-missing', { file: relative, why }, { cause });
  });
  for (const folder of folders) {
    const root = await realpath(folder).catch(() => undefined);
    if (root !== undefined && file.startsWith(root + path.sep)) return file;
  }
  throw new ServiceError('outside-folders', { file: relative });
}
