import exifr from 'exifr';
import type { SizePx } from '../geo/frames.ts';
import { type LocalTime, parseExifTime } from './clock.ts';

/** What a camera wrote about a photo. */
export interface PhotoExif {
  /** What the camera's clock showed at the shutter; undefined: not written, or blank. */
  readonly takenAt: LocalTime | undefined;
  /** Offset of that clock from UTC as the camera states it, such as '+02:00'. */
  readonly utcOffset: string | undefined;
  readonly make: string | undefined;
  readonly model: string | undefined;
  readonly serial: string | undefined;
  /** EXIF orientation, 1–8; 1 when it is not written. Source: TIFF 6.0, tag 0x0112. */
  readonly orientation: number;
}

const picked = [
  'Make',
  'Model',
  'Orientation',
  'DateTimeOriginal',
  'CreateDate',
  'SubSecTimeOriginal',
  'SubSecTimeDigitized',
  'OffsetTimeOriginal',
  'OffsetTimeDigitized',
  'SerialNumber',
];

/**
 * The door to exifr. Reads the EXIF of a JPEG or PNG; undefined: none, or it cannot be read.
 * The time is DateTimeOriginal, else CreateDate (DateTimeDigitized); ModifyDate changes when a photo is edited and is never used.
 */
export async function readExif(bytes: Uint8Array): Promise<PhotoExif | undefined> {
  const tags = await parseTags(bytes, picked);
  if (!tags) return undefined;
  const text = (name: string) => {
    const value = tags[name];
    const trimmed = typeof value === 'string' ? value.replaceAll('\0', '').trim() : '';
    return trimmed === '' ? undefined : trimmed;
  };
  const original = parseExifTime(text('DateTimeOriginal') ?? '', text('SubSecTimeOriginal'));
  const digitized = parseExifTime(text('CreateDate') ?? '', text('SubSecTimeDigitized'));
  const orientation = tags.Orientation;
  return {
    takenAt: original ?? digitized,
    utcOffset: original ? text('OffsetTimeOriginal') : text('OffsetTimeDigitized'),
    make: text('Make'),
    model: text('Model'),
    serial: text('SerialNumber'),
    orientation: typeof orientation === 'number' && orientation >= 1 && orientation <= 8 ? orientation : 1,
  };
}

/** What a photo says of the lens that took it. */
export interface PhotoFocal {
  /** Its own focal length, not the 35 mm equivalent, mm: in px it needs the width of the sensor. */
  readonly focalMm: number | undefined;
  /** In px of the photo, with one standard deviation; undefined: the photo does not tell. */
  readonly px: { readonly focalPx: number; readonly sigmaPx: number } | undefined;
}

const focalTags = [
  'FocalLength',
  'FocalLengthIn35mmFormat',
  'FocalPlaneXResolution',
  'FocalPlaneResolutionUnit',
  'DigitalZoomRatio',
  'ExifImageWidth',
  'ExifImageHeight',
];

/** Length of the unit of FocalPlaneXResolution, mm. Source: CIPA DC-008 (EXIF 2.32), tag 0xA210; 4 is written by some. */
const unitMm: Readonly<Record<number, number>> = { 2: 25.4, 3: 10, 4: 1 };
/** Diagonal of a 36 × 24 mm frame, which the equivalent counts by. Source: CIPA DCG-001. */
const frameDiagonalMm = Math.hypot(36, 24);
/** A focal length as written is good to this; an equivalent is rounded to whole mm and by some makers counted by the width. */
const writtenSigma = 0.04;
const equivalentSigma = 0.05;

/** The focal length that EXIF tells for a photo of this size; undefined: it tells none. */
export async function readFocal(photo: string | Uint8Array, sizePx: SizePx): Promise<PhotoFocal | undefined> {
  const tags = await parseTags(photo, focalTags);
  const positive = (name: string) => {
    const value = tags?.[name];
    return typeof value === 'number' && value > 0 && Number.isFinite(value) ? value : undefined;
  };
  const focalMm = positive('FocalLength');
  const px = fromFocalPlane(positive, focalMm, sizePx) ?? fromEquivalent(positive, sizePx);
  return focalMm === undefined && px === undefined ? undefined : { focalMm, px };
}

type TagOf = (name: string) => number | undefined;

function fromFocalPlane(tag: TagOf, focalMm: number | undefined, sizePx: SizePx): PhotoFocal['px'] {
  const perUnit = tag('FocalPlaneXResolution');
  const unit = unitMm[tag('FocalPlaneResolutionUnit') ?? 2];
  const takenPx = Math.max(tag('ExifImageWidth') ?? 0, tag('ExifImageHeight') ?? 0);
  if (focalMm === undefined || perUnit === undefined || unit === undefined || takenPx === 0) return undefined;
  const sensorMm = (takenPx / perUnit) * unit;
  // Some cameras write nonsense here: no sensor of a camera is smaller or larger.
  if (sensorMm < 2 || sensorMm > 70) return undefined;
  const focalPx = (focalMm / sensorMm) * Math.max(sizePx.widthPx, sizePx.heightPx) * (tag('DigitalZoomRatio') ?? 1);
  return { focalPx, sigmaPx: writtenSigma * focalPx };
}

function fromEquivalent(tag: TagOf, { widthPx, heightPx }: SizePx): PhotoFocal['px'] {
  const equivalentMm = tag('FocalLengthIn35mmFormat');
  if (equivalentMm === undefined) return undefined;
  const focalPx = (equivalentMm / frameDiagonalMm) * Math.hypot(widthPx, heightPx);
  return { focalPx, sigmaPx: focalPx * Math.hypot(equivalentSigma, 0.3 / equivalentMm) };
}

async function parseTags(
  photo: string | Uint8Array,
  pick: string[],
): Promise<Readonly<Record<string, unknown>> | undefined> {
  try {
    return await exifr.parse(photo, {
      tiff: true,
      ifd0: {},
      exif: true,
      gps: false,
      interop: false,
      xmp: false,
      icc: false,
      iptc: false,
      jfif: false,
      makerNote: false,
      userComment: false,
      reviveValues: false,
      translateValues: false,
      pick,
    });
  } catch {
    // exifr throws on anything that is no picture; whether it is one is for the decoder to say.
    return undefined;
  }
}
