import path from 'node:path';
import type { Command } from 'commander';
import { ServiceError } from '../errors.ts';
import { openEstimateDesk } from '../pipeline/estimate-desk.ts';
import { createRandom } from '../simulate/random.ts';
import type { CliContext } from './context.ts';
import { describeEstimates } from './estimate-report.ts';
import { numberOption } from './number-options.ts';
import { addWorkspaceOption } from './run-options.ts';
import { openWorkspace } from './wire.ts';

/** The same question draws the same days, so that it has the same answer. */
export function newEstimateRandom(): () => number {
  return createRandom(1, 'estimate').unit;
}

interface EstimateOptions {
  readonly workspace: string;
  readonly lake?: string;
  readonly camera?: string;
  readonly label: string;
  readonly zone?: string;
  readonly from?: string;
  readonly to?: string;
  readonly wholeDays?: boolean;
  readonly meanStay?: number;
  readonly meanStaySd: number;
  readonly json?: boolean;
}

/** `rivage estimate`: counts become figures with intervals. */
export function registerEstimate(program: Command, context: CliContext): void {
  const { say } = context;
  const command = program
    .command('estimate')
    .summary(
      say({ en: 'figures with intervals from counts', fr: 'des chiffres avec intervalles à partir des comptes' }),
    )
    .description(
      say({
        en: 'Mean occupancy, object-hours (for persons visitor-hours) and visits of each camera, corrected by precision and recall in the photos that people reviewed, divided by the time watched, with 95 % intervals. It says what is not corrected.',
        fr: "Fréquentation instantanée moyenne, heures-objets (pour les personnes, heures-visiteurs) et visites par appareil, corrigées de la précision et du rappel mesurés sur les photos relues, divisées par le temps observé, avec intervalles à 95 %. Ce qui n'est pas corrigé est dit.",
      }),
    );
  addWorkspaceOption(command, context)
    .option('--lake <id>', say({ en: 'cameras of this lake only', fr: 'appareils de ce lac seulement' }))
    .option('-c, --camera <id>', say({ en: 'this camera only', fr: 'cet appareil seulement' }))
    .option('-l, --label <label>', say({ en: 'what is counted', fr: 'ce qui est compté' }), 'person')
    .option('--zone <id>', say({ en: 'in this zone only', fr: 'dans cette zone seulement' }))
    .option(
      '--from <day>',
      say({ en: 'first local day, as 2025-07-14', fr: 'premier jour local' }),
      dayOption('--from'),
    )
    .option(
      '--to <day>',
      say({ en: 'last local day, itself included', fr: 'dernier jour, inclus' }),
      dayOption('--to'),
    );
  addFigureOptions(command, context)
    .option('--json', say({ en: 'answer as JSON', fr: 'répondre en JSON' }))
    .addHelpText(
      'after',
      '\n  rivage estimate -w my-lake --label person --from 2025-07-01 --to 2025-08-31 --mean-stay 90 --mean-stay-sd 20',
    )
    .action((options: EstimateOptions) => runEstimate(options, context));
}

function addFigureOptions(command: Command, { say }: CliContext): Command {
  return command
    .option(
      '--whole-days',
      say({
        en: 'extrapolate: hours that nobody watched take the mean of their hour of day',
        fr: 'extrapoler : les heures non observées prennent la moyenne de leur heure du jour',
      }),
    )
    .option(
      '--mean-stay <min>',
      say({ en: 'mean stay, minutes: makes visits', fr: 'durée moyenne de séjour, minutes : donne des visites' }),
      numberOption('--mean-stay', 1, 100_000),
    )
    .option(
      '--mean-stay-sd <min>',
      say({
        en: 'standard deviation of that mean (not of single stays)',
        fr: 'écart-type de cette moyenne (pas des séjours)',
      }),
      numberOption('--mean-stay-sd', 0, 100_000),
      0,
    );
}

async function runEstimate(options: EstimateOptions, context: CliContext): Promise<void> {
  const { label, lake, camera, zone, from, to, meanStay, meanStaySd } = options;
  const open = await openWorkspace(path.resolve(context.cwd, options.workspace), context);
  const question = {
    ...{ label, lakeId: lake, cameraId: camera, zoneId: zone, from, to, wholeDays: options.wholeDays ?? false },
    meanStay: meanStay === undefined ? undefined : { min: meanStay, sdMin: meanStaySd },
  };
  const answer = await openEstimateDesk(open.db, newEstimateRandom)
    .estimate(question, context.say)
    .finally(() => open.close());
  context.print(options.json ? JSON.stringify(answer, null, 1) : describeEstimates(answer, context.say));
}

/** A parser for a calendar day. */
function dayOption(option: string): (value: string) => string {
  return (value) => {
    const isDay = /^\d{4}-\d\d-\d\d$/.test(value) && new Date(`${value}T00:00Z`).toJSON()?.startsWith(value);
    if (isDay) return value;
    const why = { en: 'a day such as 2025-07-14 is needed', fr: 'il faut un jour comme 2025-07-14' };
    throw new ServiceError('bad-option', { option, value, why });
  };
}
