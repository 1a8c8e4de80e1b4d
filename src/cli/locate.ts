import path from 'node:path';
import type { Command } from 'commander';
import { parseCalibration } from '../calibrate/calibration-json.ts';
import type { KnownCamera } from '../camera/known-camera.ts';
import { numberIn, parseCsv } from '../csv.ts';
import { type Bilingual, ServiceError } from '../errors.ts';
import { toAxes } from '../geo/crs.ts';
import type { LngLat, Pixel } from '../geo/frames.ts';
import { buildGround, buildPlaneGround, type Ground } from '../locate/ground.ts';
import { locateFoot } from '../locate/locate-detection.ts';
import type { NoSightingReason } from '../locate/sighting.ts';
import type { CliContext } from './context.ts';
import { readNamedDem } from './dem-around.ts';
import { numberOption, wholeOption } from './number-options.ts';
import { isOpenCv, parseOpenCv } from './opencv-file.ts';
import { layOnPlane } from './plane-grid.ts';
import { readText } from './read-text.ts';

interface LocateOptions {
  readonly calibration: string;
  readonly dem?: string;
  readonly demEpsg?: number;
  readonly planeZ?: number;
  readonly pixels?: string;
  readonly every?: number;
  readonly epsg?: number;
  readonly pixelSigma: number;
  readonly heightSigma: number;
  readonly maxRange: number;
  readonly json?: boolean;
}

interface NamedPixel extends Pixel {
  readonly name: string | undefined;
}

/** Where a pixel is on the ground, or why nowhere. */
type Answer = ReturnType<typeof locateOne>;

/** `rivage locate`: pixels onto a DEM or a plane, with no workspace and no database. */
export function registerLocate(program: Command, context: CliContext): void {
  const { say } = context;
  const command = program
    .command('locate')
    .summary(say({ en: 'put pixels on the ground', fr: 'placer des pixels sur le terrain' }))
    .description(
      say({
        en: 'Puts pixels of a calibrated camera on an elevation model or on a level plane, with their 95 % error ellipses. The pixels are CSV with the columns u,v and if you like name.',
        fr: "Place des pixels d'un appareil photo calibré sur un modèle d'altitude ou sur un plan d'eau, avec leurs ellipses d'erreur à 95 %. Les pixels sont un CSV avec les colonnes u,v et, si l'on veut, name.",
      }),
    )
    .requiredOption(
      '--calibration <file>',
      say({
        en: 'what rivage calibrate --json wrote, or a camera of OpenCV (the ellipses then hold no error of the camera)',
        fr: "ce que rivage calibrate --json a écrit, ou un appareil OpenCV (les ellipses ne contiennent alors aucune erreur de l'appareil)",
      }),
    )
    .option('--pixels <file>', say({ en: 'the pixels', fr: 'les pixels' }))
    .option(
      '--every <px>',
      say({
        en: 'in place of --pixels, with --plane-z: the whole picture, a point every so many px, as CSV',
        fr: "à la place de --pixels, avec --plane-z : toute l'image, un point tous les tant de px, en CSV",
      }),
      wholeOption('--every'),
    );
  addGroundOptions(command, say);
  addPrecisionOptions(command, say)
    .option('--json', say({ en: 'answer as JSON', fr: 'répondre en JSON' }))
    .addHelpText('after', examples)
    .action((options: LocateOptions) => runLocate(options, context));
}

const examples = `
  rivage locate --calibration camera.json --dem dem.tif --pixels pixels.csv --json
  rivage locate --calibration camera.json --plane-z 2103.4 --pixels pixels.csv
  rivage locate --calibration camera.json --plane-z 2103.4 --every 20 > lake.csv`;

/** What the pixels are put on. */
function addGroundOptions(command: Command, say: CliContext['say']): Command {
  return command
    .option('--dem <file>', say({ en: 'elevation model, GeoTIFF', fr: "modèle d'altitude, GeoTIFF" }))
    .option(
      '--dem-epsg <n>',
      say({ en: 'CRS of the DEM, if it does not say', fr: "système du MNT, s'il ne le dit pas" }),
      wholeOption('--dem-epsg'),
    )
    .option(
      '--plane-z <z>',
      say({ en: 'height of a level plane, m', fr: "altitude d'un plan d'eau, m" }),
      numberOption('--plane-z', -500, 9000),
    )
    .option(
      '--epsg <n>',
      say({
        en: 'CRS of the answer; else that of the calibration',
        fr: 'système de la réponse ; sinon celui de la calibration',
      }),
      wholeOption('--epsg'),
    );
}

/** How well pixels and heights are known, and how far to look. */
function addPrecisionOptions(command: Command, say: CliContext['say']): Command {
  return command
    .option(
      '--pixel-sigma <px>',
      say({ en: 'how well the pixels are known, 1 σ', fr: 'précision des pixels, 1 σ' }),
      numberOption('--pixel-sigma', 0, 1000),
      1,
    )
    .option(
      '--height-sigma <m>',
      say({ en: 'how well the heights are known, 1 σ', fr: 'précision des altitudes, 1 σ' }),
      numberOption('--height-sigma', 0, 1000),
      0.5,
    )
    .option(
      '--max-range <m>',
      say({ en: 'look no farther', fr: 'ne pas chercher plus loin' }),
      numberOption('--max-range', 1, 50_000),
      10_000,
    );
}

async function runLocate(options: LocateOptions, context: CliContext): Promise<void> {
  const at = (file: string) => path.resolve(context.cwd, file);
  const written = await readText(at(options.calibration));
  const known = isOpenCv(written) ? parseOpenCv : parseCalibration;
  const { calibration, epsg } = known(written, options.calibration);
  if ((options.pixels === undefined) === (options.every === undefined)) {
    const why = { en: 'give either --pixels or --every', fr: 'donnez soit --pixels, soit --every' };
    throw new ServiceError(options.pixels ? 'option-misplaced' : 'option-missing', { option: '--pixels', why });
  }
  if (options.every !== undefined) {
    printGrid(calibration, { ...options, every: options.every, epsg: options.epsg ?? epsg }, context);
    return;
  }
  const file = options.pixels ?? '';
  const pixels = parsePixels(await readText(at(file)), file);
  const ground = await readGround(calibration, options, epsg, at);
  const answers = pixels.map((pixel) => locateOne(ground, pixel, options.pixelSigma, options.epsg ?? epsg));
  if (options.json) context.print(JSON.stringify(answers, null, 2));
  else for (const answer of answers) context.print(sayAnswer(answer, options.epsg, context));
}

function printGrid(known: KnownCamera, options: LocateOptions & { every: number; epsg: number }, context: CliContext) {
  const { planeZ, every, maxRange, epsg, json } = options;
  if (planeZ === undefined) {
    const why = { en: '--every needs --plane-z', fr: '--every demande --plane-z' };
    throw new ServiceError('option-missing', { option: '--plane-z', why });
  }
  const points = layOnPlane(known, { planeZ, every, maxRange, epsg });
  if (json) return context.print(JSON.stringify(points));
  context.print('u,v,x,y,z,m_per_px');
  for (const { u, v, x, y, z, metresPerPx } of points) {
    context.print([u, v, x, y, z, metresPerPx.toPrecision(4)].join(','));
  }
}

/** Columns u, v and perhaps name; a file without a header is u, v. */
function parsePixels(text: string, file: string): readonly NamedPixel[] {
  const bare = /^\s*[-\d.]+\s*[,;\t]\s*[-\d.]+\s*$/.test(text.trim().split(/\r?\n/)[0] ?? '');
  const table = parseCsv(bare ? `u,v\n${text}` : text, file);
  if (!table.columns.includes('u') || !table.columns.includes('v')) {
    const why = {
      en: `the columns are ${table.columns.join(', ')}`,
      fr: `les colonnes sont ${table.columns.join(', ')}`,
    };
    const mend = { en: 'The columns u and v are needed.', fr: 'Il faut les colonnes u et v.' };
    throw new ServiceError('file-invalid', { file, line: 1, why, mend });
  }
  return table.rows.map((row) => ({
    name: row.cells.name,
    u: numberIn(table, row, 'u'),
    v: numberIn(table, row, 'v'),
  }));
}

async function readGround(
  calibration: KnownCamera,
  options: LocateOptions,
  epsg: number,
  at: (file: string) => string,
): Promise<Ground> {
  const { dem, planeZ, heightSigma, maxRange } = options;
  if ((dem === undefined) === (planeZ === undefined)) {
    const why = { en: 'give either --dem or --plane-z', fr: 'donnez soit --dem, soit --plane-z' };
    throw new ServiceError(dem ? 'option-misplaced' : 'option-missing', { option: '--dem', why });
  }
  if (planeZ !== undefined) return buildPlaneGround(calibration, planeZ, heightSigma, maxRange);
  const named = { file: at(dem ?? ''), demEpsg: options.demEpsg, epsg, radiusM: maxRange };
  const grid = await readNamedDem(calibration.camera.origin, named);
  return buildGround({
    calibration,
    lake: undefined,
    dem: { grid, heightSigmaM: heightSigma },
    maxRangeM: maxRange,
  });
}

function locateOne(ground: Ground, { name, u, v }: NamedPixel, sigmaPx: number, epsg: number) {
  const asked = { ...(name === undefined ? {} : { name }), u, v };
  const found = locateFoot(ground, { pixel: { u, v }, sigmaUPx: sigmaPx, sigmaVPx: sigmaPx, extentSigmaM: 0 });
  if (found.kind === 'no-sighting') {
    const { kind, reason, nearest } = found;
    if (!nearest) return { ...asked, kind, reason };
    const place = { ...nearest.point, heightM: nearest.heightM };
    return { ...asked, kind, reason, nearest: { ...place, ...toAxes(place, epsg), epsg, rangeM: nearest.rangeM } };
  }
  const { point, heightM, rangeM, ellipse, covariance, shares } = found;
  const place = { ...point, heightM };
  return { ...asked, kind: found.kind, ...place, ...toAxes(place, epsg), epsg, rangeM, ellipse, covariance, shares };
}

const reasons: Readonly<Record<NoSightingReason, Bilingual>> = {
  'above-horizon': { en: 'above the horizon', fr: "au-dessus de l'horizon" },
  'starts-below-ground': { en: 'the camera is under the ground', fr: "l'appareil est sous le terrain" },
  'leaves-dem': { en: 'beyond the elevation model', fr: "au-delà du modèle d'altitude" },
  'beyond-range': { en: 'farther than --max-range', fr: 'plus loin que --max-range' },
  'no-elevation': { en: 'no elevation there', fr: "pas d'altitude à cet endroit" },
  'outside-lens': { en: 'outside what the lens model covers', fr: "hors du domaine du modèle d'objectif" },
  'not-calibrated': { en: 'not calibrated', fr: 'non calibrée' },
  'beyond-horizon': {
    en: 'its error reaches over a horizon or a ridge',
    fr: "son erreur passe au-delà d'un horizon ou d'une crête",
  },
  'camera-moved': { en: 'the camera was moved', fr: "l'appareil a été déplacé" },
};

const away: Bilingual = { en: 'away', fr: 'de distance' };

/** A line for a person; places in longitude and latitude unless a CRS was asked for. */
function sayAnswer(answer: Answer, asked: number | undefined, { say }: CliContext): string {
  const pixel = `${answer.name ?? ''} ${answer.u}, ${answer.v}:`.trim();
  if (answer.kind === 'no-sighting') {
    const why = `${pixel} ${say(reasons[answer.reason])}`;
    if (!('nearest' in answer)) return why;
    const { rangeM } = answer.nearest;
    const perhaps = say({ en: 'perhaps at', fr: 'peut-être à' });
    return `${why} (${perhaps} ${sayPlace(answer.nearest, asked)}, ${rangeM.toFixed(0)} m ${say(away)})`;
  }
  const { heightM, rangeM, ellipse } = answer;
  const size = `± ${ellipse.semiMajorM.toFixed(1)} × ${ellipse.semiMinorM.toFixed(1)} m`;
  const range = `${rangeM.toFixed(0)} m ${say(away)}`;
  return `${pixel} ${sayPlace(answer, asked)}, ${heightM.toFixed(1)} m, ${range}, ${size} (95 %)`;
}

type Place = LngLat & { readonly x: number; readonly y: number };

function sayPlace({ lng, lat, x, y }: Place, asked: number | undefined): string {
  return asked === undefined ? `${lng.toFixed(6)}, ${lat.toFixed(6)}` : `x ${x.toFixed(2)}, y ${y.toFixed(2)}`;
}
