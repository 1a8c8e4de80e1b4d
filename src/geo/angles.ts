export const degreesPerRadian = 180 / Math.PI;

/** An azimuth brought into 0–360, deg. */
export function normaliseAzimuth(azimuthDeg: number): number {
  return ((azimuthDeg % 360) + 360) % 360;
}

/** The smallest signed turn from one azimuth to another, deg, −180 to 180, positive clockwise. */
export function turnBetween(fromDeg: number, toDeg: number): number {
  return normaliseAzimuth(toDeg - fromDeg + 180) - 180;
}
