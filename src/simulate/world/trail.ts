import { smoothstep } from '../noise.ts';
import { type PlaneGrid, readGrid } from './plane-grid.ts';
import type { Shore } from './shore.ts';

/** A point of the site's plane, m. */
export interface Ground {
  readonly eastM: number;
  readonly northM: number;
}

/** A path as points a few metres apart, with the length up to each. */
export interface Trail {
  readonly points: readonly Ground[];
  readonly lengthM: number;
  /** The point at a length from the start, with the direction of the path there, radians anticlockwise from east. */
  at(alongM: number): Ground & { readonly direction: number };
  /** Length along the path of the point that is nearest to a place. */
  nearestAlongM(place: Ground): number;
  /** Distance to the path, m; 12 when it is farther. */
  distanceM(eastM: number, northM: number): number;
}

/** The hikers' trail: up from the valley, round the lake's south and east, away to the pass in the north-east. */
export function createTrail(shore: Shore): Trail {
  const points: Ground[] = [];
  const from = -Math.PI * 0.86;
  const to = Math.PI * 0.3;
  for (let step = -60; step <= 320; step++) {
    const share = Math.min(1, Math.max(0, step / 260));
    const angle = from + (to - from) * share - 0.1 * smoothstep(0, -60, step) + 0.16 * smoothstep(260, 320, step);
    const leaving = Math.max(0, -step) * 4 + Math.max(0, step - 260) * 4;
    const rhoM = shore.radiusM(angle) + 15 + 4 * Math.sin(3.1 * angle) + leaving;
    points.push({ eastM: rhoM * Math.cos(angle), northM: rhoM * Math.sin(angle) });
  }
  return toTrail(points);
}

function toTrail(points: readonly Ground[]): Trail {
  const lengths = [0];
  for (let i = 1; i < points.length; i++) {
    const [a, b] = [points[i - 1], points[i]] as [Ground, Ground];
    lengths.push((lengths[i - 1] ?? 0) + Math.hypot(b.eastM - a.eastM, b.northM - a.northM));
  }
  const lengthM = lengths.at(-1) ?? 0;
  const distances = distanceGrid(points);
  return {
    points,
    lengthM,
    at: (alongM) => {
      let i = 1;
      while (i < points.length - 1 && (lengths[i] ?? 0) < alongM) i++;
      const [a, b] = [points[i - 1], points[i]] as [Ground, Ground];
      const start = lengths[i - 1] ?? 0;
      const share = Math.min(1, Math.max(0, (alongM - start) / Math.max(1e-6, (lengths[i] ?? 0) - start)));
      return {
        eastM: a.eastM + (b.eastM - a.eastM) * share,
        northM: a.northM + (b.northM - a.northM) * share,
        direction: Math.atan2(b.northM - a.northM, b.eastM - a.eastM),
      };
    },
    nearestAlongM: (place) => {
      const away = points.map((point) => Math.hypot(point.eastM - place.eastM, point.northM - place.northM));
      return lengths[away.indexOf(Math.min(...away))] ?? 0;
    },
    distanceM: (eastM, northM) => readGrid(distances, eastM, northM),
  };
}

const farM = 12;

/** Distances to the path around it, on a grid of 0.75 m. */
function distanceGrid(points: readonly Ground[]): PlaneGrid {
  const [halfM, stepM] = [330, 0.75];
  const columns = Math.ceil((2 * halfM) / stepM) + 1;
  const values = new Float32Array(columns * columns).fill(farM);
  for (let i = 1; i < points.length; i++) {
    const [a, b] = [points[i - 1], points[i]] as [Ground, Ground];
    const span = (low: number, high: number) =>
      [
        Math.max(0, Math.floor((low - farM + halfM) / stepM)),
        Math.min(columns - 1, Math.ceil((high + farM + halfM) / stepM)),
      ] as const;
    const [west, east] = span(Math.min(a.eastM, b.eastM), Math.max(a.eastM, b.eastM));
    const [south, north] = span(Math.min(a.northM, b.northM), Math.max(a.northM, b.northM));
    for (let row = south; row <= north; row++) {
      for (let column = west; column <= east; column++) {
        const at = row * columns + column;
        const away = segmentDistance({ eastM: column * stepM - halfM, northM: row * stepM - halfM }, a, b);
        values[at] = Math.min(values[at] as number, away);
      }
    }
  }
  return { halfM, stepM, columns, values };
}

function segmentDistance(place: Ground, a: Ground, b: Ground): number {
  const dx = b.eastM - a.eastM;
  const dy = b.northM - a.northM;
  const along = ((place.eastM - a.eastM) * dx + (place.northM - a.northM) * dy) / Math.max(1e-9, dx * dx + dy * dy);
  const share = Math.min(1, Math.max(0, along));
  return Math.hypot(place.eastM - a.eastM - share * dx, place.northM - a.northM - share * dy);
}
