/**
 * The frames of Rivage. docs/coordinate-systems.md explains each one with a worked example.
 */

/** A place in a photo. px, continuous; origin at the top-left corner of the picture, u right, v down. The centre of the first pixel is (0.5, 0.5). */
export interface Pixel {
  readonly u: number;
  readonly v: number;
}

/** Width and height of a picture, px. */
export interface SizePx {
  readonly widthPx: number;
  readonly heightPx: number;
}

/** A rectangle in a photo, px: left, top, width, height, in the original photo's pixels. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/** Longitude and latitude, degrees, EPSG:4326. */
export interface LngLat {
  readonly lng: number;
  readonly lat: number;
}

/** A point in a local tangent plane, m: east, north, up from the plane's origin. */
export interface Enu {
  readonly eastM: number;
  readonly northM: number;
  readonly upM: number;
}

/** The origin of a local tangent plane: WGS84 position and height in the datum of the DEM. */
export interface PlaneOrigin extends LngLat {
  readonly heightM: number;
}

/** A half-line in a local tangent plane. `direction` has length 1. */
export interface Ray {
  readonly origin: Enu;
  readonly direction: Enu;
  /**
   * How far light sinks below the half-line: bendPerM · d², m, at horizontal distance d. Absent: it does not bend.
   * Refraction alone: the curvature of the Earth is in the tangent plane itself.
   */
  readonly bendPerM?: number;
}

/** Symmetric 2×2 covariance on the ground, m²: east-east, east-north, north-north. */
export interface GroundCovariance {
  readonly eeM2: number;
  readonly enM2: number;
  readonly nnM2: number;
}
