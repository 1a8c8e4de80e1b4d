import { buildBoat, buildPaddle } from '../things/boats.ts';
import { buildFigure } from '../things/figure.ts';
import { dress } from '../things/outfit.ts';
import { type Act, float, type Subject } from './stand.ts';

/** Someone in the water, or a boat with or without its paddler. */
export const afloat: Act = (stage, spot, random) =>
  random.chance(0.45) ? bather(stage, spot, random) : boat(stage, spot, random);

const bather: Act = ({ site }, spot, random) => {
  const depthM = -site.terrain.heightM(spot.eastM, spot.northM);
  const posture = depthM < 1.1 && random.chance(0.7) ? 'wading' : 'swimming';
  const outfit = dress(random, false);
  const upM = posture === 'wading' ? Math.max(-0.62 * outfit.heightM, -depthM) : 0;
  const thing = float(buildFigure(outfit, posture, random), spot, upM, random.between(0, 2 * Math.PI));
  return [{ thing, truth: { label: 'person', kind: posture } }];
};

const boat: Act = (_, spot, random) => {
  const turn = random.between(0, 2 * Math.PI);
  const kind = random.pick(['packraft', 'board'] as const);
  const colour = [random.between(0.05, 0.7), random.between(0.05, 0.6), random.between(0.05, 0.5)] as const;
  const hull: Subject = {
    thing: float(buildBoat(kind, colour), spot, 0, turn),
    truth: { label: 'boat', kind },
  };
  if (random.chance(0.3)) return [hull];
  const upright = kind === 'board' && random.chance(0.7);
  const outfit = { ...dress(random, false), pack: undefined };
  const figure = buildFigure(outfit, upright ? 'standing' : 'paddling', random);
  const paddle = buildPaddle(upright ? 1 : 0.62, random.between(-0.5, 0.5));
  return [
    hull,
    { thing: float(paddle, spot, 0.1, turn), truth: undefined },
    { thing: float(figure, spot, upright ? 0.14 : 0.1, turn), truth: { label: 'person', kind: 'paddling' } },
  ];
};
