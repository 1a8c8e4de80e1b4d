import {
  addEllipsoid,
  addTube,
  cross,
  emptyMesh,
  type Mesh,
  minus,
  plus,
  type Section,
  scale,
  unit,
  type Vec,
} from '../draw/mesh.ts';
import type { Rgb } from '../light/light.ts';
import type { Random } from '../random.ts';
import type { Outfit } from './outfit.ts';
import { type Limb, type Posture, pose, type Skeleton } from './pose.ts';

/** Builds a person in a posture, feet on the ground at the origin, facing +x. */
export function buildFigure(outfit: Outfit, posture: Posture, random: Random): Mesh {
  const bathes = posture === 'swimming' || posture === 'wading' || (posture === 'lying' && random.chance(0.5));
  const worn = bathes ? undress(outfit) : outfit;
  const skeleton = enlarge(pose(posture, random), outfit.heightM);
  const mesh = emptyMesh();
  addLegs(mesh, skeleton, worn, bathes);
  addTorso(mesh, skeleton, worn, random);
  addArms(mesh, skeleton, worn);
  addHead(mesh, skeleton, worn);
  if (!bathes && (posture === 'walking' || (posture === 'standing' && random.chance(0.4)))) {
    if (worn.pack) addPack(mesh, skeleton, worn, worn.pack);
    if (worn.poles && posture === 'walking') addPoles(mesh, skeleton);
  }
  wrinkle(mesh, random);
  return mesh;
}

/** Uneven tones, as cloth and skin have. */
function wrinkle({ colours }: Mesh, random: Random): void {
  for (let i = 0; i < colours.length; i += 3) {
    const tone = random.between(0.8, 1.16);
    for (let c = 0; c < 3; c++) colours[i + c] = (colours[i + c] as number) * tone;
  }
}

function undress(outfit: Outfit): Outfit {
  const top = outfit.swimTop ? outfit.swim : outfit.skin;
  return { ...outfit, top, sleeves: 'short', bottom: outfit.swim, legs: 'short', shoes: outfit.skin, hat: undefined };
}

function enlarge(skeleton: Skeleton, by: number): Skeleton {
  const limb = ({ root, joint, end }: Limb): Limb => ({
    root: scale(root, by),
    joint: scale(joint, by),
    end: scale(end, by),
  });
  return {
    ...skeleton,
    pelvis: scale(skeleton.pelvis, by),
    head: scale(skeleton.head, by),
    legs: [limb(skeleton.legs[0]), limb(skeleton.legs[1])],
    arms: [limb(skeleton.arms[0]), limb(skeleton.arms[1])],
  };
}

const left: Vec = [0, 1, 0];

function addTorso(mesh: Mesh, { pelvis, spine, front }: Skeleton, outfit: Outfit, random: Random): void {
  const size = outfit.heightM;
  const broad = size * outfit.build;
  const fold = (): Rgb => shaded(outfit.top, random.between(0.88, 1.1));
  const section = (up: number, wide: number, deep: number, colour: Rgb): Section => ({
    at: plus(pelvis, plus(scale(spine, up * size), scale(front, deep * 0.06 * size))),
    wide: wide * broad,
    deep: deep * broad,
    colour,
  });
  addTube(
    mesh,
    [
      section(-0.035, 0.098, 0.076, outfit.bottom),
      section(0.035, 0.103, 0.078, outfit.bottom),
      section(0.04, 0.106, 0.08, fold()),
      section(0.11, 0.098, 0.076, fold()),
      section(0.19, 0.108, 0.08, fold()),
      section(0.25, 0.116, 0.074, fold()),
      section(0.285, 0.085, 0.052, fold()),
      section(0.3, 0.042, 0.04, outfit.skin),
      section(0.335, 0.034, 0.036, outfit.skin),
    ],
    left,
    12,
  );
}

/** Round sections of limbs; radii are shares of a girth that grows with height and build. */
function limbSections({ heightM, build }: Outfit): (at: Vec, radius: number, colour: Rgb) => Section {
  const girth = heightM * (0.6 + 0.4 * build);
  return (at, radius, colour) => ({ at, wide: radius * girth, deep: radius * girth, colour });
}

function addLegs(mesh: Mesh, { legs }: Skeleton, outfit: Outfit, barefoot: boolean): void {
  const round = limbSections(outfit);
  for (const { root, joint, end } of legs) {
    const isLong = outfit.legs === 'long';
    const lower = isLong ? outfit.bottom : outfit.skin;
    const hem = plus(root, scale(minus(joint, root), 0.62));
    addTube(
      mesh,
      [
        round(root, 0.06, outfit.bottom),
        round(hem, 0.055, outfit.bottom),
        round(plus(hem, scale(minus(joint, root), 0.03)), isLong ? 0.05 : 0.044, lower),
        round(joint, isLong ? 0.043 : 0.037, lower),
      ],
      left,
    );
    const calf = plus(joint, scale(minus(end, joint), 0.35));
    addTube(
      mesh,
      [
        round(joint, isLong ? 0.042 : 0.035, lower),
        round(calf, isLong ? 0.041 : 0.037, lower),
        round(end, isLong ? 0.034 : 0.024, lower),
      ],
      left,
    );
    addShoe(mesh, { joint, end }, outfit, barefoot);
  }
}

function addShoe(mesh: Mesh, { joint, end }: Omit<Limb, 'root'>, outfit: Outfit, barefoot: boolean): void {
  const size = outfit.heightM;
  const toe = unit([Math.max(0.2, joint[0] - end[0] + 0.5), 0, -0.05]);
  const sole: Vec = [0, 0, -0.012 * size];
  const shoe = (at: Vec, wide: number, deep: number): Section => ({
    at,
    wide: wide * size,
    deep: deep * size,
    colour: outfit.shoes,
  });
  const heel = plus(plus(end, sole), scale(toe, -0.025 * size));
  const tip = plus(plus(end, sole), scale(toe, (barefoot ? 0.085 : 0.1) * size));
  addTube(
    mesh,
    [shoe(heel, 0.024, 0.03), shoe(plus(heel, scale(toe, 0.05 * size)), 0.026, 0.028), shoe(tip, 0.026, 0.016)],
    left,
    7,
  );
}

function addArms(mesh: Mesh, { arms }: Skeleton, outfit: Outfit): void {
  const round = limbSections(outfit);
  for (const { root, joint, end } of arms) {
    const isLong = outfit.sleeves === 'long';
    const lower = isLong ? outfit.top : outfit.skin;
    const hem = plus(root, scale(minus(joint, root), 0.7));
    addTube(
      mesh,
      [
        round(root, 0.039, outfit.top),
        round(hem, 0.036, outfit.top),
        round(plus(hem, scale(minus(joint, root), 0.03)), isLong ? 0.033 : 0.027, lower),
        round(joint, isLong ? 0.031 : 0.025, lower),
      ],
      [1, 0, 0],
      7,
    );
    const hand = plus(end, scale(unit(minus(end, joint)), 0.03 * outfit.heightM));
    addTube(
      mesh,
      [
        round(joint, isLong ? 0.031 : 0.025, lower),
        round(end, isLong ? 0.026 : 0.019, lower),
        round(plus(end, scale(minus(hand, end), 0.2)), 0.021, outfit.skin),
        round(hand, 0.024, outfit.skin),
      ],
      [1, 0, 0],
      7,
    );
  }
}

function addHead(mesh: Mesh, { head, front }: Skeleton, outfit: Outfit): void {
  const size = outfit.heightM;
  const turned = unit([Math.max(0.3, front[0]), 0, 0]);
  addEllipsoid(mesh, head, [0.057 * size, 0.047 * size, 0.07 * size], (on) =>
    on[2] > 0.45 || on[0] * turned[0] < -0.1 - 0.25 * Math.min(0, on[2]) ? outfit.hair : outfit.skin,
  );
  if (outfit.longHair) {
    const back = plus(head, [-0.025 * size, 0, -0.04 * size]);
    addEllipsoid(mesh, back, [0.035 * size, 0.045 * size, 0.07 * size], () => outfit.hair);
  }
  if (!outfit.hat) return;
  const hat = outfit.hat;
  addEllipsoid(mesh, plus(head, [0, 0, 0.035 * size]), [0.06 * size, 0.05 * size, 0.045 * size], () => hat);
  addEllipsoid(mesh, plus(head, [0.02 * size, 0, 0.03 * size]), [0.085 * size, 0.06 * size, 0.008 * size], () => hat);
}

function addPack(mesh: Mesh, { pelvis, spine, front }: Skeleton, outfit: Outfit, colour: Rgb): void {
  const size = outfit.heightM;
  const bulk = outfit.packSize;
  const at = (up: number, back: number): Vec => plus(pelvis, plus(scale(spine, up * size), scale(front, -back * size)));
  const section = (up: number, wide: number, deep: number): Section => ({
    at: at(up, 0.085 + deep * bulk * 0.6),
    wide: wide * size * Math.sqrt(bulk),
    deep: deep * size * bulk,
    colour: shaded(colour, up > 0.25 ? 0.7 : 1),
  });
  const top = 0.2 + 0.11 * bulk;
  addTube(
    mesh,
    [
      section(0.03, 0.075, 0.05),
      section(0.12, 0.088, 0.062),
      section(top - 0.05, 0.082, 0.055),
      section(top, 0.07, 0.045),
    ],
    left,
    10,
  );
  if (bulk < 1.15) return;
  const roll = (side: number): Section => ({
    at: plus(at(0.0, 0.15), [0, side * 0.13 * size, 0]),
    wide: 0.035 * size,
    deep: 0.035 * size,
    colour: [0.1, 0.12, 0.14],
  });
  addTube(mesh, [roll(-1), roll(1)], spine, 8);
}

function addPoles(mesh: Mesh, { arms }: Skeleton): void {
  for (const { end } of arms) {
    const tip: Vec = [end[0] - 0.12, end[1] * 1.15, 0];
    const rod = (at: Vec): Section => ({ at, wide: 0.009, deep: 0.009, colour: [0.08, 0.08, 0.09] });
    addTube(mesh, [rod(plus(end, [0.03, 0, 0.06])), rod(tip)], unit(cross(left, minus(end, tip))), 4);
  }
}

function shaded(colour: Rgb, by: number): Rgb {
  return [colour[0] * by, colour[1] * by, colour[2] * by];
}
