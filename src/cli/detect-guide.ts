import type { Detection } from '../detect/detection.ts';
import type { Manifest } from '../detect/manifest.ts';
import { planGuidedSlices } from '../detect/slices/guided-slices.ts';
import type { SizeGrid } from '../detect/slices/size-grid.ts';
import type { Slice } from '../detect/slices/slicing.ts';
import { ServiceError } from '../errors.ts';
import type { SizePx } from '../geo/frames.ts';
import { expectSizes } from '../locate/expected-size.ts';
import { judgeSize } from '../locate/plausibility.ts';
import { solveGcps } from '../pipeline/calibrate-camera.ts';
import { createSlicePlans, type SlicePlans } from '../pipeline/slice-plans.ts';
import { createGroundReader, findMasks } from '../pipeline/station.ts';
import { getCamera } from '../workspace/cameras.ts';
import { readWorkspace } from '../workspace/read-workspace.ts';

/** A detection with how well its size fits its place, 0–1 (undefined: nothing says), and its confidence times that. */
export interface JudgedDetection extends Detection {
  readonly plausibility: number | undefined;
  readonly shownConfidence: number;
}

/** What the ground of a camera says of its photos. */
export interface DetectGuide {
  readonly grid: SizeGrid;
  readonly slices: readonly Slice[];
  /** As a run plans them. */
  readonly slicesFor: SlicePlans;
  readonly judge: (detection: Detection) => number | undefined;
  /** @throws ServiceError photo-other-size */
  readonly refuseOther: (photo: SizePx) => void;
}

/**
 * Prepares a camera of a workspace from its files alone: by its newest GCPs, as if it had not turned since.
 * @throws ServiceError camera-unknown, camera-without-gcps, and those of readWorkspace, solveGcps and readDemAround
 */
export async function openGuide(folder: string, cameraId: string, manifest: Manifest): Promise<DetectGuide> {
  const workspace = await readWorkspace(folder);
  const camera = getCamera(workspace, cameraId);
  const [newest] = camera.gcps.toSorted((a, b) => (b.validFrom?.getTime() ?? 0) - (a.validFrom?.getTime() ?? 0));
  if (!newest) throw new ServiceError('camera-without-gcps', { camera: cameraId });
  const calibration = await solveGcps(workspace, camera, newest);
  const ground = await createGroundReader(workspace, camera)({ calibration });
  const masks = findMasks(workspace, camera);
  const grid = expectSizes(ground, masks);
  const say = ({ widthPx, heightPx }: SizePx): string => `${widthPx}×${heightPx}`;
  return {
    grid,
    slices: planGuidedSlices(grid, manifest),
    slicesFor: createSlicePlans(ground, masks),
    judge: (detection) => judgeSize(ground, detection),
    refuseOther: (photo) => {
      if (say(photo) === say(grid.photo)) return;
      throw new ServiceError('photo-other-size', { photo: say(photo), camera: say(grid.photo) });
    },
  };
}
