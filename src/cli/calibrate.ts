import path from 'node:path';
import type { Command } from 'commander';
import { type FreeGroup, freeGroups } from '../calibrate/free.ts';
import { parseGcps } from '../calibrate/gcp.ts';
import { calibrateFromGcps } from '../calibrate/resection.ts';
import { type Bilingual, ServiceError } from '../errors.ts';
import { addMounted, calibrateMounted, type MountedOptions, refuseForeignOptions } from './calibrate-mounted.ts';
import { calibrationFormats, inFormat } from './calibration-format.ts';
import { printCalibration } from './calibration-report.ts';
import { addView, type ViewOptions, viewCalibration } from './calibration-view.ts';
import { addKnown, type KnownOptions, readKnown } from './camera-known.ts';
import type { CliContext } from './context.ts';
import { parseDeploymentHeading } from './deployment-file.ts';
import { nameOption, namesOption, wholeOption } from './number-options.ts';
import { readText } from './read-text.ts';

type Named = Omit<KnownOptions & ViewOptions, 'epsg'>;

interface CalibrateOptions extends Named, MountedOptions {
  readonly camera?: string;
  readonly epsg?: number;
  readonly gcps?: string;
  readonly deployment?: string;
  readonly free?: readonly FreeGroup[];
  readonly keepAll?: boolean;
  readonly json?: boolean;
  readonly format?: (typeof calibrationFormats)[number];
}

interface FileOptions {
  readonly epsg: number;
  readonly gcps: string;
}

/** `rivage calibrate`: a camera from a file of ground control points, with no workspace and no database; or one of a workspace. */
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
    .option('--gcps <file>', say({ en: 'the GCP file', fr: 'le fichier des points' }))
    .option('--epsg <n>', say({ en: 'CRS of x, y', fr: 'système de x, y' }), wholeOption('--epsg'));
  addView(addKnown(addMounted(command, context), say), say)
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
    .action((options: CalibrateOptions) => {
      if (options.camera === undefined) return isFromFiles(options) ? runCalibrate(options, context) : undefined;
      refuseForeignOptions(command);
      return calibrateMounted(options.camera, options, context);
    });
}

const freeHelp: Bilingual = {
  en: `what to solve, instead of what so many points can carry: ${freeGroups.join(', ')}`,
  fr: `ce qu'il faut résoudre, au lieu de ce que permet le nombre de points : ${freeGroups.join(', ')}`,
};

const examples = `
  rivage calibrate --camera north -w my-lake
  rivage calibrate --camera north -w my-lake --dry-run --picture seen.png
  rivage calibrate --gcps gcps.csv --size 1920x1080 --epsg 2154 --position 948210.5,6440321.2,2134.0 --json > camera.json
  rivage calibrate --gcps gcps.csv --photo IMG_0412.JPG --epsg 2154 --position 948210.5,6440321.2,2134.0
  rivage calibrate --gcps gcps.csv --photo IMG_0412.JPG --epsg 2154 --dem dem.tif --picture seen.png
  rivage calibrate --gcps drone.csv --size 3840x2160 --epsg 4326 --focal-px 2300 --free angles,position`;

async function runCalibrate(options: CalibrateOptions & FileOptions, context: CliContext): Promise<void> {
  const text = await readText(path.resolve(context.cwd, options.gcps));
  const { deployment, format } = options;
  const aim = deployment
    ? parseDeploymentHeading(await readText(path.resolve(context.cwd, deployment)), deployment)
    : {};
  const known = await readKnown({ ...options, ...aim }, context.cwd);
  const { free, keepAll } = options;
  const calibration = calibrateFromGcps({
    gcps: parseGcps(text, options.gcps, options.epsg, known.position),
    ...known,
    ...(free ? { free } : {}),
    ...(keepAll ? { keepAll } : {}),
  });
  const checks = await viewCalibration(calibration, options, context);
  if (options.json || format) {
    const answer = inFormat(calibration, options.epsg, format ?? 'rivage');
    context.print(JSON.stringify((format ?? 'rivage') === 'rivage' ? { ...answer, checks } : answer, null, 2));
    return;
  }
  printCalibration({ calibration, checks, epsg: options.epsg }, context);
}

/** Without --camera the points and their CRS are named here. */
function isFromFiles(options: CalibrateOptions): options is CalibrateOptions & FileOptions {
  const missing = options.gcps === undefined ? '--gcps' : options.epsg === undefined ? '--epsg' : undefined;
  if (missing === undefined) return true;
  const why = {
    en: 'give it, or --camera with a camera of the workspace',
    fr: "donnez-la, ou bien --camera avec un appareil de l'espace de travail",
  };
  throw new ServiceError('option-missing', { option: missing, why });
}
