import { animalKinds, animalPostures, buildAnimal } from '../things/animals.ts';
import { type Act, near, type Subject, standUp } from './stand.ts';

/** One animal or several of one kind. */
export const herd: Act = (stage, spot, random) => {
  const kind = random.pick([...animalKinds, 'sheep', 'sheep', 'cow'] as const);
  const most = kind === 'sheep' || kind === 'cow' || kind === 'goat' ? 5 : 1.99;
  return Array.from({ length: Math.floor(random.between(1, most)) }, (_, index): Subject => {
    const place = index === 0 ? spot : near(spot, random, [1.2, 8]);
    const mesh = buildAnimal(kind, random.pick(animalPostures), random);
    return {
      thing: standUp(stage, mesh, place, random.between(0, 2 * Math.PI)),
      truth: { label: 'animal', kind },
    };
  });
};
