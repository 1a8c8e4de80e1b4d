import path from 'node:path';
import type { Command } from 'commander';
import { ServiceError } from '../../errors.ts';
import { getCamera } from '../../workspace/cameras.ts';
import type { CliContext } from '../context.ts';
import { toLines } from '../evaluation/tables.ts';
import { wholeOption } from '../number-options.ts';
import { addWorkspaceOption } from '../run-options.ts';
import { openWorkspace } from '../wire.ts';
import { intervalTable, sayIntervals } from './interval-table.ts';
import { type IntervalReport, replayCamera } from './replay-camera.ts';

interface IntervalOptions {
  readonly workspace: string;
  readonly camera: string;
  readonly label: string;
  readonly minutes: readonly number[];
  readonly resamples: number;
  readonly json?: boolean;
}

/** `rivage plan interval`: a camera's own frames, thinned. */
export function registerPlanInterval(plan: Command, context: CliContext): void {
  const { say } = context;
  const command = plan
    .command('interval')
    .summary(say({ en: 'what a longer interval would have lost', fr: "ce qu'un intervalle plus long aurait perdu" }))
    .description(
      say({
        en: "Thins a camera's processed frames to longer intervals, from every frame on that it could have begun with, and compares: visitor-hours, daily maximum, stays seen, tents seen in two frames. By activity where one is known. 95 % intervals come from drawing days again.",
        fr: "Éclaircit les photos traitées d'un appareil à des intervalles plus longs, en partant de chaque photo possible, et compare : heures-visiteurs, maximum du jour, séjours vus, tentes vues sur deux photos. Par activité quand elle est connue. Les intervalles à 95 % viennent d'un rééchantillonnage des jours.",
      }),
    )
    .requiredOption('-c, --camera <id>', say({ en: 'whose frames', fr: "l'appareil" }));
  addWorkspaceOption(command, context)
    .option('-l, --label <label>', say({ en: 'what is counted', fr: 'ce qui est compté' }), 'person')
    .option(
      '--minutes <list>',
      say({ en: 'intervals to try', fr: 'intervalles à essayer' }),
      (value: string) => value.split(',').map((part) => wholeOption('--minutes')(part.trim())),
      [10, 20, 30, 60],
    )
    .option('--resamples <n>', say({ en: 'draws of days', fr: 'tirages de jours' }), wholeOption('--resamples'), 1000)
    .option('--json', say({ en: 'answer as JSON', fr: 'répondre en JSON' }))
    .addHelpText('after', '\n  rivage plan interval -w my-lake --camera north\n  rivage plan interval -c north -l tent')
    .action((options: IntervalOptions) => runInterval(options, context));
}

async function runInterval(options: IntervalOptions, context: CliContext): Promise<void> {
  const open = await openWorkspace(path.resolve(context.cwd, options.workspace), context);
  const report = await replayInWorkspace(open, options).finally(() => open.close());
  if (options.json) return context.print(JSON.stringify(report, null, 1));
  for (const line of [...toLines(intervalTable(report, context.say)), '', ...sayIntervals(report, context.say)]) {
    context.print(line);
  }
}

async function replayInWorkspace(
  { workspace, db }: Awaited<ReturnType<typeof openWorkspace>>,
  { camera: cameraId, label, minutes, resamples }: IntervalOptions,
): Promise<IntervalReport> {
  const { intervalMin } = getCamera(workspace, cameraId);
  const longer = minutes.filter((asked) => asked > intervalMin && asked % intervalMin === 0);
  if (longer.length > 0) return replayCamera(db, { cameraId, label, intervalMin, minutes: longer, resamples });
  const example = `${2 * intervalMin},${3 * intervalMin}`;
  throw new ServiceError('replay-not-longer', {
    camera: cameraId,
    own: intervalMin,
    asked: minutes.join(', '),
    example,
  });
}
