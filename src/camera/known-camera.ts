import type { Calibration } from './calibration.ts';

/** A camera and how well it is known: all that placing on the ground needs of a calibration. */
export type KnownCamera = Pick<Calibration, 'camera' | 'free' | 'covariance'>;
