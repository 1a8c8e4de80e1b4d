import type { LngLat } from '../geo/frames.ts';
import { encodePng } from '../picture/codec.ts';

/** Ground height at a place, m; undefined where the DEM has none. */
export type HeightAt = (place: LngLat) => number | undefined;

/** A picture of the terrain in EPSG:3857. */
export interface ReliefPicture {
  /** West, south, east, north of its edges; degrees. */
  readonly bbox: readonly [number, number, number, number];
  readonly png: Uint8Array;
}

type Colour = readonly [number, number, number];

/** Colour of flat land; the map's background has the same, so that the picture has no edge. */
const land: Colour = [233, 232, 223];
const shadow: Colour = [112, 122, 128];
const light: Colour = [252, 250, 240];
/** Share of the picture's half side over which it fades into the background. */
const fade = 0.35;

/** Three lamps, so that slopes along the main one are not lost: azimuth clockwise from north, height, weight. */
const lamps = [
  { azimuthDeg: 315, heightDeg: 40, weight: 0.6 },
  { azimuthDeg: 270, heightDeg: 45, weight: 0.2 },
  { azimuthDeg: 0, heightDeg: 45, weight: 0.2 },
] as const;

/**
 * Shades the terrain around `centre` as paper maps do. Works in slices, so that other work goes on meanwhile.
 * Source: E. Imhof, Cartographic Relief Presentation (1982): oblique light from the north-west.
 */
export async function drawRelief(heightAt: HeightAt, centre: LngLat, halfSideM: number): Promise<ReliefPicture> {
  const sidePx = 720;
  const frame = frameAround(centre, halfSideM, sidePx);
  const heights = await sample(heightAt, frame);
  const rgb = new Uint8Array(sidePx * sidePx * 3);
  const stepM = (2 * halfSideM) / sidePx;
  for (let row = 0; row < sidePx; row++) {
    if (row % 90 === 0) await rest();
    for (let col = 0; col < sidePx; col++) {
      const shade = shadeAt(heights, { col, row, sidePx, stepM });
      const strength = shade === undefined ? 0 : edgeStrength(col, row, sidePx);
      rgb.set(tint(shade ?? 0, strength), (row * sidePx + col) * 3);
    }
  }
  const png = await encodePng({ sizePx: { widthPx: sidePx, heightPx: sidePx }, rgb });
  return { bbox: frame.bbox, png };
}

interface Frame {
  readonly bbox: readonly [number, number, number, number];
  readonly sidePx: number;
  /** Longitude of a column's centre, latitude of a row's, degrees. */
  readonly lngOf: (col: number) => number;
  readonly latOf: (row: number) => number;
}

/** Radius of the sphere of EPSG:3857, m. */
const radiusM = 6_378_137;

function frameAround({ lng, lat }: LngLat, halfSideM: number, sidePx: number): Frame {
  const toRad = Math.PI / 180;
  const reach = halfSideM / (radiusM * Math.cos(lat * toRad));
  const x = lng * toRad;
  const y = Math.asinh(Math.tan(lat * toRad));
  const latitude = (mercatorY: number): number => Math.atan(Math.sinh(mercatorY)) / toRad;
  return {
    bbox: [(x - reach) / toRad, latitude(y - reach), (x + reach) / toRad, latitude(y + reach)],
    sidePx,
    lngOf: (col) => (x - reach + ((col + 0.5) / sidePx) * 2 * reach) / toRad,
    latOf: (row) => latitude(y + reach - ((row + 0.5) / sidePx) * 2 * reach),
  };
}

/** (sidePx, sidePx), row-major; NaN stands for no height inside this file only. */
async function sample(heightAt: HeightAt, { sidePx, lngOf, latOf }: Frame): Promise<Float32Array> {
  const heights = new Float32Array(sidePx * sidePx);
  for (let row = 0; row < sidePx; row++) {
    if (row % 30 === 0) await rest();
    const lat = latOf(row);
    for (let col = 0; col < sidePx; col++) {
      heights[row * sidePx + col] = heightAt({ lng: lngOf(col), lat }) ?? Number.NaN;
    }
  }
  return heights;
}

interface Spot {
  readonly col: number;
  readonly row: number;
  readonly sidePx: number;
  readonly stepM: number;
}

/** Light on a spot, 0 dark – 1 bright; undefined beside unknown heights. */
function shadeAt(heights: Float32Array, { col, row, sidePx, stepM }: Spot): number | undefined {
  const at = (c: number, r: number): number => {
    const inside = (index: number): number => Math.min(Math.max(index, 0), sidePx - 1);
    return heights[inside(r) * sidePx + inside(c)] ?? Number.NaN;
  };
  const east = (at(col + 1, row) - at(col - 1, row)) / (2 * stepM);
  const north = (at(col, row - 1) - at(col, row + 1)) / (2 * stepM);
  if (Number.isNaN(east + north)) return undefined;
  const length = Math.hypot(east, north, 1);
  let shade = 0;
  for (const { azimuthDeg, heightDeg, weight } of lamps) {
    const azimuth = (azimuthDeg * Math.PI) / 180;
    const height = (heightDeg * Math.PI) / 180;
    const towards = -east * Math.sin(azimuth) - north * Math.cos(azimuth);
    shade += (weight * Math.max(0, towards * Math.cos(height) + Math.sin(height))) / length;
  }
  return shade;
}

/** What level ground gets from the lamps. */
const flatShade = lamps.reduce((sum, { heightDeg, weight }) => sum + weight * Math.sin((heightDeg * Math.PI) / 180), 0);

function tint(shade: number, strength: number): Colour {
  const away = shade < flatShade ? (flatShade - shade) / flatShade : (shade - flatShade) / (1 - flatShade);
  const target = shade < flatShade ? shadow : light;
  const share = Math.min(1, away * 0.7) * strength;
  const mix = (index: 0 | 1 | 2): number => Math.round(land[index] + (target[index] - land[index]) * share);
  return [mix(0), mix(1), mix(2)];
}

/** 1 in the middle, 0 at the border, smooth between. */
function edgeStrength(col: number, row: number, sidePx: number): number {
  const x = Math.abs((2 * col + 1) / sidePx - 1);
  const y = Math.abs((2 * row + 1) / sidePx - 1);
  const t = Math.min(1, Math.max(0, (1 - Math.hypot(x, y)) / fade));
  return t * t * (3 - 2 * t);
}

function rest(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
