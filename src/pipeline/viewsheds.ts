import { stat } from 'node:fs/promises';
import type { Ground } from '../locate/ground.ts';
import { findViewshed } from '../locate/viewshed.ts';
import type { StoredCalibration } from '../store/calibrations.ts';
import { readViewshedSources, writeViewshed } from '../store/viewsheds.ts';
import type { MountedCamera } from '../workspace/mounted-camera.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { fingerprint } from './calibrate-camera.ts';
import type { Tools } from './tools.ts';

/** Raised when viewsheds are found in another way, so that stored ones are made anew. */
const method = 1;

/**
 * Makes the viewsheds that calibrations of a camera lack, and anew those that were made from other ground than there is
 * now: another DEM, shoreline or water level.
 */
export async function updateViewsheds(
  { db, workspace }: Pick<Tools, 'db' | 'workspace'>,
  camera: MountedCamera,
  calibrations: readonly StoredCalibration[],
  groundOf: (stored: StoredCalibration) => Promise<Ground>,
): Promise<void> {
  const source = await groundSource(workspace, camera);
  const known = await readViewshedSources(db, camera.id);
  for (const stored of calibrations) {
    const { calibrationId } = stored;
    if (known.get(calibrationId) === source) continue;
    await writeViewshed(db, { calibrationId, source, ...findViewshed(await groundOf(stored)) });
  }
}

/** SHA-256 of all that a viewshed is made from, but for the calibration; a DEM counts by its size and its time. */
export async function groundSource({ lakes, dem }: Workspace, { lakeId }: MountedCamera): Promise<string> {
  const lake = lakes.find(({ id }) => id === lakeId);
  const { size, mtimeMs } = (dem && (await stat(dem.file).catch(() => undefined))) ?? {};
  const water = lake && [lake.shoreline, lake.waterLevelM, lake.waterLevelSigmaM];
  return fingerprint({ method, water, dem: dem && { size, mtimeMs, epsg: dem.epsg, sigmaM: dem.heightSigmaM } });
}
