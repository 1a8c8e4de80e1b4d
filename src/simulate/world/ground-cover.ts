import { fractal, type Noise, smoothstep } from '../noise.ts';
import type { Site } from './site.ts';

/** What the ground is made of at a place: linear RGB, 0–1, and small relief for its shading. */
export interface GroundCover {
  /** Writes linear RGB to `out`; `footprintM` is a pixel's size there: finer detail is left out. */
  colour(place: SurfacePlace, out: Float32Array): void;
  /** Small relief, m, finer than the grid and coarser than the footprint. */
  reliefM(eastM: number, northM: number, footprintM: number): number;
}

export interface SurfacePlace {
  readonly eastM: number;
  readonly northM: number;
  /** Above the water, m. */
  readonly heightM: number;
  /** Vertical part of the normal, 0–1. */
  readonly flatness: number;
  readonly footprintM: number;
}

type Rgb = readonly [number, number, number];

const turf: Rgb = [0.098, 0.104, 0.042];
const lush: Rgb = [0.068, 0.088, 0.03];
const straw: Rgb = [0.19, 0.16, 0.085];
const heath: Rgb = [0.07, 0.062, 0.036];
const soil: Rgb = [0.2, 0.165, 0.125];
const gravel: Rgb = [0.23, 0.215, 0.19];
const wetGravel: Rgb = [0.1, 0.092, 0.08];
const paleRock: Rgb = [0.25, 0.235, 0.215];
const darkRock: Rgb = [0.105, 0.098, 0.092];
const rustRock: Rgb = [0.19, 0.15, 0.115];
const snow: Rgb = [0.78, 0.8, 0.83];

/** Covers a site: turf and heath by height and damp, rock and scree by slope, gravel at the water, snow in high hollows. */
export function createGroundCover(site: Site, noise: Noise): GroundCover {
  const speck = (place: SurfacePlace, sizeM: number, shift: number): number => {
    const weight = seenOf(sizeM, place.footprintM);
    return weight === 0 ? 0 : weight * noise(place.eastM / sizeM + shift, place.northM / sizeM - shift);
  };
  return {
    colour: (place, out) => {
      const broad = fractal(noise, place.eastM / 46 + 31, place.northM / 46, 3);
      const patch = speck(place, 7, 3) * 0.6 + speck(place, 2.6, 9) * 0.5;
      const fine = speck(place, 0.75, 5) * 0.5 + speck(place, 0.28, 8) * 0.5 + speck(place, 0.11, 2) * 0.4;
      paintMeadow(out, { broad, patch, fine, heightM: place.heightM });
      paintRock(out, place, { broad, patch, fine, noise, site });
      paintShore(out, site, place, { patch, fine });
      const tone = 1 + 0.4 * fine + 0.16 * patch;
      for (let c = 0; c < 3; c++) out[c] = Math.max(0.008, (out[c] as number) * tone);
    },
    reliefM: (eastM, northM, footprintM) => {
      const rough = smoothstep(150, 420, Math.hypot(eastM, northM));
      let sum = tuftM(noise, eastM, northM, footprintM);
      for (let sizeM = 26, i = 0; sizeM > 0.12; sizeM *= 0.4, i++) {
        const weight = seenOf(sizeM, footprintM);
        if (weight === 0) break;
        const steep = sizeM > 3 ? 0.09 * rough : 0.03 + 0.055 * rough;
        sum += weight * steep * sizeM * noise(eastM / sizeM + i * 7, northM / sizeM - i * 11);
      }
      return sum;
    },
  };
}

/** How much of a feature of a size is left at a footprint. */
function seenOf(sizeM: number, footprintM: number): number {
  return smoothstep(0.7, 2.4, sizeM / footprintM);
}

/** Height of grass tufts and small stones, m, 0 to about 0.2. */
export function tuftM(noise: Noise, eastM: number, northM: number, footprintM: number): number {
  const weight = seenOf(0.45, footprintM);
  if (weight === 0) return 0;
  const tuft = noise(eastM / 0.62 + 3, northM / 0.62) + 0.7 * noise(eastM / 2.3, northM / 2.3 + 8);
  const blade = seenOf(0.16, footprintM) * noise(eastM / 0.19, northM / 0.19 + 5);
  return weight * (0.09 * Math.max(0, tuft) + 0.022 * blade);
}

interface Specks {
  readonly broad: number;
  readonly patch: number;
  readonly fine: number;
}

function paintMeadow(out: Float32Array, { broad, patch, fine, heightM }: Specks & { heightM: number }): void {
  out.set(turf);
  blend(out, lush, smoothstep(0.05, 0.5, broad + 0.5 * patch) * 0.8);
  blend(out, straw, smoothstep(0.0, 0.75, -broad + 0.7 * patch + 0.35 * fine) * 0.75);
  blend(out, straw, smoothstep(120, 420, heightM) * 0.45);
  blend(out, heath, smoothstep(0.25, 0.6, patch + 0.4 * broad) * smoothstep(5, 16, heightM) * 0.85);
}

const rock = new Float32Array(3);

function paintRock(out: Float32Array, place: SurfacePlace, specks: Specks & { noise: Noise; site: Site }): void {
  const { broad, patch, fine, noise, site } = specks;
  const high = smoothstep(160, 620, place.heightM);
  const steep = 1 - place.flatness;
  const land = smoothstep(25, 90, site.shore.offshoreM(place.eastM, place.northM));
  const bare = smoothstep(0.15, 0.27, steep + 0.13 * high + 0.09 * patch * land + 0.16 * broad * land);
  const layer = noise(place.heightM / 31 + 0.9 * broad + place.northM / 700, place.eastM / 900);
  const streak = noise(place.eastM / 19 + place.northM / 31, place.heightM / 90);
  if (bare > 0) {
    rock.set(paleRock);
    blend(rock, darkRock, smoothstep(-0.35, 0.6, 0.35 * layer + 0.3 * streak + 0.5 * patch + 0.3 * broad));
    blend(rock, rustRock, smoothstep(0.2, 0.7, broad + 0.3 * layer) * 0.5);
    blend(out, rock, bare);
  }
  const scree =
    smoothstep(0.05, 0.5, broad + 0.5 * fine) *
    smoothstep(0.1, 0.2, steep) *
    (1 - bare) *
    smoothstep(60, 260, place.heightM);
  blend(out, gravel, scree * 0.8);
  const hollow = smoothstep(0.34, 0.46, 0.6 * -broad + 0.25 * patch + 0.4 * high - 0.45 * steep);
  blend(out, snow, hollow * smoothstep(420, 900, place.heightM));
}

function paintShore(out: Float32Array, site: Site, place: SurfacePlace, { patch, fine }: Omit<Specks, 'broad'>): void {
  if (Math.abs(place.eastM) > 300 || Math.abs(place.northM) > 300) return;
  const offM = site.shore.offshoreM(place.eastM, place.northM) + 1.1 * patch + 0.4 * fine;
  if (offM < 9) {
    blend(out, gravel, 1 - smoothstep(1.8, 4.2, offM + 1.5 * patch));
    blend(out, wetGravel, 1 - smoothstep(0.25, 0.9, offM));
  }
  const pathM = site.trail.distanceM(place.eastM, place.northM);
  blend(out, soil, 1 - smoothstep(0.25, 0.75, pathM + 0.22 * patch + 0.15 * fine));
}

function blend(out: Float32Array, colour: Rgb | Float32Array, share: number): void {
  if (share <= 0) return;
  for (let c = 0; c < 3; c++) out[c] = (out[c] as number) * (1 - share) + (colour[c] as number) * share;
}
