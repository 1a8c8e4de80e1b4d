import { createNoise, smoothstep } from '../noise.ts';
import { createRandom } from '../random.ts';

export type Sky = 'clear' | 'fair' | 'overcast' | 'fog';

/** The air over the lake at one instant. */
export interface Weather {
  readonly sky: Sky;
  /** Share of the sky under clouds, 0–1. */
  readonly cloud: number;
  /** Meteorological range of the air in general, m (contrast falls to 2 %). */
  readonly visualRangeM: number;
  /** Extinction of the fog bank by the lake, 1/m; 0: none. */
  readonly fogPerM: number;
  /** Wind at the lake, m/s, and where it blows to, radians anticlockwise from east. */
  readonly windMs: number;
  readonly windToward: number;
  readonly temperatureC: number;
}

/** The weather of a season, by day and minute of the local day. */
export interface WeatherCalendar {
  at(day: number, minute: number): Weather;
  /** How many come on that day, as a share of a fine day. */
  attraction(day: number): number;
}

const order: readonly [Sky, ...Sky[]] = [
  'fair',
  'fog',
  'clear',
  'overcast',
  'fair',
  'clear',
  'fair',
  'fog',
  'overcast',
  'clear',
];

/** Makes the weather of a seed: it starts with a fine day and a day with morning fog, so that a short season shows both. */
export function createWeather(seed: number): WeatherCalendar {
  const drift = createNoise(seed, 'weather');
  const dayOf = (day: number) => {
    const random = createRandom(seed, 'weather', day);
    const sky = day < 3 ? (order[day] ?? 'fair') : random.pick(order);
    return {
      sky,
      warmthC: random.normal(2),
      windToward: random.between(0, 2 * Math.PI),
      fogEndMin: random.between(540, 700),
    };
  };
  return {
    at: (day, minute) => {
      const { sky, warmthC, windToward, fogEndMin } = dayOf(day);
      const hour = minute / 60;
      const wave = drift(day * 3.7, hour / 2.6);
      const afternoon = smoothstep(10, 15, hour) * (1 - smoothstep(19, 21, hour));
      const fogShare = sky === 'fog' ? smoothstep(fogEndMin + 100, fogEndMin - 60, minute) : 0;
      const cloud = { clear: 0.06, fair: 0.16 + 0.3 * afternoon, overcast: 0.92, fog: 0.45 }[sky] + 0.08 * wave;
      return {
        sky,
        cloud: Math.min(0.98, Math.max(0.02, cloud)),
        visualRangeM: { clear: 70_000, fair: 38_000, overcast: 16_000, fog: 20_000 }[sky],
        fogPerM: fogShare < 0.02 ? 0 : 0.0006 + 0.055 * fogShare ** 2.2 * (0.75 + 0.45 * wave),
        windMs: Math.max(0.3, 0.9 + 2.6 * afternoon + 1.1 * wave + (sky === 'overcast' ? 1.4 : 0)),
        windToward: windToward + 0.4 * wave,
        temperatureC:
          11 + warmthC - (sky === 'clear' || sky === 'fair' ? 0 : 4) - 6 * Math.cos(((hour - 3) / 24) * 2 * Math.PI),
      };
    },
    attraction: (day) => ({ clear: 1, fair: 1, overcast: 0.45, fog: 0.6 })[dayOf(day).sky],
  };
}
