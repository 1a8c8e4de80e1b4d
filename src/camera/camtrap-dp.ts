import { normaliseAzimuth } from '../geo/angles.ts';
import { errorEllipse } from '../geo/ellipse.ts';
import type { LngLat } from '../geo/frames.ts';
import { fromEnu } from '../geo/plane.ts';
import type { ParameterName } from './jacobian.ts';
import type { KnownCamera } from './known-camera.ts';
import type { Aim } from './pose.ts';

/**
 * What a deployment says of a camera's place and aim. Source: Camtrap DP 1.0, deployments-table-schema.json.
 */
export interface CamtrapDeployment {
  /** WGS84, deg. */
  readonly latitude: number;
  readonly longitude: number;
  /** Radius of the smallest circle that holds the camera, whole m, at least 1. */
  readonly coordinateUncertainty?: number;
  /** Whole degrees: −90 down, 0 horizontal, 90 up. */
  readonly cameraTilt?: number;
  /** Whole degrees clockwise from north, 0–360. */
  readonly cameraHeading?: number;
}

/** The deployment of a camera; its circle is the 95 % one. Its height above the ground is not known of a calibration. */
export function toCamtrapDp(known: KnownCamera): CamtrapDeployment {
  const { origin, pose } = known.camera;
  const { lat, lng } = fromEnu(origin, pose.position);
  return {
    latitude: roundTo(lat, 7),
    longitude: roundTo(lng, 7),
    ...uncertaintyOf(known),
    cameraTilt: Math.round(pose.pitchDeg) + 0, // −0 is 0
    cameraHeading: Math.round(pose.headingDeg) % 360,
  };
}

/** Absent where the position is not among what is known to its σ. */
function uncertaintyOf({ free, covariance }: KnownCamera): Pick<CamtrapDeployment, 'coordinateUncertainty'> {
  const cell = (row: ParameterName, col: ParameterName) =>
    covariance[free.indexOf(row) * free.length + free.indexOf(col)] ?? 0;
  if (!free.includes('eastM') || !free.includes('northM')) return {};
  const { semiMajorM } = errorEllipse({
    eeM2: cell('eastM', 'eastM'),
    enM2: cell('eastM', 'northM'),
    nnM2: cell('northM', 'northM'),
  });
  return { coordinateUncertainty: Math.max(Math.ceil(semiMajorM), 1) };
}

/** What is known of a camera from its deployment: its place, and its aim where heading and tilt are told. Roll is taken as 0. */
export function fromCamtrapDp({ latitude, longitude, cameraTilt, cameraHeading }: CamtrapDeployment): {
  readonly place: LngLat;
  readonly aim: Aim | undefined;
} {
  const told = cameraHeading !== undefined && cameraTilt !== undefined;
  return {
    place: { lng: longitude, lat: latitude },
    aim: told ? { headingDeg: normaliseAzimuth(cameraHeading), pitchDeg: cameraTilt, rollDeg: 0 } : undefined,
  };
}

function roundTo(value: number, decimals: number): number {
  return Number(value.toFixed(decimals));
}
