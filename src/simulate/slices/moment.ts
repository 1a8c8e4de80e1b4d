import type { Camera } from '../../camera/camera.ts';
import { createAir } from '../light/air.ts';
import { lightAt } from '../light/light.ts';
import { createScene, type Scene } from '../light/scene.ts';
import { sunAt } from '../light/sun.ts';
import type { Weather } from '../light/weather.ts';
import { instantOf } from '../local-time.ts';
import type { Random } from '../random.ts';
import type { Backdrop } from '../studio.ts';

/** How a slice's air is: those of a season, and rain. */
const skies = [
  'clear',
  'clear',
  'clear',
  'fair',
  'fair',
  'fair',
  'overcast',
  'overcast',
  'overcast',
  'fog',
  'rain',
] as const;
type SliceSky = (typeof skies)[number];

/** The scene of a random moment from June to October, by day or in twilight, in any weather. */
export function chooseScene(backdrop: Backdrop, camera: Camera, awayM: number, random: Random): Scene {
  const { day, minute, instant } = chooseInstant(random);
  const weather = chooseWeather(random.pick(skies), awayM, random);
  const calendar = { at: () => weather, attraction: () => 1 };
  return createScene({ ...backdrop, weather: calendar }, camera, { instant, day, minute });
}

/** The same without mountains and fog: what stands in a photograph has its air. */
export function chooseOpenScene(random: Random): Scene {
  const { instant } = chooseInstant(random);
  const weather = chooseWeather(random.pick(['clear', 'fair', 'overcast', 'overcast']), 50, random);
  const light = lightAt(sunAt(instant), { ...weather, visualRangeM: 80_000 });
  return { instant, light, air: createAir(light, 5), sunShare: () => 1 };
}

function chooseInstant(random: Random): { day: number; minute: number; instant: Date } {
  const inTwilight = random.chance(0.28);
  const [low, high] = inTwilight ? [-4.5, 7] : [5, 90];
  for (;;) {
    const day = Math.floor(random.between(0, 140));
    const minute = random.between(5, 22) * 60;
    const instant = instantOf('2025-06-01', day * 1440 + minute);
    const { altitudeDeg } = sunAt(instant);
    if (altitudeDeg > low && altitudeDeg < high) return { day, minute, instant };
  }
}

function chooseWeather(sky: SliceSky, awayM: number, random: Random): Weather {
  const cloud = { clear: [0.02, 0.12], fair: [0.15, 0.5], overcast: [0.8, 0.98], fog: [0.3, 0.9], rain: [0.95, 0.98] };
  const [low, high] = cloud[sky] as [number, number];
  const reachM = { clear: 60_000, fair: 35_000, overcast: 14_000, fog: 12_000, rain: random.between(900, 5000) }[sky];
  return {
    sky: sky === 'rain' ? 'overcast' : sky,
    cloud: random.between(low, high),
    visualRangeM: reachM * random.between(0.5, 1.4),
    fogPerM: sky === 'fog' ? random.between(0.1, 1.2) / awayM : 0,
    windMs: random.between(0.3, 6),
    windToward: random.between(0, 2 * Math.PI),
    temperatureC: 10,
  };
}
