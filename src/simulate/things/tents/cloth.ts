import { addCloth, type Mesh, type Patch, unit, type Vec } from '../../draw/mesh.ts';
import type { Rgb } from '../../light/light.ts';
import { createRandom, type Random } from '../../random.ts';
import type { TentDesign } from './tent-design.ts';

/** The cloth of one tent: what it shows beyond its design. */
export interface Cloth {
  readonly design: TentDesign;
  readonly random: Random;
  /** How loosely it hangs, 0 tight to 1. */
  readonly slack: number;
  readonly through: number;
  /** Tone of seams against the cloth: below 1 dark, above bright. */
  readonly seam: number;
  /** Where the second colour is. */
  readonly pattern: 'plain' | 'top' | 'panels' | 'end' | 'foot';
  /** How far the door is open, 0–1. */
  readonly doorOpen: number;
}

/** The cloth of a design, always the same. */
export function clothOf(design: TentDesign): Cloth {
  const random = createRandom(0, 'cloth', design.kind, design.lengthM, design.widthM, design.heightM);
  const twoTone = design.fabric !== design.second;
  const bright = Math.max(...design.fabric);
  return {
    design,
    random,
    slack: random.unit() ** 1.5,
    through: random.between(0.12, 0.3) + 0.35 * bright * random.unit(),
    seam: random.pick([0.6, 0.75, 0.75, 1, 1.25, 1.5]),
    pattern: twoTone ? random.pick(['top', 'panels', 'end', 'foot', 'panels'] as const) : 'plain',
    doorOpen: design.open ? random.pick([1, 1, random.between(0.25, 0.8)]) : 0,
  };
}

/** A patch of the tent's own cloth; `second` asks for its other colour. */
export function patchOf({ design, through }: Cloth, second: boolean, tone = 1): Patch {
  return { colour: shaded(second ? design.second : design.fabric, tone), through };
}

/** What an open door shows: darkness, or the mesh of an inner tent that catches some light. */
export function insideOf(random: Random): Patch {
  const grey = random.pick([0.012, 0.02, 0.03, 0.06, 0.12]);
  const warm = random.between(0.8, 1.3);
  return { colour: [grey * warm, grey, grey * random.between(0.6, 1.1)], through: 0 };
}

/** Panels of one cloth do not hang alike: each has a tone of its own. */
export function panelTones(random: Random, count: number): (panel: number) => number {
  const tones = Array.from({ length: count }, () => random.between(0.84, 1.12));
  return (panel) => tones[((panel % count) + count) % count] ?? 1;
}

/** Adds a part of the tent: a net over (0–1, 0–1), its folds, and what each patch is. */
export function addPart(
  mesh: Mesh,
  cloth: Cloth,
  part: {
    readonly rows: number;
    readonly columns: number;
    readonly inside: Vec;
    readonly point: (row: number, column: number) => Vec;
    readonly patch: (row: number, column: number) => Patch | undefined;
    /** How free to fold it is there, 0–1; absent: 1. */
    readonly loose?: (row: number, column: number) => number;
  },
): void {
  const fold = foldsOf(cloth);
  const net = Array.from({ length: part.rows }, (_, row) =>
    Array.from({ length: part.columns }, (_, column): Vec => {
      const [s, t] = [row / (part.rows - 1), column / (part.columns - 1)];
      const at = part.point(s, t);
      const out = unit([at[0] - part.inside[0], at[1] - part.inside[1], at[2] - part.inside[2]]);
      const by = fold(s, t) * (part.loose?.(s, t) ?? 1);
      return [at[0] + out[0] * by, at[1] + out[1] * by, Math.max(0.01, at[2] + out[2] * by)];
    }),
  );
  const random = cloth.random;
  addCloth(mesh, net, part.inside, (s, t) => {
    const patch = part.patch(s, t);
    return patch && { ...patch, colour: shaded(patch.colour, random.between(0.95, 1.05)) };
  });
}

/** Folds and sags of cloth as waves of random direction, m outwards. */
function foldsOf({ random, slack }: Cloth): (row: number, column: number) => number {
  const waves = Array.from({ length: 5 }, (_, i) => {
    const size = 2 + 3.2 * i;
    return {
      row: random.between(-size, size),
      column: random.between(-size, size) * 1.6,
      phase: random.between(0, 2 * Math.PI),
      height: ((0.004 + 0.026 * slack) / (1 + 0.6 * i)) * random.between(0.4, 1.4),
    };
  });
  return (row, column) => {
    let sum = 0;
    for (const wave of waves)
      sum += wave.height * Math.sin(2 * Math.PI * (wave.row * row + wave.column * column) + wave.phase);
    return sum;
  };
}

/** Dirt and damp by the ground. */
export function nearGround(row: number): number {
  return row < 0.07 ? 0.55 : row < 0.16 ? 0.86 : 1;
}

export function shaded(colour: Rgb, by: number): Rgb {
  return [colour[0] * by, colour[1] * by, colour[2] * by];
}
