import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { it } from 'vitest';

/** A figure that was measured `n` times, in `unit`. */
interface Measured {
  readonly what: string;
  readonly unit: string;
  readonly median: number;
  readonly min: number;
  readonly max: number;
  readonly n: number;
  /** Where n is 20 or more: one in twenty is higher. */
  readonly p95?: number;
  /** What another program takes for the same, and where that is written. */
  readonly peer?: string;
}

/** A figure that cannot be had on this machine. */
interface Absent {
  readonly what: string;
  readonly absent: string;
}

/** What one bench prints. */
export interface BenchDocument {
  readonly name: string;
  readonly machine: {
    readonly cpu: string;
    readonly cores: number;
    readonly memGiB: number;
    readonly node: string;
    /** Load of the last minute: over the number of cores, the figures say little. */
    readonly loadBefore: number;
    readonly loadAfter: number;
  };
  readonly commit: string;
  readonly results: readonly (Measured | Absent)[];
  /** What this process held before it measured anything: the runner, and the program's code. */
  readonly startRssMB: number;
  /** The most that it held at a time. */
  readonly peakRssMB: number;
}

/** Defines the bench of one file: each row that `measureAll` yields is a result. */
export function bench(name: string, measureAll: () => AsyncIterable<Measured | Absent>): void {
  it(name, async ({ task }) => {
    const loadBefore = round(loadavg()[0] ?? 0);
    const startRssMB = Math.round(process.memoryUsage.rss() / 2 ** 20);
    const results: (Measured | Absent)[] = [];
    for await (const row of measureAll()) results.push(row);
    const [cpu] = cpus();
    const document: BenchDocument = {
      name,
      machine: {
        cpu: cpu?.model ?? 'unknown',
        cores: cpus().length,
        memGiB: round(totalmem() / 2 ** 30),
        node: process.version,
        loadBefore,
        loadAfter: round(loadavg()[0] ?? 0),
      },
      commit: readCommit(),
      results,
      startRssMB,
      peakRssMB: peakRssMB(),
    };
    Object.assign(task.meta, { bench: document });
  });
}

/** Takes a sample once to warm up, then `n` times. */
export async function measure(
  what: string,
  unit: string,
  sample: () => number | Promise<number>,
  n = 7,
): Promise<Measured> {
  await sample();
  const values: number[] = [];
  for (let at = 0; at < n; at++) values.push(await sample());
  return summarize(what, unit, values);
}

/** A result from samples that were taken elsewhere. */
export function summarize(what: string, unit: string, values: readonly number[]): Measured {
  const sorted = values.toSorted((a, b) => a - b);
  const share = (of: number) => round(sorted[Math.round(of * (sorted.length - 1))] ?? 0);
  const n = sorted.length;
  const tail = n >= 20 ? { p95: share(0.95) } : {};
  return { what, unit, median: share(0.5), min: share(0), max: share(1), n, ...tail };
}

/** How long an act takes, ms. */
export async function msOf(act: () => unknown): Promise<number> {
  const started = performance.now();
  await act();
  return performance.now() - started;
}

/** How many a second an act of `count` of them makes. */
export async function perSecond(count: number, act: () => unknown): Promise<number> {
  return (1000 * count) / (await msOf(act));
}

/** Linux knows the peak of this process; elsewhere the one that getrusage tells may be its parent's. */
function peakRssMB(): number {
  const status = existsSync('/proc/self/status') ? readFileSync('/proc/self/status', 'utf8') : '';
  const kB = /VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? process.resourceUsage().maxRSS;
  return Math.round(Number(kB) / 1024);
}

/** Ends with "-dirty" where tracked files differ from the commit. */
function readCommit(): string {
  try {
    const args = ['describe', '--always', '--dirty', '--abbrev=12', '--exclude=*'];
    return execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return 'unknown';
  }
}

/** To 4 digits: no clock is better here. */
function round(value: number): number {
  return Number(value.toPrecision(4));
}
