import type { Config } from '../config.ts';
import type { Bilingual } from '../errors.ts';
import type { Log } from '../log.ts';

/** What every command is given: nothing in a command reads the environment or process itself. */
export interface CliContext {
  readonly config: Config;
  readonly log: Log;
  /** Folder that relative paths of the command line start from. */
  readonly cwd: string;
  /** The text in the user's language. */
  readonly say: (text: Bilingual) => string;
  /** Writes one answer line to stdout. */
  readonly print: (line: string) => void;
  /** Aborts at Ctrl-C. */
  readonly signal: AbortSignal;
}
