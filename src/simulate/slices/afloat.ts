import { anyBoatKinds, buildBoat, buildPaddle, chooseHullColour, overturn } from '../things/boats.ts';
import { buildFigure } from '../things/figure.ts';
import { dress } from '../things/outfit.ts';
import { type Act, float, layDown, near, type Subject } from './stand.ts';

/** Someone in the water, or a boat with or without its paddler. */
export const afloat: Act = (stage, spot, random) =>
  random.chance(0.45) ? bather(stage, spot, random) : boat(stage, spot, random);

const bather: Act = ({ footing }, spot, random) => {
  const depthM = footing.depthM(spot.eastM, spot.northM);
  const posture = depthM < 1.1 && random.chance(0.7) ? 'wading' : 'swimming';
  const outfit = dress(random, false);
  const upM = posture === 'wading' ? Math.max(-0.62 * outfit.heightM, -depthM) : 0;
  const thing = float(buildFigure(outfit, posture, random), spot, upM, random.between(0, 2 * Math.PI));
  return [{ thing, truth: { label: 'person', kind: posture } }];
};

const boat: Act = (_, spot, random) => {
  const turn = random.between(0, 2 * Math.PI);
  const kind = random.pick(anyBoatKinds);
  const hull: Subject = {
    thing: float(buildBoat(kind, chooseHullColour(random)), spot, 0, turn),
    truth: { label: 'boat', kind },
  };
  if (random.chance(0.3)) return [hull];
  const upright = kind === 'board' && random.chance(0.7);
  const outfit = { ...dress(random, false), pack: undefined };
  const figure = buildFigure(outfit, upright ? 'standing' : 'paddling', random);
  const paddle = buildPaddle(upright ? 1 : 0.62, random.between(-0.5, 0.5));
  const upM = { packraft: 0.1, board: 0.14, kayak: 0.12, canoe: 0.2, 'rowing boat': 0.35, dinghy: 0.1 }[kind];
  return [
    hull,
    { thing: float(paddle, spot, 0.1, turn), truth: undefined },
    { thing: float(figure, spot, upM, turn), truth: { label: 'person', kind: 'paddling' } },
  ];
};

/** One to three boats on the shore, upright or turned over. */
export const beached: Act = (stage, spot, random) => {
  const kind = random.pick(anyBoatKinds);
  return Array.from({ length: random.pick([1, 1, 2, 3]) }, (_, index): Subject => {
    const mesh = buildBoat(kind, chooseHullColour(random));
    if (random.chance(0.45)) overturn(mesh);
    const place = index === 0 ? spot : near(spot, random, [1, 3]);
    const thing = layDown(stage, mesh, place, random.between(0, 2 * Math.PI));
    return { thing, truth: { label: 'boat', kind } };
  });
};
