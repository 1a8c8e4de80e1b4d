import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Box } from '../../geo/frames.ts';
import { decodePicture, resize, shrinkTo } from '../../picture/codec.ts';
import type { Image } from '../../picture/image.ts';
import type { Random } from '../random.ts';

/** A photograph that stands behind drawn things, with the real persons in it. */
export interface Photo {
  readonly image: Image;
  readonly persons: readonly Box[];
}

/** Larger ones are made smaller: their finest detail is blur. */
const widestPx = 2000;

/** The photographs of a folder, by name; each is read when it is first asked for, and kept. */
export async function openPhotos(folder: string): Promise<readonly (() => Promise<Photo>)[]> {
  const names = (await readdir(folder)).filter((name) => /\.(jpe?g|png)$/i.test(name)).sort();
  return names.map((name) => {
    let kept: Promise<Photo> | undefined;
    return () => (kept ??= readPhoto(path.join(folder, name)));
  });
}

async function readPhoto(file: string): Promise<Photo> {
  const image = await shrinkTo(await decodePicture(file), widestPx);
  const boxes = await readFile(file.replace(/\.[a-z]+$/i, '.txt'), 'utf8').catch(() => '');
  return { image, persons: parseBoxes(boxes, image) };
}

/** Lines of class, middle and size as shares of the picture, as YOLO has them; class 0 is a person. */
function parseBoxes(text: string, { sizePx }: Image): readonly Box[] {
  return text.split('\n').flatMap((line) => {
    const [label, x, y, w, h] = line.trim().split(/\s+/).map(Number);
    if (label !== 0 || x === undefined || y === undefined || w === undefined || h === undefined) return [];
    const { widthPx, heightPx } = sizePx;
    return [{ x: (x - w / 2) * widthPx, y: (y - h / 2) * heightPx, w: w * widthPx, h: h * heightPx }];
  });
}

/** A square of a photograph as large as a slice, mirrored or not; the persons that are at least partly in it. */
export async function cutWindow(photo: Photo, random: Random, sidePx: number): Promise<Photo> {
  const { widthPx, heightPx } = photo.image.sizePx;
  const widest = Math.min(widthPx, heightPx);
  const side = Math.round(Math.min(widest, 0.6 * sidePx * (widest / (0.6 * sidePx)) ** random.unit()));
  const person = photo.persons.length > 0 && random.chance(0.5) ? photo.persons[0] : undefined;
  const start = (length: number, about: number | undefined): number => {
    const wanted = about === undefined ? random.between(0, length - side) : about - side * random.between(0.1, 0.9);
    return Math.round(Math.min(length - side, Math.max(0, wanted)));
  };
  const x = start(widthPx, person?.x);
  const y = start(heightPx, person?.y);
  const image = await resize(photo.image, { widthPx: sidePx, heightPx: sidePx }, { x, y, w: side, h: side });
  const scale = sidePx / side;
  const persons = photo.persons
    .map((box) => ({ x: (box.x - x) * scale, y: (box.y - y) * scale, w: box.w * scale, h: box.h * scale }))
    .filter((box) => box.x < sidePx && box.y < sidePx && box.x + box.w > 0 && box.y + box.h > 0);
  return random.chance(0.5) ? mirrored({ image, persons }) : { image, persons };
}

function mirrored({ image, persons }: Photo): Photo {
  const { widthPx, heightPx } = image.sizePx;
  const rgb = new Uint8Array(image.rgb.length);
  for (let y = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++) {
      const from = (y * widthPx + x) * 3;
      rgb.set(image.rgb.subarray(from, from + 3), (y * widthPx + widthPx - 1 - x) * 3);
    }
  }
  return { image: { ...image, rgb }, persons: persons.map((box) => ({ ...box, x: widthPx - box.x - box.w })) };
}
