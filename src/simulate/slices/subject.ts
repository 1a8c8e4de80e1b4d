import { seen, type View } from '../draw/view.ts';
import type { Random } from '../random.ts';
import type { Ground } from '../world/trail.ts';
import { afloat, beached } from './afloat.ts';
import { camp } from './camp.ts';
import { clutter, trees } from './clutter.ts';
import { herd } from './herd.ts';
import { people } from './people.ts';
import type { Act, Spot, Stage, Subject } from './stand.ts';

const mostSubjects = 12;
const acts = [
  camp,
  camp,
  camp,
  camp,
  people,
  people,
  herd,
  clutter,
  clutter,
  clutter,
  beached,
] as const satisfies readonly Act[];
/** Size of a thing of 1.5 m that is worth drawing, px. */
const sizesPx = [5, 150] as const;

/** Chooses what is to be seen in a slice: groups of tents, people, boats, animals and what is none of them; now and then nobody. */
export function chooseSubjects(stage: Stage, random: Random): readonly Subject[] {
  const subjects: Subject[] = [];
  if (random.chance(0.08)) return subjects;
  const wooded = random.chance(0.25) ? chooseSpot(stage.view, random) : undefined;
  if (wooded && !wooded.isWater)
    subjects.push(...trees(stage, wooded, random).filter(({ thing }) => isDry(stage, thing.stand)));
  const wanted = random.between(1, mostSubjects);
  for (let tries = 0; tries < 14 && countTrue(subjects) < wanted; tries++) {
    const spot = chooseSpot(stage.view, random);
    if (!spot) continue;
    const act = spot.isWater ? afloat : random.pick(acts);
    const group = act(stage, spot, random).filter(({ thing }) => thing.inWater || isDry(stage, thing.stand));
    if (countTrue([...subjects, ...group]) <= mostSubjects) subjects.push(...group);
  }
  return subjects;
}

/** Those who are put beside others may come to stand in the lake. */
function isDry({ footing }: Stage, { eastM, northM }: Ground): boolean {
  return footing.offshoreM(eastM, northM) > 0.2;
}

function countTrue(subjects: readonly Subject[]): number {
  return subjects.filter(({ truth }) => truth !== undefined).length;
}

/** The ground behind a random pixel, when a thing there would be of a size to see. */
function chooseSpot(view: View, random: Random): Spot | undefined {
  const x = Math.floor(random.between(0.03, 0.97) * view.widthPx);
  const y = Math.floor(random.between(0.06, 0.99) * view.heightPx);
  const at = y * view.widthPx + x;
  const kind = view.kind[at];
  if (kind !== seen.ground && kind !== seen.water) return undefined;
  const r = view.range[at] as number;
  const px = (1.5 * view.camera.lens.focalPx) / r;
  if (px < sizesPx[0] || px > sizesPx[1]) return undefined;
  const { eastM, northM } = view.camera.pose.position;
  return {
    eastM: eastM + r * (view.direction[at * 3] as number),
    northM: northM + r * (view.direction[at * 3 + 1] as number),
    isWater: kind === seen.water,
    flatness: view.normal[at * 3 + 2] as number,
  };
}
