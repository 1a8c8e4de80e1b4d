/** Coefficients of x⁴, x³, x², x and 1. */
export type Quartic = readonly [number, number, number, number, number];

/** How far from real a root may lie, as a share of its size, to count: rounding makes a double root complex. */
const nearlyReal = 1e-2;

/**
 * Real roots of a quartic, each polished by Newton. A double root that rounding made complex counts as real, to 1 %.
 * Source: Ferrari's solution, by the resolvent cubic; Numerical Recipes, 3rd ed., 5.6, for the cubic.
 */
export function realRoots(quartic: Quartic): readonly number[] {
  const [c0, c1, c2, c3, c4] = quartic;
  const largest = Math.max(Math.abs(c1), Math.abs(c2), Math.abs(c3), Math.abs(c4));
  if (!(Math.abs(c0) > 1e-14 * largest)) return [];
  const [b, c, d, e] = [c1 / c0, c2 / c0, c3 / c0, c4 / c0];
  // x = y − b/4 leaves y⁴ + p·y² + q·y + r.
  const shift = b / 4;
  const p = c - 6 * shift * shift;
  const q = d - 2 * c * shift + 8 * shift ** 3;
  const r = e - d * shift + c * shift * shift - 3 * shift ** 4;
  // Polished, for near 0 it cancels, and q is divided by its root.
  const resolvent = [0, 1, 2 * p, p * p - 4 * r, -q * q] as const;
  const square = Math.max(polish(resolvent, largestRoot(2 * p, p * p - 4 * r, -q * q)), 0);
  const s = Math.sqrt(square);
  // The two quadratics y² ± s·y + …, whose product it is; without s it is one in y².
  const roots =
    s > 1e-9 * (1 + Math.abs(p))
      ? [...halves(-s / 2, (p + square - q / s) / 2), ...halves(s / 2, (p + square + q / s) / 2)]
      : halves(-p / 2, r).flatMap((y2) => halves(0, -y2));
  return roots.map((y) => polish([1, b, c, d, e], y - shift));
}

/** Real roots of y² − 2·middle·y + product. */
function halves(middle: number, product: number): readonly number[] {
  const inside = middle * middle - product;
  const reach = Math.sqrt(Math.abs(inside));
  if (inside >= 0) return [middle - reach, middle + reach];
  return reach < nearlyReal * (1 + Math.abs(middle)) ? [middle, middle] : [];
}

/** The largest real root of z³ + a·z² + b·z + c. */
function largestRoot(a: number, b: number, c: number): number {
  const q = (a * a - 3 * b) / 9;
  const r = (2 * a ** 3 - 9 * a * b + 27 * c) / 54;
  if (r * r < q ** 3) {
    // Of the three the one that the smallest angle gives.
    const angle = Math.acos(Math.min(1, Math.max(-1, -r / Math.sqrt(q ** 3))));
    return 2 * Math.sqrt(q) * Math.cos(angle / 3) - a / 3;
  }
  const big = -Math.sign(r || 1) * Math.cbrt(Math.abs(r) + Math.sqrt(r * r - q ** 3));
  return big + (big === 0 ? 0 : q / big) - a / 3;
}

/** A polished root stays so near, as a share of its size: at a double root rounding alone sends Newton anywhere. */
const nearby = 0.1;

/** Newton, which stops where it gains nothing: at a double root. */
function polish([a, b, c, d, e]: Quartic, start: number): number {
  let x = start;
  let off = Math.abs((((a * x + b) * x + c) * x + d) * x + e);
  for (let step = 0; step < 4 && off > 0; step++) {
    const value = (((a * x + b) * x + c) * x + d) * x + e;
    const next = x - value / (((4 * a * x + 3 * b) * x + 2 * c) * x + d);
    const left = Math.abs((((a * next + b) * next + c) * next + d) * next + e);
    if (!(left < off && Math.abs(next - x) < nearby * (1 + Math.abs(x)))) break;
    x = next;
    off = left;
  }
  return x;
}
