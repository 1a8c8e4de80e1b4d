import { expect, it } from 'vitest';
import type { CliContext } from '../../src/cli/context.ts';
import { openWorkspace } from '../../src/cli/wire.ts';
import { makeTempFolder, quietLog } from '../support/databases.ts';
import { writeSmallWorkspace } from '../support/small-workspace.ts';

it('gives what begins next the zones drawn anew, and leaves what has begun with those it began with', async () => {
  const folder = await makeTempFolder();
  await writeSmallWorkspace(folder, {});
  const open = await openWorkspace(folder, { config: { databaseUrl: undefined }, log: quietLog } as CliContext);
  // as a run takes it: see openTools and relocateRun
  const begun = { ...open, log: quietLog };
  open.useWorkspace({ ...open.workspace, zones: [] });
  const { workspace } = open;
  await open.close();
  expect(begun.workspace.zones).toHaveLength(1);
  expect(workspace.zones).toEqual([]);
});
