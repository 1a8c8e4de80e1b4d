import { mkdir, open, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as rest } from 'node:timers/promises';
import { z } from '../../schema.ts';

/** A file that is not whole yet: it lies beside its place as <name>.part, with a note of where its bytes come from. */

const noteSchema = z.object({ source: z.string(), validator: z.string().optional() });
/** Where the bytes of a part came from, and which version of the file they are. */
export interface PartNote {
  readonly source: string;
  readonly validator?: string | undefined;
}

/** Path of the part of a file. */
export function partOf(file: string): string {
  return `${file}.part`;
}

/** How many bytes of a file are here. */
export async function sizeOfPart(file: string): Promise<number> {
  return (await stat(partOf(file)).catch(() => undefined))?.size ?? 0;
}

/** Undefined: nobody said. */
export async function readNote(file: string): Promise<PartNote | undefined> {
  try {
    return noteSchema.parse(JSON.parse(await readFile(noteOf(file), 'utf8')));
  } catch {
    return undefined;
  }
}

/** Says where the bytes come from that follow. */
export async function writeNote(file: string, note: PartNote): Promise<void> {
  await writeFile(noteOf(file), JSON.stringify(note));
}

/** Removes the part. */
export async function discardPart(file: string): Promise<void> {
  await rm(partOf(file), { force: true });
  await rm(noteOf(file), { force: true });
}

/** Gives the part its name, in one step, once it is on the disk for good. */
export async function finishPart(file: string): Promise<void> {
  const handle = await open(partOf(file), 'r+');
  await handle.sync().finally(() => handle.close());
  await rename(partOf(file), file);
  await rm(noteOf(file), { force: true });
}

const beatMs = 1000;

/**
 * Keeps other pulls, of this process or another, from writing to the part meanwhile: waits until they are done. One that
 * was killed leaves its lock; it no longer beats, and after `staleMs` it is taken over. Should two ever write at once,
 * the SHA-256 tells.
 * @returns What gives it back.
 */
export async function holdPart(
  file: string,
  options: { readonly signal: AbortSignal; readonly onWait?: (() => void) | undefined; readonly staleMs?: number },
): Promise<() => Promise<void>> {
  const { signal, onWait, staleMs = 6 * beatMs } = options;
  const lock = `${partOf(file)}.lock`;
  await mkdir(path.dirname(file), { recursive: true });
  let last = { beat: 0, seenAt: 0 };
  while (!(await takeLock(lock))) {
    if (last.beat === 0) onWait?.();
    const beat = (await stat(lock).catch(() => undefined))?.mtimeMs;
    // its own beats are compared, never two clocks: the folder may be another machine's
    if (beat !== undefined && beat !== last.beat) last = { beat, seenAt: Date.now() };
    else if (beat !== undefined && Date.now() - last.seenAt > staleMs) await rm(lock, { force: true });
    await rest(Math.min(200, staleMs), undefined, { signal });
  }
  const beating = setInterval(() => {
    const now = new Date();
    utimes(lock, now, now).catch(() => undefined);
  }, beatMs);
  return async () => {
    clearInterval(beating);
    await rm(lock, { force: true });
  };
}

async function takeLock(lock: string): Promise<boolean> {
  try {
    await writeFile(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

function noteOf(file: string): string {
  return `${partOf(file)}.json`;
}

/** What the system says of a file that cannot be used: ENOENT, EACCES. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
