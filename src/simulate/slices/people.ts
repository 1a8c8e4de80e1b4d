import { buildClutter } from '../things/clutter/build-clutter.ts';
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
    if (posture === 'standing' && random.chance(0.12)) {
      const umbrella = buildClutter('umbrella', random);
      for (let i = 2; i < umbrella.positions.length; i += 3)
        umbrella.positions[i] = (umbrella.positions[i] as number) + 1.5;
      return [person, { thing: { ...thing, mesh: umbrella }, truth: undefined }];
    }
    if (posture !== 'lying' || random.chance(0.4)) return [person];
    const towel = { ...thing, mesh: buildTowel(dress(random, false).swim) };
    return [{ thing: towel, truth: undefined }, person];
  }).flat();
