import path from 'node:path';
import type { Command } from 'commander';
import { ServiceError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { CliContext } from './context.ts';
import { examineMachine } from './doctor-machine.ts';
import { describeThrown, type Finding } from './finding.ts';

interface DoctorOptions {
  readonly workspace: string;
  readonly json?: boolean;
}

/** `rivage doctor`: what is missing on this machine and in this workspace, and what to do. */
export function registerDoctor(program: Command, context: CliContext): void {
  const { say, print } = context;
  program
    .command('doctor')
    .summary(
      say({
        en: 'check the machine and the workspace, and say what to do',
        fr: "vérifier la machine et l'espace de travail, et dire quoi faire",
      }),
    )
    .option(
      '-w, --workspace <folder>',
      say({ en: 'folder of the workspace', fr: "dossier de l'espace de travail" }),
      '.',
    )
    .option('--json', say({ en: 'answer as JSON', fr: 'répondre en JSON' }))
    .addHelpText('after', '\n  rivage doctor\n  rivage doctor -w my-lake --json')
    .action(async (options: DoctorOptions) => {
      const findings = await examineAll(path.resolve(context.cwd, options.workspace), context);
      if (options.json)
        print(
          JSON.stringify(
            findings.map((finding) => toJson(finding, context)),
            null,
            2,
          ),
        );
      else for (const finding of findings) print(describeFinding(finding, context));
      const count = findings.filter(({ state }) => state === 'fail').length;
      if (count > 0) throw new ServiceError('doctor-found', { count });
    });
}

async function examineAll(folder: string, { config, log, cwd }: CliContext): Promise<readonly Finding[]> {
  const { workspace, findings } = await examineWorkspaceLate(folder, config.databaseUrl, log);
  const place = workspace?.folder ?? cwd;
  const machine = await examineMachine({ modelId: workspace?.model, folder: place, config });
  return [...machine, ...findings];
}

/** Loaded late: what its rooms need of the machine may be what is broken, and then the machine's checks say so. */
async function examineWorkspaceLate(folder: string, databaseUrl: string | undefined, log: Log) {
  try {
    const { examineWorkspace } = await import('./doctor-workspace.ts');
    return await examineWorkspace(folder, databaseUrl, log);
  } catch (thrown) {
    const check = { en: 'workspace', fr: 'espace de travail' };
    const findings: readonly Finding[] = [{ check, state: 'fail', text: describeThrown(thrown) }];
    return { workspace: undefined, findings };
  }
}

const marks = { ok: '✓', warn: '!', fail: '✗' } as const;

function describeFinding({ check, state, text }: Finding, { say }: CliContext): string {
  return `${marks[state]} ${say({ en: `${check.en}: ${text.en}`, fr: `${check.fr} : ${text.fr}` })}`;
}

function toJson({ check, state, text }: Finding, { say }: CliContext) {
  return { check: say(check), state, text: say(text) };
}
