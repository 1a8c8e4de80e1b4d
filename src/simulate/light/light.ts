import { mix, smoothstep } from '../noise.ts';
import type { Sun } from './sun.ts';
import type { Weather } from './weather.ts';

export type Rgb = readonly [number, number, number];

/** Light at an instant. Unit: the clear midday sun on a surface that faces it is about 1. */
export interface Light {
  readonly sun: Sun;
  readonly weather: Weather;
  /** Direct sun through the air, on a surface that faces it. */
  readonly direct: Rgb;
  /** Light of the whole sky on level ground. */
  readonly ambient: Rgb;
  /** Radiance of the sky at the zenith and at the horizon away from the sun, and of the glow around the sun. */
  readonly zenith: Rgb;
  readonly horizon: Rgb;
  readonly glow: Rgb;
  /** What dense fog looks like. */
  readonly fog: Rgb;
}

/** Extinction of red, green and blue by clear air at 2,200 m, at the zenith. Source: rounded from Bird and Hulstrom 1981. */
const depth: Rgb = [0.07, 0.125, 0.24];

/** The light under a sun and a weather. */
export function lightAt(sun: Sun, weather: Weather): Light {
  const altitude = sun.altitudeDeg;
  const airMass = 1 / (Math.max(0, sun.toward[2]) + 0.15 * (Math.max(0, altitude) + 3.885) ** -1.253);
  const disc = smoothstep(-0.5, 0.7, altitude) * (1 - smoothstep(0.5, 0.85, weather.cloud) * 0.97);
  const fogged = Math.exp(-weather.fogPerM * 55);
  const direct = depth.map((d) => 1.12 * Math.exp(-d * airMass) * disc * fogged) as unknown as Rgb;
  const level = skyLevel(altitude);
  const grey = smoothstep(0.3, 0.95, weather.cloud);
  const low = smoothstep(14, -3, altitude);
  const tint = (blue: Rgb, warm: Rgb, overcast: Rgb, scale: number): Rgb =>
    blue.map((value, c) => {
      const clear = mix(value, warm[c] as number, low);
      return mix(clear, overcast[c] as number, grey) * level * scale;
    }) as unknown as Rgb;
  return {
    sun,
    weather,
    direct,
    ambient: tint([0.2, 0.27, 0.37], [0.25, 0.26, 0.34], [0.33, 0.345, 0.365], 1),
    zenith: tint([0.075, 0.155, 0.36], [0.12, 0.19, 0.36], [0.3, 0.32, 0.345], 1),
    horizon: tint([0.36, 0.46, 0.58], [0.46, 0.42, 0.42], [0.37, 0.385, 0.4], 1),
    glow: tint(
      [0.5, 0.46, 0.38],
      [1.5, 0.72, 0.24],
      [0.08, 0.08, 0.075],
      disc * 0.6 + 0.4 * smoothstep(-9, -1, altitude),
    ),
    fog: tint([0.4, 0.42, 0.45], [0.3, 0.31, 0.34], [0.36, 0.375, 0.39], 1),
  };
}

/** Light of the sky by the sun's altitude, 1 at noon; twilight falls tenfold every 2.9°. Source: fitted to Seidelmann 1992, table of illuminance. */
function skyLevel(altitudeDeg: number): number {
  if (altitudeDeg <= 0) return 0.07 * 10 ** (altitudeDeg / 2.9);
  return 0.07 + 0.93 * Math.sin((Math.min(62, altitudeDeg) / 62) * (Math.PI / 2)) ** 0.8;
}
