import { plus, scale, unit, type Vec } from '../draw/mesh.ts';
import type { Random } from '../random.ts';

export type Posture = 'walking' | 'standing' | 'sitting' | 'lying' | 'wading' | 'swimming' | 'paddling';

/** Joints of a person of height 1 in their own frame: x forward, y left, z up, the ground under them at 0. */
export interface Skeleton {
  readonly pelvis: Vec;
  /** Unit direction from pelvis to neck. */
  readonly spine: Vec;
  /** Unit direction that the chest faces. */
  readonly front: Vec;
  readonly head: Vec;
  /** Left and right. */
  readonly legs: readonly [Limb, Limb];
  readonly arms: readonly [Limb, Limb];
}

/** Hip, knee, ankle; or shoulder, elbow, wrist. */
export interface Limb {
  readonly root: Vec;
  readonly joint: Vec;
  readonly end: Vec;
}

/** Angles of a limb, radians: 0 hangs down, positive swings forward; splay leads outwards. */
interface Swing {
  readonly upper: number;
  readonly lower: number;
  readonly splay: number;
}

interface Stance {
  readonly pelvisUp: number;
  /** Of the spine: 0 upright, positive leans forward. */
  readonly lean: number;
  readonly legs: readonly [Swing, Swing];
  readonly arms: readonly [Swing, Swing];
}

/** Lengths of the body over its height. Source: Drillis and Contini 1966, segment lengths. */
const part = {
  thigh: 0.245,
  shank: 0.246,
  upperArm: 0.186,
  forearm: 0.16,
  spine: 0.288,
  neckToHead: 0.115,
  hip: 0.062,
  shoulder: 0.118,
};

/** The joints of a posture, each time a little different. */
export function pose(posture: Posture, random: Random): Skeleton {
  const stance = stances[posture](random);
  const spine: Vec = unit([Math.sin(stance.lean), 0, Math.cos(stance.lean)]);
  const front: Vec = unit([Math.cos(stance.lean), 0, -Math.sin(stance.lean)]);
  const pelvis: Vec = [0, 0, stance.pelvisUp];
  const neck = plus(pelvis, scale(spine, part.spine));
  const nod = stance.lean * 0.35 + random.between(-0.1, 0.15);
  const head = plus(neck, scale(unit([Math.sin(nod), random.between(-0.06, 0.06), Math.cos(nod)]), part.neckToHead));
  const leg = (side: 1 | -1, swing: Swing): Limb =>
    limb(plus(pelvis, [0, side * part.hip, 0]), side, swing, [part.thigh, part.shank]);
  const arm = (side: 1 | -1, swing: Swing): Limb =>
    limb(plus(neck, plus(scale(spine, -0.025), [0, side * part.shoulder, 0])), side, swing, [
      part.upperArm,
      part.forearm,
    ]);
  return {
    pelvis,
    spine,
    front,
    head,
    legs: [leg(1, stance.legs[0]), leg(-1, stance.legs[1])],
    arms: [arm(1, stance.arms[0]), arm(-1, stance.arms[1])],
  };
}

function limb(root: Vec, side: 1 | -1, swing: Swing, [upper, lower]: readonly [number, number]): Limb {
  const along = (angle: number): Vec => [
    Math.sin(angle) * Math.cos(swing.splay),
    side * Math.sin(swing.splay),
    -Math.cos(angle) * Math.cos(swing.splay),
  ];
  const joint = plus(root, scale(along(swing.upper), upper));
  return { root, joint, end: plus(joint, scale(along(swing.lower), lower)) };
}

const stances: Readonly<Record<Posture, (random: Random) => Stance>> = {
  walking: (random) => {
    const stride = random.between(0.25, 0.5) * (random.chance(0.5) ? 1 : -1);
    const leg = (swing: number): Swing => ({
      upper: swing,
      lower: swing < 0 ? swing - 0.45 : swing - 0.08,
      splay: 0.03,
    });
    const arm = (swing: number): Swing => ({ upper: swing, lower: swing + random.between(0.3, 0.9), splay: 0.13 });
    const lean = random.between(0.03, 0.16);
    return { pelvisUp: 0.515, lean, legs: [leg(stride), leg(-stride)], arms: [arm(-stride * 0.9), arm(stride * 0.9)] };
  },
  standing: (random) => {
    const arms = random.pick([hang, onHips, camera, hang])(random);
    const shift = random.between(-0.06, 0.06);
    const leg = (swing: number): Swing => ({ upper: swing, lower: swing - 0.03, splay: random.between(0.03, 0.14) });
    return { pelvisUp: 0.525, lean: random.between(-0.04, 0.08), legs: [leg(shift), leg(-shift)], arms };
  },
  sitting: (random) => {
    const kneesUp = random.chance(0.6);
    const thigh = kneesUp ? random.between(2.0, 2.3) : random.between(1.5, 1.65);
    const shank = kneesUp ? random.between(0.35, 0.75) : random.between(1.4, 1.6);
    const leg = (): Swing => ({
      upper: thigh + random.between(-0.12, 0.12),
      lower: shank + random.between(-0.1, 0.1),
      splay: random.between(0.05, 0.3),
    });
    const back = random.chance(0.4);
    const arm = (): Swing =>
      back
        ? { upper: random.between(-0.75, -0.45), lower: random.between(-0.3, 0), splay: 0.2 }
        : { upper: random.between(0.5, 0.9), lower: random.between(1.2, 1.7), splay: 0.05 };
    return {
      pelvisUp: 0.085,
      lean: back ? random.between(-0.45, -0.25) : random.between(0.02, 0.35),
      legs: [leg(), leg()],
      arms: [arm(), arm()],
    };
  },
  lying: (random) => {
    const propped = random.chance(0.35);
    const lean = propped ? -0.85 : -1.5;
    const bent = random.chance(0.4);
    const straight: Swing = { upper: 1.55, lower: 1.52, splay: random.between(0.03, 0.18) };
    const raised: Swing = { upper: 2.25, lower: 0.55, splay: random.between(0.02, 0.15) };
    const arm = (): Swing =>
      propped
        ? { upper: -0.5, lower: 1.2, splay: 0.2 }
        : { upper: random.between(1.35, 1.5), lower: 1.5, splay: random.between(0.15, 0.5) };
    return { pelvisUp: 0.065, lean, legs: [bent ? raised : straight, straight], arms: [arm(), arm()] };
  },
  wading: (random) => {
    const reach = random.pick([hang, balance, onHips])(random);
    const leg = (): Swing => ({ upper: random.between(-0.1, 0.2), lower: random.between(-0.2, 0), splay: 0.1 });
    return { pelvisUp: 0.52, lean: random.between(0, 0.2), legs: [leg(), leg()], arms: reach };
  },
  swimming: (random) => {
    const crawl = random.chance(0.5);
    const leg = (): Swing => ({ upper: random.between(-1.3, -0.9), lower: -1.4, splay: 0.1 });
    const arms: Stance['arms'] = crawl
      ? [
          { upper: random.between(2.1, 2.7), lower: random.between(1.4, 1.9), splay: 0.3 },
          { upper: 0.4, lower: 0.2, splay: 0.2 },
        ]
      : [
          { upper: 1.3, lower: 1.5, splay: 0.5 },
          { upper: 1.3, lower: 1.5, splay: 0.5 },
        ];
    return { pelvisUp: -0.2, lean: random.between(0.5, 0.9), legs: [leg(), leg()], arms };
  },
  paddling: (random) => {
    const leg: Swing = { upper: 1.75, lower: 1.3, splay: 0.12 };
    const arm = (): Swing => ({ upper: random.between(0.7, 1.2), lower: random.between(1.4, 2), splay: 0.25 });
    return { pelvisUp: 0.1, lean: random.between(-0.1, 0.2), legs: [leg, leg], arms: [arm(), arm()] };
  },
};

function hang(random: Random): Stance['arms'] {
  const arm = (): Swing => ({
    upper: random.between(-0.12, 0.12),
    lower: random.between(0, 0.35),
    splay: random.between(0.1, 0.2),
  });
  return [arm(), arm()];
}

function onHips(): Stance['arms'] {
  const arm: Swing = { upper: -0.35, lower: 0.45, splay: 0.42 };
  return [arm, arm];
}

/** Holds a camera or binoculars before the face. */
function camera(random: Random): Stance['arms'] {
  const arm = (): Swing => ({ upper: random.between(0.7, 1), lower: random.between(2.3, 2.6), splay: 0.05 });
  return [arm(), arm()];
}

function balance(random: Random): Stance['arms'] {
  const arm = (): Swing => ({
    upper: random.between(-0.2, 0.5),
    lower: random.between(0.2, 0.9),
    splay: random.between(0.5, 1),
  });
  return [arm(), arm()];
}
