import { tmpdir } from 'node:os';
import path from 'node:path';
import { Command } from 'commander';
import type { CliContext } from '../../src/cli/context.ts';
import { readConfig } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';

type Register = (program: Command, context: CliContext) => void;

export interface Place {
  /** Where the command is run. */
  readonly folder: string;
  /** Its environment; by default none of it is set. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs one command of the CLI, in English: the lines that it prints, and what it ends with if it fails. */
export async function runCommand(
  register: Register,
  args: readonly string[],
  { folder, env = {} }: Place,
): Promise<{ readonly lines: readonly string[]; readonly thrown: unknown }> {
  const lines: string[] = [];
  const program = new Command('rivage').exitOverride();
  register(program, {
    // what is measured of this machine while tests load it is no figure for its user
    config: readConfig({ XDG_CACHE_HOME: path.join(tmpdir(), 'rivage-test-cache'), ...env }),
    log: { ...createLog('error'), error: () => undefined },
    cwd: folder,
    say: (text) => text.en,
    print: (line) => lines.push(line),
    signal: new AbortController().signal,
  });
  const thrown = await program.parseAsync(args, { from: 'user' }).then(
    () => undefined,
    (error: unknown) => error,
  );
  return { lines, thrown };
}

/** As `runCommand`, for a command that must not fail. */
export async function runWell(register: Register, args: readonly string[], place: Place): Promise<readonly string[]> {
  const { lines, thrown } = await runCommand(register, args, place);
  if (thrown !== undefined) throw thrown;
  return lines;
}

export interface JsonAnswer {
  /** What was printed with --json; undefined when nothing was. */
  readonly answer: unknown;
  /** Code of the error that the command ended with. */
  readonly code: unknown;
  readonly message: string;
}

/** As `runCommand`, for one that answers in JSON. */
export async function runForJson(register: Register, args: readonly string[], place: Place): Promise<JsonAnswer> {
  const { lines, thrown } = await runCommand(register, args, place);
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
  const answer: unknown = lines.length > 0 ? JSON.parse(lines.join('\n')) : undefined;
  return { answer, code, message: thrown instanceof Error ? thrown.message : '' };
}
