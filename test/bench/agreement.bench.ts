import { type Agreement, counterparts, judgeAgreement } from '../../src/evaluate/agreement.ts';
import type { CountBin, OwnCountBin } from '../../src/evaluate/agreement-pairs.ts';
import type { Estimate } from '../../src/evaluate/bootstrap.ts';
import { createRandom, type Random } from '../../src/simulate/random.ts';
import { type BenchDocument, bench } from './measure.ts';

type Rows = AsyncGenerator<BenchDocument['results'][number]>;

const [seasons, resamples] = [400, 300];
/** By how many hours theirs shows the same earlier than ours. */
const early = 1;

/** How many of so many pieces come up, and how many events of a mean rate there are. */
const binomial = (random: Random, count: number, chance: number) => {
  let found = 0;
  for (let at = 0; at < count; at++) if (random.chance(chance)) found++;
  return found;
};
const poisson = (random: Random, mean: number) => {
  const least = Math.exp(-mean);
  let count = 0;
  for (let product = random.unit(); product > least; product *= random.unit()) count++;
  return count;
};

/**
 * Days of ten hours with weather of their own: a camera that misses 15 of 100 and adds 1 in 10 frames, six frames an hour,
 * and people who count once an hour, miss 5 of 100 and whose clock is early.
 */
function shootDays(seed: number, days: number, hours: number) {
  const random = createRandom(seed, 'season', days, hours);
  const [ours, theirs]: [OwnCountBin[], CountBin[]] = [[], []];
  for (let day = 0; day < days; day++) {
    const name = new Date(day * 86_400_000).toISOString().slice(0, 10);
    const fine = Math.exp(random.normal(0.6));
    for (let at = 0; at < hours; at++) {
      const hour = hours === 1 ? 13 : 8 + at;
      const there = poisson(random, 12 * fine * Math.exp(-(((hour - 13) / 3) ** 2)));
      const frames = Array.from({ length: 6 }, () => binomial(random, there, 0.85) + poisson(random, 0.1));
      const bin = day * 24 + hour;
      ours.push({ bin, day: name, hour, count: frames.reduce((sum, count) => sum + count, 0) / 6 });
      theirs.push({ bin, count: binomial(random, there, 0.95) });
    }
  }
  return { ours, theirs };
}

function judge(seed: number, days: number, hours: number, draws: number): Agreement {
  const { ours, theirs } = shootDays(seed, days, hours);
  const wish = { counterpart: counterparts.occupancy, maxLag: 0, resamples: draws, unit: createRandom(seed).unit };
  const agreement = judgeAgreement(ours, theirs, wish);
  if (!agreement) throw new Error('no pairs');
  return agreement;
}

const figures: Readonly<Record<string, (of: Agreement) => Estimate | undefined>> = {
  bias: ({ difference }) => difference?.bias,
  'lower limit': ({ difference }) => difference?.lower,
  'upper limit': ({ difference }) => difference?.upper,
  Spearman: ({ spearman }) => spearman,
  ratio: ({ rate }) => rate.ratio,
};

async function* measureCoverage(days: number, hours: number): Rows {
  const truth = judge(0, hours === 1 ? 20_000 : 4000, hours, 1);
  const held = new Map(Object.keys(figures).map((name) => [name, 0]));
  for (let seed = 1; seed <= seasons; seed++) {
    const agreement = judge(seed, days, hours, resamples);
    for (const [name, of] of Object.entries(figures)) {
      const [found, there] = [of(agreement), of(truth)?.value];
      if (found?.low === undefined || found.high === undefined || there === undefined) continue;
      if (found.low <= there && there <= found.high) held.set(name, (held.get(name) ?? 0) + 1);
    }
  }
  for (const [name, count] of held) {
    const percent = Number(((100 * count) / seasons).toFixed(1));
    yield {
      ...{ what: `${days} days of ${hours} h: intervals that hold the ${name}`, unit: '%', n: seasons },
      ...{ median: percent, min: percent, max: percent },
    };
  }
}

async function* measureLag(days: number): Rows {
  let [right, held] = [0, 0];
  const count = seasons / 2;
  for (let seed = 1; seed <= count; seed++) {
    const { ours, theirs } = shootDays(seed, days, 10);
    const shifted = theirs.map(({ bin, count }) => ({ bin: bin - early, count }));
    const wish = { counterpart: counterparts.occupancy, maxLag: 4, resamples: 100, unit: createRandom(seed).unit };
    const lag = judgeAgreement(ours, shifted, wish)?.lagWithoutCycle;
    if (lag?.best === -early) right++;
    if ((lag?.low ?? 1) <= -early && (lag?.high ?? -2) >= -early) held++;
  }
  for (const [what, of] of [
    ['best lag is the clock', right],
    ['intervals that hold it', held],
  ] as const) {
    const percent = Number(((100 * of) / count).toFixed(1));
    yield { what: `${days} days of 10 h: ${what}`, unit: '%', median: percent, min: percent, max: percent, n: count };
  }
}

bench('agreement', async function* () {
  for (const days of [10, 20, 60]) {
    yield* measureCoverage(days, 10);
    yield* measureCoverage(days, 1);
  }
  yield* measureLag(10);
});
