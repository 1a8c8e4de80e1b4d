import type { Mesh, Vec } from '../../draw/mesh.ts';
import { addPart, type Cloth, insideOf, nearGround, panelTones, patchOf } from './cloth.ts';

/** Two or more crossing poles, flat or sagging cloth between them, a porch on one side. */
export function addDome(mesh: Mesh, cloth: Cloth): void {
  const { design, random, slack } = cloth;
  const { lengthM, widthM, heightM } = design;
  const legs = design.kind === 'geodesic' ? random.pick([6, 6, 8]) : 4;
  const twist = legs === 4 ? 0.5 : random.pick([0, 0.5]);
  const porch = random.chance(0.6) ? random.between(0.12, 0.4) : 0;
  const steep = random.between(0.7, 1.05);
  const reach = (turn: number): number => {
    const part = (((turn / (2 * Math.PI)) * legs + twist + legs) % 1) - 0.5;
    const flat = Math.cos(Math.PI / legs) / Math.cos((part * 2 * Math.PI) / legs);
    return 1 + (1 - flat) * -(0.55 + 0.5 * slack);
  };
  const point = (row: number, column: number): Vec => {
    const turn = column * 2 * Math.PI;
    const rise = (row * Math.PI) / 2;
    const bulge = reach(turn) ** (0.4 + Math.cos(rise));
    const square = legs === 4 ? 1 / Math.max(Math.abs(Math.cos(turn)), Math.abs(Math.sin(turn))) ** 0.4 : 1;
    const front = 1 + porch * Math.max(0, Math.cos(turn)) ** 4 * (1 - row) ** 1.4;
    const flat = Math.cos(rise) ** steep * bulge * square;
    return [
      (lengthM / 2) * flat * front * Math.cos(turn),
      (widthM / 2) * flat * Math.sin(turn),
      heightM * Math.sin(rise) ** 0.92,
    ];
  };
  const inside = insideOf(random);
  const half = random.between(0.05, 0.1);
  const doors = random.chance(0.5) ? 2 : 1;
  const tone = panelTones(random, legs);
  const top = random.between(0.35, 0.75);
  addPart(mesh, cloth, {
    rows: 15,
    columns: 49,
    inside: [0, 0, heightM * 0.3],
    point,
    loose: (row) => (1 - row) * 1.2 * Math.min(1, row * 4),
    patch: (row, column) => {
      const fromDoor = Math.min(column, 1 - column, doors === 2 ? Math.abs(column - 0.5) : 1);
      const edge = half * Math.sqrt(Math.max(0, 1 - (row / 0.72) ** 2));
      const side = column < 0.5 ? 1 : -1;
      const inDoor = fromDoor < edge;
      if (inDoor && (side > 0 ? fromDoor / edge < 2 * cloth.doorOpen : cloth.doorOpen > 0.5)) return inside;
      if (inDoor && edge - fromDoor < 0.022) return patchOf(cloth, false, cloth.seam);
      const panel = Math.floor(column * legs + twist);
      const second = isSecond(cloth, { row, panel, top, front: fromDoor < 0.14 });
      const onPole = Math.abs(((column * legs + twist) % 1) - 0.5) > 0.44;
      return patchOf(cloth, second, nearGround(row) * (onPole ? cloth.seam : tone(panel)));
    },
  });
}

interface Place {
  readonly row: number;
  readonly panel: number;
  readonly top: number;
  readonly front: boolean;
}

function isSecond({ pattern }: Cloth, { row, panel, top, front }: Place): boolean {
  if (pattern === 'top') return row > top;
  if (pattern === 'foot') return row < 1 - top;
  if (pattern === 'panels') return panel % 2 === 0;
  return pattern === 'end' && front;
}
