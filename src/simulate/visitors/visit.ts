import type { Rgb } from '../light/light.ts';
import type { WeatherCalendar } from '../light/weather.ts';
import { createRandom, type Random } from '../random.ts';
import type { BoatKind } from '../things/boats.ts';
import { dress, type Outfit } from '../things/outfit.ts';
import { designTent, type TentDesign } from '../things/tents/tent-design.ts';
import { onShore, type Site } from '../world/site.ts';
import type { Ground } from '../world/trail.ts';

export type VisitKind = 'hike' | 'picnic' | 'bathe' | 'paddle' | 'bivouac';

/** A group that comes, stays and goes. Minutes count from local midnight of the season's first day. */
export interface Visit {
  readonly visitId: string;
  readonly kind: VisitKind;
  readonly people: readonly Person[];
  /** When they reach their spot, and leave it; hikers only pass. */
  readonly fromMin: number;
  readonly toMin: number;
  readonly spot: Ground;
  /** True: they come up from the valley; false: down from the pass. */
  readonly fromValley: boolean;
  readonly goesOn: boolean;
  readonly tents: readonly PitchedTent[];
  readonly boats: readonly OwnedBoat[];
}

export interface Person {
  readonly objectId: string;
  readonly outfit: Outfit;
  /** Where in the group they keep, m. */
  readonly offset: Ground;
}

export interface PitchedTent {
  readonly objectId: string;
  readonly place: Ground;
  readonly turn: number;
  readonly design: TentDesign;
  readonly fromMin: number;
  readonly toMin: number;
}

export interface OwnedBoat {
  readonly objectId: string;
  readonly kind: BoatKind;
  readonly colour: Rgb;
}

/** Minutes of a day. */
export const dayMin = 24 * 60;

/** Everyone who comes in a season, the tents of the night before it included. */
export function planVisits(
  site: Site,
  weather: WeatherCalendar,
  wish: { days: number; visitorsPerDay: number },
): readonly Visit[] {
  const visits: Visit[] = [];
  for (let day = 0; day < wish.days; day++) {
    const random = createRandom(site.seed, 'visits', day);
    let left = Math.round(wish.visitorsPerDay * weather.attraction(day) * random.between(0.85, 1.15));
    for (let number = 1; left > 0; number++) {
      const visit = planDayVisit(site, createRandom(site.seed, 'visit', day, number), `d${day + 1}-${number}`, day);
      visits.push(visit);
      left -= visit.people.length;
    }
  }
  for (let night = -1; night < wish.days; night++) {
    visits.push(...planNight(site, weather, night));
  }
  return visits;
}

function planDayVisit(site: Site, random: Random, visitId: string, day: number): Visit {
  const kind = random.pick(['hike', 'hike', 'picnic', 'picnic', 'picnic', 'bathe', 'bathe', 'paddle'] as const);
  const noon = 60 * (12.8 + random.normal(2.3));
  const earliest = kind === 'hike' ? 420 : 540;
  const arrives = day * dayMin + Math.min(1110, Math.max(earliest, noon));
  const stays = {
    hike: random.between(2, 12),
    picnic: random.between(35, 150),
    bathe: random.between(60, 200),
    paddle: random.between(60, 150),
    bivouac: 0,
  };
  const people = peopleOf(random, visitId, random.pick([1, 2, 2, 2, 3, 4, 4, 5, 7]), false);
  return {
    visitId,
    kind,
    people,
    fromMin: arrives,
    toMin: Math.min(arrives + stays[kind], day * dayMin + 20 * 60),
    spot: chooseSpot(site, random),
    fromValley: random.chance(0.75),
    goesOn: kind === 'hike' ? random.chance(0.8) : random.chance(0.2),
    tents: [],
    boats: kind === 'paddle' ? people.slice(0, 2).map((person) => boatOf(random, person.objectId)) : [],
  };
}

const boatColours: readonly [Rgb, ...Rgb[]] = [
  [0.62, 0.09, 0.03],
  [0.65, 0.42, 0.03],
  [0.04, 0.2, 0.5],
  [0.1, 0.35, 0.12],
  [0.7, 0.7, 0.68],
];

function boatOf(random: Random, owner: string): OwnedBoat {
  return {
    objectId: `${owner}-boat`,
    kind: random.pick(['packraft', 'board'] as const),
    colour: random.pick(boatColours),
  };
}

/** A place near the water: mostly on the shores that cameras look at from near by. */
function chooseSpot(site: Site, random: Random): Ground {
  const spread = random.pick([
    [-2.05, -1.4],
    [-2.05, -1.4],
    [-0.55, 0.2],
    [-0.55, 0.2],
    [-Math.PI, Math.PI],
  ] as const);
  return onShore(site.shore, random.between(spread[0], spread[1]), random.between(1.6, 11));
}

function peopleOf(random: Random, visitId: string, count: number, overnight: boolean): readonly Person[] {
  return Array.from({ length: count }, (_, index) => {
    const turn = (index / count) * 2 * Math.PI + random.between(-0.4, 0.4);
    const away = count === 1 ? 0 : random.between(0.7, 1) * (0.55 + 0.24 * count);
    return {
      objectId: `${visitId}-p${index + 1}`,
      outfit: dress(random, overnight),
      offset: { eastM: away * Math.cos(turn), northM: away * Math.sin(turn) },
    };
  });
}

/** Parties with tents: up at dusk, gone in the morning, now and then a tent that stays a second night. */
function planNight(site: Site, weather: WeatherCalendar, night: number): readonly Visit[] {
  const random = createRandom(site.seed, 'night', night);
  const pleasure = night < 0 ? 1 : weather.attraction(night);
  const parties = pleasure < 0.5 ? (random.chance(0.5) ? 0 : 1) : random.pick([1, 2, 2, 3]);
  const taken: Ground[] = [];
  return Array.from({ length: parties }, (_, number) => {
    const visitId = `n${night + 1}-${number + 1}`;
    const camp = site.camps[random.chance(0.6) ? 0 : 1] ?? site.camps[0];
    const centre = camp && random.chance(0.88) ? camp : { ...chooseSpot(site, random), radiusM: 4 };
    const people = peopleOf(random, visitId, random.pick([1, 2, 2, 3, 4]), true);
    const midnight = (night + 1) * dayMin;
    const fromMin = midnight - dayMin + random.between(17.4 * 60, 19.2 * 60);
    const pitched = Math.max(fromMin + 10, midnight - dayMin + random.between(19.05 * 60, 19.9 * 60));
    const stays = random.chance(0.1) ? dayMin : 0;
    const struck = midnight + stays + random.between(7.1 * 60, 8.7 * 60);
    const tents = Array.from({ length: Math.ceil(people.length / 2) }, (_, index): PitchedTent => {
      const place = freePlace(centre, taken, random);
      const object = {
        objectId: `${visitId}-t${index + 1}`,
        place,
        turn: random.between(0, 2 * Math.PI),
        design: designTent(random),
      };
      return { ...object, fromMin: pitched + 6 * index, toMin: struck + 5 * index };
    });
    const spot = tents[0] ? { eastM: tents[0].place.eastM + 2.6, northM: tents[0].place.northM + 1.4 } : centre;
    const common = { visitId, kind: 'bivouac' as const, people, fromMin, toMin: struck + 20, spot, tents, boats: [] };
    return { ...common, fromValley: random.chance(0.8), goesOn: random.chance(0.5) };
  });
}

function freePlace(centre: Ground & { readonly radiusM: number }, taken: Ground[], random: Random): Ground {
  let place: Ground = centre;
  for (let tries = 0; tries < 40; tries++) {
    const [turn, away] = [random.between(0, 2 * Math.PI), centre.radiusM * Math.sqrt(random.unit())];
    place = { eastM: centre.eastM + away * Math.cos(turn), northM: centre.northM + away * Math.sin(turn) };
    const free = taken.every((other) => Math.hypot(other.eastM - place.eastM, other.northM - place.northM) > 4.2);
    if (free) break;
  }
  taken.push(place);
  return place;
}
