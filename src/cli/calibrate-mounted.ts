import path from 'node:path';
import type { Command } from 'commander';
import { toCalibrationJson } from '../calibrate/calibration-json.ts';
import { ServiceError } from '../errors.ts';
import { checkCalibration } from '../inspect/check-calibration.ts';
import { decodePicture } from '../picture/codec.ts';
import { solveGcps } from '../pipeline/calibrate-camera.ts';
import { drawMounted, type MountedCalibration } from '../pipeline/draw-mounted.ts';
import { readTerrain, updateCamera } from '../pipeline/station.ts';
import { getCamera } from '../workspace/cameras.ts';
import type { GcpSource } from '../workspace/gcp-sources.ts';
import type { MountedCamera } from '../workspace/mounted-camera.ts';
import { readWorkspace } from '../workspace/read-workspace.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { printCalibration } from './calibration-report.ts';
import type { CliContext } from './context.ts';
import { addWorkspaceOption } from './run-options.ts';
import { openWorkspace } from './wire.ts';
import { writePicture } from './write-picture.ts';

/** How a camera of a workspace is calibrated. */
export interface MountedOptions {
  readonly workspace: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
  readonly picture?: string;
}

/** Adds --camera and what goes with it. */
export function addMounted(command: Command, { say }: Pick<CliContext, 'say'>): Command {
  return addWorkspaceOption(command, { say })
    .option(
      '-c, --camera <id>',
      say({
        en: "a camera of the workspace, from the files that it names; with -w. Stored: sightings from now on use it, earlier ones once 'rivage relocate' was run",
        fr: "un appareil de l'espace de travail, d'après les fichiers qu'il nomme ; avec -w. Enregistré : les observations à venir l'utilisent, les anciennes après 'rivage relocate'",
      }),
    )
    .option('--dry-run', say({ en: 'with --camera: store nothing', fr: 'avec --camera : ne rien enregistrer' }));
}

/** The options that go with --camera. */
const ownOptions: readonly string[] = ['camera', 'workspace', 'dryRun', 'json', 'picture'];

/**
 * Refuses options that would have no effect beside --camera, because the camera's file says what they say.
 * @throws ServiceError option-misplaced
 */
export function refuseForeignOptions(command: Command): void {
  const isGiven = (name: string) => command.getOptionValueSource(name) === 'cli' && !ownOptions.includes(name);
  const foreign = command.options.find((option) => isGiven(option.attributeName()));
  if (!foreign) return;
  const why = {
    en: 'with --camera all that is known of it stands in its file, cameras/<id>.json',
    fr: "avec --camera, tout ce qu'on sait de l'appareil est dans son fichier, cameras/<id>.json",
  };
  throw new ServiceError('option-misplaced', { option: foreign.long ?? foreign.flags, why });
}

/** Solves every set of points of a camera anew, and stores what changed unless it is a dry run. */
export async function calibrateMounted(id: string, options: MountedOptions, context: CliContext): Promise<void> {
  const folder = path.resolve(context.cwd, options.workspace);
  const workspace = await readWorkspace(folder);
  const camera = getCamera(workspace, id);
  if (camera.gcps.length === 0) {
    const why = {
      en: 'it names no ground control points: add "gcps" to its file',
      fr: 'il ne nomme aucun point d\'appui : ajoutez "gcps" à son fichier',
    };
    throw new ServiceError('bad-option', { option: '--camera', value: id, why });
  }
  const solved = [];
  for (const gcps of camera.gcps) solved.push(await look({ workspace, camera, gcps }, options, context));
  if (options.json) {
    const answers = solved.map(({ calibration, checks, epsg }) => ({
      ...toCalibrationJson(calibration, epsg),
      checks,
    }));
    context.print(JSON.stringify(answers, null, 2));
  }
  if (!options.dryRun) await store(folder, id, context);
}

async function store(folder: string, id: string, context: CliContext): Promise<void> {
  const open = await openWorkspace(folder, context);
  try {
    await updateCamera(open, getCamera(open.workspace, id), { anew: true });
  } finally {
    await open.close();
  }
}

interface OneSet {
  readonly workspace: Workspace;
  readonly camera: MountedCamera;
  readonly gcps: GcpSource;
}

/** Solves a set of points, checks it, and draws and prints it where that is asked for. */
async function look({ workspace, camera, gcps }: OneSet, options: MountedOptions, context: CliContext) {
  const calibration = await solveGcps(workspace, camera, gcps);
  const dem = await readTerrain(workspace, calibration.camera.origin);
  const checks = checkCalibration(calibration, dem);
  if (options.picture !== undefined)
    await draw(gcps, { workspace, camera, calibration, dem }, options.picture, context);
  const solved = { calibration, checks, epsg: gcps.epsg };
  if (!options.json) {
    context.print(path.relative(workspace.folder, gcps.file));
    printCalibration(solved, context);
  }
  return solved;
}

async function draw(
  gcps: GcpSource,
  mounted: MountedCalibration,
  picture: string,
  { cwd, config }: CliContext,
): Promise<void> {
  if (gcps.photo === undefined) {
    const why = {
      en: 'name the photo that the points were clicked in ("photo" in "gcps")',
      fr: 'nommez la photo où les points ont été cliqués ("photo" dans "gcps")',
    };
    throw new ServiceError('bad-option', { option: '--picture', value: picture, why });
  }
  const drawn = await drawMounted(mounted, await decodePicture(gcps.photo), config.language);
  await writePicture(path.resolve(cwd, pictureOf(picture, mounted.camera, gcps)), drawn);
}

/** Where the picture of a set goes: with several sets each has the name of its file in it. */
function pictureOf(picture: string, { gcps: sets }: MountedCamera, { file }: GcpSource): string {
  if (sets.length === 1) return picture;
  const { dir, name, ext } = path.parse(picture);
  return path.join(dir, `${name}-${path.parse(file).name}${ext}`);
}
