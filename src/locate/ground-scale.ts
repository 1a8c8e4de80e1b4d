import { worldToPixel } from '../camera/project.ts';
import type { Enu } from '../geo/frames.ts';
import type { Ground } from './ground.ts';

/** Height of a standing person, m. Source: mean of European adults, NCD-RisC (2016), with shoes. */
export const standingM = 1.7;

/** How large things look at a place, px for each metre: upright ones, and across the line of sight. */
export interface GroundScale {
  readonly uprightPx: number;
  readonly acrossPx: number;
}

/** A thing seen from straight above shows its depth instead of its height: of a standing person about this share. */
const depthShare = 0.25;

/** How large things look at a place; undefined where the camera cannot see them. */
export function scaleAt({ calibration: { camera } }: Ground, point: Enu): GroundScale | undefined {
  const { position } = camera.pose;
  const [east, north] = [point.eastM - position.eastM, point.northM - position.northM];
  const away = Math.max(Math.hypot(east, north), 1e-6);
  const foot = worldToPixel(camera, point);
  const over = worldToPixel(camera, { ...point, upM: point.upM + 1 });
  const beside = worldToPixel(camera, {
    ...point,
    eastM: point.eastM + north / away,
    northM: point.northM - east / away,
  });
  if (!foot || !over || !beside) return undefined;
  return {
    uprightPx: Math.hypot(over.u - foot.u, over.v - foot.v),
    acrossPx: Math.hypot(beside.u - foot.u, beside.v - foot.v),
  };
}

/** Height in the picture of something that is a metre tall, px. */
export function heightPx({ uprightPx, acrossPx }: GroundScale): number {
  return Math.hypot(uprightPx, depthShare * acrossPx);
}
