import path from 'node:path';
import { readDemAround } from '../dem/geotiff.ts';
import type { PlaneOrigin } from '../geo/frames.ts';
import type { Lake } from '../geo/lake.ts';
import { buildGround, type Ground } from '../locate/ground.ts';
import { calibrationAt, listCalibrations, type StoredCalibration } from '../store/calibrations.ts';
import type { MountedCamera } from '../workspace/mounted-camera.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { updateCalibrations } from './calibrate-camera.ts';
import { type DriftWatch, openDriftWatch } from './drift-watch.ts';
import type { Tools } from './tools.ts';

/** A calibration made ready for all photos of its time. */
export interface Calibrated {
  readonly calibrationId: number;
  readonly ground: Ground;
  /** Undefined: nobody told the photo that its GCPs were clicked in. */
  readonly drift: DriftWatch | undefined;
}

/** A camera made ready for its photos. */
export interface Station {
  readonly camera: MountedCamera;
  readonly lake: Lake | undefined;
  /** The calibration that holds at an instant; undefined: none does, so detections stay in the picture. */
  readonly calibratedAt: (at: Date) => Promise<Calibrated | undefined>;
}

/** Farther than this a person is less than a pixel in any camera we know, m. */
const maxRangeM = 3000;

/**
 * Opens a camera: calibrated from its GCP files as they are now (the same points give the same stored calibration),
 * with its lake and terrain. Sightings that were stored before keep theirs.
 * @throws ServiceError those of updateCalibrations and readDemAround
 */
export async function openStation(tools: Pick<Tools, 'db' | 'workspace'>, camera: MountedCamera): Promise<Station> {
  const { db, workspace } = tools;
  const lake = workspace.lakes.find(({ id }) => id === camera.lakeId);
  await updateCalibrations(tools, camera);
  const calibrations = await listCalibrations(db, camera.id);
  const terrainAt = onceEach((origin: PlaneOrigin) => readTerrain(workspace, origin));
  const open = onceEach(async (stored: StoredCalibration): Promise<Calibrated> => {
    const { calibration, calibrationId, referencePath } = stored;
    const dem = await terrainAt(calibration.camera.origin);
    const ground = buildGround({ calibration, lake, dem, maxRangeM });
    const reference = referencePath === undefined ? undefined : path.join(workspace.folder, referencePath);
    return { calibrationId, ground, drift: reference === undefined ? undefined : openDriftWatch(ground, reference) };
  });
  // A DEM that cannot be read shows before the first photo, not at it.
  const latest = calibrations.find(({ withdrawnAt }) => withdrawnAt === undefined);
  if (latest) await open(latest);
  return {
    camera,
    lake,
    calibratedAt: async (at) => {
      const stored = calibrationAt(calibrations, at);
      return stored && open(stored);
    },
  };
}

/** Does a work once for each value of what it takes, and keeps what came of it. */
function onceEach<Key extends object, Made>(work: (key: Key) => Promise<Made>): (key: Key) => Promise<Made> {
  const done = new Map<string, Promise<Made>>();
  return (key) => {
    const name = JSON.stringify(key);
    const made = done.get(name) ?? work(key);
    done.set(name, made);
    return made;
  };
}

/** The terrain around a camera; undefined: the workspace has no DEM. */
export async function readTerrain({ dem }: Workspace, origin: PlaneOrigin): Promise<Ground['dem']> {
  return dem && { grid: await readDemAround(dem, origin, maxRangeM), heightSigmaM: dem.heightSigmaM };
}
