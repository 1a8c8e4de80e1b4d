import { createWriteStream } from 'node:fs';
import { statfs } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout as rest } from 'node:timers/promises';
import { type Bilingual, ServiceError } from '../../errors.ts';
import { hashWeight } from '../weights.ts';
import { codeOf, discardPart, finishPart, holdPart, partOf, readNote, sizeOfPart, writeNote } from './pull-part.ts';
import { type Arrival, DropError, type PullSource, sayMegabytes } from './pull-source.ts';

/** A file that is wanted whole and as it was tested. */
export interface WantedFile {
  /** Where it shall lie. */
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
}

export interface PullOptions {
  readonly signal: AbortSignal;
  /** How many bytes of the file are here now; fewer than before when it begins anew. */
  readonly onBytes?: (bytes: number) => void;
  /** Another pull has the file in hand. */
  readonly onWait?: () => void;
  readonly onRetry?: (why: Bilingual) => void;
  readonly patience?: Patience;
}

/** How long a pull goes on trying. */
interface Patience {
  /** No byte for so long is a break. */
  readonly stallMs: number;
  /** Rests between tries that get nothing on; one that gets a hundredth of the file more starts them anew. */
  readonly restsMs: readonly number[];
}

const usualPatience: Patience = { stallMs: 30_000, restsMs: [500, 1000, 2000, 4000] };

/**
 * Gets a file from the first of the sources that has it: written to a part, which later tries go on with, checked, and
 * only then given its name. What lies there before is replaced.
 * @throws ServiceError pull-*, weights-folder
 */
export async function pullFile(want: WantedFile, sources: readonly PullSource[], options: PullOptions): Promise<void> {
  try {
    const release = await holdPart(want.file, options);
    await pullHeld(want, sources, options).finally(release);
  } catch (thrown) {
    const { file } = want;
    if (options.signal.aborted) {
      const kept = sayMegabytes(await sizeOfPart(file));
      throw new ServiceError('pull-stopped', { kept, source: sources[0]?.name ?? file }, { cause: thrown });
    }
    const error = explain(thrown, want);
    if (error instanceof ServiceError) throw error;
    throw new ServiceError('weights-folder', { file: path.dirname(file), why: codeOf(thrown) }, { cause: thrown });
  }
}

async function pullHeld(want: WantedFile, sources: readonly PullSource[], options: PullOptions): Promise<void> {
  const { file, bytes, sha256 } = want;
  // another pull may have brought it while this one waited
  if ((await hashWeight(file).catch(() => undefined)) === sha256) return;
  await checkRoom(path.dirname(file), bytes - (await sizeOfPart(file)));
  await pullFromFirst(want, sources, options);
  await finishPart(file);
}

/** A source that does not have it gives way to the next one. */
async function pullFromFirst(want: WantedFile, sources: readonly PullSource[], options: PullOptions): Promise<void> {
  const refusals: ServiceError[] = [];
  for (const source of sources) {
    try {
      return await pullWhole(want, source, options);
    } catch (thrown) {
      const isElsewhere =
        thrown instanceof ServiceError && (thrown.code === 'pull-refused' || thrown.code === 'pull-other-file');
      if (!isElsewhere) throw thrown;
      refusals.push(thrown);
    }
  }
  throw refusals.find(({ code }) => code === 'pull-other-file') ?? refusals[0];
}

async function pullWhole(want: WantedFile, source: PullSource, options: PullOptions): Promise<void> {
  const { file, bytes, sha256 } = want;
  const { restsMs } = options.patience ?? usualPatience;
  let failures = 0;
  let best = await sizeOfPart(file);
  for (;;) {
    const before = await sizeOfPart(file);
    const dropped = await pullOnce(want, source, options);
    if (!dropped) {
      const found = await hashWeight(partOf(file));
      if (found === sha256) return;
      await discardPart(file);
      // parts of two versions make a third file: once more, all of it
      const why = { en: `its SHA-256 is ${found}`, fr: `son SHA-256 est ${found}` };
      if (before === 0 || failures >= restsMs.length) {
        throw new ServiceError('pull-other-file', { source: source.name, why });
      }
    }
    if (dropped?.startOver) await discardPart(file);
    const now = await sizeOfPart(file);
    if (now >= best + bytes / 100) {
      failures = 0;
      best = now;
    }
    const pause = restsMs[failures];
    failures += 1;
    if (dropped && pause === undefined) {
      const { name } = source;
      throw new ServiceError('pull-broken', {
        source: name,
        why: dropped.why,
        tries: failures,
        kept: sayMegabytes(now),
      });
    }
    if (dropped) options.onRetry?.(dropped.why);
    await rest(dropped?.afterMs ?? pause, undefined, { signal: options.signal });
  }
}

/** One connection. @returns Why it broke off; undefined: all bytes are here. */
async function pullOnce(
  want: WantedFile,
  source: PullSource,
  { signal, onBytes, patience = usualPatience }: PullOptions,
): Promise<DropError | undefined> {
  const { file, bytes } = want;
  const held = await sizeOfPart(file);
  if (held === bytes) return undefined;
  const note = await readNote(file);
  const watch = watchStall(patience.stallMs, signal);
  try {
    const validator = note?.source === source.name ? note.validator : undefined;
    const offset = held < bytes ? held : 0;
    const arrival = await source.open({ offset, validator, bytes, signal: watch.signal });
    // beside the bytes: what waits while the connection breaks is lost
    const noted = writeNote(file, { source: source.name, validator: arrival.validator });
    noted.catch(() => undefined);
    const counted = countBytes(arrival, bytes, (sum) => {
      watch.hear();
      onBytes?.(sum);
    });
    const start = arrival.offset;
    await pipeline(counted.chunks(), createWriteStream(partOf(file), { start, flags: start > 0 ? 'r+' : 'w' })).finally(
      () => noted,
    );
    if (counted.broken() !== undefined) throw counted.broken();
  } catch (thrown) {
    if (signal.aborted) throw thrown;
    const seconds = patience.stallMs / 1000;
    const stalled = { en: `nothing came for ${seconds} s`, fr: `rien n'est venu pendant ${seconds} s` };
    const error = watch.hasStalled() ? new DropError(stalled) : explain(thrown, want);
    if (error instanceof TooLongError) {
      await discardPart(file);
      throw new ServiceError('pull-other-file', { source: source.name, why: error.why });
    }
    if (error instanceof DropError) return error;
    throw error;
  } finally {
    watch.stop();
  }
  if ((await sizeOfPart(file)) === bytes) return undefined;
  return new DropError({ en: 'it ended early', fr: "il s'est arrêté trop tôt" });
}

/** More came than the file has. */
class TooLongError extends Error {
  readonly why: Bilingual;
  constructor(bytes: number) {
    super('too long');
    this.why = { en: `more than ${bytes} bytes came`, fr: `plus de ${bytes} octets sont venus` };
  }
}

/** The bytes of a body until it breaks: that is no failure of who writes them, so that all that came is kept. */
function countBytes({ offset, body }: Arrival, most: number, onSum: (sum: number) => void) {
  let broken: unknown;
  async function* chunks(): AsyncGenerator<Uint8Array> {
    let sum = offset;
    try {
      for await (const chunk of body as AsyncIterable<Uint8Array>) {
        sum += chunk.length;
        if (sum > most) throw new TooLongError(most);
        onSum(sum);
        yield chunk;
      }
    } catch (thrown) {
      broken = thrown;
    }
  }
  return { chunks, broken: () => broken };
}

/** Aborts when nothing is heard for so long, or when the user stops. */
function watchStall(stallMs: number, stopped: AbortSignal) {
  const stall = new AbortController();
  const timer = setTimeout(() => stall.abort(), stallMs);
  return {
    signal: AbortSignal.any([stopped, stall.signal]),
    hear: () => timer.refresh(),
    hasStalled: () => stall.signal.aborted && !stopped.aborted,
    stop: () => clearTimeout(timer),
  };
}

const noRoom = ['ENOSPC', 'EDQUOT', 'EFBIG'];
const notAllowed = ['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EISDIR', 'EEXIST'];

/** What a failure means: of the disk, or of the way here. */
function explain(thrown: unknown, { file, bytes }: WantedFile): Error {
  if (thrown instanceof ServiceError || thrown instanceof DropError || thrown instanceof TooLongError) return thrown;
  const code = codeOf(thrown);
  const folder = path.dirname(file);
  if (noRoom.includes(code)) {
    return new ServiceError('pull-disk-full', { folder, needed: sayMegabytes(bytes), free: 0 });
  }
  if (notAllowed.includes(code)) return new ServiceError('weights-folder', { file: folder, why: code });
  return new DropError({ en: `the connection broke off (${code})`, fr: `la connexion s'est rompue (${code})` });
}

async function checkRoom(folder: string, needed: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  if (free >= needed) return;
  throw new ServiceError('pull-disk-full', { folder, needed: sayMegabytes(needed), free: sayMegabytes(free) });
}
