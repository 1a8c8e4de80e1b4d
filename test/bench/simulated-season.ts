import { drawReview } from '../../src/evaluate/draw-review.ts';
import type { Light, ReviewedPhoto } from '../../src/interpret/estimate-correction.ts';
import type { WatchedHour } from '../../src/interpret/estimate-sums.ts';
import { createRandom, type Random } from '../../src/simulate/random.ts';

/** A season that could be at a lake, as counts alone. */
export interface Season {
  readonly days: number;
  /** Photos reviewed, of all cameras together. */
  readonly reviewed: number;
  /** Chance by day that a person who is there is found, for the usual person on the usual day. */
  readonly recall: number;
  /** Two cameras: the first finds more than that, the second less. */
  readonly cameras?: 1 | 2;
  /** Correlation of the weather, which sets the number of visitors, from one day to the next; absent: 0.3. */
  readonly weatherLasts?: number;
  /** True: on days of fog fewer come. */
  readonly fogKeepsAway?: boolean;
}

/** A photo that shows something: no fog, no gap. */
interface Frame {
  readonly camera: number;
  readonly day: number;
  readonly hour: number;
  readonly light: Light;
  readonly there: number;
  readonly matched: number;
  readonly found: number;
}

const [firstHour, lastHour, intervalH, stayH] = [7, 21, 1 / 3, 1.5];
const [weatherSpread, fogShare, fewerInFog] = [0.6, 0.25, 0.4];
const isWeekend = (day: number): boolean => day % 7 >= 5;
/** Persons who come in an hour of the day of middling weather. */
const arrivals = (hour: number): number => 1.3 * Math.exp(-((hour + 0.5 - 12.5) ** 2) / (2 * 2.8 ** 2));
const logistic = (x: number): number => 1 / (1 + Math.exp(-x));

interface Visitor {
  readonly comes: number;
  readonly goes: number;
  /** How well this one is seen: far ones badly, in every photo. */
  readonly ease: number;
}

function drawVisitors(level: number, random: Random): readonly Visitor[] {
  return Array.from({ length: lastHour - 5 }, (_, at) => at + 5).flatMap((hour) =>
    Array.from({ length: drawPoisson(level * arrivals(hour), random) }, () => {
      const comes = hour + random.unit();
      return { comes, goes: comes - stayH * Math.log(1 - random.unit()), ease: random.normal(0.7) };
    }),
  );
}

function drawPoisson(mean: number, random: Random): number {
  let count = -1;
  for (let product = 1, least = Math.exp(-mean); product > least; count++) product *= random.unit();
  return count;
}

/** What the day allows: fog from the morning on, a battery that ends, no photo at all; its weather is `z`, normal. */
function drawDay({ fogKeepsAway }: Pick<Season, 'fogKeepsAway'>, day: number, z: number, random: Random) {
  const isFoggy = random.chance(fogShare);
  const fogEnds = isFoggy ? firstHour + random.between(1, 9) : 0;
  const batteryEnds = random.chance(0.06) ? 0 : random.chance(0.1) ? random.between(firstHour, lastHour) : lastHour;
  const weather = Math.exp(weatherSpread * z - weatherSpread ** 2 / 2);
  const level = (isWeekend(day) ? 2 : 1) * weather * (fogKeepsAway && isFoggy ? fewerInFog : 1);
  return { fogEnds, batteryEnds, level };
}

interface CameraDay extends ReturnType<typeof drawDay> {
  readonly day: number;
  readonly camera: number;
  /** Of a person of ease 0 by day that is found, logit: that of the camera and of the light of this day. */
  readonly ease: number;
}

function* shootDay({ day, camera, fogEnds, batteryEnds, level, ease }: CameraDay, random: Random): Generator<Frame> {
  const visitors = drawVisitors(level, random);
  // a rock or a rucksack that is taken for a person while the sun stands so
  const rockFrom = random.chance(0.2) ? random.between(firstHour, 18) : Number.POSITIVE_INFINITY;
  const rockTo = rockFrom + random.between(1, 6);
  for (let at = 0; at < (lastHour - firstHour) / intervalH; at++) {
    const time = firstHour + at * intervalH;
    const light = time < firstHour + 1 - 1e-9 || time >= lastHour - 1 ? 'dim' : 'day';
    const here = visitors.filter(({ comes, goes }) => comes <= time && time < goes);
    const chanceOf = (visitor: Visitor): number => logistic(ease + visitor.ease - (light === 'dim' ? 0.8 : 0));
    const matched = here.filter((visitor) => random.chance(chanceOf(visitor))).length;
    const isTaken = time >= rockFrom && time < rockTo && random.chance(0.8);
    const wrong = drawPoisson(0.04, random) + (isTaken ? 1 : 0);
    const isValid = time >= fogEnds && time < batteryEnds && random.chance(0.98);
    const hour = Math.floor(time + 1e-9);
    if (isValid) yield { camera, day, hour, light, there: here.length, matched, found: matched + wrong };
  }
}

/** Every valid frame of a season. */
export function shootSeason(season: Season, seed: number): readonly Frame[] {
  const random = createRandom(seed, 'season', JSON.stringify(season));
  const { recall, cameras = 1, weatherLasts = 0.3 } = season;
  let z = random.normal(1);
  const frames: Frame[] = [];
  for (let day = 0; day < season.days; day++) {
    z = weatherLasts * z + random.normal(Math.sqrt(1 - weatherLasts ** 2));
    const conditions = drawDay(season, day, z, random);
    for (let camera = 0; camera < cameras; camera++) {
      const better = cameras === 1 ? 0 : camera === 0 ? 0.4 : -0.4;
      const ease = Math.log(recall / (1 - recall)) + better + random.normal(0.4);
      frames.push(...shootDay({ ...conditions, day, camera, ease }, random));
    }
  }
  return frames;
}

const dayName = (day: number): string => new Date(Date.UTC(2025, 5, 2 + day)).toISOString().slice(0, 10);

/** What the database would answer of the first camera: frames as time watched. */
export function watchedOf(frames: readonly Frame[]): readonly WatchedHour[] {
  return frames
    .filter(({ camera }) => camera === 0)
    .map(({ day, hour, light, found }) => ({
      ...{ day: dayName(day), hour, light, frames: 1 },
      ...{ watchedH: intervalH, objectHours: found * intervalH },
    }));
}

/** Photos drawn as `rivage review export` draws them, seen by somebody who misses nothing. */
export function reviewOf(frames: readonly Frame[], count: number, seed: number): readonly ReviewedPhoto[] {
  const stratumOf = ({ camera, light, found }: Frame): string => `${camera}/${light}/${found > 0}`;
  const { unit } = createRandom(seed, 'review');
  return drawReview(frames, stratumOf, { count, unit }).map(({ item, weight }) => ({
    ...{ cameraId: `${item.camera}`, light: item.light, day: dayName(item.day), draw: stratumOf(item) },
    ...{ weight, there: item.there, found: item.found, matched: item.matched },
  }));
}

/** What is estimated: the mean of all seasons that could be, of the same length and weekdays. */
export function expectedOccupancy(season: Season): { readonly watched: number; readonly wholeDays: number } {
  const kinds = [false, true].map((weekend) => averageDay(season, weekend));
  const days = Array.from({ length: season.days }, (_, day) => kinds[isWeekend(day) ? 1 : 0] as Average);
  const sum = (of: (average: Average) => number): number => days.reduce((total, day) => total + of(day), 0);
  return {
    watched: sum(({ thereInValid }) => thereInValid) / sum(({ valid }) => valid),
    wholeDays: sum(({ there }) => there) / days.length,
  };
}

interface Average {
  /** Objects in the valid frames of a day, and these frames. */
  readonly thereInValid: number;
  readonly valid: number;
  /** Objects at a time, whether anybody could see them or not. */
  readonly there: number;
}

const averages = new Map<string, Average>();

/** Over 20,000 days, once for all seasons that have such days. */
function averageDay({ fogKeepsAway = false }: Season, weekend: boolean): Average {
  const name = `${fogKeepsAway}/${weekend}`;
  const known = averages.get(name);
  if (known) return known;
  const random = createRandom(1, 'expected', name);
  const [days, day] = [20_000, weekend ? 5 : 0];
  let [thereInValid, valid] = [0, 0];
  for (let at = 0; at < days; at++) {
    const conditions = drawDay({ fogKeepsAway }, day, random.normal(1), random);
    for (const { there } of shootDay({ ...conditions, day, camera: 0, ease: 0 }, random)) {
      thereInValid += there / days;
      valid += 1 / days;
    }
  }
  const level = (weekend ? 2 : 1) * (fogKeepsAway ? 1 - fogShare * (1 - fewerInFog) : 1);
  const average = { thereInValid, valid, there: level * meanThere() };
  averages.set(name, average);
  return average;
}

/** Mean over the frames of a day of how many are there of those who came in each hour before. */
function meanThere(): number {
  const frames = Math.round((lastHour - firstHour) / intervalH);
  let sum = 0;
  for (let at = 0; at < frames; at++) {
    const time = firstHour + at * intervalH;
    for (let hour = 5; hour < Math.min(lastHour, time); hour++) {
      const [since, until] = [time - hour, time - Math.min(hour + 1, time)];
      sum += arrivals(hour) * stayH * (Math.exp(-until / stayH) - Math.exp(-since / stayH));
    }
  }
  return sum / frames;
}
