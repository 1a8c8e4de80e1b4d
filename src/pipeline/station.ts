import path from 'node:path';
import type { Polygon } from 'geojson';
import { readDemAround } from '../dem/geotiff.ts';
import { ChangeGate } from '../detect/change/change-gate.ts';
import type { PlaneOrigin } from '../geo/frames.ts';
import type { Lake } from '../geo/lake.ts';
import { buildGround, type Ground } from '../locate/ground.ts';
import { calibrationAt, listCalibrations, type StoredCalibration } from '../store/calibrations.ts';
import type { MountedCamera } from '../workspace/mounted-camera.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { updateCalibrations } from './calibrate-camera.ts';
import { type DriftWatch, openDriftWatch } from './drift-watch.ts';
import { createSlicePlans, type SlicePlans } from './slice-plans.ts';
import type { Tools } from './tools.ts';
import { updateViewsheds } from './viewsheds.ts';

/** A calibration made ready for all photos of its time. */
export interface Calibrated {
  readonly calibrationId: number;
  readonly ground: Ground;
  /** Undefined: nobody told the photo that its GCPs were clicked in. */
  readonly drift: DriftWatch | undefined;
  /** Where to look in its photos. */
  readonly slicesFor: SlicePlans;
}

/** A camera made ready for its photos. */
export interface Station {
  readonly camera: MountedCamera;
  readonly lake: Lake | undefined;
  /** Undefined: all of every photo is looked at. */
  readonly gate: ChangeGate | undefined;
  /** The calibration that holds at an instant; undefined: none does, so detections stay in the picture. */
  readonly calibratedAt: (at: Date) => Calibrated | undefined;
}

/** Before all photos: the first instant that a Date can say. */
const firstInstant = new Date(-8.64e15);

type StationTools = Pick<Tools, 'db' | 'workspace'>;

/** Farther than this a person is less than a pixel in any camera we know, m. */
const maxRangeM = 3000;

/**
 * Opens a camera: calibrated from its GCP files as they are now (the same points give the same stored calibration),
 * with its lake, its terrain and the reference photos of its calibrations. Whatever is wrong with them shows here, and
 * not at a photo. Sightings that were stored before keep their calibration.
 * @throws ServiceError those of updateCalibrations, readDemAround and openDriftWatch
 */
export async function openStation(tools: StationTools, camera: MountedCamera): Promise<Station> {
  const { workspace } = tools;
  const groundOf = createGroundReader(workspace, camera);
  const calibrations = await updateCamera(tools, camera, { groundOf });
  const opened = new Map<number, Calibrated>();
  for (const stored of calibrations.filter((one) => holdsEver(one, calibrations))) {
    const { calibrationId, referencePath } = stored;
    const ground = await groundOf(stored);
    const drift =
      referencePath === undefined
        ? undefined
        : await openDriftWatch(ground, path.join(workspace.folder, referencePath));
    const slicesFor = createSlicePlans(ground, findMasks(workspace, camera));
    opened.set(calibrationId, { calibrationId, ground, drift, slicesFor });
  }
  return {
    camera,
    lake: findLake(workspace, camera),
    gate: camera.changeGate ? new ChangeGate() : undefined,
    calibratedAt: (at) => {
      const stored = calibrationAt(calibrations, at);
      return stored && opened.get(stored.calibrationId);
    },
  };
}

/** The ground of a camera by the calibration that holds at an instant; undefined: none does. */
export async function findGround(tools: StationTools, camera: MountedCamera, at: Date): Promise<Ground | undefined> {
  const groundOf = createGroundReader(tools.workspace, camera);
  const stored = calibrationAt(await updateCamera(tools, camera, { groundOf }), at);
  return stored && groundOf(stored);
}

/**
 * Brings the stored calibrations of a camera and their viewsheds up to its files; all calibrations that it has then.
 * @param anew see updateCalibrations.
 * @throws ServiceError those of updateCalibrations and readDemAround
 */
export async function updateCamera(
  tools: StationTools,
  camera: MountedCamera,
  { anew = false, groundOf = createGroundReader(tools.workspace, camera) } = {},
): Promise<readonly StoredCalibration[]> {
  await updateCalibrations(tools, camera, anew);
  const calibrations = await listCalibrations(tools.db, camera.id);
  const holding = calibrations.filter((one) => holdsEver(one, calibrations));
  await updateViewsheds(tools, camera, holding, groundOf);
  return calibrations;
}

/** False for one that is out of use, or that another stands in for from its first instant on. */
function holdsEver(stored: StoredCalibration, all: readonly StoredCalibration[]): boolean {
  return calibrationAt(all, stored.validity.from ?? firstInstant) === stored;
}

/** Lays the ground under calibrations of one camera; those with one origin share their terrain. */
export function createGroundReader(workspace: Workspace, camera: MountedCamera) {
  const terrains = new Map<string, Ground['dem']>();
  return async ({ calibration }: Pick<StoredCalibration, 'calibration'>): Promise<Ground> => {
    const { origin } = calibration.camera;
    const key = JSON.stringify(origin);
    const dem = terrains.has(key) ? terrains.get(key) : await readTerrain(workspace, origin);
    terrains.set(key, dem);
    return buildGround({ calibration, lake: findLake(workspace, camera), dem, maxRangeM });
  };
}

/** The terrain around a camera; undefined: the workspace has no DEM. */
export async function readTerrain({ dem }: Workspace, origin: PlaneOrigin): Promise<Ground['dem']> {
  return dem && { grid: await readDemAround(dem, origin, maxRangeM), heightSigmaM: dem.heightSigmaM };
}

/** Where a camera's lake is not to be looked at. */
export function findMasks({ zones }: Workspace, { lakeId }: MountedCamera): readonly Polygon[] {
  return zones.filter((zone) => zone.kind === 'mask' && zone.lakeId === lakeId).map(({ polygon }) => polygon);
}

/** The lake that a camera watches. */
export function findLake({ lakes }: Workspace, { lakeId }: MountedCamera): Lake | undefined {
  return lakes.find(({ id }) => id === lakeId);
}
