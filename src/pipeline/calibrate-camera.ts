import { readFile } from 'node:fs/promises';
import type { Calibration } from '../calibrate/calibration.ts';
import type { CalibrationRequest } from '../calibrate/calibration-request.ts';
import { chooseFocal } from '../calibrate/focal.ts';
import { parseGcps } from '../calibrate/gcp.ts';
import { calibrateFromGcps } from '../calibrate/resection.ts';
import { ServiceError } from '../errors.ts';
import type { SizePx } from '../geo/frames.ts';
import { readFocal } from '../ingest/exif.ts';
import { hashBytes } from '../ingest/hash.ts';
import { nameInside } from '../ingest/photo-file.ts';
import { scanPhotos } from '../ingest/scan.ts';
import { readHeader } from '../picture/codec.ts';
import {
  listFileCalibrations,
  type NewCalibration,
  withdrawCalibrations,
  writeCalibration,
} from '../store/calibrations.ts';
import type { GcpSource } from '../workspace/gcp-sources.ts';
import type { MountedCamera } from '../workspace/mounted-camera.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { Tools } from './tools.ts';

/** What a set of GCPs of a workspace's camera asks to be solved, and all that is stored with the answer. */
interface Assignment extends Omit<NewCalibration, 'calibration'> {
  readonly request: CalibrationRequest;
}

/**
 * Brings the stored calibrations of a camera up to its files: sets of GCPs that are new or changed are solved and
 * stored, those that are gone are withdrawn. All of it, or nothing.
 * @param anew solve those too that were solved before.
 * @throws ServiceError folder-without-photos, file-missing, and those of parseGcps and calibrateFromGcps
 */
export async function updateCalibrations(
  { db, workspace }: Pick<Tools, 'db' | 'workspace'>,
  camera: MountedCamera,
  anew = false,
): Promise<void> {
  const assigned = await Promise.all(camera.gcps.map((gcps) => assign(workspace, camera, gcps)));
  const known = await listFileCalibrations(db, camera.id);
  const kept = anew ? [] : known.filter((old) => assigned.some(({ source }) => source === old.source));
  const fresh = assigned
    .filter(({ source }) => !kept.some((old) => old.source === source))
    .map(({ request, ...stored }) => ({ ...stored, calibration: calibrateFromGcps(request) }));
  await db.transaction(async (tx) => {
    const inUse = kept.map(({ calibrationId }) => calibrationId);
    for (const calibration of fresh) inUse.push(await writeCalibration(tx, calibration));
    const gone = known.map(({ calibrationId }) => calibrationId).filter((id) => !inUse.includes(id));
    await withdrawCalibrations(tx, gone);
  });
}

/** Solves a set of GCPs as the user's files have it, without storing anything. */
export async function solveGcps(workspace: Workspace, camera: MountedCamera, gcps: GcpSource): Promise<Calibration> {
  const { request } = await assign(workspace, camera, gcps);
  return calibrateFromGcps(request);
}

async function assign({ folder }: Workspace, camera: MountedCamera, gcps: GcpSource): Promise<Assignment> {
  const text = await readFile(gcps.file, 'utf8').catch((cause: unknown) => {
    throw new ServiceError('file-missing', { file: gcps.file, why: String(cause) }, { cause });
  });
  const { photo, free, validFrom, validTo } = gcps;
  const request = {
    ...(await knownOf(camera, photo)),
    gcps: parseGcps(text, gcps.file, gcps.epsg, camera.position),
    ...(free ? { free } : {}),
  };
  // Relative, so that it is the same one wherever the folder lies.
  const referencePath = photo && nameInside(folder, photo);
  // A set that holds for another time, or was clicked in another photo, is another calibration.
  const source = fingerprint({ request, referencePath, validFrom, validTo });
  const validity = { from: validFrom, to: validTo };
  return { request, cameraId: camera.id, validity, origin: 'file', source, referencePath };
}

/** SHA-256 of what a calibration is solved from. */
export function fingerprint(solvedFrom: object): string {
  return hashBytes(new TextEncoder().encode(JSON.stringify(solvedFrom)));
}

/** What is known of a mounted camera before its GCPs are looked at: from its user, and from the photo they were clicked in. */
export async function knownOf(
  camera: MountedCamera,
  photo: string | undefined,
): Promise<Omit<CalibrationRequest, 'gcps'>> {
  const { position, headingDeg, lens } = camera;
  const sizePx = await readPhotoSize(camera, photo);
  const exif = photo === undefined ? undefined : await readFocal(photo, sizePx);
  return {
    sizePx,
    position,
    lens: { kind: lens.kind },
    ...(headingDeg === undefined ? {} : { aim: { headingDeg, pitchDeg: 0, rollDeg: 0 } }),
    ...chooseFocal({ ...lens, exif }, sizePx),
  };
}

/** Size of the photo that the GCPs were clicked in; where that is not told, of the camera's first one that is a picture. */
async function readPhotoSize(camera: MountedCamera, photo: string | undefined): Promise<SizePx> {
  if (photo !== undefined) return (await readHeader(photo)).sizePx;
  for await (const { file } of scanPhotos(camera.photoFolder)) {
    const header = await readHeader(file).catch(() => undefined);
    if (header) return header.sizePx;
  }
  throw new ServiceError('folder-without-photos', { folder: camera.photoFolder });
}
