import type { Skin } from '../draw/light-things.ts';
import type { Scene } from '../light/scene.ts';
import type { Random } from '../random.ts';
import { addFrost, buildTent } from '../things/tents/build-tent.ts';
import { designAnyTent } from '../things/tents/tent-design.ts';
import type { Ground } from '../world/trail.ts';
import { clutter, undergrowth } from './clutter.ts';
import { people } from './people.ts';
import { type Act, layDown, near, type Stage, type Subject } from './stand.ts';

/** One to four tents, often of one party, now and then with their people. */
export const camp: Act = (stage, spot, random) => {
  if (spot.flatness < 0.88) return people(stage, spot, random);
  const count = random.pick([1, 1, 1, 1, 2, 2, 3, 4]);
  const frost = stage.scene.light.sun.altitudeDeg < 15 && random.chance(0.2) ? random.between(0.2, 1) : 0;
  const lit = stage.scene.light.sun.altitudeDeg < 1.5 ? random.pick([0, 0.3, 0.6]) : 0;
  const group = Array.from({ length: count }, (_, index) => {
    const place = index === 0 ? spot : near(spot, random, [3.2, 8]);
    return tentAt(stage, place, random, { frost, isLit: random.chance(lit) });
  }).flat();
  if (random.chance(0.3)) group.push(...clutter(stage, { ...spot, ...near(spot, random, [1.5, 4]) }, random));
  if (random.chance(0.35)) group.push(...people(stage, { ...spot, ...near(spot, random, [1.6, 5]) }, random));
  return group;
};

function tentAt(
  stage: Stage,
  place: Ground,
  random: Random,
  { frost, isLit }: { readonly frost: number; readonly isLit: boolean },
): readonly Subject[] {
  const design = designAnyTent(random);
  const { tent, cords } = buildTent(design);
  const turn = random.between(0, 2 * Math.PI);
  if (frost > 0) addFrost(tent, frost, random);
  const thing = { ...layDown(stage, tent, place, turn), skin: chooseSkin(stage.scene, random, isLit) };
  const around = random.chance(0.45) ? Math.floor(random.between(3, 12)) : 0;
  return [
    ...undergrowth(stage, place, random, around),
    { thing: layDown(stage, cords, place, turn), truth: undefined },
    { thing, truth: { label: 'tent', kind: design.kind } },
  ];
}

/** Dew and rain make cloth shine; a lamp inside is warm or white, dim or bright. */
function chooseSkin({ light }: Scene, random: Random, isLit: boolean): Skin {
  const wet = light.weather.visualRangeM < 8000 || random.chance(0.25);
  const power = 0.002 * 10 ** random.between(-0.3, 0.9);
  const warm = random.between(0.25, 0.9);
  return {
    shine: wet ? random.between(0.2, 0.8) : random.between(0, 0.25),
    lamp: isLit ? [power, power * (0.5 + 0.5 * warm), power * warm * 0.8] : undefined,
  };
}
