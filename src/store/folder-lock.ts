import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { ServiceError } from '../errors.ts';
import { z } from '../schema.ts';

const holderSchema = z.object({
  pid: z.int().positive(),
  host: z.string(),
  /** When the process started, in the clock of its own machine; null where the system does not tell. */
  processStart: z.string().nullable(),
});
type Holder = z.output<typeof holderSchema>;

/**
 * Takes `<folder>.lock` for this process; the embedded engine itself would let two processes spoil its files.
 * A lock whose process is gone is taken over. Returns what gives the lock back.
 * @throws ServiceError database-locked
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const lockFile = `${folder}.lock`;
  const mine: Holder = {
    pid: process.pid,
    host: hostname(),
    processStart: (await findProcessStart(process.pid)) ?? null,
  };
  const draft = `${lockFile}.${randomUUID()}`;
  await writeFile(draft, JSON.stringify(mine));
  try {
    for (let attempt = 0; attempt < 3; attempt++) {
      // a hard link is made whole or not at all, and never over an existing file
      if (await link(draft, lockFile).then(() => true, isExisting)) return () => rm(lockFile, { force: true });
      await removeIfStale(lockFile, folder);
    }
    throw new ServiceError('database-locked', { folder, pid: '?', lockFile });
  } finally {
    await rm(draft, { force: true });
  }
}

function isExisting(error: NodeJS.ErrnoException): false {
  if (error.code === 'EEXIST') return false;
  throw error;
}

async function removeIfStale(lockFile: string, folder: string): Promise<void> {
  const text = await readFile(lockFile, 'utf8').catch(() => undefined);
  if (text === undefined) return;
  const holder = parseHolder(text);
  if (holder && (await isAlive(holder))) {
    throw new ServiceError('database-locked', { folder, pid: holder.pid, lockFile });
  }
  // moved aside first: if another process took the lock over meanwhile, it is put back
  const aside = `${lockFile}.${randomUUID()}`;
  await rename(lockFile, aside).catch(() => undefined);
  const moved = await readFile(aside, 'utf8').catch(() => text);
  if (moved !== text) await link(aside, lockFile).catch(() => undefined);
  await rm(aside, { force: true });
}

/** A lock that is not ours to read is nobody's: only a killed process leaves half a file. */
function parseHolder(text: string): Holder | undefined {
  try {
    return holderSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

async function isAlive(holder: Holder): Promise<boolean> {
  if (holder.host !== hostname()) return true; // on another machine: we cannot know
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  const start = await findProcessStart(holder.pid);
  return start === undefined || holder.processStart === null || start === holder.processStart;
}

/** Start time of a process in ticks since boot: tells a process from a later one with the same number (Linux only). */
async function findProcessStart(pid: number): Promise<string | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  // the name in brackets may hold spaces; field 22 is the 20th after it. Source: proc(5)
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
}
