import type { Thing } from '../draw/thing.ts';
import { createRandom } from '../random.ts';
import { buildBoat, buildPaddle } from '../things/boats.ts';
import { buildFigure } from '../things/figure.ts';
import type { Posture } from '../things/pose.ts';
import { buildTent } from '../things/tents/build-tent.ts';
import { buildTowel } from '../things/towel.ts';
import type { TruthLabel } from '../truth.ts';
import type { Site } from '../world/site.ts';
import type { Ground } from '../world/trail.ts';
import { type Presence, presenceAt, spanOf } from './agent.ts';
import type { OwnedBoat, Person, Visit } from './visit.ts';

/** A thing of one photo and what it truly is; undefined: scenery, such as a towel. */
export interface Actor {
  readonly thing: Thing;
  readonly truth:
    | { readonly objectId: string; readonly visitId: string; readonly label: TruthLabel; readonly kind: string }
    | undefined;
}

/** Everything that stands, lies, swims or floats at a minute of the season. */
export function castAt(site: Site, visits: readonly Visit[], minute: number): readonly Actor[] {
  const actors: Actor[] = [];
  for (const visit of visits) {
    for (const tent of visit.tents) {
      if (minute < tent.fromMin || minute > tent.toMin) continue;
      const { tent: mesh, cords } = buildTent(tent.design);
      actors.push({ thing: stand(site, cords, tent.place, tent.turn), truth: undefined });
      actors.push({
        thing: stand(site, mesh, tent.place, tent.turn),
        truth: { objectId: tent.objectId, visitId: visit.visitId, label: 'tent', kind: tent.design.kind },
      });
    }
    const { fromMin, toMin } = spanOf(visit);
    if (minute < fromMin || minute > toMin) continue;
    for (const person of visit.people) actors.push(...personAt(site, visit, person, minute));
  }
  return actors;
}

function personAt(site: Site, visit: Visit, person: Person, minute: number): readonly Actor[] {
  const presence = presenceAt(site, visit, person, minute);
  if (!presence) return [];
  const random = createRandom(site.seed, 'pose', person.objectId, presence.moment);
  const posture = presence.posture;
  const boat = visit.boats.find(({ objectId }) => objectId === `${person.objectId}-boat`);
  if (posture === 'paddling' && boat) return paddlerAt(visit, person, presence, boat);
  const mesh = buildFigure(person.outfit, posture, random);
  const truth = { objectId: person.objectId, visitId: visit.visitId, label: 'person' as const, kind: posture };
  if (posture === 'wading' || posture === 'swimming') {
    const bedM = posture === 'wading' ? site.terrain.heightM(presence.eastM, presence.northM) : 0;
    const upM = Math.max(-0.62 * person.outfit.heightM, bedM);
    return [{ thing: { mesh, stand: { ...presence, upM }, inWater: true }, truth }];
  }
  const figure: Actor = { thing: stand(site, mesh, presence, presence.turn), truth };
  if (posture !== 'lying') return [figure];
  const towel = stand(site, buildTowel(person.outfit.swim), behind(presence, -0.1), presence.turn);
  return [{ thing: towel, truth: undefined }, figure];
}

function paddlerAt(visit: Visit, person: Person, presence: Presence, boat: OwnedBoat): readonly Actor[] {
  const random = createRandom(0, 'paddle', person.objectId, presence.moment);
  const upright = boat.kind === 'board';
  const posture: Posture = upright ? 'standing' : 'paddling';
  const at = (upM: number) => ({ ...presence, upM });
  const visitId = visit.visitId;
  const water = (mesh: Thing['mesh'], upM: number): Thing => ({ mesh, stand: at(upM), inWater: true });
  return [
    {
      thing: water(buildBoat(boat.kind, boat.colour), 0),
      truth: { objectId: boat.objectId, visitId, label: 'boat', kind: boat.kind },
    },
    { thing: water(buildPaddle(upright ? 1 : 0.62, random.between(-0.5, 0.5)), 0.1), truth: undefined },
    {
      thing: water(buildFigure({ ...person.outfit, pack: undefined }, posture, random), upright ? 0.14 : 0.1),
      truth: { objectId: person.objectId, visitId, label: 'person', kind: 'paddling' },
    },
  ];
}

function stand(site: Site, mesh: Thing['mesh'], place: Ground, turn: number): Thing {
  const { eastM, northM } = place;
  return { mesh, stand: { eastM, northM, upM: site.grid.upM(eastM, northM), turn }, inWater: false };
}

function behind(presence: Presence, byM: number): Ground {
  return {
    eastM: presence.eastM + byM * Math.cos(presence.turn),
    northM: presence.northM + byM * Math.sin(presence.turn),
  };
}
