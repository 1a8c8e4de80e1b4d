import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeTempFolder } from '../support/databases.ts';
import { isQgisInstalled, makePluginZip, root, runProgram } from './qgis.ts';

const pluginFolder = path.join(root, 'qgis-plugin-bridge/rivage');
const isUnpacked = existsSync(path.join(root, '.git'));
if (!isUnpacked) console.warn('skipped: the zip is made from committed files, and this is no git checkout');

/** `name=value` lines of metadata.txt. */
function readMetadata(text: string): ReadonlyMap<string, string> {
  const lines = text.split('\n').filter((line) => line.includes('='));
  return new Map(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
}

describe('metadata of the plugin', () => {
  const metadata = readMetadata(readFileSync(path.join(pluginFolder, 'metadata.txt'), 'utf8'));

  it('has what the plugin repository of QGIS asks for', () => {
    const asked = [
      'name',
      'description',
      'about',
      'version',
      'qgisMinimumVersion',
      'author',
      'email',
      'repository',
      'tracker',
    ];
    for (const name of asked) expect(metadata.get(name), name).toMatch(/\S/);
    expect(metadata.get('hasProcessingProvider')).toBe('yes');
  });

  it('has the version of the service', () => {
    const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string };
    expect(metadata.get('version')).toBe(version);
  });
});

describe.skipIf(!isUnpacked)('the zip of the plugin', () => {
  it('holds one folder with its licence, and nothing hidden, compiled or binary', async () => {
    const zip = makePluginZip(await makeTempFolder());
    const names = execFileSync('unzip', ['-Z1', zip], { encoding: 'utf8' }).trim().split('\n');
    expect(names).toContain('rivage/metadata.txt');
    expect(names).toContain('rivage/LICENSE');
    expect(names).toContain('rivage/__init__.py');
    for (const name of names)
      expect(name).toMatch(/^rivage\/([a-z0-9_]+\/)*([A-Za-z0-9_]+(\.(py|txt|svg|csv|qml))?)?$/);
    for (const name of names.filter((file) => !file.endsWith('/'))) {
      expect(execFileSync('unzip', ['-p', zip, name]).includes(0), `${name} is binary`).toBe(false);
    }
  });
});

describe.skipIf(!isQgisInstalled())('code of the plugin', () => {
  const tests = path.join(root, 'qgis-plugin-bridge/test');

  it('pleases flake8', async () => {
    const { code, output } = await runProgram(
      ['flake8', '--max-line-length=120', '--isolated', pluginFolder, tests],
      {},
      60,
    );
    expect(output).toBe('');
    expect(code).toBe(0);
  });

  it('has nothing that bandit warns of', async () => {
    const { code, output } = await runProgram(['bandit', '-q', '-r', pluginFolder], {}, 60);
    expect(output).not.toMatch(/Issue:/);
    expect(code).toBe(0);
  });
});
