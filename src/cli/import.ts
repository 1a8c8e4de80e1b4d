import path from 'node:path';
import type { Command } from 'commander';
import { describeError } from '../errors.ts';
import { type ImportReport, importCard } from '../ingest/import-card.ts';
import { getCamera } from '../workspace/cameras.ts';
import type { MountedCamera } from '../workspace/mounted-camera.ts';
import { checkWorkspace } from '../workspace/read-workspace.ts';
import type { CliContext } from './context.ts';
import { createProgress, type Progress } from './progress.ts';

interface ImportOptions {
  readonly camera: string;
  readonly workspace: string;
  readonly move?: boolean;
  readonly json?: boolean;
}

/** `rivage import`: the photos of a card, copied into a camera's folder. */
export function registerImport(program: Command, context: CliContext): void {
  const { say } = context;
  program
    .command('import <card-folder>')
    .summary(
      say({
        en: "copy a card's photos into a camera's folder",
        fr: "copier les photos d'une carte dans le dossier d'un appareil",
      }),
    )
    .requiredOption(
      '-c, --camera <id>',
      say({ en: 'the camera the card comes from', fr: "l'appareil dont vient la carte" }),
    )
    .option(
      '-w, --workspace <folder>',
      say({ en: 'folder of the workspace', fr: "dossier de l'espace de travail" }),
      '.',
    )
    .option(
      '--move',
      say({
        en: 'remove each photo from the card once its copy is verified',
        fr: 'retirer chaque photo de la carte une fois sa copie vérifiée',
      }),
    )
    .option('--json', say({ en: 'answer as JSON', fr: 'répondre en JSON' }))
    .addHelpText(
      'after',
      '\n  rivage import /media/card/DCIM --camera north -w my-lake\n  rivage import E:\\DCIM -c north --move',
    )
    .action(async (cardFolder: string, options: ImportOptions) => {
      const report = await runImport(path.resolve(context.cwd, cardFolder), options, context);
      context.print(options.json ? JSON.stringify(toJson(report, context), null, 2) : describeReport(report, context));
    });
}

async function runImport(from: string, options: ImportOptions, context: CliContext): Promise<ImportReport> {
  const camera = await openCamera(path.resolve(context.cwd, options.workspace), options.camera);
  const label = { en: 'Copying', fr: 'Copie' };
  let bar: Progress | undefined;
  try {
    return await importCard(
      { from, to: camera.photoFolder, move: options.move ?? false },
      {
        onTotal: (total) => {
          bar = createProgress(context, total, label, { quiet: options.json ?? false });
        },
        onPhoto: () => bar?.advance(),
        signal: context.signal,
      },
    );
  } finally {
    bar?.stop();
  }
}

/**
 * Only faults that concern this camera stop an import: a ranger with a card cannot mend another's DEM. Its folder is
 * made when it lies in the workspace; elsewhere it is probably a disk that is not connected.
 */
async function openCamera(folder: string, id: string): Promise<MountedCamera> {
  const { workspace, faults } = await checkWorkspace(folder);
  const own = faults.filter(
    ({ code, params }) => params.file === `cameras/${id}.json` || code === 'photo-folder-shared',
  );
  const blocking = own.find(({ code }) => code !== 'photo-folder-missing');
  if (blocking || !workspace) throw blocking ?? faults[0];
  const camera = getCamera(workspace, id);
  const missing = own.find(({ code }) => code === 'photo-folder-missing');
  const isInside = camera.photoFolder.startsWith(workspace.folder + path.sep);
  if (missing && !isInside) throw missing;
  return camera;
}

function describeReport(report: ImportReport, { say, config }: CliContext): string {
  const { found, copied, duplicate, undated, renamed, notRemoved, otherFiles, unreadable, interrupted } = report;
  const notes: readonly (readonly [boolean | number, string])[] = [
    [
      true,
      say({
        en: `${copied} of ${found} photos copied, ${duplicate} were there already, ${unreadable.length} unreadable.`,
        fr: `${copied} photos copiées sur ${found}, ${duplicate} déjà présentes, ${unreadable.length} illisibles.`,
      }),
    ],
    [
      undated,
      say({ en: `${undated} have no EXIF time: see "undated".`, fr: `${undated} sans heure EXIF : voir « undated ».` }),
    ],
    [
      renamed,
      say({
        en: `${renamed} got a longer name, as another photo of that day had theirs.`,
        fr: `${renamed} ont reçu un nom plus long, une autre photo du jour ayant déjà le leur.`,
      }),
    ],
    [
      otherFiles,
      say({
        en: `${otherFiles} files of other kinds were left on the card.`,
        fr: `${otherFiles} fichiers d'autres types laissés sur la carte.`,
      }),
    ],
    [
      notRemoved,
      say({
        en: `${notRemoved} could not be removed from the card.`,
        fr: `${notRemoved} n'ont pas pu être retirées de la carte.`,
      }),
    ],
    [
      interrupted,
      say({ en: 'Stopped early; run it again to go on.', fr: 'Arrêté avant la fin ; relancez pour continuer.' }),
    ],
  ];
  const failures = unreadable.map(({ error }) => `${describeError(error, config.language)} [${error.code}]`);
  return [...notes.filter(([applies]) => applies).map(([, text]) => text), ...failures].join('\n');
}

function toJson({ unreadable, ...counts }: ImportReport, { config }: CliContext) {
  const described = unreadable.map(({ file, error }) => ({
    file,
    code: error.code,
    message: describeError(error, config.language),
  }));
  return { ...counts, unreadable: described };
}
