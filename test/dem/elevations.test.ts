import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readElevations, writeDemGeotiff } from '../../src/dem/geotiff.ts';
import { unknownHeight } from '../../src/dem/raster.ts';
import { getCrs } from '../../src/geo/crs.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'rivage-elevations-'));
afterAll(() => rmSync(folder, { recursive: true }));

const dem = { file: path.join(folder, 'slope.tif'), epsg: undefined };
const [x0, y0, side, cells] = [950_000, 6_440_000, 5, 200];
/** A plane: what is between nodes is known exactly. */
const heightAt = (x: number, y: number) => 2000 + 0.1 * (x - x0) + 0.2 * (y - y0);
const place = (x: number, y: number) => getCrs(2154).toLngLat({ x, y });

beforeAll(async () => {
  const heights = Float64Array.from({ length: cells * cells }, (_, at) =>
    heightAt(x0 + (at % cells) * side, y0 - Math.floor(at / cells) * side),
  );
  heights[100 * cells + 100] = unknownHeight;
  await writeDemGeotiff(dem.file, { cols: cells, rows: cells, x0, y0, stepX: side, stepY: side, heights }, 2154);
});

describe('elevations at places', () => {
  const spots = Array.from({ length: 60 }, (_, i) => [x0 + 7.3 * i + 1, y0 - 5.1 * i - 2] as const);
  const places = spots.map(([x, y]) => place(x, y));

  it('are those of the ground between its nodes, in the order asked', async () => {
    const found = await readElevations(dem, places);
    found.forEach((heightM, i) => {
      const [x, y] = spots[i] ?? [0, 0];
      expect(heightM).toBeCloseTo(heightAt(x, y), 3);
    });
  });

  it('are the same however many nodes are read at once', async () => {
    const far = [...places, place(x0 + (cells - 1) * side - 0.01, y0 - (cells - 1) * side + 0.01)];
    expect(await readElevations(dem, far, 9)).toEqual(await readElevations(dem, far));
  });

  it('are not known beside an empty node, nor off the model, and those elsewhere are', async () => {
    const asked = [place(x0 + 502, y0 - 502), place(x0 - 1, y0 - 10), { lng: -120, lat: -80 }, place(x0 + 40, y0 - 40)];
    const [empty, outside, antipode, known] = await readElevations(dem, asked);
    expect([empty, outside, antipode]).toEqual([undefined, undefined, undefined]);
    expect(known).toBeCloseTo(heightAt(x0 + 40, y0 - 40), 3);
  });

  it('are known on the last row and column too', async () => {
    const last = (cells - 1) * side;
    const found = await readElevations(dem, [place(x0 + last - 1e-6, y0 - last + 1e-6)]);
    expect(found[0]).toBeCloseTo(heightAt(x0 + last, y0 - last), 2);
  });
});
