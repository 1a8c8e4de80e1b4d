import type { Calibration } from '../calibrate/calibration.ts';
import type { Language } from '../errors.ts';
import { drawCalibration } from '../inspect/draw-calibration.ts';
import type { Ground } from '../locate/ground.ts';
import type { Image } from '../picture/image.ts';
import type { MountedCamera } from '../workspace/mounted-camera.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { findLake } from './station.ts';

/** A calibration of a workspace's camera, and the terrain around it. */
export interface MountedCalibration {
  readonly workspace: Workspace;
  readonly camera: MountedCamera;
  readonly calibration: Calibration;
  readonly dem: Ground['dem'];
}

/** Draws a calibration over a photo, with the lake and the zones of its camera. */
export function drawMounted(
  { workspace, camera, calibration, dem }: MountedCalibration,
  image: Image,
  language: Language,
): Promise<Image> {
  const lake = findLake(workspace, camera);
  const zones = workspace.zones.filter(({ lakeId }) => lakeId === camera.lakeId);
  return drawCalibration({ image, calibration, dem, lake, zones, language });
}
