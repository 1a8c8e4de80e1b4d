import { z } from '../../schema.ts';

/** How long one slice took with some threads, ms. */
export interface Timing {
  readonly threads: number;
  readonly ms: number;
}

/** What was measured once for a model on a machine, and the threads that follow from it. */
export interface ThreadChoice {
  readonly threads: number;
  readonly timings: readonly Timing[];
}

/** More threads must save this share of the time, for they take cores from whatever else runs. */
const worthwhile = 0.05;

/** How many threads are tried, fewest first: 1, 2, 4 … and all cores. */
export function threadsToTry(cores: number): readonly number[] {
  const doubled = Array.from({ length: Math.floor(Math.log2(Math.max(1, cores))) + 1 }, (_, at) => 2 ** at);
  return [...new Set([...doubled, Math.max(1, cores)])];
}

/**
 * Measures with more and more threads for as long as they help, and chooses the fewest that are about as quick as the
 * quickest.
 * @param measure How long one slice takes with so many threads, ms.
 */
export async function chooseThreads(
  cores: number,
  measure: (threads: number) => Promise<number>,
): Promise<ThreadChoice> {
  const timings: Timing[] = [];
  let best: Timing | undefined;
  for (const threads of threadsToTry(cores)) {
    const timing = { threads, ms: await measure(threads) };
    timings.push(timing);
    if (best && timing.ms > best.ms * (1 - worthwhile)) break;
    best = timing;
  }
  return { threads: best?.threads ?? 1, timings };
}

const choices = z.record(
  z.string(),
  z.object({
    threads: z.int().positive(),
    timings: z.array(z.object({ threads: z.int().positive(), ms: z.number().positive() })),
  }),
);

/** What a file of earlier choices says, by what they were measured on; one that is no such file says nothing. */
export function parseChoices(text: string): Readonly<Record<string, ThreadChoice>> {
  try {
    return choices.parse(JSON.parse(text));
  } catch {
    return {};
  }
}
