import path from 'node:path';
import type { Command } from 'commander';
import type { Calibration } from '../camera/calibration.ts';
import type { CalibrationRequest } from '../camera/calibration-request.ts';
import { type Lens, lensKinds } from '../camera/camera.ts';
import { type FreeGroup, freeGroups } from '../camera/free.ts';
import { parseGcps } from '../camera/gcp.ts';
import { calibrateFromGcps } from '../camera/resection.ts';
import type { Bilingual } from '../errors.ts';
import type { SizePx } from '../geo/frames.ts';
import { fromAxes, readText, toCalibrationFile } from './calibration-file.ts';
import { calibrationFormats, inFormat } from './calibration-format.ts';
import type { CliContext } from './context.ts';
import { parseDeploymentHeading } from './deployment-file.ts';
import { nameOption, namesOption, numberOption, sizeOption, tripleOption, wholeOption } from './number-options.ts';

interface CalibrateOptions {
  readonly gcps: string;
  readonly size: SizePx;
  readonly epsg: number;
  readonly position?: readonly number[];
  readonly positionSigma: number;
  readonly heading?: number;
  readonly deployment?: string;
  readonly pitch: number;
  readonly roll: number;
  readonly focalPx?: number;
  readonly lens: Lens['kind'];
  readonly free?: readonly FreeGroup[];
  readonly keepAll?: boolean;
  readonly json?: boolean;
  readonly format?: (typeof calibrationFormats)[number];
}

/** `rivage calibrate`: a camera from a file of ground control points, with no workspace and no database. */
export function registerCalibrate(program: Command, context: CliContext): void {
  const { say } = context;
  const command = program
    .command('calibrate')
    .summary(
      say({ en: 'solve a camera from ground control points', fr: "résoudre un appareil photo par ses points d'appui" }),
    )
    .description(
      say({
        en: 'Solves where a camera stands and looks, and its lens, from points seen in a photo whose place is known. The GCP file is CSV: name,u,v,x,y,z[,sigma_m] or name,u,v,lon,lat,h[,sigma_m]; u, v in px from the top-left corner. Gross errors are named and left out.',
        fr: "Résout la position, la visée et l'objectif d'un appareil photo, à partir de points vus sur une photo et connus sur le terrain. Le fichier est un CSV : name,u,v,x,y,z[,sigma_m] ou name,u,v,lon,lat,h[,sigma_m] ; u, v en px depuis le coin supérieur gauche. Les erreurs grossières sont nommées et écartées.",
      }),
    )
    .requiredOption('--gcps <file>', say({ en: 'the GCP file', fr: 'le fichier des points' }))
    .requiredOption(
      '--size <WxH>',
      say({ en: 'size of the photo, px', fr: 'taille de la photo, px' }),
      sizeOption('--size'),
    )
    .requiredOption('--epsg <n>', say({ en: 'CRS of x, y', fr: 'système de x, y' }), wholeOption('--epsg'));
  addKnown(command, say)
    .option('--free <names>', say(freeHelp), namesOption('--free', freeGroups))
    .option('--keep-all', say({ en: 'leave out no point', fr: "n'écarter aucun point" }))
    .option('--json', say({ en: 'answer as JSON, for rivage locate', fr: 'répondre en JSON, pour rivage locate' }))
    .option(
      '--format <name>',
      say({
        en: `answer as JSON in a format: ${calibrationFormats.join(', ')}`,
        fr: `répondre en JSON dans un format : ${calibrationFormats.join(', ')}`,
      }),
      nameOption('--format', calibrationFormats),
    )
    .addHelpText('after', examples)
    .action((options: CalibrateOptions) => runCalibrate(options, context));
}

const freeHelp: Bilingual = {
  en: `what to solve, instead of what so many points can carry: ${freeGroups.join(', ')}`,
  fr: `ce qu'il faut résoudre, au lieu de ce que permet le nombre de points : ${freeGroups.join(', ')}`,
};

const examples = `
  rivage calibrate --gcps gcps.csv --size 1920x1080 --epsg 2154 --position 948210.5,6440321.2,2134.0 --json > camera.json
  rivage calibrate --gcps drone.csv --size 3840x2160 --epsg 4326 --focal-px 2300 --free angles,position`;

/** What may be known of the camera before. */
function addKnown(command: Command, say: CliContext['say']): Command {
  return command
    .option(
      '--position <x,y,z>',
      say({
        en: 'where the camera stands, in --epsg (lon,lat,h for 4326)',
        fr: "où est l'appareil, dans --epsg (lon,lat,h pour 4326)",
      }),
      tripleOption('--position'),
    )
    .option(
      '--position-sigma <m>',
      say({ en: 'how well that is known, 1 σ', fr: 'à combien près, 1 σ' }),
      numberOption('--position-sigma', 0.001, 1e6),
      3,
    )
    .option(
      '--heading <deg>',
      say({ en: 'rough aim, clockwise from north', fr: 'visée approchée, depuis le nord, sens horaire' }),
      numberOption('--heading', -360, 360),
    )
    .option(
      '--pitch <deg>',
      say({ en: 'with --heading: up from the horizon', fr: "avec --heading : vers le haut depuis l'horizon" }),
      numberOption('--pitch', -90, 90),
      0,
    )
    .option(
      '--roll <deg>',
      say({ en: 'with --heading: clockwise seen from behind', fr: 'avec --heading : sens horaire vu de derrière' }),
      numberOption('--roll', -180, 180),
      0,
    )
    .option(
      '--deployment <file>',
      say({
        en: 'in place of --heading and --pitch: a Camtrap DP deployments.csv',
        fr: 'à la place de --heading et --pitch : un deployments.csv de Camtrap DP',
      }),
    )
    .option(
      '--focal-px <f>',
      say({ en: 'rough focal length, px', fr: 'focale approchée, px' }),
      numberOption('--focal-px', 10, 1e6),
    )
    .option(
      '--lens <kind>',
      say({ en: 'kind of lens: brown-conrady or fisheye', fr: "type d'objectif : brown-conrady ou fisheye" }),
      nameOption('--lens', lensKinds),
      'brown-conrady' as const,
    );
}

async function runCalibrate(options: CalibrateOptions, context: CliContext): Promise<void> {
  const text = await readText(path.resolve(context.cwd, options.gcps));
  const { deployment, format } = options;
  const aim = deployment
    ? parseDeploymentHeading(await readText(path.resolve(context.cwd, deployment)), deployment)
    : {};
  const request = toRequest({ ...options, ...aim });
  const calibration = calibrateFromGcps({ gcps: parseGcps(text, options.gcps, options.epsg), ...request });
  const file = toCalibrationFile(calibration, options.epsg);
  if (options.json || format) {
    context.print(JSON.stringify(inFormat(calibration, options.epsg, format ?? 'rivage'), null, 2));
    return;
  }
  const { headingDeg, pitchDeg, rollDeg, x, y, z } = file.pose;
  for (const { name, residualPx, outlier } of calibration.gcps) {
    context.print(
      `${name.padEnd(16)} ${residualPx.toFixed(1).padStart(8)} px${outlier ? `  ${context.say(leftOut)}` : ''}`,
    );
  }
  context.print(`x ${x.toFixed(2)}  y ${y.toFixed(2)}  z ${z.toFixed(2)}  (EPSG:${options.epsg})`);
  context.print(
    `heading ${headingDeg.toFixed(2)}°  pitch ${pitchDeg.toFixed(2)}°  roll ${rollDeg.toFixed(2)}°  f ${file.lens.focalPx.toFixed(0)} px`,
  );
  const loo = file.looRmsePx === undefined ? '' : `  LOO ${file.looRmsePx.toFixed(2)} px`;
  context.print(`RMSE ${file.rmsePx.toFixed(2)} px${loo}`);
  context.print(context.say(sayWorst(calibration)));
}

function toRequest(options: CalibrateOptions): Omit<CalibrationRequest, 'gcps'> {
  const { position, heading, pitch, roll, focalPx, lens, free, keepAll } = options;
  return {
    sizePx: options.size,
    lens: { kind: lens },
    ...(position ? { position: { ...fromAxes(position, options.epsg), sigmaM: options.positionSigma } } : {}),
    ...(heading === undefined ? {} : { aim: { headingDeg: heading, pitchDeg: pitch, rollDeg: roll } }),
    ...(focalPx === undefined ? {} : { focalPx }),
    ...(free ? { free } : {}),
    ...(keepAll ? { keepAll } : {}),
  };
}

const leftOut: Bilingual = { en: 'left out', fr: 'écarté' };

/** One sentence about the GCP that fits worst, for the person who clicked it. */
function sayWorst({ gcps }: Pick<Calibration, 'gcps'>): Bilingual {
  const worst = gcps.toSorted((a, b) => b.residualPx - a.residualPx)[0];
  if (!worst) return { en: 'There is no point.', fr: "Il n'y a aucun point." };
  const off = worst.residualPx.toFixed(worst.residualPx < 10 ? 1 : 0);
  const count = gcps.filter(({ outlier }) => outlier).length;
  if (!worst.outlier) {
    return {
      en: `All points agree; the worst, ${worst.name}, is ${off} px off.`,
      fr: `Tous les points concordent ; le moins bon, ${worst.name}, est à ${off} px.`,
    };
  }
  return {
    en: `${count === 1 ? '1 point was' : `${count} points were`} left out. Point ${worst.name} is ${off} px off: was it clicked on the wrong rock?`,
    fr: `${count === 1 ? '1 point a été écarté' : `${count} points ont été écartés`}. Le point ${worst.name} est à ${off} px : a-t-il été cliqué sur le mauvais rocher ?`,
  };
}
