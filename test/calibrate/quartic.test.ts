import fc from 'fast-check';
import { expect, it } from 'vitest';
import { realRoots } from '../../src/calibrate/quartic.ts';

const roots = fc.tuple(fc.integer({ min: -99, max: 99 }), fc.integer({ min: -99, max: 99 }));

/** (x² + b·x + c)(x² + d·x + e), times a. */
function product(a: number, [b, c]: readonly [number, number], [d, e]: readonly [number, number]) {
  return [a, a * (b + d), a * (c + e + b * d), a * (b * e + c * d), a * c * e] as const;
}

it('a quartic has the real roots that it was made of', () => {
  fc.assert(
    fc.property(roots, roots, fc.constantFrom(1, -3, 1e4, 1e-4), ([one, two], [middle, aside], a) => {
      // Two real roots, and a pair that is complex unless `aside` is 0.
      const quartic = product(a, [-one - two, one * two], [-2 * middle, middle ** 2 + aside ** 2]);
      const found = realRoots(quartic);
      const wanted = aside === 0 ? [one, two, middle] : [one, two];
      for (const root of wanted) {
        // Roots that fall together are found to the root of the rounding.
        expect(Math.min(...found.map((other) => Math.abs(other - root)))).toBeLessThan(1e-3 * (1 + Math.abs(root)));
      }
      expect(found.length).toBeLessThanOrEqual(4);
    }),
    { numRuns: 500 },
  );
});

it('a quartic whose roots lie around one middle is one in squares, but for rounding', () => {
  const around = product(1, [98, 12 * 86], [98, 49 ** 2 + 35 ** 2]);
  const found = [...realRoots(around)].sort((a, b) => a - b);
  expect(found).toHaveLength(2);
  expect(found[0]).toBeCloseTo(-86, 9);
  expect(found[1]).toBeCloseTo(-12, 9);
});

it('a quartic without real roots has none, and one without x⁴ is no quartic', () => {
  expect(realRoots(product(2, [0, 4], [2, 9]))).toEqual([]);
  expect(realRoots([0, 1, 2, 3, 4])).toEqual([]);
  expect(realRoots([1, 0, -5, 0, 4]).toSorted((a, b) => a - b)).toEqual([-2, -1, 1, 2]);
});
