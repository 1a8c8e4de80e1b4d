import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import { registerCalibrate } from '../../src/cli/calibrate.ts';
import { registerLocate } from '../../src/cli/locate.ts';
import { ServiceError } from '../../src/errors.ts';
import { describeWithReferenceData, referencePath } from '../support/reference-data.ts';
import { runWell } from '../support/run-command.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'rivage-cli-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs a command line and gives back what it printed. */
async function rivage(...args: readonly string[]): Promise<string> {
  const register = args[0] === 'locate' ? registerLocate : registerCalibrate;
  return (await runWell(register, args, { folder })).join('\n');
}

async function failure(...args: readonly string[]): Promise<string> {
  const thrown: unknown = await rivage(...args).then(
    () => undefined,
    (error: unknown) => error,
  );
  return thrown instanceof ServiceError ? `${thrown.code}: ${thrown.message}` : String(thrown);
}

/** A level camera at 1000, 2000, 50 in Lambert-93 shifted to Grenoble, looking grid north: f = 1000, 1000 × 500 px. */
const [x0, y0] = [914_000, 6_458_000];
const points = [
  [-20, 100, 40],
  [30, 120, 55],
  [5, 200, 30],
  [-60, 180, 62],
  [70, 260, 45],
  [-10, 60, 48],
] as const;
const gcpFile = (move = 0, apart = 0) =>
  [
    'name,u,v,x,y,z',
    ...points.map(([east, north, z], at) => {
      const [e, n] = [east + apart, north + apart];
      const [u, v] = [500 + (1000 * e) / n, 250 - (1000 * (z - 50)) / n];
      return `p${at},${at === 3 ? u + move : u},${v},${x0 + e},${y0 + n},${z}`;
    }),
  ].join('\n');

describe('a camera from files alone', () => {
  it('is solved, and puts pixels on a plane in the CRS that was asked for', async () => {
    writeFileSync(path.join(folder, 'gcps.csv'), gcpFile());
    const solved = await rivage(
      'calibrate',
      '--gcps',
      'gcps.csv',
      '--size',
      '1000x500',
      '--epsg',
      '2154',
      '--position',
      `${x0},${y0},50`,
      '--position-sigma',
      '1',
      '--json',
    );
    writeFileSync(path.join(folder, 'camera.json'), solved);
    const { pose, lens, rmsePx, looRmsePx, gcps } = JSON.parse(solved);
    // The grid of Lambert-93 has its own scale and curvature: a tenth of a pixel here.
    expect(rmsePx).toBeLessThan(0.2);
    expect(looRmsePx).toBeLessThan(2);
    expect(Math.hypot(pose.x - x0, pose.y - y0, pose.z - 50)).toBeLessThan(0.5);
    expect(lens.focalPx).toBeCloseTo(1000, -1);
    expect(gcps).toHaveLength(6);
    expect(gcps[0]).toMatchObject({ name: 'p0', residualPx: expect.any(Number), outlier: false });

    // 40 px under the horizon from 20 m over the plane: 500 m away, 100 m to the right.
    writeFileSync(path.join(folder, 'pixels.csv'), 'name,u,v\nboat,700,290\nsky,500,100\n');
    const located = JSON.parse(
      await rivage('locate', '--calibration', 'camera.json', '--plane-z', '30', '--pixels', 'pixels.csv', '--json'),
    );
    expect(located[0]).toMatchObject({ name: 'boat', kind: 'sighting', epsg: 2154 });
    expect(Math.hypot(located[0].x - x0 - 100, located[0].y - y0 - 500)).toBeLessThan(10);
    expect(located[1]).toEqual({ name: 'sky', u: 500, v: 100, kind: 'no-sighting', reason: 'above-horizon' });
  });

  it('is written for OpenCV, and placed from again as well', async () => {
    writeFileSync(path.join(folder, 'gcps.csv'), gcpFile());
    writeFileSync(path.join(folder, 'pixels.csv'), 'name,u,v\nboat,700,290\n');
    const solve = ['calibrate', '--gcps', 'gcps.csv', '--size', '1000x500', '--epsg', '2154'];
    const known = [...solve, '--position', `${x0},${y0},50`];
    const boatOf = async (file: string) => {
      const args = ['--calibration', file, '--plane-z', '30', '--pixels', 'pixels.csv', '--json'];
      return JSON.parse(await rivage('locate', ...args))[0];
    };
    writeFileSync(path.join(folder, 'own.json'), await rivage(...known, '--format', 'rivage'));
    const written = await rivage(...known, '--format', 'opencv');
    writeFileSync(path.join(folder, 'opencv.json'), written);
    const camera = JSON.parse(written);
    expect(camera.world).toEqual({ epsg: 2154, offset: [x0, y0, 50] });
    expect(camera.camera_matrix[0][2]).toBe(499.5);
    const [own, again] = [await boatOf('own.json'), await boatOf('opencv.json')];
    expect(Math.hypot(again.x - own.x, again.y - own.y)).toBeLessThan(1e-3);
    // Of the camera's own errors OpenCV says nothing.
    expect(again.ellipse.semiMajorM).toBeLessThan(own.ellipse.semiMajorM);
    // As cv::FileStorage writes a matrix.
    const data = { type_id: 'opencv-matrix', rows: 3, cols: 3, dt: 'd', data: camera.camera_matrix.flat() };
    writeFileSync(path.join(folder, 'storage.json'), JSON.stringify({ ...camera, camera_matrix: data }));
    expect(await boatOf('storage.json')).toEqual(again);
    const { world, ...lost } = camera;
    writeFileSync(path.join(folder, 'lost.json'), JSON.stringify(lost));
    const args = ['locate', '--calibration', 'lost.json', '--plane-z', '30', '--pixels', 'pixels.csv'];
    expect(await failure(...args)).toMatch(/^file-invalid: lost\.json, line 1: .*world/);
  });

  it('lays the whole picture on a plane', async () => {
    writeFileSync(path.join(folder, 'gcps.csv'), gcpFile());
    const solve = ['calibrate', '--gcps', 'gcps.csv', '--size', '1000x500', '--epsg', '2154', '--json'];
    writeFileSync(path.join(folder, 'laid.json'), await rivage(...solve, '--position', `${x0},${y0},50`));
    const locate = ['locate', '--calibration', 'laid.json', '--plane-z', '30'];
    const [header, ...lines] = (await rivage(...locate, '--every', '50', '--max-range', '2000')).split('\n');
    expect(header).toBe('u,v,x,y,z,m_per_px');
    // Rows at 25, 75 … 475 px: those from 275 on look down, the first of them 800 m away in the middle.
    expect(lines).toHaveLength(5 * 20);
    writeFileSync(path.join(folder, 'grid.csv'), [header, ...lines].join('\n'));
    const one = JSON.parse(await rivage(...locate, '--pixels', 'grid.csv', '--json'));
    lines.forEach((line, at) => {
      const [u, v, x, y, z, metresPerPx = 0] = line.split(',').map(Number);
      expect(one[at]).toMatchObject({ u, v, kind: 'sighting' });
      for (const [axis, value] of Object.entries({ x, y, z })) expect(one[at][axis]).toBeCloseTo(value ?? Infinity, 6);
      // Source: the radial footprint of a pixel of a level camera, (R² + H²)/(f·H), in the middle of the picture.
      const { rangeM } = one[at];
      if (Math.abs((u ?? 0) - 500) < 30) expect(metresPerPx / (rangeM ** 2 / (1000 * 20))).toBeCloseTo(1, 1);
    });
    writeFileSync(path.join(folder, 'one.csv'), '500,400');
    expect(await rivage(...locate, '--pixels', 'one.csv')).toMatch(/^500, 400: 5\.\d{6}, 45\.\d{6}, /);
    expect(await rivage(...locate, '--pixels', 'one.csv', '--epsg', '2154')).toMatch(
      /^500, 400: x 91\d{4}\.\d\d, y 645\d{4}\.\d\d, /,
    );
    expect(await failure(...locate, '--every', '50', '--pixels', 'grid.csv')).toMatch(/^option-misplaced/);
    expect(await failure('locate', '--calibration', 'laid.json', '--every', '50')).toMatch(
      /^option-missing.*--plane-z/,
    );
  });

  it('is written as a deployment of Camtrap DP, and such a deployment tells where to look', async () => {
    writeFileSync(path.join(folder, 'gcps.csv'), gcpFile());
    const known = [
      'calibrate',
      '--gcps',
      'gcps.csv',
      '--size',
      '1000x500',
      '--epsg',
      '2154',
      '--position',
      `${x0},${y0},50`,
    ];
    const deployment = JSON.parse(await rivage(...known, '--format', 'camtrap-dp'));
    // Grid north is 2° off true north at Grenoble.
    expect(deployment).toMatchObject({ cameraTilt: 0, cameraHeading: 2, longitude: expect.closeTo(5.7255, 3) });
    const row = ['dep1', deployment.latitude, deployment.longitude, 0, 2];
    const header = 'deploymentID,latitude,longitude,cameraTilt,cameraHeading';
    writeFileSync(path.join(folder, 'deployments.csv'), `${header}\n${row.join(',')}\n`);
    const guided = [...known, '--deployment', 'deployments.csv', '--json'];
    expect(JSON.parse(await rivage(...guided)).rmsePx).toBeLessThan(0.2);
    writeFileSync(path.join(folder, 'deployments.csv'), `${header}\n${row.slice(0, 4).join(',')},\n`);
    expect(await failure(...guided)).toMatch(/^file-invalid: deployments\.csv.*cameraHeading/);
  });

  it('tells a ranger which point was clicked on the wrong rock', async () => {
    const many = `${gcpFile(60)}\n${gcpFile(0, 9)
      .split('\n')
      .slice(1)
      .map((line) => `q${line}`)
      .join('\n')}`;
    writeFileSync(path.join(folder, 'wrong.csv'), many);
    const said = await rivage(
      'calibrate',
      '--gcps',
      'wrong.csv',
      '--size',
      '1000x500',
      '--epsg',
      '2154',
      '--position',
      `${x0},${y0},50`,
      '--free',
      'angles,focal',
    );
    expect(said).toMatch(/1 point was left out\. Point p3 is 6\d px off: was it clicked on the wrong rock\?/);
  });

  it('takes size and focal length from the photo, or the focal length from lens and sensor', async () => {
    const photo = sharp({ create: { width: 1000, height: 500, channels: 3, background: 'grey' } });
    // 1000 px of a picture whose diagonal is 1118 px: 38.7 mm by the diagonal of 43.27 mm.
    await photo.withExif({ IFD2: { FocalLengthIn35mmFilm: '39' } }).toFile(path.join(folder, 'photo.jpg'));
    writeFileSync(path.join(folder, 'gcps.csv'), gcpFile());
    const base = ['calibrate', '--gcps', 'gcps.csv', '--epsg', '2154', '--position', `${x0},${y0},50`, '--json'];
    const byPhoto = JSON.parse(await rivage(...base, '--photo', 'photo.jpg'));
    expect(byPhoto.sizePx).toEqual({ widthPx: 1000, heightPx: 500 });
    expect(byPhoto.prior.focal.focalPx).toBeCloseTo((39 / 43.2666) * 1118.034, 0);
    // Six points cannot tell how barrel-shaped an unknown lens is.
    expect(byPhoto.advice.en).toMatch(/^There are too few points at the bottom right/);
    const sensor = ['--photo', 'photo.jpg', '--focal-mm', '6', '--sensor-mm', '6.1'];
    expect(JSON.parse(await rivage(...base, ...sensor)).prior.focal.focalPx).toBeCloseTo(983.6, 1);
    const own = [...sensor, '--focal-px', '1010'];
    expect(JSON.parse(await rivage(...base, ...own)).prior.focal).toEqual({ focalPx: 1010, sigmaPx: 101 });
  });

  it('says what is wrong with its files and options', async () => {
    const base = ['calibrate', '--size', '1000x500', '--epsg', '2154'];
    writeFileSync(path.join(folder, 'bad.csv'), 'name,u,v,x,y,z\np1,10,20,914000,6458000,abc\n');
    expect(await failure(...base, '--gcps', 'bad.csv')).toMatch(/file-invalid.*bad\.csv, line 2.*"z" holds "abc"/);
    writeFileSync(path.join(folder, 'few.csv'), gcpFile().split('\n').slice(0, 3).join('\n'));
    expect(await failure(...base, '--gcps', 'few.csv')).toMatch(/^gcps-too-few/);
    expect(await failure(...base, '--gcps', 'none.csv')).toMatch(/^file-missing/);
    expect(await failure('calibrate', '--size', '10', '--epsg', '2154', '--gcps', 'gcps.csv')).toMatch(
      /^bad-option.*1920x1080/,
    );
    const elsewhere = [
      'calibrate',
      '--size',
      '1000x500',
      '--epsg',
      '2154',
      '--gcps',
      'gcps.csv',
      '--position',
      '500000,6200000,50',
    ];
    expect(await failure(...elsewhere)).toMatch(/^gcps-elsewhere/);
    expect(await failure('calibrate', '--epsg', '2154', '--gcps', 'gcps.csv')).toMatch(/^option-missing.*--size/);
    expect(await failure(...base, '--gcps', 'gcps.csv', '--focal-mm', '6')).toMatch(/^option-missing.*--sensor-mm/);
    writeFileSync(path.join(folder, 'out.csv'), gcpFile().replace('p0,300', 'p0,3000'));
    expect(await failure(...base, '--gcps', 'out.csv')).toMatch(/^gcp-outside-picture.*p0/);
  });
});

describeWithReferenceData('the Finse camera, as a user would', 'data/finse_webcam', () => {
  it('is solved from a CSV and finds the surface under its own GCPs', async () => {
    const rows = readFileSync(referencePath('data/finse_webcam/GCPs_pointagev4.csv'), 'utf8')
      .trim()
      .split(/\r?\n/)
      .slice(1);
    const gcps = rows.map((row) => row.split(',')).filter((cells) => cells[6] === '1');
    writeFileSync(
      path.join(folder, 'finse.csv'),
      ['name,u,v,x,y,z', ...gcps.map(([name, z, x, y, u, v]) => [name, u, v, x, y, z].join(','))].join('\n'),
    );
    const solved = await rivage(
      'calibrate',
      '--gcps',
      'finse.csv',
      '--size',
      '1920x1080',
      '--epsg',
      '32632',
      '--position',
      '419169.2,6718421.3,1212.468',
      '--focal-px',
      '1484',
      '--json',
    );
    writeFileSync(path.join(folder, 'finse.json'), solved);
    expect(JSON.parse(solved).rmsePx).toBeLessThan(3.65);
    const dem = referencePath('data/finse_webcam/time_lapse_finse_DSM_midfilled.tif');
    const located = JSON.parse(
      await rivage('locate', '--calibration', 'finse.json', '--dem', dem, '--pixels', 'finse.csv', '--json'),
    );
    type Answer = { kind: string; reason?: string; x: number; y: number; nearest?: { x: number; y: number } };
    const offs = located.map((answer: Answer, at: number) => {
      const [, , x, y] = gcps[at] ?? [];
      const place = answer.nearest ?? answer;
      return { kind: answer.kind, reason: answer.reason, offM: Math.hypot(place.x - Number(x), place.y - Number(y)) };
    });
    const medianOf = (some: readonly { offM: number }[]) =>
      some.map(({ offM }) => offM).sort((a, b) => a - b)[Math.floor(some.length / 2)];
    const placed = offs.filter(({ kind }: Answer) => kind === 'sighting');
    expect(placed.length).toBeGreaterThan(25);
    expect(medianOf(placed)).toBeLessThan(1.5);
    // The others are tops of boulders and ridges: their error reaches past those, and where the pixel's own ray comes
    // down is said without an ellipse.
    const doubtful = offs.filter(({ reason }: Answer) => reason === 'beyond-horizon');
    expect(doubtful.every(({ offM }: { offM: number }) => Number.isFinite(offM))).toBe(true);
    expect(placed.length + doubtful.length).toBeGreaterThan(36);
    expect(medianOf([...placed, ...doubtful])).toBeLessThan(3);
  });
});
