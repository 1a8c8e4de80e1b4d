import { fractal, mix, type Noise, ridged, smoothstep } from '../noise.ts';
import type { Shore } from './shore.ts';

/** Bare ground over the site's plane. Heights are above the water level, m. */
export interface Terrain {
  /** Ground, or the lake's bed where there is water. */
  heightM(eastM: number, northM: number): number;
}

/** A place that a mast stands on: the ground is a little raised there. */
export interface Knoll {
  readonly eastM: number;
  readonly northM: number;
  readonly heightM: number;
}

const earthRadiusM = 6_378_000;

/** How far the Earth's surface lies below the tangent plane at a distance, m. */
export function curvatureDropM(eastM: number, northM: number): number {
  return (eastM * eastM + northM * northM) / (2 * earthRadiusM);
}

/** Beach, meadow with hummocks, moraines, then a cirque that opens to the west-south-west, with peaks behind. */
export function createTerrain(shore: Shore, noises: { hills: Noise; peaks: Noise }, knolls: readonly Knoll[]): Terrain {
  const { hills, peaks } = noises;
  return {
    heightM: (eastM, northM) => {
      const offM = shore.offshoreM(eastM, northM);
      if (offM <= 0) return -bedDepthM(-offM);
      let height = 0.07 * Math.min(offM, 6) + 0.045 * Math.max(0, Math.min(offM, 160) - 6);
      const land = smoothstep(4, 60, offM);
      height += land * (2.6 * fractal(hills, eastM / 70, northM / 70, 4) + 0.5 * hills(eastM / 17, northM / 17));
      height += smoothstep(45, 240, offM) * 17 * (0.35 + ridged(hills, eastM / 230 + 5, northM / 230, 5));
      if (offM > 120) height += mountainM(eastM, northM, offM, peaks);
      for (const knoll of knolls) height += bumpM(eastM - knoll.eastM, northM - knoll.northM, knoll.heightM);
      return height;
    },
  };
}

function bedDepthM(inwardM: number): number {
  return Math.min(9, 0.085 * inwardM + 0.0012 * inwardM * inwardM);
}

function mountainM(eastM: number, northM: number, offM: number, peaks: Noise): number {
  const awayM = Math.hypot(eastM, northM);
  const bearing = Math.atan2(northM, eastM);
  const gate = Math.exp(-((wrap(bearing - -Math.PI * 0.88) / 0.42) ** 2));
  const wall = smoothstep(110, 1500, offM) * mix(120, 20, gate) + smoothstep(900, 5200, awayM) * mix(300, 140, gate);
  const warp = 140 * peaks(eastM / 900, northM / 900);
  const near = ridged(peaks, (eastM + warp) / 820, (northM - warp) / 820, 7) * smoothstep(150, 1700, offM);
  const far = ridged(peaks, eastM / 3100 + 3, northM / 3100 - 8, 6) * smoothstep(1500, 5500, awayM);
  return wall + near * mix(165, 60, gate) + far * mix(690, 460, gate);
}

function bumpM(eastM: number, northM: number, heightM: number): number {
  const squared = (eastM * eastM + northM * northM) / (15 * 15);
  return squared > 9 ? 0 : heightM * Math.exp(-squared);
}

function wrap(angle: number): number {
  return Math.atan2(Math.sin(angle), Math.cos(angle));
}
