import { estimateCounts } from '../../src/interpret/estimate.ts';
import type { Figure } from '../../src/interpret/estimate-draws.ts';
import { createRandom } from '../../src/simulate/random.ts';
import { type BenchDocument, bench } from './measure.ts';
import { expectedOccupancy, reviewOf, type Season, shootSeason, watchedOf } from './simulated-season.ts';

type Rows = AsyncGenerator<BenchDocument['results'][number]>;

const [seasons, resamples] = [400, 200];

/** How often the interval held what was to be estimated, how wide it was, and how far off the values were on average. */
interface Tally {
  held: number;
  below: number;
  width: number;
  value: number;
  /** Seasons in which too little was reviewed to correct every light. */
  unreviewed: number;
  n: number;
}

function add(tally: Tally, { value, low, high }: Figure, truth: number): void {
  tally.n++;
  tally.value += value / truth;
  if (low === undefined || high === undefined) return;
  tally.width += (high - low) / truth;
  if (low <= truth && truth <= high) tally.held++;
  if (high < truth) tally.below++;
}

/** Of so many, a share with its own 95 % interval. Source: Wilson 1927. */
function* report(what: string, { held, below, width, value, unreviewed, n }: Tally) {
  const [share, z2] = [held / n, 1.96 ** 2];
  const middle = (share + z2 / (2 * n)) / (1 + z2 / n);
  const half = (1.96 * Math.sqrt((share * (1 - share)) / n + z2 / (4 * n * n))) / (1 + z2 / n);
  const percent = (part: number): number => Number((100 * part).toFixed(1));
  yield {
    ...{ what: `${what}: held the truth`, unit: '% of seasons', n },
    ...{ median: percent(share), min: percent(middle - half), max: percent(middle + half) },
  };
  const single = (name: string, part: number) => {
    const median = percent(part);
    return { what: `${what}: ${name}`, unit: '%', median, min: median, max: median, n };
  };
  yield single('all of it below the truth', below / n);
  yield single('mean width over the truth', width / n);
  yield single('mean value over the truth', value / n);
  if (unreviewed > 0 && unreviewed < n) yield single('some light not corrected', unreviewed / n);
}

async function* measureSeason(what: string, season: Season, wholeDays = false): Rows {
  const expected = expectedOccupancy(season);
  const truth = wholeDays ? expected.wholeDays : expected.watched;
  const empty = (): Tally => ({ held: 0, below: 0, width: 0, value: 0, unreviewed: 0, n: 0 });
  const [corrected, plain, visits] = [empty(), empty(), empty()];
  for (let seed = 1; seed <= seasons; seed++) {
    const frames = shootSeason(season, seed);
    const random = createRandom(seed, 'estimate');
    // what is given for the mean stay is off by its own standard deviation
    const meanStay = { min: 90 + random.normal(20), sdMin: 20 };
    const wish = { wholeDays: wholeDays ? season.days : undefined, meanStay, resamples, unit: random.unit };
    const watched = watchedOf(frames);
    const reviewed = reviewOf(frames, Math.min(season.reviewed, frames.length), seed);
    const estimate = estimateCounts({ cameraId: '0', watched, reviewed }, wish);
    if (!estimate.occupancy || !estimate.visits) continue;
    add(corrected, estimate.occupancy, truth);
    if (estimate.corrections.some(({ source }) => source === undefined)) corrected.unreviewed++;
    add(visits, estimate.visits, (truth * estimate.hours) / 1.5);
    const { occupancy } = estimateCounts({ cameraId: '0', watched, reviewed: [] }, wish);
    if (occupancy) add(plain, occupancy, truth);
  }
  yield* report(`${what}: corrected`, corrected);
  yield* report(`${what}: visits`, visits);
  yield* report(`${what}: not corrected`, plain);
}

bench('coverage', async function* () {
  for (const days of [14, 60, 120]) {
    for (const reviewed of [50, 200, 800]) {
      for (const recall of [0.6, 0.9]) {
        yield* measureSeason(`${days} days, ${reviewed} photos reviewed, recall ${recall}`, { days, reviewed, recall });
      }
    }
  }
  const usual = { days: 60, reviewed: 200, recall: 0.6 };
  yield* measureSeason('60 days, hours extrapolated', usual, true);
  yield* measureSeason('14 days, hours extrapolated', { ...usual, days: 14 }, true);
  yield* measureSeason('60 days, fewer come in fog, hours extrapolated', { ...usual, fogKeepsAway: true }, true);
  for (const days of [14, 60, 120]) {
    for (const weatherLasts of [0, 0.5]) {
      const weather = weatherLasts === 0 ? 'each day its own weather' : 'weather that lasts (0.5)';
      yield* measureSeason(`${days} days, ${weather}`, { ...usual, days, weatherLasts });
    }
  }
  yield* measureSeason('60 days, two cameras, 50 photos between them', { ...usual, reviewed: 50, cameras: 2 });
  yield* measureSeason('14 days, two cameras, 20 photos between them', {
    ...{ days: 14, reviewed: 20, recall: 0.6, cameras: 2 },
  });
});
