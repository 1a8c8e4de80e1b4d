import { createRandom } from '../random.ts';
import type { Posture } from '../things/pose.ts';
import type { Site } from '../world/site.ts';
import type { Ground } from '../world/trail.ts';
import { dayMin, type Person, type Visit } from './visit.ts';

/** Where one person is at an instant and what they do. */
export interface Presence extends Ground {
  readonly posture: Posture;
  /** Radians anticlockwise from east. */
  readonly turn: number;
  /** What makes this moment's pose differ from others'. */
  readonly moment: number;
}

const walkMPerMin = 64;
const wet: ReadonlySet<Posture> = new Set(['wading', 'swimming', 'paddling']);

/** A person at a minute of the season; undefined: not here, or asleep in a tent. */
export function presenceAt(site: Site, visit: Visit, person: Person, minute: number): Presence | undefined {
  const trail = walkOnTrail(site, visit, person, minute);
  if (trail !== 'at-spot') return trail;
  if (isAsleep(visit, person, minute)) return undefined;
  const block = blockAt(visit, person, minute);
  const place = placeOf(site, visit, person, block);
  const before = placeOf(site, visit, person, { ...block, number: block.number - 1 });
  const wayM = Math.hypot(place.eastM - before.eastM, place.northM - before.northM);
  const walked = (minute - block.fromMin) * 45;
  const isDry = !wet.has(place.posture) && !wet.has(before.posture);
  if (block.number > 0 && wayM > 2.5 && walked < wayM && isDry) {
    const share = walked / wayM;
    return {
      ...ashore(site, {
        eastM: before.eastM + (place.eastM - before.eastM) * share,
        northM: before.northM + (place.northM - before.northM) * share,
      }),
      posture: 'walking',
      turn: Math.atan2(place.northM - before.northM, place.eastM - before.eastM),
      moment: Math.floor(minute * 10),
    };
  }
  return place;
}

/** Minutes that a visit's first and last steps on the trail take. */
export function spanOf(visit: Visit): { fromMin: number; toMin: number } {
  return { fromMin: visit.fromMin - 12, toMin: visit.toMin + 12 };
}

function walkOnTrail(site: Site, visit: Visit, person: Person, minute: number): Presence | undefined | 'at-spot' {
  if (minute >= visit.fromMin && minute <= visit.toMin) return 'at-spot';
  const coming = minute < visit.fromMin;
  const awayM = (coming ? visit.fromMin - minute : minute - visit.toMin) * walkMPerMin;
  const valley = coming ? visit.fromValley : visit.goesOn !== visit.fromValley;
  const { trail } = site;
  const near = trail.nearestAlongM(visit.spot);
  const onTrail = trail.at(near);
  const offM = Math.hypot(onTrail.eastM - visit.spot.eastM, onTrail.northM - visit.spot.northM);
  const lagM = visit.people.indexOf(person) * 1.7;
  const restM = awayM - offM - (coming ? -lagM : lagM);
  const moment = Math.floor(minute * 10);
  if (restM < 0) {
    const share = Math.max(0, Math.min(1, awayM / Math.max(1, offM)));
    const eastM = visit.spot.eastM + person.offset.eastM + (onTrail.eastM - visit.spot.eastM) * share;
    const northM = visit.spot.northM + person.offset.northM + (onTrail.northM - visit.spot.northM) * share;
    const place = ashore(site, { eastM, northM });
    const toTrail = Math.atan2(onTrail.northM - visit.spot.northM, onTrail.eastM - visit.spot.eastM);
    return { ...place, posture: 'walking', turn: coming ? toTrail + Math.PI : toTrail, moment };
  }
  const along = valley ? near - restM : near + restM;
  if (along < 0 || along > trail.lengthM) return undefined;
  const point = trail.at(along);
  const forward = coming === valley;
  const sway = 0.5 * Math.sin(lagM * 9);
  return {
    eastM: point.eastM - sway * Math.sin(point.direction),
    northM: point.northM + sway * Math.cos(point.direction),
    posture: 'walking',
    turn: forward ? point.direction : point.direction + Math.PI,
    moment,
  };
}

/** Campers sleep from about 21:20 to 6:40, each in their own time; by day those whose tent stays are away. */
function isAsleep(visit: Visit, person: Person, minute: number): boolean {
  if (visit.kind !== 'bivouac') return false;
  const random = createRandom(visit.people.length, 'sleep', person.objectId);
  const ofDay = ((minute % dayMin) + dayMin) % dayMin;
  const asleep = ofDay > random.between(20.6, 21.8) * 60 || ofDay < random.between(6.1, 7.2) * 60;
  const away = ofDay > 9.5 * 60 && ofDay < 17 * 60;
  return asleep || away;
}

interface Block {
  readonly number: number;
  readonly fromMin: number;
}

/** A stay is cut in blocks of 8 to 25 minutes; a person does one thing in each. */
function blockAt(visit: Visit, person: Person, minute: number): Block {
  const random = createRandom(0, 'blocks', person.objectId);
  let fromMin = visit.fromMin;
  for (let number = 0; ; number++) {
    const next = fromMin + random.between(8, 25);
    if (next > minute) return { number, fromMin };
    fromMin = next;
  }
}

/** What a person does in a block, and where. */
function placeOf(site: Site, visit: Visit, person: Person, block: Block): Presence {
  const random = createRandom(site.seed, 'block', person.objectId, block.number);
  const home = ashore(site, {
    eastM: visit.spot.eastM + person.offset.eastM,
    northM: visit.spot.northM + person.offset.northM,
  });
  const posture = choosePosture(visit, person, random.unit());
  const toMiddle = Math.atan2(-person.offset.northM, -person.offset.eastM);
  const toLake = Math.atan2(-visit.spot.northM, -visit.spot.eastM);
  const turn = (random.chance(0.5) ? toLake : toMiddle) + random.normal(0.5);
  const moment = block.number * 1000 + Math.floor(random.unit() * 999);
  const depth = { wading: [3, 9.5], swimming: [12, 34], paddling: [12, 55] } as const;
  if (posture === 'wading' || posture === 'swimming' || posture === 'paddling') {
    const angle = Math.atan2(visit.spot.northM, visit.spot.eastM) + random.normal(posture === 'paddling' ? 0.22 : 0.07);
    const [near, far] = depth[posture];
    const rhoM = site.shore.radiusM(angle) - random.between(near, far);
    return {
      eastM: rhoM * Math.cos(angle),
      northM: rhoM * Math.sin(angle),
      posture,
      turn: random.between(0, 6.28),
      moment,
    };
  }
  const strolls = posture === 'walking' || (posture === 'standing' && random.chance(0.4));
  const by = strolls ? random.between(3, 9) : 0;
  const way = random.between(0, 6.28);
  const wanted = { eastM: home.eastM + by * Math.cos(way), northM: home.northM + by * Math.sin(way) };
  return { ...ashore(site, wanted), posture, turn, moment };
}

/** Keeps those who do not bathe out of the water. */
function ashore(site: Site, place: Ground): Ground {
  const offM = site.shore.offshoreM(place.eastM, place.northM);
  if (offM > 0.7) return place;
  const rhoM = Math.hypot(place.eastM, place.northM);
  const by = (rhoM + 0.7 - offM + 0.3) / rhoM;
  return { eastM: place.eastM * by, northM: place.northM * by };
}

const habits: Readonly<Record<Visit['kind'], readonly (readonly [Posture, number])[]>> = {
  hike: [
    ['standing', 0.6],
    ['sitting', 0.25],
    ['walking', 0.15],
  ],
  picnic: [
    ['sitting', 0.5],
    ['standing', 0.27],
    ['lying', 0.14],
    ['walking', 0.09],
  ],
  bathe: [
    ['sitting', 0.24],
    ['lying', 0.22],
    ['standing', 0.14],
    ['wading', 0.18],
    ['swimming', 0.22],
  ],
  paddle: [
    ['sitting', 0.4],
    ['standing', 0.4],
    ['lying', 0.1],
    ['wading', 0.1],
  ],
  bivouac: [
    ['sitting', 0.42],
    ['standing', 0.43],
    ['walking', 0.15],
  ],
};

function choosePosture(visit: Visit, person: Person, draw: number): Posture {
  if (visit.boats.some((boat) => boat.objectId === `${person.objectId}-boat`) && draw < 0.6) return 'paddling';
  let sum = 0;
  for (const [posture, share] of habits[visit.kind]) {
    sum += share;
    if (draw < sum) return posture;
  }
  return 'standing';
}
