import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { Calibration } from '../calibrate/calibration.ts';
import { type CalibrationJson, toCalibrationJson } from '../calibrate/calibration-json.ts';
import type { CalibrationRequest } from '../calibrate/calibration-request.ts';
import { placeGcps, type WrittenGcp } from '../calibrate/gcp.ts';
import { calibrateFromGcps } from '../calibrate/resection.ts';
import { type Language, ServiceError } from '../errors.ts';
import type { Pixel } from '../geo/frames.ts';
import type { CalibrationCheck } from '../inspect/check.ts';
import { checkCalibration } from '../inspect/check-calibration.ts';
import type { Ground } from '../locate/ground.ts';
import { locateFoot } from '../locate/locate-detection.ts';
import type { NoSighting, Sighting } from '../locate/sighting.ts';
import { findViewshed, type Viewshed } from '../locate/viewshed.ts';
import { decodePicture, encodeJpeg, shrinkTo } from '../picture/codec.ts';
import {
  findCalibration,
  type StoredCalibration,
  withdrawCalibrations,
  writeCalibration,
} from '../store/calibrations.ts';
import { writeViewshed } from '../store/viewsheds.ts';
import { getCamera } from '../workspace/cameras.ts';
import type { MountedCamera } from '../workspace/mounted-camera.ts';
import { fingerprint, knownOf } from './calibrate-camera.ts';
import { drawMounted } from './draw-mounted.ts';
import { createGroundReader, findGround, readTerrain } from './station.ts';
import type { Tools } from './tools.ts';
import { groundSource } from './viewsheds.ts';

/** `workspace` is looked at anew for each request: its lakes and zones may have been drawn anew. */
type DeskTools = Pick<Tools, 'db' | 'workspace'>;

/** GCPs as a person sends them. */
interface SentGcps {
  readonly gcps: readonly WrittenGcp[];
  readonly epsg: number;
  /** Relative to the workspace. */
  readonly photoPath: string | undefined;
  readonly free: CalibrationRequest['free'] | undefined;
  /** True: the answer has the ground that the camera would see. */
  readonly viewshed: boolean;
}

/** Sent GCPs that are to be stored. */
interface SentCalibration extends SentGcps {
  readonly validFrom: Date | undefined;
  readonly validTo: Date | undefined;
}

/** A solved camera with what to think of it. */
interface Solved {
  readonly calibration: CalibrationJson;
  readonly checks: readonly Required<CalibrationCheck>[];
}

type SolvedAndSeen = Solved & { readonly viewshed: Viewshed['shape'] | undefined };

/** Calibrates the cameras of a workspace for people who click points, and puts pixels on the ground for them. */
export function openCalibrationDesk(tools: DeskTools) {
  const { db } = tools;
  return {
    solve: async (cameraId: string, sent: SentGcps): Promise<SolvedAndSeen> => {
      const camera = getCamera(tools.workspace, cameraId);
      const calibration = calibrateFromGcps(await toRequest(tools, camera, sent));
      const ground = await createGroundReader(tools.workspace, camera)({ calibration });
      const viewshed = sent.viewshed ? findViewshed(ground).shape : undefined;
      return { ...describe(calibration, ground.dem, sent.epsg), viewshed };
    },
    save: (cameraId: string, sent: SentCalibration) => save(tools, getCamera(tools.workspace, cameraId), sent),
    read: async (calibrationId: number) => {
      const { cameraId, calibration } = await getWhole(tools, calibrationId);
      const dem = await readTerrain(tools.workspace, calibration.camera.origin);
      return { cameraId, ...describe(calibration, dem, tools.workspace.metricEpsg) };
    },
    withdraw: async (calibrationId: number): Promise<void> => {
      const { origin, cameraId } = await getCalibration(tools, calibrationId);
      if (origin === 'file') {
        throw new ServiceError('calibration-of-file', { id: calibrationId, file: `cameras/${cameraId}.json` });
      }
      await withdrawCalibrations(db, [calibrationId]);
    },
    draw: (calibrationId: number, photo: Uint8Array, options: DrawOptions) =>
      draw(tools, calibrationId, photo, options),
    locate: (cameraId: string, pixels: readonly Pixel[], options: LocateOptions) =>
      locate(tools, cameraId, pixels, options),
  };
}

function describe(calibration: Calibration, dem: Ground['dem'], epsg: number): Solved {
  const checks = checkCalibration(calibration, dem).map((check) => ({ gcps: [], ...check }));
  return { calibration: toCalibrationJson(calibration, epsg), checks };
}

async function save(
  tools: DeskTools,
  camera: MountedCamera,
  sent: SentCalibration,
): Promise<SolvedAndSeen & { readonly calibrationId: number }> {
  const { workspace } = tools;
  const request = await toRequest(tools, camera, sent);
  const calibration = calibrateFromGcps(request);
  // Before it is stored: what cannot be shown is not stored either.
  const ground = await createGroundReader(workspace, camera)({ calibration });
  const solved = describe(calibration, ground.dem, sent.epsg);
  const viewshed = { ...findViewshed(ground), source: await groundSource(workspace, camera) };
  const calibrationId = await tools.db.transaction(async (tx) => {
    const id = await writeCalibration(tx, {
      cameraId: camera.id,
      calibration,
      validity: { from: sent.validFrom, to: sent.validTo },
      origin: 'service',
      source: fingerprint(request),
      referencePath: sent.photoPath,
    });
    await writeViewshed(tx, { calibrationId: id, ...viewshed });
    return id;
  });
  return { calibrationId, ...solved, viewshed: sent.viewshed ? viewshed.shape : undefined };
}

interface DrawOptions {
  readonly widthPx: number | undefined;
  readonly language: Language;
}

async function draw(
  tools: DeskTools,
  calibrationId: number,
  photo: Uint8Array,
  { widthPx, language }: DrawOptions,
): Promise<Uint8Array> {
  const { workspace } = tools;
  const { cameraId, calibration } = await getWhole(tools, calibrationId);
  const camera = getCamera(workspace, cameraId);
  const dem = await readTerrain(workspace, calibration.camera.origin);
  const drawn = await drawMounted({ workspace, camera, calibration, dem }, await decodePicture(photo), language);
  return encodeJpeg(await shrinkTo(drawn, widthPx), 90);
}

interface LocateOptions {
  readonly at: Date | undefined;
  readonly sigmaPx: number;
}

async function locate(
  tools: DeskTools,
  cameraId: string,
  pixels: readonly Pixel[],
  { at, sigmaPx }: LocateOptions,
): Promise<readonly (Sighting | NoSighting)[]> {
  const ground = await findGround(tools, getCamera(tools.workspace, cameraId), at ?? new Date());
  return pixels.map((pixel) =>
    ground
      ? locateFoot(ground, { pixel, sigmaUPx: sigmaPx, sigmaVPx: sigmaPx, extentSigmaM: 0 })
      : { kind: 'no-sighting', reason: 'not-calibrated' },
  );
}

async function getCalibration({ db }: DeskTools, id: number): Promise<StoredCalibration> {
  const found = await findCalibration(db, id);
  if (found) return found;
  const what = { en: 'calibration', fr: 'calibration' };
  throw new ServiceError('not-found', { what, id, list: '/api/cameras/{cameraId}/calibrations' });
}

/** A calibration with its points: those stored before migration 2 have only their names and residuals. */
async function getWhole(tools: DeskTools, id: number): Promise<StoredCalibration> {
  const stored = await getCalibration(tools, id);
  if (stored.calibration.gcps.every((gcp) => 'pixel' in gcp && 'position' in gcp)) return stored;
  throw new ServiceError('calibration-without-points', { id, camera: stored.cameraId });
}

async function toRequest(
  { workspace }: DeskTools,
  camera: MountedCamera,
  { gcps, epsg, photoPath, free }: SentGcps,
): Promise<CalibrationRequest> {
  const source = { en: `camera ${camera.id}`, fr: `l'appareil ${camera.id}` };
  const placed = placeGcps(gcps, epsg, { source, camera: camera.position });
  const photo = photoPath === undefined ? undefined : await findPhoto(workspace.folder, photoPath);
  return { ...(await knownOf(camera, photo)), gcps: placed, ...(free ? { free } : {}) };
}

/** A photo of the workspace that a person named: nothing outside the folder is read. */
async function findPhoto(folder: string, photoPath: string): Promise<string> {
  const file = path.resolve(folder, photoPath);
  if (!file.startsWith(folder + path.sep)) throw new ServiceError('outside-folders', { file: photoPath });
  const found = await stat(file).catch(() => undefined);
  if (!found?.isFile()) throw new ServiceError('file-missing', { file: photoPath, why: 'ENOENT' });
  return file;
}
