const levels = ['debug', 'info', 'warn', 'error'] as const;
type Level = (typeof levels)[number];

/** A logger: one line of JSON a record, to stderr, so that stdout stays for answers. */
export type Log = Readonly<Record<Level, (message: string, fields?: Readonly<Record<string, unknown>>) => void>>;

/** Makes a logger that writes records of `minLevel` and above. */
export function createLog(minLevel: Level, write: (line: string) => void = (line) => process.stderr.write(line)): Log {
  const writer =
    (level: Level): Log[Level] =>
    (message, fields = {}) => {
      if (levels.indexOf(level) < levels.indexOf(minLevel)) return;
      write(`${JSON.stringify({ time: new Date().toISOString(), level, message, ...fields })}\n`);
    };
  return { debug: writer('debug'), info: writer('info'), warn: writer('warn'), error: writer('error') };
}
