import type { Calibration } from '../camera/calibration.ts';
import { readDemAround } from '../dem/geotiff.ts';
import { buildGround, type Ground } from '../locate/ground.ts';
import { findCalibration, writeCalibration } from '../store/calibrations.ts';
import type { MountedCamera } from '../workspace/mounted-camera.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { calibrateCamera } from './calibrate-camera.ts';
import type { Tools } from './tools.ts';

/** A camera made ready once for all its photos. */
export interface Station {
  readonly camera: MountedCamera;
  /** Undefined: the camera has no GCPs, so its detections stay in the picture. */
  readonly calibrated: { readonly calibrationId: number; readonly ground: Ground } | undefined;
}

/** Farther than this a person is less than a pixel in any camera we know, m. */
const maxRangeM = 3000;

/**
 * Opens a camera: its latest calibration (solved from its GCPs when there is none yet), lake, zones and terrain.
 * @throws ServiceError those of calibrateCamera and readDemAround
 */
export async function openStation(tools: Pick<Tools, 'db' | 'workspace'>, camera: MountedCamera): Promise<Station> {
  const { db, workspace } = tools;
  const known = await findCalibration(db, camera.id, undefined);
  if (known) return toStation(camera, known.calibrationId, await layGround(workspace, camera, known.calibration));
  if (!camera.gcps) return { camera, calibrated: undefined };
  const calibration = await calibrateCamera(camera);
  const ground = await layGround(workspace, camera, calibration);
  return toStation(camera, await writeCalibration(db, camera.id, calibration), ground);
}

function toStation(camera: MountedCamera, calibrationId: number, ground: Ground): Station {
  return { camera, calibrated: { calibrationId, ground } };
}

async function layGround(workspace: Workspace, camera: MountedCamera, calibration: Calibration): Promise<Ground> {
  const { dem, lakes, zones } = workspace;
  const grid = dem && (await readDemAround(dem, calibration.camera.origin, maxRangeM));
  return buildGround({
    calibration,
    lake: lakes.find(({ id }) => id === camera.lakeId),
    zones: zones.filter(({ lakeId }) => lakeId === camera.lakeId),
    dem: dem && grid && { grid, heightSigmaM: dem.heightSigmaM },
    maxRangeM,
  });
}
