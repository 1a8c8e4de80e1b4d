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

/** Brown–Conrady lens in OpenCV's order. px for focal and centre, the rest without unit. */
export interface Lens {
  readonly kind: 'brown-conrady';
  readonly focalPx: number;
  /** Vertical over horizontal focal length; absent: 1, square pixels. */
  readonly focalRatio?: number;
  readonly centre: { readonly u: number; readonly v: number };
  readonly k1: number;
  readonly k2: number;
  readonly k3: number;
  readonly p1: number;
  readonly p2: number;
}

/** A camera that can turn pixels into rays. Its pose is in the tangent plane at `origin`. */
export interface Camera {
  readonly origin: PlaneOrigin;
  readonly pose: Pose;
  readonly lens: Lens;
  readonly sizePx: SizePx;
  /** Coefficient of terrestrial refraction k; absent: 0.13, the mean of daylight air. */
  readonly refraction?: number;
}
