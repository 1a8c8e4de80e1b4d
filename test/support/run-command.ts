import { Command } from 'commander';
import type { CliContext } from '../../src/cli/context.ts';
import { readConfig } from '../../src/config.ts';
import { quietLog } from './databases.ts';

export interface CommandAnswer {
  /** What was printed with --json; undefined when nothing was. */
  readonly answer: unknown;
  /** Code of the error that the command ended with. */
  readonly code: unknown;
  readonly message: string;
}

/** Runs one command of the CLI in a folder, as `rivage …` would with no settings in the environment. */
export async function runCommand(
  register: (program: Command, context: CliContext) => void,
  args: readonly string[],
  folder: string,
): Promise<CommandAnswer> {
  const lines: string[] = [];
  const program = new Command('rivage').exitOverride();
  register(program, {
    config: readConfig({}),
    log: { ...quietLog, error: () => undefined },
    cwd: folder,
    say: (text) => text.en,
    print: (line) => lines.push(line),
    signal: new AbortController().signal,
  });
  const thrown = await program.parseAsync(args, { from: 'user' }).then(
    () => undefined,
    (error: unknown) => error,
  );
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
  const answer: unknown = lines.length > 0 ? JSON.parse(lines.join('\n')) : undefined;
  return { answer, code, message: thrown instanceof Error ? thrown.message : '' };
}
