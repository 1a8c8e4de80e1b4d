import { createRandom } from '../random.ts';
import { readGrid, sampleGrid } from './plane-grid.ts';

/** The lake's outline in the site's plane: a wobbly ellipse around the origin. */
export interface Shore {
  /** Distance of the shore from the origin in a direction; radians anticlockwise from east. m. */
  radiusM(angle: number): number;
  /** Metres from the shore, negative in the water; exact to a few per cent. */
  offshoreM(eastM: number, northM: number): number;
}

interface Wave {
  readonly count: number;
  readonly height: number;
  readonly phase: number;
}

const halfWidthM = 108;
const halfDepthM = 84;

/** The lake of a seed. */
export function createShore(seed: number): Shore {
  const random = createRandom(seed, 'shore');
  const waves: Wave[] = [2, 3, 4, 5, 7, 11].map((count) => ({
    count,
    height: random.between(0.05, 0.13) / count ** 0.8,
    phase: random.between(0, 2 * Math.PI),
  }));
  const radiusM = (angle: number): number => {
    const ellipse = 1 / Math.hypot(Math.cos(angle) / halfWidthM, Math.sin(angle) / halfDepthM);
    let wobble = 1;
    for (const wave of waves) wobble += wave.height * Math.cos(wave.count * angle + wave.phase);
    return ellipse * wobble;
  };
  const table = tabulate(radiusM);
  const exact = (eastM: number, northM: number): number => {
    const rho = Math.hypot(eastM, northM);
    const place = ((Math.atan2(northM, eastM) / (2 * Math.PI) + 1) % 1) * tableSize;
    const low = Math.floor(place);
    const share = place - low;
    const radius = (table.radius[low] as number) * (1 - share) + (table.radius[low + 1] as number) * share;
    return (rho - radius) * (table.squint[low] as number);
  };
  const near = sampleGrid(nearM, 1, exact);
  return {
    radiusM,
    offshoreM: (eastM, northM) =>
      Math.abs(eastM) < nearM && Math.abs(northM) < nearM ? readGrid(near, eastM, northM) : exact(eastM, northM),
  };
}

/** Within this distance of the origin the offshore distance is read from a grid. */
const nearM = 260;
const tableSize = 2048;

/** Radius by angle, and the cosine between the radius and the shore's normal. */
function tabulate(radiusM: (angle: number) => number): { radius: Float64Array; squint: Float64Array } {
  const radius = Float64Array.from({ length: tableSize + 2 }, (_, i) => radiusM((i / tableSize) * 2 * Math.PI));
  const squint = radius.map((value, i) => {
    const next = radius[i + 1] ?? value;
    const slope = ((next - value) / value) * (tableSize / (2 * Math.PI));
    return 1 / Math.hypot(1, slope);
  });
  return { radius, squint };
}
