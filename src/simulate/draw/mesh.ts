import type { Rgb } from '../light/light.ts';
import type { Random } from '../random.ts';

/** A place or direction in a thing's own frame: x forward, y left, z up, m. */
export type Vec = readonly [number, number, number];

/** Triangles with a colour and a smooth normal at each corner. Flat arrays, 3 numbers a vertex, 3 vertices a triangle. */
export interface Mesh {
  readonly positions: number[];
  readonly normals: number[];
  /** Linear RGB, 0–1. */
  readonly colours: number[];
  readonly triangles: number[];
  /** Share of light that passes through, 0–1, one number a vertex: 0 is solid. */
  readonly through: number[];
}

/** A mesh with nothing in it. */
export function emptyMesh(): Mesh {
  return { positions: [], normals: [], colours: [], triangles: [], through: [] };
}

/** An elliptical cross-section of a tube. */
export interface Section {
  readonly at: Vec;
  /** Half axes: along `side` and across it. */
  readonly wide: number;
  readonly deep: number;
  readonly colour: Rgb;
}

/** Adds a closed tube through sections; `side` is the direction of their wide axis. */
export function addTube(mesh: Mesh, sections: readonly Section[], side: Vec, corners = 9): void {
  const first = mesh.positions.length / 3;
  const rows = roundEnds(sections);
  rows.forEach((section, row) => {
    const before = rows[Math.max(0, row - 1)] as Section;
    const after = rows[Math.min(rows.length - 1, row + 1)] as Section;
    const along = unit(minus(after.at, before.at));
    const across = unit(cross(along, side));
    const wide = unit(cross(across, along));
    const swell = (after.wide - before.wide) / Math.max(0.02, length(minus(after.at, before.at)));
    for (let corner = 0; corner < corners; corner++) {
      const angle = (corner / corners) * 2 * Math.PI;
      const [c, s] = [Math.cos(angle), Math.sin(angle)];
      const offset = plus(scale(wide, section.wide * c), scale(across, section.deep * s));
      const outward = plus(scale(wide, c * section.deep), scale(across, s * section.wide));
      const normal = unit(plus(unit(outward), scale(along, -Math.max(-2, Math.min(2, swell)))));
      pushVertex(mesh, plus(section.at, offset), normal, section.colour);
    }
  });
  joinRows(mesh, { first, rows: rows.length, corners, closed: true });
}

/** Shrinks both ends of a tube to points, so that it looks rounded. */
function roundEnds(sections: readonly Section[]): Section[] {
  const cap = (end: Section, inner: Section): Section[] => {
    const out = unit(minus(end.at, inner.at));
    const bulge = Math.min(end.wide, end.deep);
    return [
      { ...end, at: plus(end.at, scale(out, bulge * 0.6)), wide: end.wide * 0.75, deep: end.deep * 0.75 },
      { ...end, at: plus(end.at, scale(out, bulge * 0.95)), wide: end.wide * 0.05, deep: end.deep * 0.05 },
    ];
  };
  const [start, second] = sections as [Section, Section];
  const last = sections[sections.length - 1] as Section;
  const previous = sections[sections.length - 2] as Section;
  return [...cap(start, second).reverse(), ...sections, ...cap(last, previous)];
}

/** Adds an ellipsoid with half axes along x, y and z; `colourAt` is asked with the unit normal. */
export function addEllipsoid(mesh: Mesh, at: Vec, half: Vec, colourAt: (normal: Vec) => Rgb): void {
  const first = mesh.positions.length / 3;
  const [rows, corners] = [8, 12];
  for (let row = 0; row < rows; row++) {
    const tilt = (row / (rows - 1) - 0.5) * Math.PI;
    for (let corner = 0; corner < corners; corner++) {
      const turn = (corner / corners) * 2 * Math.PI;
      const on: Vec = [Math.cos(tilt) * Math.cos(turn), Math.cos(tilt) * Math.sin(turn), Math.sin(tilt)];
      const normal = unit([on[0] / half[0], on[1] / half[1], on[2] / half[2]]);
      pushVertex(
        mesh,
        [at[0] + on[0] * half[0], at[1] + on[1] * half[1], at[2] + on[2] * half[2]],
        normal,
        colourAt(on),
      );
    }
  }
  joinRows(mesh, { first, rows, corners, closed: true });
}

/** Adds a surface given as rows of points; its normals point away from the origin, its colour follows from the place on it (0–1, 0–1). */
export function addSheet(
  mesh: Mesh,
  rows: readonly (readonly Vec[])[],
  colourAt: (row: number, column: number) => Rgb,
): void {
  const first = mesh.positions.length / 3;
  const corners = rows[0]?.length ?? 0;
  rows.forEach((points, j) => {
    points.forEach((point, i) => {
      const right = points[Math.min(corners - 1, i + 1)] as Vec;
      const left = points[Math.max(0, i - 1)] as Vec;
      const above = rows[Math.min(rows.length - 1, j + 1)]?.[i] as Vec;
      const below = rows[Math.max(0, j - 1)]?.[i] as Vec;
      const normal = unit(cross(minus(right, left), minus(above, below)));
      const outwards = dot(normal, point) < 0 ? scale(normal, -1) : normal;
      pushVertex(mesh, point, outwards, colourAt(j / Math.max(1, rows.length - 1), i / Math.max(1, corners - 1)));
    });
  });
  joinRows(mesh, { first, rows: rows.length, corners, closed: false });
}

/** Adds one flat triangle with a single colour; it faces away from `inside`. */
export function addTriangle(mesh: Mesh, corners: readonly [Vec, Vec, Vec], colour: Rgb, inside: Vec): void {
  const first = mesh.positions.length / 3;
  const across = unit(cross(minus(corners[1], corners[0]), minus(corners[2], corners[0])));
  const normal = dot(across, minus(corners[0], inside)) < 0 ? scale(across, -1) : across;
  for (const corner of corners) pushVertex(mesh, corner, normal, colour);
  mesh.triangles.push(first, first + 1, first + 2);
}

/** A box-shaped block. */
export interface Block {
  readonly at: Vec;
  readonly half: Vec;
  readonly colour: Rgb;
  /** Radians anticlockwise about the upright axis through its middle. */
  readonly turn?: number;
}

/** Adds a block of six flat sides. */
export function addBlock(mesh: Mesh, { at, half, colour, turn = 0 }: Block): void {
  const [c, s] = [Math.cos(turn), Math.sin(turn)];
  const corner = (x: number, y: number, z: number): Vec => {
    const [dx, dy] = [x * half[0], y * half[1]];
    return [at[0] + dx * c - dy * s, at[1] + dx * s + dy * c, at[2] + z * half[2]];
  };
  const face = (a: Vec, b: Vec, far: Vec, d: Vec): void => {
    addTriangle(mesh, [a, b, far], colour, at);
    addTriangle(mesh, [a, far, d], colour, at);
  };
  for (const side of [-1, 1]) {
    face(corner(side, -1, -1), corner(side, 1, -1), corner(side, 1, 1), corner(side, -1, 1));
    face(corner(-1, side, -1), corner(1, side, -1), corner(1, side, 1), corner(-1, side, 1));
    face(corner(-1, -1, side), corner(1, -1, side), corner(1, 1, side), corner(-1, 1, side));
  }
}

/** Moves every vertex by chance along its normal, and makes tones uneven: wool, leaves, stone. */
export function roughen(
  mesh: Mesh,
  random: Random,
  { byM, tone }: { readonly byM: number; readonly tone: number },
): void {
  const { positions, normals, colours } = mesh;
  for (let i = 0; i < positions.length; i += 3) {
    const away = random.normal(byM);
    const shade = 1 + random.between(-tone, tone);
    for (let c = 0; c < 3; c++) {
      positions[i + c] = (positions[i + c] as number) + away * (normals[i + c] as number);
      colours[i + c] = (colours[i + c] as number) * shade;
    }
  }
}

/** Adds all of another mesh, moved. */
export function addMesh(mesh: Mesh, other: Mesh, by: Vec = [0, 0, 0]): void {
  const first = mesh.positions.length / 3;
  other.positions.forEach((value, i) => {
    mesh.positions.push(value + (by[i % 3] as number));
  });
  mesh.normals.push(...other.normals);
  mesh.colours.push(...other.colours);
  mesh.through.push(...other.through);
  mesh.triangles.push(...other.triangles.map((vertex) => vertex + first));
}

function joinRows(mesh: Mesh, net: { first: number; rows: number; corners: number; closed: boolean }): void {
  const columns = net.closed ? net.corners : net.corners - 1;
  for (let row = 0; row + 1 < net.rows; row++) {
    for (let column = 0; column < columns; column++) {
      const a = net.first + row * net.corners + column;
      const b = net.first + row * net.corners + ((column + 1) % net.corners);
      mesh.triangles.push(a, b, a + net.corners, b, b + net.corners, a + net.corners);
    }
  }
}

function pushVertex(mesh: Mesh, at: Vec, normal: Vec, colour: Rgb): void {
  mesh.positions.push(at[0], at[1], at[2]);
  mesh.normals.push(normal[0], normal[1], normal[2]);
  mesh.colours.push(colour[0], colour[1], colour[2]);
  mesh.through.push(0);
}

/** A piece of cloth between four corners of a net. */
export interface Patch {
  readonly colour: Rgb;
  /** Share of light that passes through, 0–1. */
  readonly through: number;
}

/**
 * Adds cloth given as rows of points. Its shape is smooth, its colours are not: each patch has one.
 * Normals point away from `inside`. No patch: a hole.
 */
export function addCloth(
  mesh: Mesh,
  net: readonly (readonly Vec[])[],
  inside: Vec,
  patchAt: (row: number, column: number) => Patch | undefined,
): void {
  const [rows, columns] = [net.length, net[0]?.length ?? 0];
  const point = (row: number, column: number): Vec =>
    net[Math.min(rows - 1, Math.max(0, row))]?.[Math.min(columns - 1, Math.max(0, column))] as Vec;
  const normals = net.map((points, row) =>
    points.map((at, column) => {
      const along = minus(point(row, column + 1), point(row, column - 1));
      const normal = unit(cross(along, minus(point(row + 1, column), point(row - 1, column))));
      const out = unit(minus(at, inside));
      if (length(normal) === 0) return out;
      return dot(normal, out) < 0 ? scale(normal, -1) : normal;
    }),
  );
  for (let row = 0; row + 1 < rows; row++) {
    for (let column = 0; column + 1 < columns; column++) {
      const patch = patchAt((row + 0.5) / (rows - 1), (column + 0.5) / (columns - 1));
      if (!patch) continue;
      const first = mesh.positions.length / 3;
      for (const [j, i] of corners) {
        const normal = normals[row + j]?.[column + i] as Vec;
        pushVertex(mesh, point(row + j, column + i), normal, patch.colour);
        mesh.through[mesh.through.length - 1] = patch.through;
      }
      mesh.triangles.push(first, first + 1, first + 2, first + 1, first + 3, first + 2);
    }
  }
}

const corners = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
] as const;

export function plus(a: Vec, b: Vec): Vec {
  return [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
}

export function minus(a: Vec, b: Vec): Vec {
  return [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
}

export function scale(a: Vec, by: number): Vec {
  return [a[0] * by, a[1] * by, a[2] * by];
}

export function cross(a: Vec, b: Vec): Vec {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

function dot(a: Vec, b: Vec): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

function length(a: Vec): number {
  return Math.hypot(a[0], a[1], a[2]);
}

/** The same direction with length 1. */
export function unit(a: Vec): Vec {
  const size = length(a) || 1;
  return [a[0] / size, a[1] / size, a[2] / size];
}
