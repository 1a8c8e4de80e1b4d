import type { Mesh, Vec } from '../../draw/mesh.ts';
import { addPart, type Cloth, insideOf, nearGround, panelTones, patchOf } from './cloth.ts';

/** Hoops along its length, lower at the back: tunnels, high-walled cabins, low bivy bags. */
export function addTunnel(mesh: Mesh, cloth: Cloth): void {
  const { design, random } = cloth;
  const { kind, lengthM, widthM, heightM } = design;
  const hoops = kind === 'bivy' ? 1 : random.pick([2, 3, 3, 4]);
  const boxy = kind === 'cabin' ? random.between(0.35, 0.55) : random.between(0.7, 1);
  const low =
    kind === 'cabin' ? random.between(0.85, 1) : kind === 'bivy' ? random.between(0.3, 0.5) : random.between(0.55, 1);
  const ends = [random.between(3.5, 9), random.between(3.5, 9)] as const;
  const sagM = kind === 'cabin' ? 0.02 : random.between(0.02, 0.09);
  const ramp = random.between(1, 2);
  const point = (row: number, column: number): Vec => {
    const back = low + (1 - low) * Math.sin(Math.min(1, row * ramp) * (Math.PI / 2));
    const end = Math.min(1, row * ends[0], (1 - row) * ends[1]) ** 0.55;
    const sag = 1 - sagM * Math.abs(Math.sin(row * hoops * Math.PI));
    const size = back * sag * (0.03 + 0.97 * end);
    const arch = column * Math.PI;
    const across = -Math.sign(Math.cos(arch)) * Math.abs(Math.cos(arch)) ** boxy;
    return [
      (row - 0.5) * lengthM,
      (widthM / 2) * across * (0.3 + 0.7 * size) * (kind === 'bivy' ? 0.6 + 0.4 * row : 1),
      heightM * Math.sin(arch) ** (boxy * 0.85) * size,
    ];
  };
  const inside = insideOf(random);
  const panel = panelTones(random, hoops + 1);
  const doorEnd = 1 - 0.9 / ends[1];
  const sideDoor = random.chance(0.4) && kind !== 'bivy';
  const doorAt = random.between(0.55, 0.75);
  const limit = random.between(0.55, 0.75);
  addPart(mesh, cloth, {
    rows: 33,
    columns: 21,
    inside: [0, 0, heightM * 0.2],
    point,
    loose: (_, column) => Math.sin(column * Math.PI),
    patch: (row, column) => {
      const up = Math.sin(column * Math.PI);
      const across = Math.abs(column - 0.5) * 2;
      if (cloth.doorOpen > 0) {
        if (sideDoor && Math.abs(row - doorAt) < 0.1 * cloth.doorOpen && column < 0.34) return inside;
        if (!sideDoor && row > doorEnd && across < 0.75 && column < 0.15 + 0.75 * cloth.doorOpen) return inside;
      }
      const onHoop = Math.abs(((row * hoops + 0.5) % 1) - 0.5) < 0.028 * hoops;
      const tone = nearGround(up) * (onHoop ? cloth.seam : panel(Math.floor(row * hoops + 0.5)));
      return patchOf(cloth, isSecond(cloth, { row, up, hoops, limit }), tone);
    },
  });
}

interface Place {
  readonly row: number;
  readonly up: number;
  readonly hoops: number;
  readonly limit: number;
}

function isSecond({ pattern }: Cloth, { row, up, hoops, limit }: Place): boolean {
  if (pattern === 'end') return row > limit;
  if (pattern === 'top') return up > limit + 0.2;
  if (pattern === 'foot') return up < 1 - limit;
  return pattern === 'panels' && Math.floor(row * hoops) % 2 === 0;
}
