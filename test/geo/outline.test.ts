import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Mask, outlineCells } from '../../src/geo/outline.ts';
import { findPolygonFault, holdsPoint, signedArea } from '../../src/geo/polygon.ts';

const mask = (...rows: readonly string[]): Mask => ({
  cols: rows[0]?.length ?? 0,
  rows: rows.length,
  cells: Uint8Array.from([...rows.join('')].map((cell) => (cell === '#' ? 1 : 0))),
});

const anyMask = fc
  .record({
    cols: fc.integer({ min: 1, max: 12 }),
    rows: fc.integer({ min: 1, max: 12 }),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .chain(({ cols, rows, share }) =>
    fc
      .array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: cols * rows, maxLength: cols * rows })
      .map((draws) => ({ cols, rows, cells: Uint8Array.from(draws.map((draw) => (draw < share ? 1 : 0))) })),
  );

describe('the outline of cells', () => {
  it('holds the middle of every cell that is in, once, and of no other', () => {
    fc.assert(
      fc.property(anyMask, ({ cols, rows, cells }) => {
        const polygons = outlineCells({ cols, rows, cells });
        for (let at = 0; at < cells.length; at++) {
          const holders = polygons.filter((coordinates) =>
            holdsPoint({ type: 'Polygon', coordinates }, at % cols, -Math.floor(at / cols)),
          );
          expect(holders).toHaveLength(cells[at] ?? 0);
        }
      }),
    );
  });

  it('is valid: rings are closed, cross nothing, run as RFC 7946 wants, and share no corner with another', () => {
    fc.assert(
      fc.property(anyMask, (cells) => {
        const polygons = outlineCells(cells);
        for (const coordinates of polygons) {
          expect(findPolygonFault({ type: 'Polygon', coordinates })).toBeUndefined();
          expect(coordinates.map((ring) => Math.sign(signedArea(ring)))).toEqual(
            coordinates.map((_, i) => (i ? -1 : 1)),
          );
        }
        const corners = polygons.flat().flatMap((ring) => ring.slice(1).map(String));
        expect(new Set(corners).size).toBe(corners.length);
      }),
    );
  });

  it('goes around a lake in an island in a lake', () => {
    const polygons = outlineCells(mask('#####', '#...#', '#.#.#', '#...#', '#####'));
    expect(polygons.map((rings) => rings.length).toSorted()).toEqual([1, 2]);
  });

  it('keeps cells apart that touch by a corner', () => {
    expect(outlineCells(mask('#.', '.#'))).toHaveLength(2);
  });

  it('is nothing around nothing', () => {
    expect(outlineCells(mask('..', '..'))).toEqual([]);
  });
});
