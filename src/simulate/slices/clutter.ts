import type { Random } from '../random.ts';
import { buildClutter, clutterKinds } from '../things/clutter/build-clutter.ts';
import { buildTuft } from '../things/clutter/natural.ts';
import type { Ground } from '../world/trail.ts';
import { type Act, layDown, near, type Stage, type Subject } from './stand.ts';

/** One thing that is nothing, now and then two or three. */
export const clutter: Act = (stage, spot, random) =>
  Array.from({ length: random.pick([1, 1, 1, 2, 3]) }, (_, index): Subject => {
    const place = index === 0 ? spot : near(spot, random, [1.5, 6]);
    const kind = random.pick([...clutterKinds, 'boulder', 'boulder', 'pointed rock', 'covered heap'] as const);
    const thing = layDown(stage, buildClutter(kind, random), place, random.between(0, 2 * Math.PI));
    return { thing, truth: { label: 'nothing', kind } };
  });

/** Grass and stones around a place, which hide the foot of what stands there. */
export function undergrowth(stage: Stage, place: Ground, random: Random, count: number): readonly Subject[] {
  return Array.from({ length: count }, (): Subject => {
    const mesh = random.chance(0.8) ? buildTuft(random) : buildClutter('boulder', random);
    const by = random.chance(0.8) ? 1 : 0.35;
    const at = near(place, random, [0.9 * by + 0.4, 2.4]);
    return { thing: layDown(stage, mesh, at, random.between(0, 2 * Math.PI)), truth: undefined };
  });
}

/** A stand of conifers behind or around a place, of no account. */
export function trees(stage: Stage, place: Ground, random: Random): readonly Subject[] {
  return Array.from({ length: Math.floor(random.between(2, 9)) }, (): Subject => {
    const at = near(place, random, [2, 22]);
    return { thing: layDown(stage, buildClutter('pine', random), at, 0), truth: undefined };
  });
}
