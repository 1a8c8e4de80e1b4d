import path from 'node:path';
import type { Command } from 'commander';
import { type Bilingual, ServiceError } from '../../errors.ts';
import { counterparts } from '../../evaluate/agreement.ts';
import { getCamera } from '../../workspace/cameras.ts';
import { writeCountMapping } from '../../workspace/count-mapping.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import type { CliContext } from '../context.ts';
import { toLines } from '../evaluation/tables.ts';
import { numberOption, wholeOption } from '../number-options.ts';
import { readText } from '../read-text.ts';
import { addWorkspaceOption } from '../run-options.ts';
import { type OpenWorkspace, openWorkspace } from '../wire.ts';
import { figureTable, hourTable, weekdayTable } from './agreement-tables.ts';
import type { CompareDocument } from './document.ts';
import { holdTogether, type OtherSide } from './hold-together.ts';
import { addMappingOptions, getMapping, type MappingOptions } from './mapping-options.ts';
import { sayHow, sayWhat } from './sentences.ts';
import { writeAgreement } from './write-agreement.ts';

export interface CompareOptions extends MappingOptions {
  readonly workspace: string;
  readonly with?: string;
  readonly withCamera?: string;
  readonly camera?: string;
  readonly zone?: string;
  readonly label: string;
  readonly maxLag?: number;
  readonly watchedHours: number;
  readonly resamples: number;
  readonly seed: number;
  readonly json?: boolean;
  readonly out?: string;
}

/** `rivage compare`: our counts held together with somebody else's; two instruments, neither the truth. */
export function registerCompare(program: Command, context: CliContext): void {
  const { say } = context;
  const command = program
    .command('compare')
    .summary(say({ en: 'hold counts together with other counts', fr: 'confronter les comptes à d’autres comptes' }))
    .description(
      say({
        en: 'Holds what a camera counted together with manual counts, the export of a counter, or another camera: bias, limits of agreement, rank correlation, lag, ratio by hour and weekday, each with its interval. Two instruments, neither the truth.',
        fr: 'Confronte ce qu’un appareil a compté à des comptages manuels, à l’export d’un compteur ou à un autre appareil : biais, limites d’agrément, corrélation de rang, décalage, rapport par heure et par jour, chacun avec son intervalle. Deux instruments, aucun n’est la vérité.',
      }),
    )
    .option('--with <file>', say({ en: 'CSV of other counts', fr: "CSV d'autres comptes" }))
    .option('--with-camera <id>', say({ en: 'another camera instead', fr: 'un autre appareil à la place' }))
    .option(
      '-c, --camera <id>',
      say({ en: 'ours; needed where there are several', fr: 'le nôtre ; nécessaire s’il y en a plusieurs' }),
    )
    .option('-z, --zone <id>', say({ en: 'only what lies in this zone', fr: 'seulement ce qui est dans cette zone' }))
    .option('-l, --label <label>', say({ en: 'what of ours is counted', fr: 'ce que nous comptons' }), 'person');
  addWorkspaceOption(command, context);
  addMappingOptions(command, context);
  addFigureOptions(command, context)
    .addHelpText(
      'after',
      '\n  rivage compare -w my-lake --with trail.csv -q passages --time Date --count IN OUT --time-zone Europe/Paris --save-mapping trail\n  rivage compare -w my-lake --with august.csv --mapping trail -o agreement/\n  rivage compare -w my-lake -c north --with-camera south --zone beach',
    )
    .action((options: CompareOptions) => runCompare(options, context));
}

function addFigureOptions(command: Command, { say }: CliContext): Command {
  return command
    .option(
      '--max-lag <n>',
      say({
        en: 'lags to try, hours or days both ways (default: 12 hours, 7 days)',
        fr: 'décalages essayés, heures ou jours de part et d’autre (par défaut : 12 heures, 7 jours)',
      }),
      wholeOption('--max-lag'),
    )
    .option(
      '--watched-hours <h>',
      say({ en: 'of our days, those watched for so long', fr: 'de nos jours, ceux surveillés aussi longtemps' }),
      numberOption('--watched-hours', 0, 24),
      8,
    )
    .option('--resamples <n>', say({ en: 'draws of days', fr: 'tirages de jours' }), wholeOption('--resamples'), 2000)
    .option(
      '--seed <n>',
      say({ en: 'another number, other draws', fr: "un autre nombre, d'autres tirages" }),
      numberOption('--seed', 0, 999_999),
      1,
    )
    .option('--json', say({ en: 'answer as JSON', fr: 'répondre en JSON' }))
    .option(
      '-o, --out <folder>',
      say({ en: 'write report, pairs and plots there', fr: 'y écrire rapport, paires et graphiques' }),
    );
}

async function runCompare(options: CompareOptions, context: CliContext): Promise<void> {
  const { cwd, print, say } = context;
  const text = options.with === undefined ? undefined : await readText(path.resolve(cwd, options.with));
  const open = await openWorkspace(path.resolve(cwd, options.workspace), context);
  const { document, saved } = await compareCounts(open, options, text).finally(() => open.close());
  if (options.out !== undefined) await writeAgreement(path.resolve(cwd, options.out), document, say);
  if (options.json) return print(JSON.stringify(document, null, 1));
  for (const line of describe(document, context)) print(line);
  if (saved !== undefined) print(say({ en: `Mapping stored: ${saved}`, fr: `Correspondance enregistrée : ${saved}` }));
  if (options.out !== undefined) print(`${say({ en: 'Written to', fr: 'Écrit dans' })} ${options.out}`);
}

/** Compares as options say, and stores the mapping where they ask for it. @param text Of the file of other counts, if there is one. */
export async function compareCounts(
  { workspace, db }: Pick<OpenWorkspace, 'workspace' | 'db'>,
  options: CompareOptions,
  text: string | undefined,
): Promise<{ readonly document: CompareDocument; readonly saved: string | undefined }> {
  const source = toSource(workspace, options);
  const other = await toOther(workspace, options, text);
  const document = await holdTogether(db, { ...options, source, other, maxLag: options.maxLag });
  const { saveMapping } = options;
  if (saveMapping === undefined || !('file' in other)) return { document, saved: undefined };
  return { document, saved: await writeCountMapping(workspace.folder, saveMapping, other.mapping) };
}

function describe(document: CompareDocument, { say }: CliContext): readonly string[] {
  const tables = [figureTable, hourTable, weekdayTable].map((table) => table(document, say));
  return [
    ...sayWhat(document, say),
    ...tables.filter(({ rows }) => rows.length > 0).flatMap((table) => ['', ...toLines(table)]),
    '',
    ...sayHow(document, say),
  ];
}

function toSource(workspace: Workspace, { camera, zone, label }: CompareOptions) {
  const [first, second] = workspace.cameras;
  if (camera === undefined && (!first || second)) {
    const known = workspace.cameras.map(({ id }) => id).join(', ') || '–';
    const why = { en: `the workspace has the cameras ${known}`, fr: `l'espace de travail a les appareils ${known}` };
    throw new ServiceError('option-missing', { option: '--camera', why });
  }
  const { id, lakeId } = getCamera(workspace, camera ?? first?.id ?? '');
  const zones = workspace.zones.filter((one) => one.lakeId === lakeId).map((one) => one.id);
  const zoneId = zone === undefined ? undefined : zones.find((one) => one === zone);
  if (zone !== undefined && zoneId === undefined) {
    const known = zones.join(', ') || '–';
    badOption('--zone', zone, { en: `zones of the lake: ${known}`, fr: `zones du lac : ${known}` });
  }
  return { cameraId: id, zoneId, label };
}

async function toOther(workspace: Workspace, options: CompareOptions, text: string | undefined): Promise<OtherSide> {
  const { with: file, withCamera, quantity = 'occupancy' } = options;
  if (file !== undefined && text !== undefined && withCamera === undefined) {
    return { file, text, mapping: await getMapping(options, { workspaceFolder: workspace.folder, file, text }) };
  }
  if (file !== undefined || withCamera === undefined) {
    const why = { en: 'name one, --with or --with-camera', fr: "donnez l'un des deux, --with ou --with-camera" };
    throw new ServiceError('option-missing', { option: '--with', why });
  }
  if (!counterparts[quantity].same) {
    badOption('--quantity', quantity, {
      en: 'a camera counts no passages',
      fr: 'un appareil photo ne compte pas de passages',
    });
  }
  return { camera: getCamera(workspace, withCamera).id, quantity };
}

function badOption(option: string, value: string, why: Bilingual): never {
  throw new ServiceError('bad-option', { option, value, why });
}
