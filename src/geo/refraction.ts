/** Mean radius of the Earth, m. Source: IUGG, R1. */
const earthRadiusM = 6371009;

/** Refraction coefficient of daylight air over land, and its standard deviation. Source: Gauss's value, in use since. */
export const meanRefraction = { k: 0.13, sigma: 0.1 } as const;

/** How far light sinks below a straight ray: the answer times the square of the horizontal distance, m. */
export function bendOf(refraction: number): number {
  return refraction / (2 * earthRadiusM);
}
