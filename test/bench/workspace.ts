import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { CliContext } from '../../src/cli/context.ts';
import { readConfig } from '../../src/config.ts';
import type { SizePx } from '../../src/geo/frames.ts';
import { quietLog } from '../support/databases.ts';
import { writeSmallWorkspace } from '../support/small-workspace.ts';
import { sizePx as fullHd, makePhoto } from './pictures.ts';

/** A command that prints nothing, in an environment that says nothing. */
export const context: CliContext = {
  config: readConfig({}),
  log: quietLog,
  cwd: process.cwd(),
  say: ({ en }) => en,
  print: () => undefined,
  signal: new AbortController().signal,
};

/** The small workspace with `count` photos, all of which are looked at: its camera's 480 lines are stretched to theirs. */
export async function writeWorkspace(folder: string, count: number, sizePx: SizePx = fullHd): Promise<void> {
  await writeSmallWorkspace(folder, {});
  const times = sizePx.heightPx / 480;
  const gcps = path.join(folder, 'south.csv');
  const [head, ...rows] = (await readFile(gcps, 'utf8')).trim().split('\n');
  const stretched = rows.map((row) => {
    const [name, u, v, ...position] = row.split(',');
    return [name, (Number(u) - 320) * times + sizePx.widthPx / 2, Number(v) * times, ...position].join(',');
  });
  await writeFile(gcps, [head, ...stretched, ''].join('\n'));
  const file = path.join(folder, 'cameras/south.json');
  const camera = JSON.parse(await readFile(file, 'utf8')) as { focalPx: number };
  await writeFile(file, JSON.stringify({ ...camera, focalPx: camera.focalPx * times, changeGate: false }));
  for (let at = 0; at < count; at++)
    await writeFile(path.join(folder, `photos/south/${at}.jpg`), await makePhoto(at * 30, sizePx));
}
