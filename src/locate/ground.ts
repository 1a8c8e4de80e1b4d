import type { KnownCamera } from '../camera/known-camera.ts';
import type { DemGrid } from '../dem/grid.ts';
import type { Lake, WaterLevel } from '../geo/lake.ts';
import { type LevelSurface, levelAt } from '../geo/ray.ts';
import { layShore, type Shore } from './shore.ts';

/** What a camera's detections can be put on. */
export interface GroundRequest {
  readonly calibration: KnownCamera;
  readonly lake: Pick<Lake, 'shoreline' | 'waterLevelM' | 'waterLevelSigmaM'> | undefined;
  /** Elevations around the camera, laid under the plane of its calibration; undefined: the level of the lake goes on over land. */
  readonly dem: { readonly grid: DemGrid; readonly heightSigmaM: number } | undefined;
  /** Nothing farther than this is looked for, m. */
  readonly maxRangeM: number;
}

/** A level surface, with one standard deviation of its height, m. */
export interface Level {
  readonly surface: LevelSurface;
  readonly heightM: number;
  readonly sigmaM: number;
}

/** The level of a lake inside its shoreline. */
interface Water extends Level {
  readonly shore: Shore;
  /** The ordinary level of the lake, as a DEM may show it, m. */
  readonly shownM: number;
}

/** The ground as one camera sees it: built once, asked for each detection. */
export interface Ground {
  readonly calibration: KnownCamera;
  readonly water: Water | undefined;
  readonly dem: GroundRequest['dem'];
  /** Stands for the ground where there is no DEM. */
  readonly plane: Level | undefined;
  readonly maxRangeM: number;
}

/** Prepares the ground of a camera from its lake, DEM and calibration. */
export function buildGround({ calibration, lake, dem, maxRangeM }: GroundRequest): Ground {
  const { origin } = calibration.camera;
  const level = lake && {
    surface: levelAt(origin, lake.waterLevelM),
    heightM: lake.waterLevelM,
    sigmaM: lake.waterLevelSigmaM,
  };
  const shore = lake && layShore(lake.shoreline, origin, lake.waterLevelM);
  const water = level && shore && { ...level, shore, shownM: level.heightM };
  return { calibration, water, dem, plane: dem ? undefined : level, maxRangeM };
}

/**
 * The same ground with the water of another day. The shoreline stays as it was drawn: laid at another level it would
 * move by less than 1 mm for each metre, 5 km away.
 */
export function withWaterLevel(ground: Ground, { heightM, sigmaM }: WaterLevel): Ground {
  const { water, plane } = ground;
  if (!water) return ground;
  const level = { surface: levelAt(ground.calibration.camera.origin, heightM), heightM, sigmaM };
  return { ...ground, water: { ...water, ...level }, plane: plane && level };
}

/** The same ground seen by a camera that turned: a calibration in the same tangent plane. */
export function withCalibration(ground: Ground, calibration: KnownCamera): Ground {
  return { ...ground, calibration };
}

/** A ground that is one level plane everywhere, without a lake or a DEM. */
export function buildPlaneGround(
  calibration: KnownCamera,
  heightM: number,
  heightSigmaM: number,
  maxRangeM: number,
): Ground {
  const surface = levelAt(calibration.camera.origin, heightM);
  const plane = { surface, heightM, sigmaM: heightSigmaM };
  return { calibration, water: undefined, dem: undefined, plane, maxRangeM };
}
