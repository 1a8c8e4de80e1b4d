import type { Mesh, Vec } from '../../draw/mesh.ts';
import { addPart, type Cloth, insideOf, nearGround, patchOf } from './cloth.ts';

/** One pole in the middle: straight or hollow walls to four, six or eight corners; a bell has a wall at its foot. */
export function addPyramid(mesh: Mesh, cloth: Cloth): void {
  const { design, random } = cloth;
  const { kind, lengthM, widthM, heightM } = design;
  const isBell = kind === 'bell';
  const corners = isBell ? random.pick([10, 12, 16]) : random.pick([4, 4, 5, 6, 8]);
  const hollow = isBell ? random.between(1, 1.2) : random.between(1, 1.45);
  const wall = isBell ? random.between(0.2, 0.32) : 0;
  const apex = isBell ? 0 : random.between(-0.12, 0.12);
  const point = (row: number, column: number): Vec => {
    const part = (column * corners) % 1;
    const turn = column * 2 * Math.PI;
    const reach = Math.cos(Math.PI / corners) / Math.cos(((part - 0.5) * 2 * Math.PI) / corners);
    const slope = row < wall ? 1 : ((1 - row) / (1 - wall)) ** hollow;
    const flat =
      Math.max(0.015, slope) * (reach - (isBell ? 0.02 : 0.1) * Math.sin(part * Math.PI) * Math.sin(row * Math.PI));
    const lean = apex * lengthM * (1 - slope);
    return [(lengthM / 2) * flat * Math.cos(turn) + lean, (widthM / 2) * flat * Math.sin(turn), heightM * row];
  };
  const inside = insideOf(random);
  const width = isBell ? 0.05 : 0.5 / corners;
  const top = random.between(0.4, 0.8);
  const middle = 0.5 / corners;
  addPart(mesh, cloth, {
    rows: 13,
    columns: corners <= 8 ? corners * 8 + 1 : corners * 4 + 1,
    inside: [0, 0, heightM * 0.25],
    point,
    loose: (row) => (isBell ? 0.5 : 1.1) * Math.sin(row * Math.PI),
    patch: (row, column) => {
      const away = Math.abs(column - middle);
      if (cloth.doorOpen > 0 && row < 0.75 && away < width * (1 - row / 0.8) * cloth.doorOpen) return inside;
      const part = (column * corners) % 1;
      const second =
        (cloth.pattern === 'top' && row > top) ||
        (cloth.pattern === 'foot' && row < 1 - top) ||
        (cloth.pattern === 'panels' && Math.floor(column * corners) % 2 === 0) ||
        (cloth.pattern === 'end' && away < 0.6 / corners);
      const onSeam = part < 0.07 || part > 0.93;
      return patchOf(cloth, second, nearGround(row) * (onSeam ? cloth.seam : 1));
    },
  });
}
