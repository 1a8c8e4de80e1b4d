import { buildFigure } from '../things/figure.ts';
import { dress } from '../things/outfit.ts';
import type { Posture } from '../things/pose.ts';
import { buildTowel } from '../things/towel.ts';
import { type Act, near, type Subject, standUp } from './stand.ts';

/** One to four people who walk, stand, sit or lie. */
export const people: Act = (stage, spot, random) =>
  Array.from({ length: random.pick([1, 1, 2, 2, 3, 4]) }, (_, index): readonly Subject[] => {
    const posture = random.pick<Posture>(['walking', 'standing', 'standing', 'sitting', 'sitting', 'lying']);
    const place = index === 0 ? spot : near(spot, random, [0.7, 2.5]);
    const figure = buildFigure(dress(random, random.chance(0.4)), posture, random);
    const thing = standUp(stage, figure, place, random.between(0, 2 * Math.PI));
    const person: Subject = { thing, truth: { label: 'person', kind: posture } };
    if (posture !== 'lying' || random.chance(0.4)) return [person];
    const towel = { ...thing, mesh: buildTowel(dress(random, false).swim) };
    return [{ thing: towel, truth: undefined }, person];
  }).flat();
