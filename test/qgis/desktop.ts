import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { makePluginZip, root, runProgram } from './qgis.ts';

const plays = path.join(root, 'qgis-plugin-bridge/test/desktop');

/** A message that QGIS showed in its message bar. */
interface Message {
  readonly scene: string;
  readonly title: string;
  readonly text: string;
}

/** What a play wrote down; see stage.py. */
export interface PlayReport {
  readonly scenes: readonly { readonly name: string; readonly ms: number; readonly longestGapMs: number }[];
  readonly messages: readonly Message[];
  readonly tracebacks: readonly string[];
  /** Python calls that the loop was in when it was late → how often that was seen, every 20 ms. */
  readonly heldUpBy: Readonly<Record<string, number>>;
  // biome-ignore lint/suspicious/noExplicitAny: each play tells facts of its own
  readonly facts: Readonly<Record<string, any>>;
}

/** What a play asks of whoever runs its service, by name. */
type Requests = Readonly<Record<string, () => Promise<void>>>;

/** A user's QGIS with the plugin installed from its zip, and nothing else. */
export interface Desktop {
  /** Starts QGIS, lets it play, and reads the report. `env` is for the play. */
  play(name: string, env: Readonly<Record<string, string>>, requests?: Requests): Promise<PlayReport>;
  stop(): void;
}

/** Makes a clean profile in an empty folder, installs the zip, and opens a display. */
export async function openDesktop(folder: string, language: 'en' | 'fr'): Promise<Desktop> {
  const profile = path.join(folder, 'profiles/default');
  mkdirSync(path.join(profile, 'python/plugins'), { recursive: true });
  mkdirSync(path.join(profile, 'QGIS'));
  execFileSync('unzip', ['-q', makePluginZip(folder), '-d', path.join(profile, 'python/plugins')]);
  const locale = language === 'fr' ? 'fr_FR' : 'en_GB';
  writeFileSync(path.join(profile, 'QGIS/QGIS3.ini'), settings(locale));
  const display = await openDisplay();
  return {
    play: (name, env, requests = {}) => playOnce({ folder, name, requests }, { ...display.env, ...env }),
    stop: display.close,
  };
}

/** No tips and no news, the plugin switched on, texts in a language. */
function settings(locale: string): string {
  return [
    '[locale]',
    'overrideFlag=true',
    `userLocale=${locale}`,
    '[PythonPlugins]',
    'rivage=true',
    '[qgis]',
    'showTips=false',
    'checkVersion=false',
    'newsFeed=false',
    '[core]',
    'NewsFeed\\httpsfeedqgisorg\\disabled=true',
    '',
  ].join('\n');
}

interface Performance {
  readonly folder: string;
  readonly name: string;
  readonly requests: Requests;
}

async function playOnce({ folder, name, requests }: Performance, env: Readonly<Record<string, string>>) {
  const stage = path.join(folder, 'stage');
  rmSync(stage, { recursive: true, force: true });
  mkdirSync(stage);
  const answering = answer(stage, requests);
  const ended = await runProgram(
    [
      '/usr/bin/qgis',
      '--profiles-path',
      folder,
      '--nologo',
      '--noversioncheck',
      '--code',
      path.join(plays, 'drive.py'),
    ],
    { ...env, RIVAGE_STAGE: stage, RIVAGE_PLAYS: plays, RIVAGE_PLAY: name, PYTHONDONTWRITEBYTECODE: '1' },
    300,
  );
  answering.stop();
  const report = path.join(stage, 'report.json');
  if (!existsSync(report)) throw new Error(`QGIS ended with ${ended.code} and without a report: ${ended.output}`);
  return JSON.parse(readFileSync(report, 'utf8')) as PlayReport;
}

/** Does what a play asks for: `<name>.ask` appears in its folder, and `<name>.done` answers it. */
function answer(stage: string, requests: Requests): { readonly stop: () => void } {
  let busy = false;
  const look = async (): Promise<void> => {
    const [asked] = readdirSync(stage).filter((file) => file.endsWith('.ask'));
    if (busy || asked === undefined) return;
    busy = true;
    const name = asked.slice(0, -4);
    rmSync(path.join(stage, asked));
    await requests[name]?.();
    writeFileSync(path.join(stage, `${name}.done`), '');
    busy = false;
  };
  const timer = setInterval(() => void look(), 50);
  return { stop: () => clearInterval(timer) };
}

/** A screen that nobody sees, with a window manager: without one no window is ever active. */
async function openDisplay(): Promise<{ readonly env: Readonly<Record<string, string>>; readonly close: () => void }> {
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1600x1000x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const number = await new Promise<string>((resolve, reject) => {
    server.stdio[3]?.once('data', (chunk: Buffer) => resolve(chunk.toString().trim()));
    server.once('exit', (code) => reject(new Error(`Xvfb ended with ${code}`)));
  });
  const env = { DISPLAY: `:${number}`, QT_QPA_PLATFORM: 'xcb' };
  const manager = spawn('openbox', { env: { ...process.env, ...env }, stdio: 'ignore' });
  return {
    env,
    close: () => {
      manager.kill();
      server.kill();
    },
  };
}
