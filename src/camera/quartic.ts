/** Coefficients of x⁴, x³, x², x and 1. */
export type Quartic = readonly [number, number, number, number, number];

interface Complex {
  readonly re: number;
  readonly im: number;
}

/**
 * Real roots of a quartic by Durand–Kerner. A double root that rounding made complex counts as real, to 1 %.
 * Source: Durand (1960), Kerner (1966).
 */
export function realRoots([c0, ...rest]: Quartic): readonly number[] {
  if (!(Math.abs(c0) > 1e-14 * Math.max(...rest.map(Math.abs)))) return [];
  const terms = rest.map((term) => term / c0);
  const size = 1 + Math.max(...terms.map(Math.abs));
  const radius = 0.6 * Math.min(size, 3);
  let roots: readonly Complex[] = [0.4, 1.9, 3.5, 5.1].map((angle) => ({
    re: radius * Math.cos(angle),
    im: radius * Math.sin(angle),
  }));
  for (let step = 0; step < 80; step++) {
    const changes = roots.map((root) => divide(valueAt(terms, root), productOfGaps(root, roots)));
    roots = roots.map((root, at) => subtract(root, changes[at] ?? root));
    if (changes.every(({ re, im }) => Math.hypot(re, im) < 1e-13 * size)) break;
  }
  return roots.filter(({ re, im }) => Math.abs(im) < 1e-2 * (1 + Math.abs(re))).map(({ re }) => re);
}

function valueAt(terms: readonly number[], x: Complex): Complex {
  let value: Complex = { re: 1, im: 0 };
  for (const term of terms) {
    const product = multiply(value, x);
    value = { re: product.re + term, im: product.im };
  }
  return value;
}

function productOfGaps(root: Complex, roots: readonly Complex[]): Complex {
  return roots.reduce((product, other) => (other === root ? product : multiply(product, subtract(root, other))), {
    re: 1,
    im: 0,
  });
}

function multiply(a: Complex, b: Complex): Complex {
  return { re: a.re * b.re - a.im * b.im, im: a.re * b.im + a.im * b.re };
}

function divide(a: Complex, b: Complex): Complex {
  const norm = b.re * b.re + b.im * b.im || 1e-300;
  return { re: (a.re * b.re + a.im * b.im) / norm, im: (a.im * b.re - a.re * b.im) / norm };
}

function subtract(a: Complex, b: Complex): Complex {
  return { re: a.re - b.re, im: a.im - b.im };
}
