import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registerPlan } from '../../src/cli/plan/plan.ts';
import { parsePose, spanOption } from '../../src/cli/plan/pose-option.ts';
import { writeDemGeotiff } from '../../src/dem/geotiff.ts';
import { getCrs } from '../../src/geo/crs.ts';
import { decodePicture } from '../../src/picture/codec.ts';
import { makeSquare } from '../support/lake-fixture.ts';
import { runCommand, runForJson } from '../support/run-command.ts';

const place = { lng: 6.4, lat: 44.9 };
let folder: string;

/** A plain at 2000 m, with one zone to the north of the camera. */
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'rivage-plan-'));
  const { x, y } = getCrs(2154).fromLngLat(place);
  const raster = { cols: 161, rows: 161, x0: x - 800, y0: y + 800, stepX: 10, stepY: 10 };
  await writeDemGeotiff(
    path.join(folder, 'dem.tif'),
    { ...raster, heights: new Float64Array(161 * 161).fill(2000) },
    2154,
  );
  const feature = {
    type: 'Feature',
    properties: { id: 'shore', lakeId: 'l', kind: 'shore', name: 'Shore' },
    geometry: makeSquare(6.3998, 44.9005, 0.0004),
  };
  await writeFile(path.join(folder, 'z.geojson'), JSON.stringify({ type: 'FeatureCollection', features: [feature] }));
});
afterAll(() => rm(folder, { recursive: true }));

const site = (...args: readonly string[]) => ['plan', 'site', '--dem', 'dem.tif', '--zones', 'z.geojson', ...args];
const lens = ['--fov', '60', '--size', '1920x1080'];

interface Answer {
  readonly camera: { readonly heightM: number; readonly overGroundM: number; readonly fieldOfViewDeg: number };
  readonly zones: readonly [{ readonly seen: number; readonly found: { readonly person: number } }];
  readonly refusal?: { readonly others: readonly { readonly headingDeg: number }[] };
}

describe('rivage plan site', () => {
  it('needs no workspace where pose, lens, DEM and zones are given; height may count from the ground', async () => {
    const { answer, code } = await runForJson(registerPlan, site('--pose', '6.4,44.9,+5,0,-5', ...lens, '--json'), {
      folder,
    });
    expect(code).toBeUndefined();
    const { camera, zones } = answer as Answer;
    expect(camera).toMatchObject({ heightM: 2005, overGroundM: 5, fieldOfViewDeg: 60 });
    expect(zones[0].seen).toBe(1);
    // 1663 px · 1.7 m · 1.03 over 56 to 100 m: 52 to 29 px
    expect(zones[0].found.person).toBe(1);
  });

  it('writes a map, GeoJSON and tables', async () => {
    const { lines } = await runCommand(
      registerPlan,
      site('--pose', '6.4,44.9,+5,0,-5', ...lens, '--person-px', '40', '--out', 'north'),
      { folder },
    );
    expect(lines.find((line) => line.startsWith('Shore'))).toMatch(/100 %/);
    const { sizePx, rgb } = await decodePicture(path.join(folder, 'north/site.png'));
    expect(sizePx).toEqual({ widthPx: 1200, heightPx: 1350 });
    const colourAt = (u: number, v: number) => [...rgb.subarray(3 * (v * 1200 + u), 3 * (v * 1200 + u) + 3)];
    // from near to far: tents are found (to 59 m), persons (to 73 m), what is too small; and what is not seen
    expect(colourAt(648, 637)).toEqual([97, 141, 169]);
    expect(colourAt(347, 440)).toEqual([136, 190, 202]);
    expect(colourAt(232, 232)).toEqual([238, 211, 150]);
    expect(colourAt(116, 810)).toEqual([233, 232, 223]);
    const { features } = JSON.parse(await readFile(path.join(folder, 'north/site.geojson'), 'utf8')) as {
      readonly features: readonly { readonly properties: { readonly what: string; readonly areaM2?: number } }[];
    };
    expect(features.map(({ properties }) => properties.what)).toEqual([
      ...['seen', 'persons found', 'tents found', 'zone', 'camera'],
    ]);
    expect(features[1]?.properties.areaM2).toBeLessThan(features[0]?.properties.areaM2 ?? 0);
    expect(await readFile(path.join(folder, 'north/site.md'), 'utf8')).toContain('| Shore | shore |');
  });

  it('is refused where the evening sun faces the lens, with headings that do', async () => {
    const west = site('--pose', '6.4,44.9,+5,285,-5', ...lens, '--months', '7', '--hours', '18-21', '--json');
    const { answer, code, message } = await runForJson(registerPlan, west, { folder });
    expect(code).toBe('site-faces-sun');
    const headings = (answer as Answer).refusal?.others.map(({ headingDeg }) => headingDeg) ?? [];
    expect(headings.length).toBeGreaterThan(0);
    for (const heading of headings) {
      expect(message).toContain(`${heading}°`);
      const turned = await runForJson(registerPlan, [...west, '--heading', String(heading)], { folder });
      expect(turned.code).toBeUndefined();
    }
  });

  it('only tells of the sun where no hours are asked for', async () => {
    const west = site('--pose', '6.4,44.9,+5,285,-5', ...lens, '--months', '7', '--json');
    expect((await runForJson(registerPlan, west, { folder })).code).toBeUndefined();
  });

  it('says what is missing, and a pose under the ground', async () => {
    const code = async (...args: readonly string[]) => (await runForJson(registerPlan, site(...args), { folder })).code;
    expect(await code('--pose', '6.4,44.9,1990,0,-5', ...lens)).toBe('pose-underground');
    expect(await code('--pose', '6.4,44.9,+5,0,-5', '--fov', '60')).toBe('option-missing');
    expect(await code('--pose', '6.4,44.9,+5,0,-5', '--size', '1920x1080')).toBe('option-missing');
    expect(await code('--pose', 'north')).toBe('workspace-missing');
  });
});

describe('a pose', () => {
  it('is a camera, or numbers', () => {
    expect(parsePose('north')).toEqual({ kind: 'mounted', cameraId: 'north' });
    const height = { m: 3, overGround: true };
    expect(parsePose('6.4, 44.9, +3, 15, -8')).toEqual({
      ...{ kind: 'placed', x: 6.4, y: 44.9, height, headingDeg: 15, pitchDeg: -8, rollDeg: 0 },
    });
    for (const wrong of ['6.4,44.9', '6.4,44.9,3,15,-95', '6.4,44.9,,15,-8', 'a b', '1,2,3,4,5,6,7']) {
      expect(() => parsePose(wrong)).toThrow(expect.objectContaining({ code: 'bad-option' }));
    }
  });

  it('is asked about in spans', () => {
    const months = spanOption('--months', 1, 12);
    expect(months('6-10')).toEqual([6, 10]);
    expect(months('7')).toEqual([7, 7]);
    for (const wrong of ['0-3', '6-13', 'June']) {
      expect(() => months(wrong)).toThrow(expect.objectContaining({ code: 'bad-option' }));
    }
  });
});
