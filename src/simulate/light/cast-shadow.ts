import type { HeightGrid } from '../world/height-grid.ts';
import { sampleWhenAsked } from '../world/plane-grid.ts';
import type { Sun } from './sun.ts';

/** Share of the sun's disc that the mountains leave free over a place, 0–1. */
export type SunShare = (eastM: number, northM: number) => number;

const near = { halfM: 480, stepM: 8 } as const;
const far = { halfM: 6000, stepM: 60 } as const;

/** Marches from the ground toward the sun over a near and a far patch. */
export function createSunShare(grid: HeightGrid, sun: Sun): SunShare {
  if (sun.altitudeDeg < -1) return () => 0;
  if (sun.altitudeDeg > 48) return () => 1;
  const free = (eastM: number, northM: number): number => freeShare(grid, sun, eastM, northM);
  const nearShare = sampleWhenAsked(near.halfM, near.stepM, free);
  const farShare = sampleWhenAsked(far.halfM, far.stepM, free);
  return (eastM, northM) => {
    const reach = Math.max(Math.abs(eastM), Math.abs(northM));
    return (reach < near.halfM ? nearShare : farShare)(eastM, northM);
  };
}

/** The sun's radius is 0.0047 of the distance; clouds and air soften the edge further. */
const softness = 0.012;

function freeShare(grid: HeightGrid, sun: Sun, eastM: number, northM: number): number {
  const [e, n, up] = sun.toward;
  const flat = Math.hypot(e, n);
  const slope = up / flat;
  const start = grid.upM(eastM, northM) + 1;
  let share = 1;
  for (let away = 12; away < 5200 && share > 0; away *= 1.17) {
    const rise = start + slope * away;
    if (rise > 1250) break;
    const gap = rise - grid.upM(eastM + (e / flat) * away, northM + (n / flat) * away);
    share = Math.min(share, 0.5 + gap / (away * softness * 2));
  }
  return Math.max(0, share);
}
