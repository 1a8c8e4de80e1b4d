import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's root. */
export const root = fileURLToPath(new URL('../..', import.meta.url));
/** Debian's own Python: the one that has QGIS in it. */
const python = '/usr/bin/python3';

/**
 * Whether a program is here; says so where it is not.
 * @throws Error where RIVAGE_REQUIRE_QGIS is 1 and it is not
 */
export function isInstalled(program: string, mend: string): boolean {
  if (existsSync(program)) return true;
  if (process.env.RIVAGE_REQUIRE_QGIS === '1') throw new Error(`${program} is not installed, but required`);
  console.warn(`skipped: there is no ${program} (${mend})`);
  return false;
}

const qgisPackages = 'qgis python3-qgis qgis-providers xvfb xauth openbox flake8 bandit unzip';

/** Python alone: for the plugin's core, which imports no QGIS. */
export const isPythonInstalled = (): boolean => isInstalled(python, 'apt-get install python3');

/** QGIS with its Python, a display that no person sees, and what the plugin repository checks with. */
export const isQgisInstalled = (): boolean =>
  ['/usr/bin/qgis', '/usr/lib/python3/dist-packages/qgis', ...'Xvfb openbox flake8 bandit unzip'.split(' ')].every(
    (name) => isInstalled(path.resolve('/usr/bin', name), `apt-get install ${qgisPackages}`),
  );

/** What a program said and how it ended. */
export interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** Runs a program to its end, or for `limitS` seconds; never throws. */
export function runProgram(
  command: readonly [string, ...string[]],
  env: Readonly<Record<string, string>>,
  limitS: number,
): Promise<Ended> {
  const [program, ...args] = command;
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: root,
      env: { ...process.env, ...env },
      timeout: limitS * 1000,
      killSignal: 'SIGKILL',
    });
    let output = '';
    const hear = (chunk: Buffer): void => {
      output += chunk.toString();
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('close', (code) => resolve({ code, output }));
  });
}

const pluginTests = path.join(root, 'qgis-plugin-bridge/test');

/** The plugin's core, by the standard library's unittest. */
export function runCoreTests(): Promise<Ended> {
  const folder = path.join(pluginTests, 'core');
  return runProgram(
    [python, '-W', 'error::SyntaxWarning', '-m', 'unittest', 'discover', '-v', '-s', folder],
    pythonEnv(folder),
    60,
  );
}

/** Names of the test files that need QGIS, but no screen. */
export function listOffscreenTests(): readonly string[] {
  const files = readdirSync(path.join(pluginTests, 'offscreen'));
  return files.filter((file) => /^test_.*\.py$/.test(file)).map((file) => file.slice(0, -'.py'.length));
}

/** Runs one of them in a QGIS of its own. */
export function runOffscreenTest(name: string, env: Readonly<Record<string, string>>): Promise<Ended> {
  const folder = path.join(pluginTests, 'offscreen');
  return runProgram([python, path.join(folder, 'run.py'), name], { ...pythonEnv(folder), ...env }, 170);
}

const pythonEnv = (folder: string) => ({
  PYTHONPATH: [path.join(root, 'qgis-plugin-bridge'), folder].join(':'),
  PYTHONDONTWRITEBYTECODE: '1',
});

/** `rivage …` as a child of its own, from the built files; resolves with the first line that `ready` finds. */
export async function startRivage(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  ready: RegExp,
): Promise<{ readonly child: ChildProcess; readonly found: string }> {
  const child = spawn(process.execPath, [path.join(root, 'dist/cli/main.js'), ...args], {
    env: { ...process.env, ...env },
  });
  let output = '';
  const found = await new Promise<string>((resolve, reject) => {
    const hear = (chunk: Buffer): void => {
      output += chunk.toString();
      const match = ready.exec(output);
      if (match) resolve(match[0]);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('exit', (code) => reject(new Error(`rivage ${args.join(' ')} ended with ${code}: ${output}`)));
  });
  return { child, found };
}

/** The plugin as people install it, by `npm run plugin`; the path of the zip. */
export function makePluginZip(folder: string): string {
  execFileSync('npm', ['run', '--silent', 'plugin', '--', folder], { cwd: root });
  const [zip, ...others] = readdirSync(folder).filter((name) => name.endsWith('.zip'));
  if (zip === undefined || others.length > 0) throw new Error(`one zip was expected in ${folder}`);
  return path.join(folder, zip);
}
