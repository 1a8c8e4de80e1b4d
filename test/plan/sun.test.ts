import { describe, expect, it } from 'vitest';
import type { Camera } from '../../src/camera/camera.ts';
import { listMoments } from '../../src/cli/plan/moments.ts';
import { layFlatDem } from '../../src/dem/grid.ts';
import { fromEnu } from '../../src/geo/plane.ts';
import { buildGround, type Ground } from '../../src/locate/ground.ts';
import { createSunJudge, findHorizon } from '../../src/plan/sun.ts';
import { findWorst, sumMonths } from '../../src/plan/sun-calendar.ts';
import { sunAt } from '../../src/simulate/light/sun.ts';
import { origin } from '../locate/scene.ts';
import { type Relief, sampleRelief } from '../locate/terrain.ts';

/** Looks east from 10 m up, 20° down; its picture is 60° wide and 36° high. */
function cameraAt(headingDeg: number, pitchDeg = -20): Camera {
  return {
    origin,
    pose: { position: { eastM: 0, northM: 0, upM: 10 }, headingDeg, pitchDeg, rollDeg: 0 },
    lens: { kind: 'brown-conrady', focalPx: 866, centre: { u: 500, v: 281 }, k1: 0, k2: 0, k3: 0, p1: 0, p2: 0 },
    sizePx: { widthPx: 1000, heightPx: 562 },
  };
}

function groundOf(
  camera: Camera,
  { relief = () => 0, lake = false }: { relief?: Relief; lake?: boolean } = {},
): Ground {
  const grid = layFlatDem(sampleRelief(relief, origin, { halfM: 1000, stepM: 10 }), {
    ...{ x: 0, y: 0, heightM: origin.heightM },
  });
  const ring = [
    [-500, -500],
    [500, -500],
    [500, 500],
    [-500, 500],
    [-500, -500],
  ].map(([eastM = 0, northM = 0]) => {
    const { lng, lat } = fromEnu(origin, { eastM, northM, upM: 0 });
    return [lng, lat];
  });
  const water = { shoreline: { type: 'Polygon' as const, coordinates: [ring] }, waterLevelM: origin.heightM };
  return buildGround({
    calibration: { camera, free: [], covariance: [] },
    lake: lake ? { ...water, waterLevelSigmaM: 0.1 } : undefined,
    dem: { grid, heightSigmaM: 0.1 },
    maxRangeM: 1000,
  });
}

const judge = (ground: Ground) => createSunJudge(ground, findHorizon(ground, 900));
/** The picture reaches from 20 + 18 = 38° down to 2° down. */
const east = judge(groundOf(cameraAt(90)));

describe('the sun', () => {
  it('faces a lens from the picture, and from up to 10° beside it', () => {
    expect(judge(groundOf(cameraAt(90, 0)))({ altitudeDeg: 5, azimuthDeg: 90 })).toBe('faces');
    expect(east({ altitudeDeg: 7, azimuthDeg: 90 })).toBe('faces');
    // 30° to the side the picture ends; 9° more, a little over it
    expect(judge(groundOf(cameraAt(90, 0)))({ altitudeDeg: 3, azimuthDeg: 90 + 38 })).toBe('faces');
  });

  it('faces a lens while it is low over what the picture shows, however far that looks down', () => {
    expect(east({ altitudeDeg: 24, azimuthDeg: 90 })).toBe('faces');
    expect(east({ altitudeDeg: 24, azimuthDeg: 90 + 38 })).toBe('faces');
    expect(east({ altitudeDeg: 26, azimuthDeg: 90 })).toBe('clear');
  });

  it('shows shadow sides while it is low and ahead', () => {
    expect(east({ altitudeDeg: 20, azimuthDeg: 135 })).toBe('backlight');
    expect(east({ altitudeDeg: 20, azimuthDeg: 145 })).toBe('backlight');
    expect(east({ altitudeDeg: 20, azimuthDeg: 155 })).toBe('clear');
    expect(east({ altitudeDeg: 30, azimuthDeg: 90 })).toBe('clear');
    expect(east({ altitudeDeg: 10, azimuthDeg: 270 })).toBe('clear');
  });

  it('glitters on a lake where its mirror image is in the picture', () => {
    const overLake = judge(groundOf(cameraAt(90), { lake: true }));
    // mirrored 30° under the horizon: inside the picture, 10° under its middle
    expect(overLake({ altitudeDeg: 30, azimuthDeg: 90 })).toBe('backlight');
    expect(overLake({ altitudeDeg: 45, azimuthDeg: 90 })).toBe('clear');
  });

  it('is down under the horizon, and behind a mountain', () => {
    expect(east({ altitudeDeg: -1, azimuthDeg: 90 })).toBe('down');
    // a wall 110 m high over the lens, 400 m away: 15.4°
    const ground = groundOf(cameraAt(90), { relief: (eastM) => (eastM >= 400 ? 120 : 0) });
    const horizon = findHorizon(ground, 900);
    expect(horizon(90)).toBeCloseTo((Math.atan(110 / 400) * 180) / Math.PI, 0);
    expect(horizon(270)).toBeLessThan(0.01);
    expect(judge(ground)({ altitudeDeg: 12, azimuthDeg: 90 })).toBe('down');
    expect(judge(ground)({ altitudeDeg: 18, azimuthDeg: 90 })).toBe('faces');
  });

  it('rises in the east at the equinox, and culminates in the south', () => {
    const place = { lng: 6.4, lat: 44.9 };
    // 6:00 solar time is 5:34 UTC and 7 min of the equation of time
    expect(sunAt(new Date('2026-03-20T05:42:00Z'), place)).toMatchObject({
      azimuthDeg: expect.closeTo(90, -0.5),
      altitudeDeg: expect.closeTo(0, -0.5),
    });
    const noon = sunAt(new Date('2026-03-20T11:42:00Z'), place);
    expect(noon.azimuthDeg).toBeCloseTo(180, -0.5);
    expect(noon.altitudeDeg).toBeCloseTo(90 - 44.9, -0.5);
  });
});

describe('the months of interest', () => {
  it('are summed up by the share of the time asked for, and when', () => {
    const moment = (month: number, minute: number, altitudeDeg: number) => {
      return { month, minute, sun: { altitudeDeg, azimuthDeg: 90 } };
    };
    const moments = [moment(6, 420, 7), moment(6, 430, 5), moment(6, 440, 40), moment(6, 460, 7), moment(7, 420, 40)];
    const [june, july] = sumMonths(moments, east, 10);
    expect(june).toMatchObject({ month: 6, faces: 0.75, backlight: 0 });
    expect(june?.facesAt).toEqual([
      { fromMin: 420, toMin: 440 },
      { fromMin: 460, toMin: 470 },
    ]);
    expect(july).toMatchObject({ month: 7, faces: 0, facesAt: [] });
    expect(findWorst(june && july ? [july, june] : [], 0.5)?.month).toBe(6);
    expect(findWorst(june ? [june] : [], 0.75)).toBeUndefined();
  });

  it('put the evening sun of July before a lens that looks west, and not before one that looks east', () => {
    const time = { months: [7, 7], hours: [19, 21], timeZone: 'Europe/Paris', year: 2026 } as const;
    const moments = listMoments(time, origin);
    expect(moments).toHaveLength(31 * 12);
    const facesAt = (heading: number) => sumMonths(moments, judge(groundOf(cameraAt(heading, -5))), 10)[0]?.faces;
    expect(facesAt(290)).toBeGreaterThan(0.5);
    expect(facesAt(110)).toBe(0);
  });

  it('go past the new year and past midnight', () => {
    const time = { months: [12, 1], hours: [23, 1], timeZone: 'UTC', year: 2026 } as const;
    const moments = listMoments(time, origin);
    expect(new Set(moments.map(({ month }) => month))).toEqual(new Set([12, 1]));
    expect(moments).toHaveLength(62 * 12);
  });
});
