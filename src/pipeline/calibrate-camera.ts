import { readFile } from 'node:fs/promises';
import type { Calibration } from '../camera/calibration.ts';
import { parseGcps } from '../camera/gcp.ts';
import { calibrateFromGcps } from '../camera/resection.ts';
import { ServiceError } from '../errors.ts';
import type { SizePx } from '../geo/frames.ts';
import { scanPhotos } from '../ingest/scan.ts';
import { readHeader } from '../picture/codec.ts';
import type { MountedCamera } from '../workspace/mounted-camera.ts';

/**
 * Solves a mounted camera from the GCP file that its user named.
 * @throws ServiceError folder-without-photos, and those of parseGcps and calibrateFromGcps
 */
export async function calibrateCamera(
  camera: MountedCamera,
  { file, epsg }: NonNullable<MountedCamera['gcps']>,
): Promise<Calibration> {
  const gcps = parseGcps(await readFile(file, 'utf8'), file, epsg);
  return calibrateFromGcps({
    gcps,
    sizePx: await readPhotoSize(camera),
    position: camera.position,
    ...(camera.headingDeg === undefined ? {} : { aim: { headingDeg: camera.headingDeg, pitchDeg: 0, rollDeg: 0 } }),
    ...(camera.focalPx === undefined ? {} : { focalPx: camera.focalPx }),
  });
}

/** Size of the camera's photos: that of the first one that is a picture. GCPs are clicked in photos of this size. */
async function readPhotoSize(camera: MountedCamera): Promise<SizePx> {
  for await (const { file } of scanPhotos(camera.photoFolder)) {
    const header = await readHeader(file).catch(() => undefined);
    if (header) return header.sizePx;
  }
  throw new ServiceError('folder-without-photos', { folder: camera.photoFolder });
}
