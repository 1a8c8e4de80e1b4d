import type { Calibration } from '../camera/calibration.ts';
import { readDemAround } from '../dem/geotiff.ts';
import { buildGround, type Ground } from '../locate/ground.ts';
import { writeCalibration } from '../store/calibrations.ts';
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
 * Opens a camera: solved from its GCP file as it is now (the same points give the same stored calibration; changed
 * ones a new one, for photos from now on), with its lake, zones and terrain.
 * @throws ServiceError those of calibrateCamera and readDemAround
 */
export async function openStation(
  { db, workspace }: Pick<Tools, 'db' | 'workspace'>,
  camera: MountedCamera,
): Promise<Station> {
  if (!camera.gcps) return { camera, calibrated: undefined };
  const calibration = await calibrateCamera(camera, camera.gcps);
  const ground = await layGround(workspace, camera, calibration);
  return { camera, calibrated: { calibrationId: await writeCalibration(db, camera.id, calibration), ground } };
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
