import type { Command } from 'commander';
import { type Bilingual, describeError, ServiceError } from '../errors.ts';
import type { RunOptions, RunProgress, RunReport } from '../pipeline/process-run.ts';
import type { CliContext } from './context.ts';
import { createProgress, type Progress } from './progress.ts';

/** Which photos of a workspace a command takes. */
export interface RunSelection {
  readonly workspace: string;
  readonly camera?: readonly string[];
  readonly from?: Date;
  readonly to?: Date;
  readonly json?: boolean;
}

/** Adds the options of RunSelection. */
export function addRunSelection(command: Command, { say }: Pick<CliContext, 'say'>): Command {
  return addWorkspaceOption(command, { say })
    .option('-c, --camera <id...>', say({ en: 'these cameras only', fr: 'ces appareils seulement' }))
    .option(
      '--from <time>',
      say({ en: 'photos taken from then on, as 2025-07-14T00:00Z', fr: 'photos prises dès lors' }),
      timeOption('--from'),
    )
    .option('--to <time>', say({ en: 'photos taken before', fr: 'photos prises avant' }), timeOption('--to'))
    .option('--json', say({ en: 'answer as JSON', fr: 'répondre en JSON' }));
}

/** Adds --workspace. */
export function addWorkspaceOption(command: Command, { say }: Pick<CliContext, 'say'>): Command {
  const text = { en: 'folder of the workspace', fr: "dossier de l'espace de travail" };
  return command.option('-w, --workspace <folder>', say(text), '.');
}

/** A parser for an instant. */
function timeOption(option: string): (value: string) => Date {
  return (value) => {
    const instant = new Date(value);
    if (!Number.isNaN(instant.getTime())) return instant;
    const why = {
      en: 'a time such as 2025-07-14T00:00Z is needed',
      fr: 'il faut une heure comme 2025-07-14T00:00Z',
    };
    throw new ServiceError('bad-option', { option, value, why });
  };
}

/** Does a run to its end or to Ctrl-C, with a progress bar. */
export async function runWithProgress<Report>(
  work: (options: RunOptions) => Promise<Report>,
  label: Bilingual,
  { context, quiet }: { readonly context: CliContext; readonly quiet: boolean },
): Promise<Report> {
  let bar: Progress | undefined;
  let shown = 0;
  const onProgress = ({ total, done }: RunProgress) => {
    bar ??= createProgress(context, total, label, { quiet });
    bar.advance(done - shown);
    shown = done;
  };
  return work({ onProgress, signal: context.signal }).finally(() => bar?.stop());
}

/** The cameras that a run could not do, one line each. */
export function describeProblems(problems: RunReport['problems'], { config }: CliContext): readonly string[] {
  return problems.map(({ cameraId, error }) => `${cameraId}: ${describeError(error, config.language)} [${error.code}]`);
}

/** A report as JSON. */
export function reportToJson(
  { problems, ...counts }: { readonly problems: RunReport['problems'] },
  { config }: CliContext,
): string {
  const described = problems.map(({ cameraId, error }) => ({
    cameraId,
    code: error.code,
    message: describeError(error, config.language),
  }));
  return JSON.stringify({ ...counts, problems: described }, null, 2);
}
