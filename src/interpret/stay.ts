import type { GroundCovariance, LngLat } from '../geo/frames.ts';
import type { Sighting } from '../locate/sighting.ts';

/** One sighting of the label in question, as the stay linker reads it. `key` names its detection for the caller. */
export interface StaySighting {
  readonly key: number;
  readonly sighting: Pick<Sighting, 'point' | 'covariance'>;
}

/** One usable frame of a camera and what was seen in it; frames without a sighting count too. */
export interface StayFrame {
  readonly takenAt: Date;
  readonly sightings: readonly StaySighting[];
}

/** An object at one place for a while. */
export interface Stay {
  readonly point: LngLat;
  /** Covariance of the mean position, m². */
  readonly covariance: GroundCovariance;
  readonly firstSeen: Date;
  readonly lastSeen: Date;
  /** Keys of the sightings that make it, in order of time; at least `minFrames`. */
  readonly keys: readonly number[];
}
