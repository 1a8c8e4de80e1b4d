/**
 * How far from the centre of a picture a lens puts what it sees: r(1 + k1 r² + k2 r⁴ + k3 r⁶ + k4 r⁸) focal lengths,
 * r the slope (Brown–Conrady) or the angle in rad (fisheye) of the direction from the axis.
 */
export interface Radial {
  readonly k1: number;
  readonly k2: number;
  readonly k3: number;
  readonly k4?: number;
}

/** The radius in the picture over r. */
export function stretch({ k1, k2, k3, k4 = 0 }: Radial, r: number): number {
  const s = r * r;
  return 1 + s * (k1 + s * (k2 + s * (k3 + s * k4)));
}

/** How fast the radius in the picture grows with r. */
export function growth({ k1, k2, k3, k4 = 0 }: Radial, r: number): number {
  const s = r * r;
  return 1 + s * (3 * k1 + s * (5 * k2 + s * (7 * k3 + s * 9 * k4)));
}

/** The r at which the picture stops growing: the smallest root of its growth, at most `widest`; Infinity: it grows that far. */
export function findFold(radial: Radial, widest: number): number {
  const steps = 2000;
  for (let step = 1; step <= steps; step++) {
    let far = (widest * step) / steps;
    if (growth(radial, far) > 0) continue;
    let near = (widest * (step - 1)) / steps;
    for (let halving = 0; halving < 60; halving++) {
      const middle = (near + far) / 2;
      if (growth(radial, middle) > 0) near = middle;
      else far = middle;
    }
    return near;
  }
  return Infinity;
}

/**
 * The way back, from the radius in the picture to r, at most `limit`; undefined for a radius that no such r has. Good to
 * about the square of `tolerance`.
 */
export function prepareShrink(radial: Radial, limit: number, tolerance = 1e-6): (radius: number) => number | undefined {
  const { k1, k2, k3, k4 = 0 } = radial;
  const widest = limit * stretch(radial, limit);
  // The inverse series, to start near. Source: Drap and Lefèvre (2016), "An exact formula for calculating inverse
  // radial lens distortions", Sensors 16(6).
  const [b1, b2, b3] = [-k1, 3 * k1 * k1 - k2, 8 * k1 * k2 - 12 * k1 * k1 * k1 - k3];
  return (radius) => {
    if (!(radius <= widest)) return undefined;
    let low = 0;
    let high = limit;
    const s0 = radius * radius;
    let r = Math.min(Math.max(radius * (1 + s0 * (b1 + s0 * (b2 + s0 * b3))), 0), limit);
    // Newton, kept between bounds that close in.
    for (let step = 0; step < 60; step++) {
      const s = r * r;
      const error = r * (1 + s * (k1 + s * (k2 + s * (k3 + s * k4)))) - radius;
      if (error > 0) high = r;
      else low = r;
      const slope = 1 + s * (3 * k1 + s * (5 * k2 + s * (7 * k3 + s * 9 * k4)));
      const next = r - error / slope;
      const isInside = next >= low && next <= high;
      r = isInside ? next : (low + high) / 2;
      // A step of Newton squares the error.
      if (isInside && error < tolerance * slope && error > -tolerance * slope) break;
    }
    return r;
  };
}
