import { chiSquare95 } from '../../src/geo/ellipse.ts';
import type { Enu, PlaneOrigin } from '../../src/geo/frames.ts';
import { toEnu } from '../../src/geo/plane.ts';
import type { NoSighting, Sighting } from '../../src/locate/sighting.ts';

const bands = [20, 50, 100, 200, 400, 800] as const;

interface Row {
  readonly band: string;
  /** Feet that were looked for, refused because of their horizon, placed, and placed with the truth in their 95 % ellipse. */
  readonly asked: number;
  readonly refused: number;
  readonly placed: number;
  readonly inside: number;
  /** Half of the major axes are longer, m. */
  readonly medianSemiMajorM: number;
}

/** Counts, by range, how many true places their ellipses hold. A class because it owns its counts. */
export class Tally {
  private readonly outcomes: { readonly band: number; readonly found: Sighting | NoSighting; readonly in: boolean }[] =
    [];
  private readonly origin: PlaneOrigin;

  /** Places are in the tangent plane at `origin`. */
  constructor(origin: PlaneOrigin) {
    this.origin = origin;
  }

  add(found: Sighting | NoSighting, truth: Enu, camera: Enu): void {
    const rangeM = Math.hypot(truth.eastM - camera.eastM, truth.northM - camera.northM);
    const band = Math.max(
      0,
      bands.findLastIndex((from) => rangeM >= from),
    );
    this.outcomes.push({ band, found, in: found.kind === 'sighting' && holds(found, truth, this.origin) });
  }

  addAll(other: Tally): void {
    this.outcomes.push(...other.outcomes);
  }

  /** The share of true places inside, of those placed. */
  get share(): number {
    const placed = this.outcomes.filter(({ found }) => found.kind === 'sighting');
    return placed.filter((outcome) => outcome.in).length / placed.length;
  }

  get rows(): readonly Row[] {
    return bands.slice(0, -1).map((from, band) => {
      const asked = this.outcomes.filter((outcome) => outcome.band === band);
      const axes = asked.flatMap(({ found }) => (found.kind === 'sighting' ? [found.ellipse.semiMajorM] : []));
      return {
        band: `${from}–${bands[band + 1]}`,
        asked: asked.length,
        refused: asked.filter(({ found }) => found.kind === 'no-sighting').length,
        placed: axes.length,
        inside: asked.filter((outcome) => outcome.in).length,
        medianSemiMajorM: axes.sort((a, b) => a - b)[Math.floor(axes.length / 2)] ?? 0,
      };
    });
  }

  sum(of: 'asked' | 'refused'): number {
    return this.rows.reduce((sum, row) => sum + row[of], 0);
  }

  print(what: string): void {
    const lines = this.rows.map(({ band, asked, refused, placed, inside, medianSemiMajorM }) => {
      const held = `${((100 * inside) / placed).toFixed(1)} % of ${placed} inside`;
      return `  ${band.padEnd(8)} m: ${held}, ${refused} of ${asked} refused, half a major axis ${medianSemiMajorM.toFixed(1)} m`;
    });
    console.info([`${what}: ${(100 * this.share).toFixed(1)} % inside their 95 % ellipse`, ...lines].join('\n'));
  }
}

function holds({ point, heightM, covariance }: Sighting, truth: Enu, origin: PlaneOrigin): boolean {
  const found = toEnu(origin, { ...point, heightM });
  const [e, n] = [found.eastM - truth.eastM, found.northM - truth.northM];
  const { eeM2, enM2, nnM2 } = covariance;
  return (e * e * nnM2 - 2 * e * n * enM2 + n * n * eeM2) / (eeM2 * nnM2 - enM2 * enM2) <= chiSquare95;
}
