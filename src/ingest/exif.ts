import exifr from 'exifr';
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
  const tags = await parseTags(bytes);
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

async function parseTags(bytes: Uint8Array): Promise<Readonly<Record<string, unknown>> | undefined> {
  try {
    return await exifr.parse(bytes, {
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
      pick: picked,
    });
  } catch {
    // exifr throws on anything that is no picture; whether it is one is for the decoder to say.
    return undefined;
  }
}
