import path from 'node:path';
import type { Command } from 'commander';
import type { CliContext } from '../context.ts';
import { numberOption, wholeOption } from '../number-options.ts';
import { addRunSelection, addWorkspaceOption, type RunSelection } from '../run-options.ts';
import { openWorkspace } from '../wire.ts';
import { exportReview, type ReviewExport } from './export-review.ts';
import { importReview, type ReviewImport } from './import-review.ts';

interface ExportOptions extends RunSelection {
  readonly count: number;
  readonly seed: number;
  readonly again?: boolean;
}

interface ImportOptions {
  readonly workspace: string;
  readonly reviewer?: string;
  readonly allRight?: boolean;
  readonly json?: boolean;
}

/** `rivage review`: people look at photos chosen by chance; what they saw judges and teaches networks. */
export function registerReview(program: Command, context: CliContext): void {
  const { say } = context;
  const review = program
    .command('review')
    .summary(say({ en: 'let people correct what was found', fr: 'faire corriger ce qui a été détecté' }))
    .description(
      say({
        en: 'Hands out photos chosen by chance to be corrected in a labelling tool (CVAT, Label Studio …), and takes back what people saw.',
        fr: 'Remet des photos tirées au sort, à corriger dans un outil d’annotation (CVAT, Label Studio …), et reprend ce que l’on y a vu.',
      }),
    );
  registerExport(review, context);
  registerImport(review, context);
}

function registerExport(review: Command, context: CliContext): void {
  const { say } = context;
  const command = review
    .command('export <folder>')
    .summary(say({ en: 'hand out photos', fr: 'remettre des photos' }))
    .description(
      say({
        en: 'Chooses usable, processed photos by chance, some of every camera and light, with finds and without, and writes them with what was found in them: images/, annotations.json (COCO), photos.csv and README.md. Persons are NOT blurred in them; zones of kind mask are blanked. Photos of earlier reviews are not chosen again. Delete the folder when the review is done.',
        fr: 'Tire au sort des photos exploitables et traitées, de chaque appareil et lumière, avec et sans détections, et les écrit avec ce qui y a été détecté : images/, annotations.json (COCO), photos.csv et README.md. Les personnes n’y sont PAS floutées ; les zones de type mask sont effacées. Les photos de relectures précédentes ne sont pas reprises. Supprimez le dossier après la relecture.',
      }),
    );
  addRunSelection(command, context)
    .option('-n, --count <n>', say({ en: 'how many photos', fr: 'nombre de photos' }), wholeOption('--count'), 100)
    .option(
      '--seed <n>',
      say({ en: 'another number, other photos', fr: "un autre nombre, d'autres photos" }),
      numberOption('--seed', 0, 999_999),
      1,
    )
    .option(
      '--again',
      say({
        en: 'also photos that were handed out before and did not come back',
        fr: 'aussi les photos déjà remises et jamais revenues',
      }),
    )
    .addHelpText('after', '\n  rivage review export july -w my-lake --count 200 --from 2025-07-01T00:00Z')
    .action(async (folder: string, options: ExportOptions) => {
      const report = await inWorkspace(options.workspace, context, (open) =>
        exportReview(open, { ...options, folder: path.resolve(context.cwd, folder) }, context),
      );
      context.print(options.json ? JSON.stringify(report, null, 1) : describeExport(report, context));
    });
}

function registerImport(review: Command, context: CliContext): void {
  const { say } = context;
  const command = review
    .command('import <folder>')
    .summary(say({ en: 'take back what people saw', fr: 'reprendre ce que l’on a vu' }))
    .description(
      say({
        en: 'Reads annotations.json of the folder (or a COCO file of another name) and stores what people saw: all of it or nothing. Every photo that the file lists counts as looked at; one without objects is empty. The same review imported again replaces what was stored.',
        fr: 'Lit annotations.json dans le dossier (ou un fichier COCO d’un autre nom) et enregistre ce que l’on a vu : tout ou rien. Chaque photo du fichier compte comme regardée ; sans objet, elle est vide. La même relecture importée de nouveau remplace la précédente.',
      }),
    );
  addWorkspaceOption(command, context)
    .option('--reviewer <name>', say({ en: 'who looked', fr: 'qui a regardé' }))
    .option(
      '--all-right',
      say({
        en: 'nothing had to be corrected: the file is as it was',
        fr: "rien n'était à corriger : fichier inchangé",
      }),
    )
    .option('--json', say({ en: 'answer as JSON', fr: 'répondre en JSON' }))
    .addHelpText('after', '\n  rivage review import july -w my-lake --reviewer "A. Blanc"')
    .action(async (folder: string, options: ImportOptions) => {
      const report = await inWorkspace(options.workspace, context, ({ db }) =>
        importReview(db, path.resolve(context.cwd, folder), options),
      );
      context.print(options.json ? JSON.stringify(report, null, 1) : describeImport(report, context));
    });
}

async function inWorkspace<Report>(
  folder: string,
  context: CliContext,
  work: (open: Awaited<ReturnType<typeof openWorkspace>>) => Promise<Report>,
): Promise<Report> {
  const open = await openWorkspace(path.resolve(context.cwd, folder), context);
  return work(open).finally(() => open.close());
}

function describeExport({ folder, photos, of, boxes, unplaceable }: ReviewExport, { say }: CliContext): string {
  const lines = [
    say({
      en: `${photos} of ${of} photos are in ${folder}, with ${boxes} boxes to correct. Persons are not blurred in them: see README.md there.`,
      fr: `${photos} photos sur ${of} sont dans ${folder}, avec ${boxes} boîtes à corriger. Les personnes n’y sont pas floutées : voir README.md dans ce dossier.`,
    }),
  ];
  if (unplaceable > 0) {
    lines.push(
      say({
        en: `${unplaceable} photos were left aside: nothing tells where the privacy masks are in them.`,
        fr: `${unplaceable} photos sont laissées de côté : rien n’indique où y sont les masques de confidentialité.`,
      }),
    );
  }
  return lines.join('\n');
}

function describeImport({ photos, empty, objects, missing }: ReviewImport, { say }: CliContext): string {
  const counts = Object.entries(objects).map(([label, count]) => `${count} ${label}`);
  const seen = counts.join(', ') || '0';
  const lines = [
    say({
      en: `${photos} photos reviewed, ${empty} of them empty: ${seen}.`,
      fr: `${photos} photos relues, dont ${empty} vides : ${seen}.`,
    }),
  ];
  if (missing > 0) {
    lines.push(
      say({
        en: `${missing} photos of the same review are not in the file and stay unknown.`,
        fr: `${missing} photos de la même relecture ne sont pas dans le fichier et restent inconnues.`,
      }),
    );
  }
  return lines.join('\n');
}
