import type { Image } from '../../picture/image.ts';
import type { Rgb } from '../light/light.ts';
import { luminance } from '../light/shade.ts';
import { smoothstep } from '../noise.ts';
import { createRandom } from '../random.ts';
import type { View } from './view.ts';

/** What one shot of a cheap outdoor camera adds to a scene. */
export interface Shot {
  /** Seeds the noise of this photo. */
  readonly seed: number;
  readonly key: string;
  /** Memory to work in, of the frame's length. */
  readonly scratch: Float32Array;
  readonly soft: Float32Array;
  /** What this camera does wrong; absent: nothing. */
  readonly faults?: Faults;
}

/** How a camera misjudges its light, and how noisy it is. */
export interface Faults {
  /** Exposure: 1 is right, 2 is a stop too bright. */
  readonly exposure: number;
  /** White balance: red, green and blue are multiplied by it. */
  readonly balance: Rgb;
  /** Noise against that of a good sensor. */
  readonly noise: number;
}

const faultless: Faults = { exposure: 1, balance: [1, 1, 1], noise: 1 };

/** An exposed picture, and how much light it lacked: 1 or less is well exposed, 4 is four times too dark. */
export interface Exposure {
  readonly image: Image;
  readonly lack: number;
}

/** The gain beyond which the sensor cannot go; a scene that needs more stays dark. */
const maxGain = 900;
const wantedGrey = 0.2;

/** Exposes a frame of linear light, in place of a sensor: gain, white balance, softness, vignetting, noise, tone curve. */
export function expose(frame: Float32Array, view: View, shot: Shot): Exposure {
  const { widthPx, heightPx } = view;
  const wanted = wantedGain(frame, view);
  const { faults = faultless } = shot;
  const gain = Math.min(maxGain, wanted) * faults.exposure;
  const balance = whiteBalance(frame);
  soften(frame, shot, widthPx, heightPx);
  const { soft } = shot;
  const noise = createRandom(shot.seed, 'sensor', shot.key);
  const grain = grainOf(shot.seed);
  const rgb = new Uint8Array(widthPx * heightPx * 3);
  const sigmas = noiseTable(gain).map((sigma) => sigma * faults.noise);
  const scales = balance.map((share, c) => share * gain * 1024 * (faults.balance[c] as number));
  const tone = toneTable();
  const darkest = tone[0] as number;
  let seat = 0;
  for (let y = 0; y < heightPx; y++) {
    seat = Math.floor(noise.unit() * 65536);
    const fy = (y / heightPx - 0.5) * 0.5625;
    for (let x = 0; x < widthPx; x++) {
      const fx = x / widthPx - 0.5;
      const vignette = 1 - 0.62 * (fx * fx + fy * fy);
      const i = (y * widthPx + x) * 3;
      seat = (seat + 1) & 65535;
      const grey = grain[seat] as number;
      for (let c = 0; c < 3; c++) {
        const light = Math.min(4095, (soft[i + c] as number) * (scales[c] as number) * vignette);
        const own = grain[(seat * 7 + c * 20011) & 65535] as number;
        const value = light + (sigmas[light | 0] as number) * (0.75 * grey + 0.66 * own);
        rgb[i + c] = value <= 0 ? darkest : (tone[value >= 4095 ? 4095 : value | 0] as number);
      }
    }
  }
  return { image: { sizePx: { widthPx, heightPx }, rgb }, lack: wanted / maxGain };
}

let grains: { seed: number; values: Float32Array } | undefined;

/** 65,536 draws of a standard normal, made once: each row of each photo starts at another one. */
function grainOf(seed: number): Float32Array {
  if (grains?.seed !== seed) {
    const random = createRandom(seed, 'grain');
    const values = new Float32Array(1 << 16);
    for (let i = 0; i < values.length; i++) values[i] = random.normal(1);
    grains = { seed, values };
  }
  return grains.values;
}

/** How much light a frame lacks: see Exposure. */
export function lackOfLight(frame: Float32Array, view: View): number {
  return wantedGain(frame, view) / maxGain;
}

/** Auto-exposure on the mean of a grid of pixels, the bright sky counted less. */
function wantedGain(frame: Float32Array, view: View): number {
  let sum = 0;
  let weights = 0;
  for (let at = 0; at < view.range.length; at += 97) {
    const weight = view.range[at] === Number.POSITIVE_INFINITY ? 0.35 : 1;
    sum += weight * Math.log(luminance(frame, at * 3) + 1e-6);
    weights += weight;
  }
  return wantedGrey / Math.exp(sum / weights);
}

/** Half a step toward a grey mean, as automatic white balance does. */
function whiteBalance(frame: Float32Array): [number, number, number] {
  const sums = [0, 0, 0] as [number, number, number];
  for (let i = 0; i + 2 < frame.length; i += 3 * 131) {
    for (let c = 0; c < 3; c++) sums[c] = (sums[c] as number) + Math.min(1.5, frame[i + c] as number);
  }
  const limit = (ratio: number) => Math.min(1.5, Math.max(0.7, ratio)) ** 0.5;
  return [limit(sums[1] / sums[0]), 1, limit(sums[1] / sums[2])];
}

/** Lens softness: a small separable blur. */
function soften(frame: Float32Array, { scratch: rows, soft: out }: Shot, widthPx: number, heightPx: number): void {
  const side = 0.12;
  const middle = 1 - 2 * side;
  for (let y = 0; y < heightPx; y++) {
    const start = y * widthPx * 3;
    const end = start + widthPx * 3;
    for (let i = start; i < end; i++) {
      const left = i - 3 < start ? i : i - 3;
      const right = i + 3 >= end ? i : i + 3;
      rows[i] = middle * (frame[i] as number) + side * ((frame[left] as number) + (frame[right] as number));
    }
  }
  const stride = widthPx * 3;
  for (let i = 0; i < out.length; i++) {
    const above = i < stride ? i : i - stride;
    const below = i + stride >= out.length ? i : i + stride;
    out[i] = middle * (rows[i] as number) + side * ((rows[above] as number) + (rows[below] as number));
  }
}

/** Standard deviation of the noise by light, both × 1024: of reading, of photons, of the pixels' unevenness. */
function noiseTable(gain: number): Float32Array {
  const read = 0.0022 + 0.00011 * gain ** 0.75;
  const photons = 0.000012 * gain ** 0.6;
  return Float32Array.from({ length: 4096 }, (_, index) => {
    const light = index / 1024;
    return 1024 * Math.sqrt(read * read + photons * light + light * light * 2e-5);
  });
}

/** Linear light × 1024 to sRGB with a shoulder, as a JPEG engine does. Source of the sRGB curve: IEC 61966-2-1. */
function toneTable(): Uint8Array {
  return Uint8Array.from({ length: 4096 }, (_, index) => {
    const light = index / 1024;
    const rolled = light < 0.6 ? light : 0.6 + 0.4 * (1 - Math.exp(-(light - 0.6) / 0.4));
    const curve = rolled <= 0.0031308 ? 12.92 * rolled : 1.055 * rolled ** (1 / 2.4) - 0.055;
    const contrast = curve + 0.09 * (curve - 0.5) * smoothstep(0, 0.25, curve) * smoothstep(1, 0.75, curve);
    return Math.round(255 * Math.min(1, Math.max(0, contrast)));
  });
}
