import type { Position } from 'geojson';

/** Standard deviation of the heatmaps' kernel on the ground, m; a MapLibre radius is three of them. */
const sigmaM = 7;
const metresPerDegree = 111_320;
/** Metres of one CSS px at zoom 0 on the equator, for MapLibre's tiles of 512 px. */
const metresPerPixel = 78_271.517;
/** What MapLibre multiplies each point's weight by. Source: its heatmap.fragment.glsl, GAUSS_COEF = 1/√(2π). */
const gaussCoefficient = 0.3989422804014327;

/** A point that the heatmap adds up. */
export interface HeatPoint {
  readonly position: Position;
  readonly weight: number;
}

/** Radius in CSS px by zoom, so that the kernel keeps its size on the ground. */
export function heatRadius(lat: number): unknown[] {
  const at = (zoom: number): number => (3 * sigmaM * 2 ** zoom) / (metresPerPixel * Math.cos((lat * Math.PI) / 180));
  return ['interpolate', ['exponential', 2], ['zoom'], 13, at(13), 21, at(21)];
}

/**
 * The largest sum of weights at one spot, each point counted by its nearness (1 at the spot, 0.6 at 7 m, 0.01 at 21 m).
 * Spots are the points' own cells of 3.5 m.
 */
export function findPeak(points: readonly HeatPoint[]): number {
  const cellM = sigmaM / 2;
  const cells = new Map<number, { readonly x: number; readonly y: number; weight: number }>();
  for (const { position, weight } of points) {
    const [lng = 0, lat = 0] = position;
    const x = Math.round((lng * metresPerDegree * Math.cos((lat * Math.PI) / 180)) / cellM);
    const y = Math.round((lat * metresPerDegree) / cellM);
    const cell = cells.get(keyOf(x, y)) ?? { x, y, weight: 0 };
    cell.weight += weight;
    cells.set(keyOf(x, y), cell);
  }
  let peak = 0;
  for (const { x, y } of cells.values()) {
    let sum = 0;
    for (let i = -6; i <= 6; i++) {
      for (let j = -6; j <= 6; j++) {
        const near = cells.get(keyOf(x + i, y + j));
        if (near) sum += near.weight * Math.exp(-((i * i + j * j) * cellM * cellM) / (2 * sigmaM * sigmaM));
      }
    }
    peak = Math.max(peak, sum);
  }
  return peak;
}

/** One number for two: exact, as the earth has fewer than 2^25 cells from south to north. */
function keyOf(x: number, y: number): number {
  return x * 2 ** 25 + y;
}

/** The intensity at which the spot with the most reaches the end of the colour ramp. */
export function heatIntensity(peak: number): number {
  return peak > 0 ? 1 / (gaussCoefficient * peak) : 1;
}
