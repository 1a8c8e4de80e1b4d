import path from 'node:path';
import type { Command } from 'commander';
import { describeError, ServiceError } from '../errors.ts';
import { processRun, type RunProgress, type RunReport, type RunWish } from '../pipeline/process-run.ts';
import type { Tools } from '../pipeline/tools.ts';
import type { CliContext } from './context.ts';
import { createProgress, type Progress } from './progress.ts';
import { openTools, openWorkspace, refuseEmpty } from './wire.ts';

interface ProcessOptions {
  readonly workspace: string;
  readonly camera?: readonly string[];
  readonly from?: Date;
  readonly to?: Date;
  readonly model?: string;
  readonly json?: boolean;
}

/** `rivage process`: every new photo of a workspace becomes rows. */
export function registerProcess(program: Command, context: CliContext): void {
  const { say } = context;
  program
    .command('process')
    .summary(
      say({ en: 'process the new photos of a workspace', fr: "traiter les nouvelles photos d'un espace de travail" }),
    )
    .option(
      '-w, --workspace <folder>',
      say({ en: 'folder of the workspace', fr: "dossier de l'espace de travail" }),
      '.',
    )
    .option('-c, --camera <id...>', say({ en: 'these cameras only', fr: 'ces appareils seulement' }))
    .option(
      '--from <time>',
      say({ en: 'photos taken from then on, as 2025-07-14T00:00Z', fr: 'photos prises dès lors' }),
      parseTime,
    )
    .option('--to <time>', say({ en: 'photos taken before', fr: 'photos prises avant' }), parseTime)
    .option('-m, --model <id>', say({ en: 'a folder of models/', fr: 'un dossier de models/' }))
    .option('--json', say({ en: 'answer as JSON', fr: 'répondre en JSON' }))
    .addHelpText('after', '\n  rivage process -w my-lake\n  rivage process -w my-lake --camera north --json')
    .action(async (options: ProcessOptions) => {
      const report = await runProcess(options, context);
      context.print(options.json ? JSON.stringify(toJson(report, context), null, 2) : describeReport(report, context));
      refuseEmpty(report);
    });
}

async function runProcess(options: ProcessOptions, context: CliContext): Promise<RunReport> {
  const open = await openWorkspace(path.resolve(context.cwd, options.workspace), context);
  try {
    const tools = await openTools(open, options.model, context);
    const { camera: cameraIds, from, to } = options;
    const wish = { cameraIds, from, to };
    return await processWithProgress(tools, wish, { context, quiet: options.json ?? false }).finally(() =>
      tools.detector.close(),
    );
  } finally {
    await open.close();
  }
}

/** Runs to the end or to Ctrl-C, with a progress bar. */
export async function processWithProgress(
  tools: Tools,
  wish: RunWish,
  { context, quiet }: { readonly context: CliContext; readonly quiet: boolean },
): Promise<RunReport> {
  let bar: Progress | undefined;
  let shown = 0;
  const onProgress = ({ total, done }: RunProgress) => {
    bar ??= createProgress(context, total, { en: 'Processing', fr: 'Traitement' }, { quiet });
    bar.advance(done - shown);
    shown = done;
  };
  return processRun(tools, wish, { onProgress, signal: context.signal }).finally(() => bar?.stop());
}

export function describeReport(report: RunReport, { say, config }: CliContext): string {
  const { done, total, failed, detections, sightings, duplicates, problems } = report;
  const lines = [
    say({
      en: `${done} of ${total} new photos done: ${detections} detections, ${sightings} of them on the ground; ${failed} photos unreadable, ${duplicates} known under another name.`,
      fr: `${done} nouvelles photos traitées sur ${total} : ${detections} détections, dont ${sightings} au sol ; ${failed} photos illisibles, ${duplicates} déjà connues sous un autre nom.`,
    }),
    ...problems.map(({ cameraId, error }) => `${cameraId}: ${describeError(error, config.language)} [${error.code}]`),
  ];
  return lines.join('\n');
}

function toJson({ problems, ...counts }: RunReport, { config }: CliContext) {
  const described = problems.map(({ cameraId, error }) => ({
    cameraId,
    code: error.code,
    message: describeError(error, config.language),
  }));
  return { ...counts, problems: described };
}

function parseTime(value: string): Date {
  const instant = new Date(value);
  if (!Number.isNaN(instant.getTime())) return instant;
  throw new ServiceError('bad-option', {
    option: '--from/--to',
    value,
    why: 'a time such as 2025-07-14T00:00Z is needed',
  });
}
