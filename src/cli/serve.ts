import { spawn } from 'node:child_process';
import path from 'node:path';
import type { Command } from 'commander';
import { ServiceError } from '../errors.ts';
import { listen } from '../serve/listen.ts';
import type { CliContext } from './context.ts';
import { openService } from './open-service.ts';

interface ServeOptions {
  readonly workspace: string;
  readonly port?: string;
  readonly open?: boolean;
}

/** `rivage serve`: the map, the API and OGC API Features of a workspace, until Ctrl-C. */
export function registerServe(program: Command, context: CliContext): void {
  const { say } = context;
  program
    .command('serve')
    .summary(
      say({ en: 'serve the map and the API of a workspace', fr: "servir la carte et l'API d'un espace de travail" }),
    )
    .option(
      '-w, --workspace <folder>',
      say({ en: 'folder of the workspace', fr: "dossier de l'espace de travail" }),
      '.',
    )
    .option('-p, --port <number>', say({ en: 'port on 127.0.0.1', fr: 'port sur 127.0.0.1' }))
    .option('--open', say({ en: 'open the map in the browser', fr: 'ouvrir la carte dans le navigateur' }))
    .addHelpText('after', '\n  rivage serve -w my-lake\n  rivage serve -w my-lake --port 9000 --open')
    .action((options: ServeOptions) => serveWorkspace(options, context));
}

/**
 * Serves until the context's signal aborts, then ends in order: no new requests, the run in hand back into the queue,
 * the database closed.
 */
export async function serveWorkspace(options: ServeOptions, context: CliContext): Promise<void> {
  const port = options.port === undefined ? context.config.port : parsePort(options.port);
  const service = await openService(path.resolve(context.cwd, options.workspace), context);
  try {
    const listening = await listen(service.app, port);
    context.print(
      context.say({
        en: `The map is at ${listening.url} (Ctrl-C ends the service).`,
        fr: `La carte est à ${listening.url} (Ctrl-C arrête le service).`,
      }),
    );
    if (options.open) openBrowser(listening.url);
    await untilAborted(context.signal);
    await listening.close();
  } finally {
    await service.close();
  }
}

function parsePort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65535 && text.trim() !== '') return port;
  const why = { en: 'a whole number from 0 to 65535 is needed', fr: 'il faut un nombre entier de 0 à 65535' };
  throw new ServiceError('bad-option', { option: '--port', value: text, why });
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

/** Asks the desktop for its browser; where there is none, the printed address is enough. */
function openBrowser(url: string): void {
  const opener = process.platform === 'darwin' ? 'open' : process.platform === 'win32' ? 'explorer' : 'xdg-open';
  spawn(opener, [url], { detached: true, stdio: 'ignore' })
    .on('error', () => undefined)
    .unref();
}
