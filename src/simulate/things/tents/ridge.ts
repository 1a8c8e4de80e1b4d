import { addMesh, addTube, emptyMesh, type Mesh, minus, plus, scale, type Vec } from '../../draw/mesh.ts';
import type { Rgb } from '../../light/light.ts';
import { addPart, type Cloth, insideOf, nearGround, patchOf } from './cloth.ts';

/** Two upright poles and a ridge that hangs between them. */
export function addRidge(mesh: Mesh, cloth: Cloth): void {
  const { design, random } = cloth;
  const { lengthM, widthM, heightM } = design;
  const short = random.between(0.6, 0.95);
  const back = random.between(0.6, 1);
  const hang = random.between(0.1, 0.35);
  const ridge = (share: number): Vec => [
    (share - 0.5) * lengthM * short,
    0,
    heightM * (back + (1 - back) * share - hang * share * (1 - share)),
  ];
  const limit = random.between(0.3, 0.7);
  for (const side of [1, -1] as const) {
    addPart(mesh, cloth, {
      rows: 9,
      columns: 17,
      inside: [0, 0, 0.1],
      point: (row, column) => wallPoint({ top: ridge(column), lengthM, widthM, side, column }, 1 - row),
      loose: (row) => Math.sin(row * Math.PI) * 1.5,
      patch: (row, column) => {
        const second =
          (cloth.pattern === 'top' && row > limit) ||
          (cloth.pattern === 'foot' && row < 0.25) ||
          (cloth.pattern === 'panels' && column > limit);
        const onSeam = row > 0.94 || Math.abs(column - 0.5) < 0.03;
        return patchOf(cloth, second, nearGround(row) * (onSeam ? cloth.seam : 1));
      },
    });
  }
  addEnds(mesh, cloth, [ridge(0), ridge(1)]);
}

/** The triangles at both ends; the door is in the one at +x. */
function addEnds(mesh: Mesh, cloth: Cloth, tops: readonly [Vec, Vec]): void {
  const { lengthM, widthM } = cloth.design;
  const inside = insideOf(cloth.random);
  for (const end of [0, 1] as const) {
    const top = tops[end];
    const x = (end - 0.5) * lengthM;
    const opened = end === 1 ? cloth.doorOpen : 0;
    addPart(mesh, cloth, {
      rows: 7,
      columns: 11,
      inside: [0, 0, 0.3],
      point: (row, column) => {
        const foot: Vec = [x, (column - 0.5) * widthM, 0.01];
        return plus(foot, scale(minus(top, foot), row));
      },
      loose: () => 0.4,
      patch: (row, column) => {
        if (opened > 0 && column > 0.12 && column < 0.12 + 0.76 * opened && row < 0.95) return inside;
        const onZip = Math.abs(column - 0.5) < 0.05;
        return patchOf(cloth, cloth.pattern !== 'plain', nearGround(row) * (onZip ? cloth.seam * 0.9 : 0.96));
      },
    });
  }
}

interface Wall {
  readonly top: Vec;
  readonly lengthM: number;
  readonly widthM: number;
  readonly side: 1 | -1;
  readonly column: number;
}

function wallPoint({ top, lengthM, widthM, side, column }: Wall, down: number): Vec {
  const foot: Vec = [(column - 0.5) * lengthM, (side * widthM) / 2, 0.02];
  const slack = -0.06 * Math.sin(down * Math.PI);
  return [
    top[0] + (foot[0] - top[0]) * down,
    foot[1] * down + side * slack,
    top[2] + (foot[2] - top[2]) * down + slack,
  ];
}

/** A sheet over a line, open at both ends, or with one side up; a mat and a bag under it. */
export function addTarp(mesh: Mesh, cloth: Cloth): void {
  const { design, random } = cloth;
  const { lengthM, widthM, heightM, kind } = design;
  const feet = kind === 'lean-to' ? [1] : [1, -1];
  const lift = random.between(0, 0.35);
  const hang = random.between(0.02, 0.16);
  for (const side of feet) {
    const reach = kind === 'lean-to' ? widthM : widthM / 2;
    const from = kind === 'lean-to' ? -widthM / 2 : 0;
    addPart(mesh, cloth, {
      rows: 11,
      columns: 15,
      inside: [0, kind === 'lean-to' ? -widthM : 0, 0],
      point: (row, column) => [
        (column - 0.5) * lengthM,
        side * (from + reach * (1 - row)),
        lift + (heightM - lift) * row - hang * Math.sin(row * Math.PI) - hang * row * Math.sin(column * Math.PI),
      ],
      loose: () => 1.5,
      patch: (row, column) => {
        const onHem = row < 0.08 || row > 0.94 || column < 0.05 || column > 0.95 || Math.abs(column - 0.5) < 0.03;
        return patchOf(cloth, cloth.pattern === 'panels' && column > 0.5, onHem ? cloth.seam : 1);
      },
    });
  }
  const pole = (x: number, y: number): void => {
    const rod = (up: number) => ({ at: [x, y, up] as Vec, wide: 0.014, deep: 0.014, colour: [0.1, 0.1, 0.1] as Rgb });
    addTube(mesh, [rod(0), rod(heightM)], [1, 0, 0], 4);
  };
  const ridgeY = kind === 'lean-to' ? -widthM / 2 : 0;
  pole(-lengthM / 2, ridgeY);
  pole(lengthM / 2, ridgeY);
  addSleeper(
    mesh,
    random.pick<Rgb>([
      [0.05, 0.1, 0.3],
      [0.4, 0.1, 0.03],
      [0.04, 0.04, 0.05],
      [0.1, 0.2, 0.08],
    ]),
  );
}

/** A sleeping bag on its mat. */
function addSleeper(mesh: Mesh, colour: Rgb): void {
  const bag = emptyMesh();
  const section = (x: number, wide: number) => ({ at: [x, 0, 0.12] as Vec, wide, deep: wide * 0.4, colour });
  addTube(bag, [section(-0.9, 0.2), section(-0.3, 0.34), section(0.5, 0.38), section(0.9, 0.25)], [0, 1, 0], 10);
  addMesh(mesh, bag);
}
