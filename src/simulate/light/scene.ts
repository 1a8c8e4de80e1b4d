import type { Camera } from '../../camera/camera.ts';
import { type Noise, smoothstep } from '../noise.ts';
import type { Site } from '../world/site.ts';
import { type Air, createAir } from './air.ts';
import { createSunShare, type SunShare } from './cast-shadow.ts';
import { type Light, lightAt } from './light.ts';
import { sunAt } from './sun.ts';
import type { WeatherCalendar } from './weather.ts';

/** Everything that lights one photo. */
export interface Scene {
  readonly instant: Date;
  readonly light: Light;
  readonly air: Air;
  /** Share of the direct sun that mountains and clouds let through to a place on the ground, 0–1. */
  readonly sunShare: SunShare;
}

/** Source of the light of an instant. */
export interface SceneMaker {
  readonly site: Site;
  readonly weather: WeatherCalendar;
  readonly clouds: Noise;
}

/** The light at an instant, given as true UTC and as day of the season and minute of the local day. */
export function createScene(
  maker: SceneMaker,
  camera: Camera,
  when: { instant: Date; day: number; minute: number },
): Scene {
  const { instant, day, minute } = when;
  const light = lightAt(sunAt(instant), maker.weather.at(day, minute));
  const mountains = createSunShare(maker.site.grid, light.sun);
  const { cloud, sky } = light.weather;
  const driftM = minute * 60 * 4;
  const patchy = sky === 'fair' ? smoothstep(0.12, 0.4, cloud) * 0.8 : 0;
  const sunShare: SunShare = (eastM, northM) => {
    const free = mountains(eastM, northM);
    if (patchy === 0 || free === 0) return free;
    const shade = smoothstep(0.1, 0.5, maker.clouds((eastM + driftM) / 900, northM / 900) + cloud - 0.35);
    return free * (1 - patchy * shade);
  };
  return { instant, light, air: createAir(light, camera.pose.position.upM), sunShare };
}
