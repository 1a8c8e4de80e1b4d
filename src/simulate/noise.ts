import { createNoise2D } from 'simplex-noise';
import { createRandom } from './random.ts';

/** Smooth noise over the plane, −1 to 1, with features about one unit wide; it repeats every 64 units. */
export type Noise = (x: number, y: number) => number;

const period = 64;
const perUnit = 8;
const columns = period * perUnit;

/** The noise of a name under a seed; the only door to simplex-noise. Tabulated: five times as quick as the original. */
export function createNoise(seed: number, name: string): Noise {
  const table = tabulate(createNoise2D(createRandom(seed, 'noise', name).unit));
  return (x, y) => {
    const px = x * perUnit;
    const py = y * perUnit;
    const floorX = Math.floor(px);
    const floorY = Math.floor(py);
    const sx = px - floorX;
    const left = floorX & (columns - 1);
    const right = (floorX + 1) & (columns - 1);
    const south = (floorY & (columns - 1)) * columns;
    const north = ((floorY + 1) & (columns - 1)) * columns;
    const a = table[south + left] as number;
    const b = table[north + left] as number;
    const low = a + ((table[south + right] as number) - a) * sx;
    const high = b + ((table[north + right] as number) - b) * sx;
    return low + (high - low) * (py - floorY);
  };
}

/** One period of a noise: four shifted copies cross-faded so that opposite edges agree, at even strength. */
function tabulate(noise: Noise): Float32Array {
  const table = new Float32Array(columns * columns);
  for (let j = 0; j < columns; j++) {
    const y = j / perUnit;
    const fy = j / columns;
    for (let i = 0; i < columns; i++) {
      const x = i / perUnit;
      const fx = i / columns;
      const weights = [(1 - fx) * (1 - fy), fx * (1 - fy), (1 - fx) * fy, fx * fy] as const;
      const sum =
        weights[0] * noise(x, y) +
        weights[1] * noise(x - period, y) +
        weights[2] * noise(x, y - period) +
        weights[3] * noise(x - period, y - period);
      table[j * columns + i] = sum / Math.hypot(...weights);
    }
  }
  return table;
}

/** Sum of octaves, each of half the size and half the height: about −1 to 1. */
export function fractal(noise: Noise, x: number, y: number, octaves: number): number {
  let sum = 0;
  let weight = 0.5;
  let scale = 1;
  for (let octave = 0; octave < octaves; octave++) {
    sum += weight * noise(x * scale + octave * 17.3, y * scale - octave * 9.1);
    weight *= 0.5;
    scale *= 2.03;
  }
  return sum;
}

/**
 * Sharp crests and smooth valleys, about 0 to 1.
 * Source: ridged multifractal, Musgrave in "Texturing and Modeling: A Procedural Approach", 2003, ch. 16.
 */
export function ridged(noise: Noise, x: number, y: number, octaves: number): number {
  let sum = 0;
  let weight = 1;
  let height = 0.5;
  let scale = 1;
  for (let octave = 0; octave < octaves; octave++) {
    const crest = 1 - Math.abs(noise(x * scale - octave * 5.7, y * scale + octave * 13.9));
    const signal = crest * crest * weight;
    sum += signal * height;
    weight = Math.min(1, signal * 1.8);
    height *= 0.5;
    scale *= 2.07;
  }
  return sum;
}

/** 0 below `low`, 1 above `high`, smooth between. */
export function smoothstep(low: number, high: number, value: number): number {
  const share = Math.min(1, Math.max(0, (value - low) / (high - low)));
  return share * share * (3 - 2 * share);
}

/** From a to b by a share. */
export function mix(a: number, b: number, share: number): number {
  return a + (b - a) * share;
}
