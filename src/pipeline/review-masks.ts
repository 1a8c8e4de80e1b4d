import { applyDrift, type DriftOutcome } from '../drift/drift.ts';
import type { Box, SizePx } from '../geo/frames.ts';
import type { PhotoId } from '../ingest/photo.ts';
import { type Ground, withCalibration } from '../locate/ground.ts';
import { findMasked } from '../locate/masked-cells.ts';
import { listCalibrations, type StoredCalibration } from '../store/calibrations.ts';
import { findDrift } from '../store/drifts.ts';
import type { MountedCamera } from '../workspace/mounted-camera.ts';
import { createGroundReader, findMasks } from './station.ts';
import type { Tools } from './tools.ts';

/** What of a photo decides where masks are in it. */
interface MaskedPhoto {
  readonly photoId: string;
  readonly sizePx: SizePx;
  /** By which its camera was calibrated; undefined: it was not, or was turned away. */
  readonly calibrationId: number | undefined;
}

/** Where the privacy masks of a lake are in the photos of one camera. */
export interface CameraMasks {
  /** False: nothing tells where the masks are in the photo, so that nobody may be shown it. */
  readonly canPlace: (photo: MaskedPhoto) => boolean;
  /** What must be blanked in a photo that they can be placed in, px. */
  readonly hiddenIn: (photo: MaskedPhoto) => Promise<readonly Box[]>;
}

/** Drifts that round to the same steps of this share what is blanked; one standard deviation is given to the rest. deg */
const stepDeg = 0.2;
const sigmaDeg = { steady: 0.1, assumed: 0.25 };

/** Prepares the masks of a camera's lake. @throws ServiceError those of readDemAround */
export async function openMasks(
  { db, workspace }: Pick<Tools, 'db' | 'workspace'>,
  camera: MountedCamera,
): Promise<CameraMasks> {
  const masks = findMasks(workspace, camera);
  if (masks.length === 0) return { canPlace: () => true, hiddenIn: async () => [] };
  const calibrations = new Map((await listCalibrations(db, camera.id)).map((one) => [one.calibrationId, one]));
  const groundOf = createGroundReader(workspace, camera);
  const holding = ({ calibrationId, sizePx }: MaskedPhoto): StoredCalibration | undefined => {
    const stored = calibrationId === undefined ? undefined : calibrations.get(calibrationId);
    const size = stored?.calibration.camera.sizePx;
    return size?.widthPx === sizePx.widthPx && size.heightPx === sizePx.heightPx ? stored : undefined;
  };
  const known = new Map<string, Promise<readonly Box[]>>();
  return {
    canPlace: (photo) => holding(photo) !== undefined,
    hiddenIn: async (photo) => {
      const stored = holding(photo);
      if (!stored) throw new Error(`masks cannot be placed in ${photo.photoId}`);
      const drift = await findDrift(db, photo.photoId as PhotoId, stored.calibrationId);
      const turn = drift && toStep(drift);
      const key = JSON.stringify([stored.calibrationId, turn]);
      const found = known.get(key) ?? groundOf(stored).then((ground) => findMasked(turned(ground, turn), masks));
      known.set(key, found);
      return found;
    },
  };
}

interface Turn {
  readonly headingDeg: number;
  readonly pitchDeg: number;
  readonly rollDeg: number;
  readonly sigmaDeg: number;
}

function toStep({ kind, drift }: DriftOutcome): Turn {
  const round = (deg = 0): number => Math.round(deg / stepDeg) * stepDeg;
  return {
    headingDeg: round(drift?.headingDeg),
    pitchDeg: round(drift?.pitchDeg),
    rollDeg: round(drift?.rollDeg),
    sigmaDeg: kind === 'steady' ? sigmaDeg.steady : sigmaDeg.assumed,
  };
}

function turned(ground: Ground, turn: Turn | undefined): Ground {
  if (!turn) return ground;
  const { sigmaDeg: sigma, ...angles } = turn;
  const covariance = [sigma ** 2, 0, 0, 0, sigma ** 2, 0, 0, 0, sigma ** 2];
  return withCalibration(ground, applyDrift(ground.calibration, { ...angles, covariance, agreeing: 0, looked: 0 }));
}
