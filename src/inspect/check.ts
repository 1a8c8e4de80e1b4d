import type { DemGrid } from '../dem/grid.ts';
import type { Bilingual } from '../errors.ts';

/** What a calibration is held against. */
export type CheckName =
  | 'camera-above-ground'
  | 'gcps-on-ground'
  | 'gcps-visible'
  | 'roll'
  | 'horizon'
  | 'field-of-view'
  | 'lens';

/** What one physical check says of a calibration. */
export interface CalibrationCheck {
  readonly check: CheckName;
  readonly passed: boolean;
  /** Names of the GCPs that fail it; absent: it is not about GCPs, or none fails. */
  readonly gcps?: readonly string[];
  /** For the person who calibrates: what is seen, and where it fails, what may be wrong. */
  readonly sentence: Bilingual;
}

/** The terrain that a calibration is held against. */
export interface Terrain {
  /** Laid under the plane of the calibration's camera. */
  readonly grid: DemGrid;
  /** One standard deviation of its heights, m. */
  readonly heightSigmaM: number;
}
