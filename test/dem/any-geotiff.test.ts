import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, describe, expect, it } from 'vitest';
import { readDemAround, readDemRaster } from '../../src/dem/geotiff.ts';
import { elevationUnder, groundAt, stepUnder } from '../../src/dem/grid.ts';
import { unknownHeight } from '../../src/dem/raster.ts';
import { firstHit } from '../../src/dem/ray.ts';
import { ServiceError } from '../../src/errors.ts';
import { getCrs } from '../../src/geo/crs.ts';
import { type TiffPicture, type TiffPlace, writeTiff } from './tiff-file.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'rivage-tiff-'));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;
function tiff(place: TiffPlace, ...pictures: readonly TiffPicture[]): { file: string; epsg: undefined } {
  const file = path.join(folder, `${files++}.tif`);
  writeTiff(file, place, ...pictures);
  return { file, epsg: undefined };
}

const lambert93 = { x: 950_000, y: 6_440_000, stepX: 5, stepY: 5, geoKeys: { 1024: 1, 1025: 1, 3072: 2154 } };
/** A slope in m: 1 m a column, 3 m a row. */
const slope = (col: number, row: number): number => 1000 + col + 3 * row;
const small: TiffPicture = { cols: 9, rows: 7, type: 'float32', valueAt: slope };

/** The camera over a column and row of the corner's cell centres. */
function over(epsg: number, { x, y, stepX, stepY }: TiffPlace, col: number, row: number) {
  return getCrs(epsg).toLngLat({ x: x + (col + 0.5) * stepX, y: y - (row + 0.5) * stepY });
}

async function failure(promise: Promise<unknown>): Promise<ServiceError> {
  const thrown = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (thrown instanceof ServiceError) return thrown;
  throw new Error(`no coded error but ${String(thrown)}`);
}

describe('a GeoTIFF of any kind', () => {
  it.each([
    ['float32 in strips', { ...small, rowsPerStrip: 2 }],
    ['float64 in one strip', { ...small, type: 'float64' }],
    ['int16 in tiles', { ...small, type: 'int16', tile: 16 }],
    ['uint16 in tiles smaller than it', { ...small, type: 'uint16', cols: 40, rows: 37, tile: 16 }],
    ['int32', { ...small, type: 'int32' }],
  ] as const)('gives the same heights: %s', async (_, picture: TiffPicture) => {
    const raster = await readDemRaster(tiff(lambert93, picture));
    expect(raster).toMatchObject({ cols: picture.cols, rows: picture.rows, x0: 950_002.5, y0: 6_439_997.5, stepX: 5 });
    expect(raster.heights[3 * picture.cols + 4]).toBe(slope(4, 3));
    expect(raster.heights.at(-1)).toBe(slope(picture.cols - 1, picture.rows - 1));
  });

  it('applies scale and offset, and knows nodata before they do', async () => {
    const stored: TiffPicture = { ...small, type: 'int16', valueAt: (col, row) => (col === 2 ? -32768 : 100 * row) };
    const raster = await readDemRaster(
      tiff({ ...lambert93, nodata: '-32768', band: { scale: '0.1', offset: '1500' } }, stored),
    );
    expect(raster.heights[2]).toBe(unknownHeight);
    expect(raster.heights[4 * 9 + 1]).toBeCloseTo(1540, 9);
  });

  it.each([
    ['NaN', 'nan', Number.NaN],
    ['the lowest float', '-3.4028234663852886e+38', -3.4028234663852886e38],
    ['a number that Float32 rounds', '-9999.9', Math.fround(-9999.9)],
    ['a filler that the file forgot to name', undefined, -999_999],
  ])('knows a node without elevation: %s', async (_, nodata, value) => {
    const holed: TiffPicture = { ...small, valueAt: (col, row) => (col === 3 && row === 3 ? value : slope(col, row)) };
    const raster = await readDemRaster(tiff({ ...lambert93, ...(nodata ? { nodata } : {}) }, holed));
    expect([...raster.heights].filter((height) => height === unknownHeight)).toHaveLength(1);
    expect(raster.heights[3 * 9 + 3]).toBe(unknownHeight);
  });

  it('is laid where its CRS says: degrees, US feet, a point raster, a matrix', async () => {
    const degrees = { x: 6.1, y: 45.3, stepX: 0.001, stepY: 0.001, geoKeys: { 1024: 2, 1025: 1, 2048: 4326 } };
    const usFeet = { x: 1_000_000, y: 200_000, stepX: 10, stepY: 10, geoKeys: { 1024: 1, 1025: 1, 3072: 2263 } };
    for (const [epsg, place] of [
      [4326, degrees],
      [2263, usFeet],
    ] as const) {
      const dem = await readDemAround(tiff(place, small), { ...over(epsg, place, 4, 3), heightM: 1000 }, 5000);
      expect(groundAt(dem, 0, 0)?.upM).toBeCloseTo(slope(4, 3) - 1000, 3);
    }
    const point = await readDemRaster(tiff({ ...lambert93, geoKeys: { 1024: 1, 1025: 2, 3072: 2154 } }, small));
    expect([point.x0, point.y0]).toEqual([950_000, 6_440_000]);
    const matrix = [5, 0, 0, 950_000, 0, -5, 0, 6_440_000, 0, 0, 0, 0, 0, 0, 0, 1];
    const moved = await readDemRaster(tiff({ ...lambert93, matrix }, small));
    expect([moved.x0, moved.y0, moved.stepX, moved.stepY]).toEqual([950_002.5, 6_439_997.5, 5, 5]);
  });

  it.each([
    ['in its band', { band: { unittype: 'ft' } }, 0.3048],
    ['in its band, US survey feet', { band: { unittype: 'US survey foot' } }, 1200 / 3937],
    ['in its coordinate system', { geoKeys: { ...lambert93.geoKeys, 4099: 9003 } }, 1200 / 3937],
    ['by its vertical CRS', { geoKeys: { ...lambert93.geoKeys, 4096: 8228 } }, 0.3048],
    ['nowhere', {}, 1],
    [
      'metres in its band, against its coordinate system',
      { geoKeys: { ...lambert93.geoKeys, 4099: 9003 }, band: { unittype: 'metre' } },
      1,
    ],
  ])('turns feet into metres where the file says feet: %s', async (_, said, metres) => {
    const raster = await readDemRaster(tiff({ ...lambert93, ...said }, small));
    expect(raster.heights[0]).toBeCloseTo(1000 * metres, 3);
  });
});

describe('an elevation model that cannot be right', () => {
  it('is refused when its rows run south first, or are turned', async () => {
    const southFirst = [5, 0, 0, 950_000, 0, 5, 0, 6_440_000, 0, 0, 0, 0, 0, 0, 0, 1];
    const turned = [4, 3, 0, 950_000, 3, -4, 0, 6_440_000, 0, 0, 0, 0, 0, 0, 0, 1];
    for (const place of [
      { ...lambert93, stepY: -5 },
      { ...lambert93, matrix: southFirst },
      { ...lambert93, matrix: turned },
    ]) {
      expect((await failure(readDemRaster(tiff(place, small)))).code).toBe('dem-unreadable');
    }
  });

  it('is refused when its axes are degrees and its CRS is not, or the reverse', async () => {
    const degrees = { x: 6.1, y: 45.3, stepX: 0.001, stepY: 0.001 };
    const given = await failure(readDemRaster({ ...tiff(degrees, small), epsg: 2154 }));
    expect(given).toMatchObject({ code: 'dem-axes', params: { epsg: 2154, seen: { en: 'degrees' } } });
    const reverse = await failure(readDemRaster({ ...tiff(lambert93, small), epsg: 4326 }));
    expect(reverse).toMatchObject({ code: 'dem-axes', params: { needed: { en: 'degrees' } } });
  });

  it('is refused when its heights are plainly feet', async () => {
    const feet: TiffPicture = { ...small, valueAt: () => 2000 / 0.3048 };
    const at = over(2154, lambert93, 4, 3);
    const error = await failure(readDemAround(tiff(lambert93, feet), { ...at, heightM: 2004 }, 20));
    expect(error).toMatchObject({ code: 'dem-in-feet', params: { ground: 6562, camera: 2004, metres: 2000 } });
    // Said to be feet, it is right.
    const said = await readDemAround(
      tiff({ ...lambert93, band: { unittype: 'ft' } }, feet),
      { ...at, heightM: 2004 },
      20,
    );
    expect(groundAt(said, 0, 0)?.upM).toBeCloseTo(-4, 3);
  });

  it('says where the camera would be in the axes of the DEM', async () => {
    const elsewhere = { ...getCrs(32632).toLngLat({ x: 300_000, y: 5_000_000 }), heightM: 0 };
    const error = await failure(readDemAround(tiff(lambert93, small), elsewhere, 100));
    expect(error.code).toBe('dem-not-covering');
    expect(error.message).toMatch(/x 950002.5 – 950042.5.*which in EPSG:2154 is x 9\d{5}/);
  });
});

describe('an elevation model too large for memory', () => {
  const limits = { near: 10_000, far: 2500 };
  const hills: TiffPicture = {
    cols: 400,
    rows: 400,
    type: 'float32',
    valueAt: (col, row) => 1000 + 20 * Math.sin(col / 30) + 20 * Math.cos(row / 25),
    tile: 64,
  };
  const camera = { ...over(2154, lambert93, 200, 200), heightM: 1100 };

  it('keeps the ground near the camera as it is, and thins what is beyond', async () => {
    const dem = await readDemAround(tiff(lambert93, hills), camera, 900, limits);
    expect(dem.cols * dem.rows).toBeLessThanOrEqual(11_000);
    expect(dem.thinned).toBeUndefined();
    expect(dem.beyond).toMatchObject({ thinned: 8, stepX: 40 });
    const whole = await readDemAround(tiff(lambert93, hills), camera, 900);
    expect(whole.beyond).toBeUndefined();
    for (const eastM of [0, 100, -200, 600, -850]) {
      const [one, other] = [groundAt(dem, eastM, 37)?.upM ?? 0, groundAt(whole, eastM, 37)?.upM ?? 9e9];
      expect(Math.abs(one - other)).toBeLessThan(Math.abs(eastM) > 250 ? 0.6 : 1e-9);
    }
  });

  it('does not fill a hole near the camera from the thinned ground beyond', async () => {
    const holed = { ...hills, valueAt: (col: number, row: number) => (col === 205 && row === 200 ? -32768 : 1000) };
    const dem = await readDemAround(tiff({ ...lambert93, nodata: '-32768' }, holed), camera, 900, limits);
    expect(groundAt(dem, 25, 0)).toBeUndefined();
    expect(groundAt(dem, 45, 0)).toBeDefined();
    expect(stepUnder(dem, { eastM: 45, northM: 0, upM: 0 })).toBeCloseTo(5, 1);
    expect(stepUnder(dem, { eastM: 800, northM: 0, upM: 0 })).toBeCloseTo(40, 1);
  });

  it('is hit by rays on both sides of the seam where the whole one is', async () => {
    const [dem, whole] = await Promise.all([
      readDemAround(tiff(lambert93, hills), camera, 900, limits),
      readDemAround(tiff(lambert93, hills), camera, 900),
    ]);
    for (const [pitchDeg, tolerance] of [
      [-40, 1e-6],
      [-25, 1e-6],
      [-10, 6],
      [-8, 6],
    ] as const) {
      const [c, s] = [Math.cos((pitchDeg * Math.PI) / 180), Math.sin((pitchDeg * Math.PI) / 180)];
      const ray = { origin: { eastM: 0, northM: 0, upM: 0 }, direction: { eastM: 0.6 * c, northM: 0.8 * c, upM: s } };
      const [one, other] = [firstHit(ray, dem, 5000), firstHit(ray, whole, 5000)];
      expect([one.kind, other.kind]).toEqual(['hit', 'hit']);
      if (one.kind === 'hit' && other.kind === 'hit')
        expect(Math.abs(one.rangeM - other.rangeM)).toBeLessThan(tolerance);
    }
    const up = { origin: { eastM: 0, northM: 0, upM: 0 }, direction: { eastM: 0, northM: 0.8, upM: 0.6 } };
    expect(firstHit(up, dem, 5000)).toEqual({ kind: 'miss', reason: 'above-horizon' });
    const slow = { origin: { eastM: 0, northM: 0, upM: 0 }, direction: { eastM: 0.9998, northM: 0, upM: -0.02 } };
    expect(firstHit(slow, dem, 5000)).toEqual({ kind: 'miss', reason: 'leaves-dem' });
    expect(firstHit(slow, dem, 700)).toEqual({ kind: 'miss', reason: 'beyond-range' });
  });

  it('is read from the smaller copy in the file where there is one', async () => {
    const copy: TiffPicture = { ...hills, cols: 100, rows: 100, valueAt: () => 555, kind: 1 };
    const mask: TiffPicture = { ...copy, cols: 50, rows: 50, valueAt: () => 1, kind: 5 };
    const dem = await readDemAround(tiff(lambert93, hills, copy, mask), camera, 900, limits);
    expect(groundAt(dem, 800, 0)?.upM).toBeCloseTo(555 - 1100, 0);
    expect(elevationUnder(dem, { eastM: 100, northM: 0, upM: 0 })).not.toBeCloseTo(555, 0);
    expect(dem.beyond?.thinned).toBe(8);
  });

  it('takes no more memory than a band and the nodes kept: 16 million cells, of which 200 000 stay', async () => {
    const country: TiffPicture = {
      cols: 60_000,
      rows: 60_000,
      type: 'int16',
      valueAt: () => 1000,
      tile: 512,
      sameTiles: true,
    };
    const place = { ...lambert93, x: 900_000, y: 6_470_000, stepX: 1, stepY: 1 };
    const file = tiff(place, country);
    setFlagsFromString('--expose-gc');
    const collect: () => void = runInNewContext('gc');
    const held = (): number => {
      collect();
      return process.memoryUsage().arrayBuffers;
    };
    const before = held();
    let peak = 0;
    const watch = setInterval(() => {
      peak = Math.max(peak, held() - before);
    }, 50);
    const dem = await readDemAround(file, { ...over(2154, place, 30_000, 30_000), heightM: 1010 }, 2000, {
      near: 1e5,
      far: 1e5,
    });
    clearInterval(watch);
    expect(dem.beyond?.thinned).toBe(14);
    expect(groundAt(dem, -1000, 1000)?.upM).toBeCloseTo(-10.16, 1);
    expect(peak).toBeGreaterThan(1e6);
    // The window's cells alone are 32 MB as they are stored, 64 MB as heights.
    expect(peak).toBeLessThan(25e6);
  });
});
