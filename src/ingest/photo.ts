import type { Brand } from '../brand.ts';
import type { SizePx } from '../geo/frames.ts';
import type { CameraId } from '../workspace/mounted-camera.ts';
import type { PictureStatistics } from './picture-statistics.ts';

/** SHA-256 of the file's bytes, lower-case hex. For a file that cannot be read: SHA-256 of its path and bytes, so that each failure is its own row. */
export type PhotoId = Brand<string, 'PhotoId'>;

/**
 * Why a frame cannot be used for counting, or that it can. Blocked: something close hides a part of the view. Wet: water
 * on the lens blurs a part of it.
 */
export type Visibility = 'usable' | 'dark' | 'fog' | 'blocked' | 'wet';

/** One time-lapse frame on disk, whose time can be trusted. */
export interface Photo {
  readonly kind: 'photo';
  readonly id: PhotoId;
  readonly cameraId: CameraId;
  /** Path relative to the workspace folder, with forward slashes. */
  readonly path: string;
  readonly bytes: number;
  readonly sizePx: SizePx;
  /** UTC instant of the shutter: EXIF time in the camera's zone, less the camera's clock offset. */
  readonly takenAt: Date;
  /** By the picture alone; at the end of a run the camera's history may say otherwise of what is stored. */
  readonly visibility: Visibility;
  /** Undefined: it was not measured. */
  readonly statistics?: PictureStatistics | undefined;
}

/** A file in a camera's folder that is no usable photo: kept as a row, with its reason. */
export interface UnreadablePhoto {
  readonly kind: 'unreadable';
  readonly id: PhotoId;
  readonly cameraId: CameraId;
  readonly path: string;
  readonly bytes: number;
  /** A code of errors.ts, such as 'photo-truncated'. */
  readonly reason: string;
  readonly message: string;
  /** When it was taken, where that much could be read; undefined: nobody knows. */
  readonly takenAt?: Date | undefined;
}
