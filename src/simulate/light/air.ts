import { mix, smoothstep } from '../noise.ts';
import type { Light, Rgb } from './light.ts';

/** What the air does to light on its way to the lens. */
export interface Air {
  /** Share of light of the middle of the spectrum that arrives, 0–1. */
  transmittance(rangeM: number, upM: number): number;
  /** Replaces `rgb` (3 values from `at`) by what arrives of it, with the light that the air adds. `path` may be one object, filled again. */
  veil(rgb: Float32Array, at: number, path: AirPath): void;
}

export interface AirPath {
  /** Length, m; Infinity for the sky. */
  rangeM: number;
  /** Rise from lens to end of path, m; for the sky the sine of its elevation. */
  riseM: number;
  /** Unit direction, east and north. */
  e: number;
  n: number;
}

/** A fog bank thins upwards by e in this height, m. */
const fogHeightM = 140;
/** Extinction by colour: blue is scattered more. */
const tint: Rgb = [0.82, 1, 1.32];

/** The air of a light, for a lens at a height above the water. */
export function createAir(light: Light, lensUpM: number): Air {
  const hazePerM = 3.912 / light.weather.visualRangeM;
  const fogPerM = light.weather.fogPerM * Math.exp(-lensUpM / fogHeightM);
  const fogDepth = (rangeM: number, riseM: number): number => {
    if (fogPerM === 0) return 0;
    if (rangeM === Number.POSITIVE_INFINITY) return (fogPerM * fogHeightM) / Math.max(0.02, riseM);
    const x = riseM / fogHeightM;
    return fogPerM * rangeM * (Math.abs(x) < 1e-3 ? 1 : (1 - Math.exp(-x)) / x);
  };
  const passes = hazePasses(hazePerM);
  const { toward, altitudeDeg } = light.sun;
  const forward = 0.25 * smoothstep(16, -2, altitudeDeg) + 0.1;
  return {
    transmittance: (rangeM, riseM) => Math.exp(-hazePerM * rangeM - fogDepth(rangeM, riseM)),
    veil: (rgb, at, { rangeM, riseM, e, n }) => {
      if (rangeM !== Number.POSITIVE_INFINITY) {
        const cosine = Math.max(0, e * toward[0] + n * toward[1]);
        const nearSun = cosine * cosine * cosine * cosine * forward;
        const step = Math.min(hazeSteps - 1, Math.floor(Math.log2(rangeM + 1) * hazeStepsPerOctave)) * 3;
        for (let c = 0; c < 3; c++) {
          const haze = (light.horizon[c] as number) * 0.8 + (light.glow[c] as number) * nearSun;
          rgb[at + c] = haze + ((rgb[at + c] as number) - haze) * (passes[step + c] as number);
        }
      }
      if (fogPerM === 0) return;
      const fogPass = Math.exp(-fogDepth(rangeM, riseM));
      for (let c = 0; c < 3; c++) rgb[at + c] = mix(light.fog[c] as number, rgb[at + c] as number, fogPass);
    },
  };
}

const hazeStepsPerOctave = 40;
const hazeSteps = 16 * hazeStepsPerOctave;

/** (hazeSteps, 3): share of each colour that haze lets pass, by the logarithm of the range. */
function hazePasses(hazePerM: number): Float32Array {
  return Float32Array.from({ length: hazeSteps * 3 }, (_, i) => {
    const rangeM = 2 ** ((Math.floor(i / 3) + 0.5) / hazeStepsPerOctave) - 1;
    return Math.exp(-hazePerM * (tint[i % 3] as number) * rangeM);
  });
}
