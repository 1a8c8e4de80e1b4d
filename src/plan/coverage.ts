import type { Polygon } from 'geojson';
import type { Enu } from '../geo/frames.ts';
import type { Zone } from '../geo/lake.ts';
import { signedArea } from '../geo/polygon.ts';
import type { Ground } from '../locate/ground.ts';
import { heightPx, scaleAt, standingM } from '../locate/ground-scale.ts';
import { isInside, layShore } from '../locate/shore.ts';
import { surfaceAt } from '../locate/surface-at.ts';
import { lookOver, type View } from '../locate/viewshed.ts';

/** How tall things stand that a camera is put up for, m. A tent for two: 1.0–1.2 m. */
const thingsM = { person: standingM, tent: 1.1 } as const;
export type ThingLabel = keyof typeof thingsM;
export const thingLabels = ['person', 'tent'] as const satisfies readonly ThingLabel[];

/** Height in the photo from which on a model finds most, px; undefined: nobody measured it. */
export type SizeLimits = Readonly<Record<ThingLabel, number | undefined>>;

/** How large things look at a seen place. */
export interface SeenPlace {
  readonly rangeM: number;
  /** Height of each thing in the photo, px. */
  readonly px: Readonly<Record<ThingLabel, number>>;
}

/** A camera that could stand there, looking over its ground. */
export interface Site {
  readonly ground: Ground;
  readonly view: View;
  readonly limits: SizeLimits;
}

/** Middle and ends of some values. */
export interface Spread {
  readonly least: number;
  readonly median: number;
  readonly most: number;
}

/** What a camera would show of a zone. Shares are of its area, 0–1. */
export interface ZoneCoverage {
  readonly id: string;
  readonly name: string;
  readonly kind: Zone['kind'];
  readonly areaM2: number;
  readonly seen: number;
  /** Seen and large enough for the model; undefined: nobody measured what it finds, or a tent on water. */
  readonly found: Readonly<Record<ThingLabel, number | undefined>>;
  /** Of what is seen; undefined: nothing is. */
  readonly rangeM: Spread | undefined;
  readonly personPx: Spread | undefined;
}

/** Opens the view of a camera that could stand there. */
export function openSite(ground: Ground, limits: SizeLimits): Site {
  return { ground, view: lookOver(ground), limits };
}

/** How large things look at a place; undefined: it is not seen. */
export function lookAt(
  { ground, view }: Pick<Site, 'ground' | 'view'>,
  place: Omit<Enu, 'upM'>,
): SeenPlace | undefined {
  if (!view.sees(place.eastM, place.northM)) return undefined;
  const point = surfaceAt(ground, place.eastM, place.northM);
  const scale = point && scaleAt(ground, point);
  if (!scale) return undefined;
  const { position } = ground.calibration.camera.pose;
  const perMetre = heightPx(scale);
  return {
    rangeM: Math.hypot(point.eastM - position.eastM, point.northM - position.northM, point.upM - position.upM),
    px: { person: thingsM.person * perMetre, tent: thingsM.tent * perMetre },
  };
}

/** True where a thing looks large enough for the model; undefined: nobody measured what is. */
export function isFound({ px }: SeenPlace, label: ThingLabel, limits: SizeLimits): boolean | undefined {
  const limit = limits[label];
  return limit === undefined ? undefined : px[label] >= limit;
}

/** About how many places of a zone are looked at; and how many at most of the rectangle around it, most of which may lie off a trail. */
const places = { ofZone: 2000, ofRectangle: 400_000 };

/** How much of a zone a camera would show. */
export function coverZone(site: Site, zone: Zone): ZoneCoverage {
  const { origin } = site.ground.calibration.camera;
  const laid = layShore(zone.polygon, origin, site.ground.water?.heightM ?? origin.heightM);
  const [west, south, east, north] = laid.bounds;
  const areaM2 = areaOf(laid.polygon);
  const rectangleM2 = (east - west) * (north - south);
  const stepM = Math.sqrt(Math.max(areaM2 / places.ofZone, rectangleM2 / places.ofRectangle));
  const seen: SeenPlace[] = [];
  let count = 0;
  for (let eastM = west + stepM / 2; eastM < east; eastM += stepM) {
    for (let northM = south + stepM / 2; northM < north; northM += stepM) {
      if (!isInside(laid, { eastM, northM, upM: 0 })) continue;
      count++;
      const look = lookAt(site, { eastM, northM });
      if (look) seen.push(look);
    }
  }
  const share = (label: ThingLabel) =>
    site.limits[label] === undefined || (zone.kind === 'water' && label === 'tent')
      ? undefined
      : seen.filter((look) => isFound(look, label, site.limits)).length / Math.max(1, count);
  return {
    ...{ id: zone.id, name: zone.name, kind: zone.kind, areaM2 },
    seen: seen.length / Math.max(1, count),
    found: { person: share('person'), tent: share('tent') },
    rangeM: spreadOf(seen.map(({ rangeM }) => rangeM)),
    personPx: spreadOf(seen.map(({ px }) => px.person)),
  };
}

/** Area of a polygon without its holes, in the square of its unit. */
function areaOf({ coordinates: [outer = [], ...holes] }: Polygon): number {
  return Math.abs(signedArea(outer)) - holes.reduce((sum, hole) => sum + Math.abs(signedArea(hole)), 0);
}

/** What is seen as far as a range from the ring before on. */
export interface Ring {
  readonly toM: number;
  readonly seenM2: number;
  /** Middle of the heights of what is seen there, px; undefined: nothing is. */
  readonly px: Readonly<Record<ThingLabel, number>> | undefined;
}

/** All that a camera would show. */
export interface Coverage {
  readonly seenM2: number;
  readonly foundM2: Readonly<Record<ThingLabel, number | undefined>>;
  /** Farthest place at which the model finds most, m; undefined: nobody measured, or none. */
  readonly reachM: Readonly<Record<ThingLabel, number | undefined>>;
  readonly rings: readonly Ring[];
}

/** Looks at all cells of the ground. @param rangesM Outer ends of the rings, growing. */
export function coverGround(site: Site, rangesM: readonly number[]): Coverage {
  const { view, ground, limits } = site;
  const { position } = ground.calibration.camera.pose;
  const half = Math.ceil(ground.maxRangeM / view.cellM);
  const looks: SeenPlace[] = [];
  for (let row = -half; row < half; row++) {
    for (let col = -half; col < half; col++) {
      const [eastM, northM] = [position.eastM + (col + 0.5) * view.cellM, position.northM + (row + 0.5) * view.cellM];
      const look = lookAt(site, { eastM, northM });
      if (look) looks.push(look);
    }
  }
  const areaM2 = (some: readonly SeenPlace[]) => some.length * view.cellM ** 2;
  const found = (label: ThingLabel) => looks.filter((look) => isFound(look, label, limits));
  const areaFound = (label: ThingLabel) => (limits[label] === undefined ? undefined : areaM2(found(label)));
  const reach = (label: ThingLabel) => spreadOf(found(label).map(({ rangeM }) => rangeM))?.most;
  return {
    seenM2: areaM2(looks),
    foundM2: { person: areaFound('person'), tent: areaFound('tent') },
    reachM: { person: reach('person'), tent: reach('tent') },
    rings: rangesM.map((toM, at) => {
      const inside = looks.filter(({ rangeM }) => rangeM <= toM && rangeM > (rangesM[at - 1] ?? 0));
      const middle = (label: ThingLabel) => spreadOf(inside.map(({ px }) => px[label]))?.median ?? 0;
      const px = inside.length > 0 ? { person: middle('person'), tent: middle('tent') } : undefined;
      return { toM, seenM2: areaM2(inside), px };
    }),
  };
}

function spreadOf(values: readonly number[]): Spread | undefined {
  const sorted = Float64Array.from(values).sort();
  const [least, median, most] = [sorted[0], sorted[sorted.length >> 1], sorted.at(-1)];
  return least === undefined || median === undefined || most === undefined ? undefined : { least, median, most };
}
