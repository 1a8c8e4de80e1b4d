import { readFile } from 'node:fs/promises';
import sharp, { type Sharp } from 'sharp';
import { ServiceError } from '../errors.ts';
import type { Box, SizePx } from '../geo/frames.ts';
import type { Image } from './image.ts';

/**
 * The only door to sharp. Every picture that leaves here is upright: its EXIF orientation is applied, so that
 * pixels mean the same in Rivage as in any viewer.
 */

/** A picture as a path or as the bytes of a file. */
export type PictureSource = string | Uint8Array;

export interface ReadOptions {
  /** What errors call the picture; by default its path. */
  readonly name?: string;
  /** Pictures of more pixels are refused before they are decoded. */
  readonly maxPixels?: number;
}

export interface PictureHeader {
  readonly format: 'jpeg' | 'png';
  /** Upright, as `decodePicture` gives it. */
  readonly sizePx: SizePx;
  /** The EXIF block as the file holds it ("Exif\0\0", then a TIFF header); undefined: the file has none. */
  readonly exif: Uint8Array | undefined;
}

/** 150 megapixels: above any camera that hangs outdoors, 450 MB of RGB. */
export const defaultMaxPixels = 150e6;

// A stream of photos is read once each: a cache of the last operations only holds memory.
sharp.cache(false);

/**
 * Reads size and EXIF of a JPEG or PNG without decoding it.
 * @throws ServiceError file-missing, photo-empty, photo-not-a-picture, photo-truncated, photo-damaged, photo-too-large
 */
export async function readHeader(source: PictureSource, options: ReadOptions = {}): Promise<PictureHeader> {
  const { header } = await open(source, options);
  return header;
}

/**
 * Decodes a JPEG or PNG to RGB, upright.
 * @throws ServiceError file-missing, photo-empty, photo-not-a-picture, photo-truncated, photo-damaged, photo-too-large
 */
export async function decodePicture(source: PictureSource, options: ReadOptions = {}): Promise<Image> {
  const opened = await open(source, options);
  return decoded(opened, async () => toImage(opened.pipeline.toColourspace('srgb')));
}

/** Scales an image, or the part of it inside `from` (whole pixels), to `sizePx`; sides are scaled apart. */
export async function resize(image: Image, sizePx: SizePx, from?: Box): Promise<Image> {
  const whole = fromImage(image);
  const part = from ? whole.extract({ left: from.x, top: from.y, width: from.w, height: from.h }) : whole;
  return toImage(part.resize(sizePx.widthPx, sizePx.heightPx, { fit: 'fill', kernel: 'linear' }));
}

/** The same image, no wider than `widthPx`; undefined: as it is. */
export async function shrinkTo(image: Image, widthPx: number | undefined): Promise<Image> {
  const { sizePx } = image;
  if (widthPx === undefined || widthPx >= sizePx.widthPx) return image;
  return resize(image, { widthPx, heightPx: Math.max(1, Math.round((sizePx.heightPx * widthPx) / sizePx.widthPx)) });
}

/** Lays an SVG document over the whole of an image. Its text needs fonts of the machine: prefer paths. */
export async function overlaySvg(image: Image, svg: string): Promise<Image> {
  return toImage(fromImage(image).composite([{ input: Buffer.from(svg) }]));
}

/** Draws an SVG document with transparency: (height, width, 4), RGBA, 0–255, colours not premultiplied. */
export async function rasterizeSvg(svg: string): Promise<{ readonly sizePx: SizePx; readonly rgba: Uint8Array }> {
  const { data, info } = await sharp(Buffer.from(svg)).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return { sizePx: { widthPx: info.width, heightPx: info.height }, rgba: new Uint8Array(data) };
}

/** EXIF entries to write; times are the camera's own clock, 'YYYY:MM:DD HH:MM:SS'. */
export interface PhotoExif {
  readonly takenAtLocal?: string;
  /** Offset of that clock from UTC, '+02:00'. */
  readonly utcOffset?: string;
  readonly make?: string;
  readonly model?: string;
}

/** Encodes to JPEG; `quality` 1–100. */
export async function encodeJpeg(image: Image, quality = 85, exif: PhotoExif = {}): Promise<Uint8Array> {
  const pipeline = fromImage(image).jpeg({ quality });
  const ifd0 = present({ Make: exif.make, Model: exif.model, DateTime: exif.takenAtLocal });
  const ifd2 = present({ DateTimeOriginal: exif.takenAtLocal, OffsetTimeOriginal: exif.utcOffset });
  const hasExif = Object.keys(ifd0).length + Object.keys(ifd2).length > 0;
  return (hasExif ? pipeline.withExif({ IFD0: ifd0, IFD2: ifd2 }) : pipeline).toBuffer();
}

/** Encodes to PNG, without loss. */
export async function encodePng(image: Image): Promise<Uint8Array> {
  return fromImage(image).png({ compressionLevel: 6 }).toBuffer();
}

interface Named {
  readonly name: string;
  readonly bytes: Uint8Array;
}

interface Opened extends Named {
  readonly header: PictureHeader;
  readonly pipeline: Sharp;
}

async function open(source: PictureSource, options: ReadOptions): Promise<Opened> {
  const name = options.name ?? (typeof source === 'string' ? source : 'picture');
  const bytes = typeof source === 'string' ? await readBytes(source) : source;
  const maxPixels = options.maxPixels ?? defaultMaxPixels;
  const format = formatOf(bytes, name);
  const metadata = await decoded({ name, bytes }, () => sharp(bytes, { limitInputPixels: false }).metadata());
  if (metadata.width * metadata.height > maxPixels) {
    throw new ServiceError('photo-too-large', {
      photo: name,
      size: `${metadata.width}×${metadata.height}`,
      maxMegapixels: Math.round(maxPixels / 1e6),
    });
  }
  const { width, height } = metadata.autoOrient;
  const header = { format, sizePx: { widthPx: width, heightPx: height }, exif: metadata.exif };
  const pipeline = sharp(bytes, { limitInputPixels: maxPixels, failOn: 'error', sequentialRead: true });
  return { name, bytes, header, pipeline: pipeline.autoOrient() };
}

async function readBytes(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (cause) {
    const why = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    throw new ServiceError('file-missing', { file, why }, { cause });
  }
}

/** By the file's first bytes, not by its name: text named .jpg is no picture, and neither is an SVG. */
function formatOf(bytes: Uint8Array, photo: string): PictureHeader['format'] {
  if (bytes.length === 0) throw new ServiceError('photo-empty', { photo });
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'jpeg';
  if (bytes[0] === 0x89 && bytes[1] === 0x50 && bytes[2] === 0x4e && bytes[3] === 0x47) return 'png';
  throw new ServiceError('photo-not-a-picture', { photo });
}

/** Runs one act of sharp on a picture; its failure becomes a coded error. */
async function decoded<Result>({ name, bytes }: Named, act: () => Promise<Result>): Promise<Result> {
  try {
    return await act();
  } catch (cause) {
    if (endsEarly(bytes, String(cause))) throw new ServiceError('photo-truncated', { photo: name }, { cause });
    const why = String(cause instanceof Error ? cause.message : cause);
    throw new ServiceError('photo-damaged', { photo: name, why: why.trim().split('\n').at(-1) ?? why }, { cause });
  }
}

/** libjpeg says so; of a PNG one sees that its last chunk is not the one that ends it. */
function endsEarly(bytes: Uint8Array, message: string): boolean {
  if (formatOf(bytes, '') === 'png') return !Buffer.from(bytes.subarray(-12)).includes('IEND');
  return /premature end|unexpected end|not enough/i.test(message);
}

function fromImage(image: Image): Sharp {
  const { widthPx: width, heightPx: height } = image.sizePx;
  return sharp(image.rgb, { raw: { width, height, channels: 3 }, limitInputPixels: false });
}

async function toImage(pipeline: Sharp): Promise<Image> {
  const { data, info } = await pipeline.removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const rgb = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return { sizePx: { widthPx: info.width, heightPx: info.height }, rgb };
}

function present(entries: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const kept = Object.entries(entries).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries(kept);
}
