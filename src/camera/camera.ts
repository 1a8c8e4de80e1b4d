import type { Enu, PlaneOrigin, SizePx } from '../geo/frames.ts';

/** Where a camera stands and looks, in a local tangent plane. */
export interface Pose {
  readonly position: Enu;
  /** Degrees clockwise from true north, 0–360. */
  readonly headingDeg: number;
  /** Degrees up from the horizon. */
  readonly pitchDeg: number;
  /** Degrees; positive when the camera is turned clockwise seen from behind it. */
  readonly rollDeg: number;
}

/** What every lens has. px. */
interface Optics {
  readonly focalPx: number;
  /** Vertical over horizontal focal length; absent: 1, square pixels. */
  readonly focalRatio?: number;
  readonly centre: { readonly u: number; readonly v: number };
}

/** A lens that shows straight lines nearly straight: Brown–Conrady in OpenCV's order, no unit. */
export interface BrownConradyLens extends Optics {
  readonly kind: 'brown-conrady';
  readonly k1: number;
  readonly k2: number;
  readonly k3: number;
  readonly p1: number;
  readonly p2: number;
}

/** A lens whose picture grows with the angle from its axis: Kannala–Brandt as OpenCV's fisheye has it, no unit. */
export interface FisheyeLens extends Optics {
  readonly kind: 'fisheye';
  readonly k1: number;
  readonly k2: number;
  readonly k3: number;
  readonly k4: number;
}

export type Lens = BrownConradyLens | FisheyeLens;

export const lensKinds = ['brown-conrady', 'fisheye'] as const satisfies readonly Lens['kind'][];

/** A camera that can turn pixels into rays. Its pose is in the tangent plane at `origin`. */
export interface Camera {
  readonly origin: PlaneOrigin;
  readonly pose: Pose;
  readonly lens: Lens;
  readonly sizePx: SizePx;
  /** Coefficient of terrestrial refraction k; absent: 0.13, the mean of daylight air. */
  readonly refraction?: number;
}
