import { sharedArea } from '../../../src/geo/box-overlap.ts';
import type { Box } from '../../../src/geo/frames.ts';
import { decodePicture, resize } from '../../../src/picture/codec.ts';
import { growBox, pixelsInside } from '../../../src/picture/crop.ts';
import type { Image } from '../../../src/picture/image.ts';
import type { TentPhoto } from './truth.ts';

/** A tent with its surroundings, cut from its photo and small enough to keep. */
export interface Patch {
  readonly photo: number;
  readonly light: string;
  readonly image: Image;
  /** The tent, px of the patch; not whole. */
  readonly tent: Box;
  /** Other tents, and what counts neither way, px of the patch. */
  readonly others: readonly Box[];
  /** Whether no other tent touches it: rows of tents hide one another. */
  readonly alone: boolean;
  /** Width of the tent on its photo, px. */
  readonly nativeWidthPx: number;
}

/** How far the surroundings reach, as a share of the tent's own width and height. */
export const room = 0.75;
/** A tent stands alone where no other comes nearer than this share of its longer side. */
const apart = 0.1;
/** Tents are kept at this width at most: twice the largest that is pasted. */
const keptWidthPx = 192;

/** All tents of the photos that can be pasted elsewhere: not cut, and photographed outdoors. */
export async function cutPatches(photos: readonly TentPhoto[]): Promise<readonly Patch[]> {
  const patches: Patch[] = [];
  for (const [at, photo] of photos.entries()) {
    const tents = photo.light === 'studio' ? [] : photo.tents.filter(({ cut }) => !cut);
    if (tents.length === 0) continue;
    const image = await decodePicture(photo.path);
    for (const { box } of tents) patches.push(await cutPatch(image, box, { ...photo, at }));
  }
  return patches;
}

async function cutPatch(image: Image, tent: Box, photo: TentPhoto & { readonly at: number }): Promise<Patch> {
  const { x, y, w, h } = tent;
  const grown = { x: x - room * w, y: y - room * h, w: (1 + 2 * room) * w, h: (1 + 2 * room) * h };
  const part = pixelsInside(grown, image.sizePx);
  if (!part) throw new RangeError(`no tent on ${photo.path}`);
  const scale = Math.min(1, keptWidthPx / w);
  const widthPx = Math.max(1, Math.round(part.w * scale));
  const heightPx = Math.max(1, Math.round(part.h * scale));
  const toPatch = (box: Box): Box => ({
    x: ((box.x - part.x) * widthPx) / part.w,
    y: ((box.y - part.y) * heightPx) / part.h,
    w: (box.w * widthPx) / part.w,
    h: (box.h * heightPx) / part.h,
  });
  const near = photo.tents.map(({ box }) => box).filter((box) => box !== tent);
  const others = [...near, ...photo.ignored];
  return {
    photo: photo.at,
    light: photo.light,
    image: await resize(image, { widthPx, heightPx }, part),
    tent: toPatch(tent),
    others: others.filter((box) => sharedArea(box, part) > 0).map(toPatch),
    alone: near.every((other) => sharedArea(growBox(tent, apart), other) === 0),
    nativeWidthPx: w,
  };
}

/** The patch with its tent `widthPx` wide. */
export async function shrinkPatch(patch: Patch, tentWidthPx: number): Promise<Patch> {
  const { sizePx } = patch.image;
  const wanted = tentWidthPx / patch.tent.w;
  const size = {
    widthPx: Math.max(1, Math.round(sizePx.widthPx * wanted)),
    heightPx: Math.max(1, Math.round(sizePx.heightPx * wanted)),
  };
  const across = size.widthPx / sizePx.widthPx;
  const down = size.heightPx / sizePx.heightPx;
  const scale = ({ x, y, w, h }: Box): Box => ({ x: x * across, y: y * down, w: w * across, h: h * down });
  return { ...patch, image: await resize(patch.image, size), tent: scale(patch.tent), others: patch.others.map(scale) };
}
