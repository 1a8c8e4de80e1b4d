import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readDemAround, readDemRaster, writeDemGeotiff } from '../../src/dem/geotiff.ts';
import { groundAt } from '../../src/dem/grid.ts';
import { type DemRaster, unknownHeight } from '../../src/dem/raster.ts';
import { ServiceError } from '../../src/errors.ts';
import { getCrs } from '../../src/geo/crs.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'rivage-dem-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A slope of 0.1 to the east and 0.2 to the north in Lambert-93, near Grenoble. */
function slope(cols: number, rows: number): DemRaster {
  const grid = { cols, rows, x0: 950_000, y0: 6_440_000, stepX: 5, stepY: 5 };
  const heights = new Float32Array(cols * rows);
  for (let row = 0; row < rows; row++) {
    for (let col = 0; col < cols; col++) heights[row * cols + col] = 2000 + 0.5 * col - 1 * row;
  }
  return { ...grid, heights };
}

async function codeOf(promise: Promise<unknown>): Promise<string> {
  const thrown = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  return thrown instanceof ServiceError ? thrown.code : String(thrown);
}

describe('an elevation model on disk', () => {
  it('comes back from a file as it was written', async () => {
    const file = path.join(folder, 'slope.tif');
    const raster = slope(40, 30);
    raster.heights[17] = unknownHeight;
    await writeDemGeotiff(file, raster, 2154);
    expect(await readDemRaster({ file, epsg: undefined })).toEqual({ ...raster, epsg: 2154 });
  });

  it('is read as a window around the camera, whose ground is where the CRS says', async () => {
    const file = path.join(folder, 'wide.tif');
    await writeDemGeotiff(file, slope(300, 300), 2154);
    const position = getCrs(2154).toLngLat({ x: 950_600, y: 6_439_500 });
    const dem = await readDemAround({ file, epsg: undefined }, { ...position, heightM: 2100 }, 200);
    expect(dem.cols).toBeLessThan(90);
    // column 120, row 100: 2000 + 60 − 100
    expect(groundAt(dem, 0, 0)?.upM).toBeCloseTo(1960 - 2100, 5);
  });

  it('says which coordinate system is missing, unknown or beside the camera', async () => {
    const file = path.join(folder, 'far.tif');
    await writeDemGeotiff(file, slope(20, 20), 2154);
    const paris = { lng: 2.35, lat: 48.85, heightM: 35 };
    expect(await codeOf(readDemAround({ file, epsg: undefined }, paris, 100))).toBe('dem-not-covering');
    expect(await codeOf(readDemAround({ file, epsg: 999_999 }, paris, 100))).toBe('epsg-unknown');
  });

  it('refuses a window without any elevation', async () => {
    const file = path.join(folder, 'empty.tif');
    const raster = slope(20, 20);
    raster.heights.fill(unknownHeight);
    await writeDemGeotiff(file, raster, 2154);
    const position = getCrs(2154).toLngLat({ x: 950_050, y: 6_439_950 });
    expect(await codeOf(readDemAround({ file, epsg: undefined }, { ...position, heightM: 0 }, 100))).toBe('dem-empty');
  });

  it('refuses what is no GeoTIFF', async () => {
    const file = path.join(folder, 'text.tif');
    writeFileSync(file, 'not a picture at all, only text');
    const at = { lng: 6, lat: 45, heightM: 0 };
    expect(await codeOf(readDemAround({ file, epsg: 2154 }, at, 100))).toBe('dem-unreadable');
    writeFileSync(file, '');
    expect(await codeOf(readDemAround({ file, epsg: 2154 }, at, 100))).toBe('dem-unreadable');
    expect(await codeOf(readDemAround({ file: path.join(folder, 'no.tif'), epsg: 2154 }, at, 100))).toBe(
      'file-missing',
    );
  });
});
