import type { Camera } from '../../camera/camera.ts';
import { groundAt } from '../../dem/grid.ts';
import { degreesPerRadian, normaliseAzimuth, turnBetween } from '../../geo/angles.ts';
import { fromEnu } from '../../geo/plane.ts';
import type { Ground } from '../../locate/ground.ts';
import { withCalibration } from '../../locate/ground.ts';
import {
  type Coverage,
  coverGround,
  coverZone,
  openSite,
  type Site,
  type SizeLimits,
  type ZoneCoverage,
} from '../../plan/coverage.ts';
import { createSunJudge, findHorizon } from '../../plan/sun.ts';
import { findWorst, type Moment, type SunMonth, sumMonths } from '../../plan/sun-calendar.ts';
import { listMoments, stepMin, type WishedTime } from './moments.ts';
import { horizonM, type ReadSite, turnTo } from './read-site.ts';

/** A heading that the sun does not face, with what it would show. */
export interface OtherHeading {
  readonly headingDeg: number;
  readonly zones: readonly ZoneCoverage[];
}

/** All that a site plan says. */
export interface SiteReport {
  readonly camera: {
    readonly lng: number;
    readonly lat: number;
    readonly heightM: number;
    /** Over the ground of the DEM. */
    readonly overGroundM: number | undefined;
    readonly headingDeg: number;
    readonly pitchDeg: number;
    readonly rollDeg: number;
    /** Across the picture. */
    readonly fieldOfViewDeg: number;
    readonly size: string;
  };
  readonly model: string;
  readonly findsFromPx: SizeLimits;
  /** Farther ground was not looked at. */
  readonly rangeM: number;
  readonly coverage: Coverage;
  readonly zones: readonly ZoneCoverage[];
  readonly sun: WishedTime & { readonly byMonth: readonly SunMonth[] };
  /** Why the site is refused; undefined: it is not, or no hours were asked for. */
  readonly refusal:
    | { readonly worst: SunMonth; readonly most: number; readonly others: readonly OtherHeading[] }
    | undefined;
}

/** What is asked of a site besides its files. */
export interface SiteQuestion {
  readonly model: string;
  readonly limits: SizeLimits;
  readonly time: WishedTime;
  /** Share of the time in which the sun may face the lens, 0–1; undefined: any. */
  readonly mostSun: number | undefined;
}

/** Outer ends of the rings that sizes are told for, m. */
const ringsM = [25, 50, 75, 100, 150, 200, 300, 400, 600, 800, 1200, 2000, 3000];

/** Looks at a site from all sides; the open site is for drawing. */
export function planSite(
  { ground, zones }: ReadSite,
  { model, limits, time, mostSun }: SiteQuestion,
): { readonly site: Site; readonly report: SiteReport } {
  const { camera } = ground.calibration;
  const place = fromEnu(camera.origin, camera.pose.position);
  const moments = listMoments(time, place);
  const byMonth = monthsOf(ground, moments);
  const site = openSite(ground, limits);
  const worst = mostSun === undefined ? undefined : findWorst(byMonth, mostSun);
  const others = worst ? findOthers(ground, moments, mostSun ?? 1) : [];
  const zonesAt = (headingDeg: number) => {
    const turned = openSite(withCalibration(ground, turnTo(ground.calibration, headingDeg)), limits);
    return zones.map((zone) => coverZone(turned, zone));
  };
  const report: SiteReport = {
    camera: describeCamera(camera, ground),
    ...{ model, findsFromPx: limits, rangeM: Math.round(ground.maxRangeM) },
    coverage: coverGround(site, ringsM),
    zones: zones.map((zone) => coverZone(site, zone)),
    sun: { ...time, byMonth },
    refusal: worst && {
      ...{ worst, most: mostSun ?? 1 },
      others: others.map((headingDeg) => ({ headingDeg, zones: zonesAt(headingDeg) })),
    },
  };
  return { site, report };
}

function monthsOf(ground: Ground, moments: readonly Moment[], horizon = findHorizon(ground, horizonM)) {
  return sumMonths(moments, createSunJudge(ground, horizon), stepMin);
}

/** The nearest headings on both sides, to 5°, that the sun does not face. */
function findOthers(ground: Ground, moments: readonly Moment[], most: number): readonly number[] {
  const { headingDeg } = ground.calibration.camera.pose;
  const horizon = findHorizon(ground, horizonM);
  const turns = Array.from({ length: 36 }, (_, at) => 5 * (at + 1));
  const isGood = (heading: number) =>
    findWorst(monthsOf(withCalibration(ground, turnTo(ground.calibration, heading)), moments, horizon), most) ===
    undefined;
  const rounded = 5 * Math.round(headingDeg / 5);
  const sides = [-1, 1].map((side) => turns.map((turn) => rounded + side * turn).find(isGood));
  const found = sides.filter((heading) => heading !== undefined).map(normaliseAzimuth);
  return [...new Set(found)].sort(
    (a, b) => Math.abs(turnBetween(headingDeg, a)) - Math.abs(turnBetween(headingDeg, b)),
  );
}

function describeCamera(camera: Camera, { dem }: Ground): SiteReport['camera'] {
  const { pose, origin, lens, sizePx } = camera;
  const { lng, lat, heightM } = fromEnu(origin, pose.position);
  const under = dem && groundAt(dem.grid, pose.position.eastM, pose.position.northM);
  const tidy = (value: number, digits: number) => Number(value.toFixed(digits));
  return {
    ...{ lng: tidy(lng, 7), lat: tidy(lat, 7), heightM: tidy(heightM, 2) },
    overGroundM: under && tidy(pose.position.upM - under.upM, 1),
    headingDeg: tidy(pose.headingDeg, 1),
    pitchDeg: tidy(pose.pitchDeg, 1),
    rollDeg: tidy(pose.rollDeg, 1),
    fieldOfViewDeg: tidy(2 * Math.atan(sizePx.widthPx / 2 / lens.focalPx) * degreesPerRadian, 1),
    size: `${sizePx.widthPx}x${sizePx.heightPx}`,
  };
}
