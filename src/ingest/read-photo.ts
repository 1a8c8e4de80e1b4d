import { stat } from 'node:fs/promises';
import path from 'node:path';
import { type Bilingual, type ErrorCode, ServiceError, toServiceError } from '../errors.ts';
import { decodePicture, readHeader, resize } from '../picture/codec.ts';
import type { Image } from '../picture/image.ts';
import type { MountedCamera } from '../workspace/mounted-camera.ts';
import { contradictsOffset, type LocalTime, parseTimeInName, toInstant } from './clock.ts';
import { type PhotoExif, readExif } from './exif.ts';
import { toFailureId, toPhotoId } from './hash.ts';
import type { Photo, UnreadablePhoto } from './photo.ts';
import { nameInside, readPhotoFile } from './photo-file.ts';
import { thumbnailSizePx } from './picture-statistics.ts';
import { judgeVisibility } from './visibility.ts';

export interface PhotoRequest {
  /** Absolute path. */
  readonly file: string;
  /** Absolute path; the photo's own path is kept relative to it. */
  readonly workspaceFolder: string;
  readonly camera: MountedCamera;
  /** Photos from after this instant have a wrong clock; by default the present. */
  readonly now?: Date;
}

/** A photo with its pixels, or the reason why the file is none. */
export type PhotoReading =
  | {
      readonly photo: Photo;
      /** Upright, as every picture in Rivage. */
      readonly image: Image;
      /** True when the EXIF states an offset from UTC that contradicts the camera's configured zone, which was used. */
      readonly isOffsetContradicted: boolean;
    }
  | { readonly photo: UnreadablePhoto; readonly image: undefined };

/** A camera whose mounting date is not known took nothing before this; clocks reset to 1970, 1980, 2000 or so. */
const firstPlausible = new Date('2005-01-01T00:00:00Z');

/** Reasons that are not the file's own: a line in the camera's JSON, or a disk that answers again, mends them. */
export const mendableReasons: readonly ErrorCode[] = ['photo-without-time', 'photo-time-implausible', 'file-missing'];

/** Reads a file of a camera's folder, decoding it once. Never throws for what the file is: that is a row with a reason. */
export async function readPhoto(request: PhotoRequest): Promise<PhotoReading> {
  const name = nameInside(request.workspaceFolder, request.file);
  let bytes: Uint8Array = new Uint8Array();
  let takenAt: Date | undefined;
  try {
    bytes = await readPhotoFile(request.file, name);
    // Cheap questions first: a photo without time need not be decoded to be refused, however often it is tried.
    await readHeader(bytes, { name });
    const time = await readTime(request, bytes, name);
    takenAt = time.takenAt;
    const image = await decodePicture(bytes, { name });
    const thumbnail = await resize(image, thumbnailSizePx);
    const photo: Photo = {
      kind: 'photo',
      id: toPhotoId(bytes),
      cameraId: request.camera.id,
      path: name,
      bytes: bytes.length,
      sizePx: image.sizePx,
      takenAt,
      ...judgeVisibility(thumbnail),
    };
    return { photo, image, isOffsetContradicted: time.isOffsetContradicted };
  } catch (thrown) {
    const error = toServiceError(thrown);
    const photo: UnreadablePhoto = {
      kind: 'unreadable',
      id: toFailureId(name, bytes),
      cameraId: request.camera.id,
      path: name,
      bytes: await findSize(request.file),
      reason: error.code,
      message: error.message,
      takenAt,
    };
    return { photo, image: undefined };
  }
}

/** Size of a file that could not be read, as far as its folder tells. */
async function findSize(file: string): Promise<number> {
  return stat(file).then(
    ({ size }) => size,
    () => 0,
  );
}

async function readTime(request: PhotoRequest, bytes: Uint8Array, photo: string) {
  const { camera, now = new Date() } = request;
  const exif = await readExif(bytes);
  const local = exif?.takenAt ?? (camera.timeFromFileName ? parseTimeInName(path.basename(request.file)) : undefined);
  if (!local) throw new ServiceError('photo-without-time', { photo, camera: camera.id });
  const instant = toInstant(local, camera.clockTimeZone);
  const takenAt = new Date(instant.at.getTime() - camera.clockOffsetS * 1000);
  const why = findImplausible(takenAt, camera, now);
  if (why) {
    const params = { photo, camera: camera.id, takenAt: takenAt.toISOString(), why };
    throw new ServiceError('photo-time-implausible', params);
  }
  return { takenAt, isOffsetContradicted: isContradicted(exif, local, camera) };
}

function isContradicted(exif: PhotoExif | undefined, local: LocalTime, camera: MountedCamera): boolean {
  if (!exif?.takenAt || exif.utcOffset === undefined) return false;
  return contradictsOffset(toInstant(local, camera.clockTimeZone), local, exif.utcOffset);
}

function findImplausible(takenAt: Date, camera: MountedCamera, now: Date): Bilingual | undefined {
  const { mountedFrom, mountedTo } = camera;
  if (mountedFrom && takenAt < mountedFrom)
    return { en: 'before the camera was mounted', fr: "avant la pose de l'appareil" };
  if (mountedTo && takenAt > mountedTo)
    return { en: 'after the camera was taken down', fr: "après la dépose de l'appareil" };
  if (!mountedFrom && takenAt < firstPlausible) return { en: 'before 2005', fr: 'avant 2005' };
  const tomorrow = new Date(now.getTime() + 86_400_000);
  if (takenAt > tomorrow) return { en: 'in the future', fr: 'dans le futur' };
  return undefined;
}
