import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { registerCalibrate } from '../../src/cli/calibrate.ts';
import { writeDemGeotiff } from '../../src/dem/geotiff.ts';
import { decodePicture, encodePng } from '../../src/picture/codec.ts';
import { runCommand, runWell } from '../support/run-command.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'rivage-view-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A level camera 50 m high in Lambert-93 near Grenoble, looking grid north: f = 1000, 1000 × 500 px. */
const [x0, y0] = [914_000, 6_458_000];
const points = [
  [-20, 100, 40],
  [30, 120, 45],
  [5, 200, 30],
  [-60, 180, 32],
  [70, 260, 35],
  [-10, 160, 38],
] as const;

beforeAll(async () => {
  const rows = points.map(([e, n, z], at) => {
    const [u, v] = [500 + (1000 * e) / n, 250 - (1000 * (z - 50)) / n];
    return `p${at},${u},${v},${x0 + e},${y0 + n},${z}`;
  });
  writeFileSync(path.join(folder, 'gcps.csv'), ['name,u,v,x,y,z', ...rows].join('\n'));
  const photo = { sizePx: { widthPx: 1000, heightPx: 500 }, rgb: new Uint8Array(1000 * 500 * 3).fill(120) };
  writeFileSync(path.join(folder, 'photo.png'), await encodePng(photo));
  const heights = new Float32Array(201 * 201).fill(30);
  const grid = { cols: 201, rows: 201, x0: x0 - 500, y0: y0 + 500, stepX: 5, stepY: 5, heights };
  await writeDemGeotiff(path.join(folder, 'dem.tif'), grid, 2154);
});

const known = `--gcps gcps.csv --epsg 2154 --position ${x0},${y0},50 --position-sigma 0.5 --focal-px 1000`.split(' ');

it('draws a calibration over its photo and says what the terrain says of it', async () => {
  const view = ['--photo', 'photo.png', '--dem', 'dem.tif', '--picture', 'seen.png'];
  const lines = await runWell(registerCalibrate, ['calibrate', ...known, ...view], { folder });
  expect(lines).toContainEqual(expect.stringMatching(/^✓ The camera is 2\d\.\d m over the ground of the DEM/));
  expect(lines).toContainEqual(expect.stringMatching(/^✗ Off the ground of the DEM: p1 \(15\.0 m over\), p0/));
  const seen = await decodePicture(path.join(folder, 'seen.png'));
  expect(seen.sizePx).toEqual({ widthPx: 1000, heightPx: 500 });
  expect(seen.rgb.some((value) => value !== 120)).toBe(true);
});

it('puts the checks into the JSON', async () => {
  const lines = await runWell(registerCalibrate, ['calibrate', ...known, '--size', '1000x500', '--json'], { folder });
  const { checks } = JSON.parse(lines.join('\n'));
  expect(checks.map(({ check }: { check: string }) => check)).toEqual(['roll', 'horizon', 'field-of-view', 'lens']);
});

it('asks for the photo that a picture is drawn on', async () => {
  const args = ['calibrate', ...known, '--size', '1000x500', '--picture', 'seen.png'];
  const { thrown } = await runCommand(registerCalibrate, args, { folder });
  expect(thrown).toMatchObject({ code: 'bad-option', params: { option: '--picture' } });
});

it('says that the folder of the picture is not there', async () => {
  const args = ['calibrate', ...known, '--photo', 'photo.png', '--picture', 'nowhere/seen.png'];
  const { thrown } = await runCommand(registerCalibrate, args, { folder });
  expect(thrown).toMatchObject({ code: 'file-not-written', message: expect.stringContaining('nowhere/seen.png') });
});
