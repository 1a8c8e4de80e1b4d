import type { Thing } from '../draw/thing.ts';
import { seen, type View } from '../draw/view.ts';
import type { Random } from '../random.ts';
import { buildFigure } from '../things/figure.ts';
import { dress } from '../things/outfit.ts';
import type { Posture } from '../things/pose.ts';
import { buildBoat, buildPaddle, buildTent, buildTowel, designTent } from '../things/shelter.ts';
import type { Site } from '../world/site.ts';
import type { Ground } from '../world/trail.ts';

/** In the order of their ids in the file, from 1. `nothing` is what one could take for one of the others. */
export const sliceLabels = ['person', 'tent', 'boat', 'animal', 'nothing'] as const;
export type SliceLabel = (typeof sliceLabels)[number];

/** A thing in a slice and what it is; undefined: scenery that nobody would take for anything. */
export interface Subject {
  readonly thing: Thing;
  readonly truth: { readonly label: SliceLabel; readonly kind: string } | undefined;
}

/** Where subjects may stand. */
export interface Stage {
  readonly site: Site;
  readonly view: View;
}

const mostSubjects = 12;
/** Size of a thing of 1.5 m that is worth drawing, px. */
const sizesPx = [5, 150] as const;

/** Chooses what is to be seen in a slice: groups of tents, people, boats, animals and what is none of them; now and then nobody. */
export function chooseSubjects(stage: Stage, random: Random): readonly Subject[] {
  const subjects: Subject[] = [];
  if (random.chance(0.08)) return subjects;
  const wanted = random.between(1, mostSubjects);
  for (let tries = 0; tries < 14 && subjects.length < wanted; tries++) {
    const spot = chooseSpot(stage.view, random);
    if (!spot) continue;
    const group = spot.isWater ? afloat(stage, spot, random) : ashore(stage, spot, random);
    subjects.push(...group.slice(0, mostSubjects - subjects.length));
  }
  return subjects;
}

interface Spot extends Ground {
  readonly isWater: boolean;
  readonly flatness: number;
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

type Act = (stage: Stage, spot: Spot, random: Random) => readonly Subject[];

function ashore(stage: Stage, spot: Spot, random: Random): readonly Subject[] {
  return random.pick<Act>([tents, tents, tents, people, people])(stage, spot, random);
}

function afloat({ site }: Stage, spot: Spot, random: Random): readonly Subject[] {
  const turn = random.between(0, 2 * Math.PI);
  const water = (mesh: Thing['mesh'], upM: number): Thing => ({ mesh, stand: { ...spot, upM, turn }, inWater: true });
  if (random.chance(0.45)) {
    const depthM = -site.terrain.heightM(spot.eastM, spot.northM);
    const posture = depthM < 1.1 && random.chance(0.7) ? 'wading' : 'swimming';
    const outfit = dress(random, false);
    const upM = posture === 'wading' ? Math.max(-0.62 * outfit.heightM, -depthM) : 0;
    return [{ thing: water(buildFigure(outfit, posture, random), upM), truth: { label: 'person', kind: posture } }];
  }
  const kind = random.pick(['packraft', 'board'] as const);
  const boat: Subject = {
    thing: water(buildBoat(kind, [random.between(0.05, 0.7), random.between(0.05, 0.6), random.between(0.05, 0.5)]), 0),
    truth: { label: 'boat', kind },
  };
  if (random.chance(0.3)) return [boat];
  const upright = kind === 'board' && random.chance(0.7);
  const outfit = { ...dress(random, false), pack: undefined };
  const figure = buildFigure(outfit, upright ? 'standing' : 'paddling', random);
  return [
    boat,
    { thing: water(buildPaddle(upright ? 1 : 0.62, random.between(-0.5, 0.5)), 0.1), truth: undefined },
    { thing: water(figure, upright ? 0.14 : 0.1), truth: { label: 'person', kind: 'paddling' } },
  ];
}

function tents(stage: Stage, spot: Spot, random: Random): readonly Subject[] {
  if (spot.flatness < 0.9) return people(stage, spot, random);
  const count = random.pick([1, 1, 1, 2, 2, 3]);
  const group: Subject[] = Array.from({ length: count }, (_, index) => {
    const design = designTent(random);
    const place = index === 0 ? spot : near(spot, random, 3.2, 7);
    return { thing: stand(stage, buildTent(design), place, random), truth: { label: 'tent', kind: design.kind } };
  });
  if (random.chance(0.4)) group.push(...people(stage, { ...spot, ...near(spot, random, 1.6, 5) }, random));
  return group;
}

function people(stage: Stage, spot: Spot, random: Random): readonly Subject[] {
  return Array.from({ length: random.pick([1, 1, 2, 2, 3, 4]) }, (_, index): readonly Subject[] => {
    const posture = random.pick<Posture>(['walking', 'standing', 'standing', 'sitting', 'sitting', 'lying']);
    const place = index === 0 ? spot : near(spot, random, 0.7, 2.5);
    const figure = buildFigure(dress(random, random.chance(0.4)), posture, random);
    const thing = stand(stage, figure, place, random);
    const person: Subject = { thing, truth: { label: 'person', kind: posture } };
    if (posture !== 'lying' || random.chance(0.4)) return [person];
    const towel = { ...thing, mesh: buildTowel(dress(random, false).swim) };
    return [{ thing: towel, truth: undefined }, person];
  }).flat();
}

function near({ eastM, northM }: Ground, random: Random, fromM: number, toM: number): Ground {
  const turn = random.between(0, 2 * Math.PI);
  const away = random.between(fromM, toM);
  return { eastM: eastM + away * Math.cos(turn), northM: northM + away * Math.sin(turn) };
}

function stand({ site }: Stage, mesh: Thing['mesh'], { eastM, northM }: Ground, random: Random): Thing {
  const turn = random.between(0, 2 * Math.PI);
  return { mesh, stand: { eastM, northM, upM: site.grid.upM(eastM, northM), turn }, inWater: false };
}
