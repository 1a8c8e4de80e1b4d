import { describe, expect, it } from 'vitest';
import type { CalibrationRequest } from '../../src/calibrate/calibration-request.ts';
import { type Gcp, parseGcps } from '../../src/calibrate/gcp.ts';
import { calibrateFromGcps } from '../../src/calibrate/resection.ts';
import { pixelToRay, worldToPixel } from '../../src/camera/project.ts';
import { ServiceError } from '../../src/errors.ts';
import { getCrs } from '../../src/geo/crs.ts';
import type { Enu, LngLat } from '../../src/geo/frames.ts';
import { fromEnu } from '../../src/geo/plane.ts';
import { pointOn } from '../../src/geo/ray.ts';
import { drawCamera, drawSeen, origin, randomFrom } from '../locate/scene.ts';

const random = randomFrom(33);
const camera = drawCamera(random);
const { sizePx, pose } = camera;
const place = fromEnu(origin, pose.position);
const position = { ...place, sigmaM: 1 };

function gcpAt(name: string, point: Enu): Gcp {
  const seen = worldToPixel(camera, point) ?? { u: 0, v: 0 };
  const pixel = { u: seen.u + random.normal(), v: seen.v + random.normal() };
  return { name, pixel, position: fromEnu(origin, point), sigmaM: 0 };
}

function drawGcps(count: number): readonly Gcp[] {
  const gcps: Gcp[] = [];
  while (gcps.length < count) {
    const gcp = gcpAt(`p${gcps.length}`, drawSeen(camera, random, [30, 500], random.between(0, 15)));
    const { u, v } = gcp.pixel;
    if (u > 0 && v > 0 && u < 1920 && v < 1080) gcps.push(gcp);
  }
  return gcps;
}

const gcps = drawGcps(10);
const changed = (change: (gcp: Gcp) => Partial<Gcp>) => gcps.map((gcp) => ({ ...gcp, ...change(gcp) }));

/** Code and message of the refusal. */
function refusal(act: () => unknown): string {
  try {
    act();
  } catch (thrown) {
    if (thrown instanceof ServiceError) return `${thrown.code}: ${thrown.message}`;
  }
  return 'no refusal';
}
const solving = (request: Partial<CalibrationRequest>) =>
  refusal(() => calibrateFromGcps({ gcps, sizePx, position, ...request }));

describe('points counted twice', () => {
  const [first, second] = gcps as readonly [Gcp, Gcp];

  it('are refused by both names', () => {
    const again = { ...first, name: 'again' };
    expect(solving({ gcps: [...gcps, again] })).toMatch(
      /^gcp-doubled: .* p0 and again are the same point\. Remove one/,
    );
  });

  it('are refused where one place has two pixels, or one pixel two places', () => {
    const place = { ...first, name: 'moved', pixel: { u: first.pixel.u + 40, v: first.pixel.v } };
    expect(solving({ gcps: [...gcps, place] })).toMatch(/p0 and moved are at the same place, 40 px apart/);
    const pixel = { ...second, name: 'pixel', pixel: first.pixel };
    expect(solving({ gcps: [first, pixel, ...gcps.slice(2)] })).toMatch(
      /p0 and pixel are at the same pixel, \d+ m apart/,
    );
  });
});

describe('pixels written in another way', () => {
  it('are told where they leave the picture', () => {
    const exchanged = changed(({ pixel: { u, v } }) => ({ pixel: { u: v, v: u } }));
    expect(solving({ gcps: exchanged })).toMatch(
      /^gcps-pixels-exchanged: .*u and v exchanged.*exchange the two columns/,
    );
    const upwards = changed(({ pixel: { u, v } }) => ({ pixel: { u, v: -v } }));
    expect(solving({ gcps: upwards })).toMatch(/^gcps-pixels-exchanged: .*remove the minus signs/);
    const [first, ...rest] = gcps as readonly [Gcp, ...Gcp[]];
    const typo = { ...first, pixel: { u: 19_000, v: 5 } };
    expect(solving({ gcps: [typo, ...rest] })).toMatch(/^gcp-outside-picture: .*p0 is at pixel 19000, 5/);
  });

  it('are told where they stay in it, by what fits', () => {
    const square = { widthPx: 1920, heightPx: 1920 };
    const exchanged = changed(({ pixel: { u, v } }) => ({ pixel: { u: v, v: u } }));
    const lens = { centre: { u: 960, v: 540 } };
    expect(solving({ gcps: exchanged, sizePx: square, lens })).toMatch(/^gcps-misread: .* with u and v exchanged/);
    const below = changed(({ pixel: { u, v } }) => ({ pixel: { u, v: 1080 - v } }));
    expect(solving({ gcps: below })).toMatch(/^gcps-misread: .* with v counted from the bottom/);
  });
});

describe('heights and positions that cannot be', () => {
  it('are told apart: feet, and a camera elsewhere', () => {
    const inFeet = changed(({ position: at }) => ({ position: { ...at, heightM: at.heightM / 0.3048 } }));
    expect(solving({ gcps: inFeet })).toMatch(
      /^gcps-misread: .*heights of the points taken as feet.*multiply them by 0\.3048/,
    );
    const high = { ...position, heightM: position.heightM / 0.3048 };
    expect(solving({ position: high })).toMatch(/^gcps-misread: .*height of the camera taken as feet/);
    const low = changed(({ position: at }) => ({ position: { ...at, heightM: at.heightM - 800 } }));
    expect(solving({ gcps: low })).toMatch(
      /^gcps-misread: .*the camera \d+ m away from where it is said to be and 800 m lower/,
    );
  });
});

describe('points that stand badly', () => {
  const heading = (pose.headingDeg * Math.PI) / 180;
  const ahead = (forward: number, right: number, upM: number): Enu => ({
    eastM: pose.position.eastM + forward * Math.sin(heading) + right * Math.cos(heading),
    northM: pose.position.northM + forward * Math.cos(heading) - right * Math.sin(heading),
    upM,
  });
  const inPicture = ({ pixel: { u, v } }: Gcp) => u > 0 && v > 0 && u < 1920 && v < 1080;
  const unplaced = { sizePx, free: ['angles', 'focal', 'position'] as const };

  it('on one line of the picture', () => {
    const onHorizon = Array.from({ length: 9 }, (_, at) =>
      gcpAt(`p${at}`, ahead(200 + 30 * at, 12 * (at - 4), pose.position.upM - 0.05 * (200 + 30 * at))),
    );
    const line = onHorizon.filter(inPicture);
    expect(line.length).toBeGreaterThan(6);
    expect(refusal(() => calibrateFromGcps({ ...unplaced, gcps: line }))).toMatch(
      /^gcps-ill-placed: .*of one line in the picture, too little to fix angles, focal, position/,
    );
  });

  it('on one line of the ground', () => {
    const alongShore = Array.from({ length: 9 }, (_, at) => gcpAt(`p${at}`, ahead(150, 10 * (at - 4), 0)));
    const line = alongShore.filter(inPicture);
    expect(refusal(() => calibrateFromGcps({ ...unplaced, gcps: line }))).toMatch(/^gcps-ill-placed/);
  });

  it('in one corner', () => {
    const corner = Array.from({ length: 8 }, (_, at) => {
      const pixel = { u: random.between(1500, 1540), v: random.between(700, 730) };
      const ray = pixelToRay(camera, pixel);
      if (!ray) throw new Error('the lens shows nothing there');
      return gcpAt(`p${at}`, pointOn(ray, random.between(60, 400)));
    });
    expect(refusal(() => calibrateFromGcps({ ...unplaced, gcps: corner }))).toMatch(
      /^gcps-ill-placed: .*cover less than \d+ % of the picture/,
    );
  });
});

describe('coordinates that land elsewhere', () => {
  const crs = getCrs(2154);
  const write = (axes: string, toCells: (place: LngLat) => readonly number[]) =>
    [
      `name,u,v,${axes}`,
      ...gcps.map(({ name, pixel, position: at }) => [name, pixel.u, pixel.v, ...toCells(at), at.heightM]),
    ].join('\n');
  const east = (at: LngLat) => crs.fromLngLat(at).x;
  const north = (at: LngLat) => crs.fromLngLat(at).y;
  const lambert = write('x,y,z', (at) => [east(at), north(at)]);
  const reading = (text: string, epsg: number, from?: LngLat) => refusal(() => parseGcps(text, 'gcps.csv', epsg, from));

  it('are read where they are right', () => {
    expect(reading(lambert, 2154, place)).toBe('no refusal');
    expect(reading(lambert, 2154)).toBe('no refusal');
    expect(
      reading(
        write('lon,lat,h', ({ lng, lat }) => [lng, lat]),
        2154,
        place,
      ),
    ).toBe('no refusal');
  });

  it('say that x and y are exchanged, with the camera known or not', () => {
    const turned = write('x,y,z', (at) => [north(at), east(at)]);
    expect(reading(turned, 2154, place)).toMatch(/^gcps-elsewhere: .*gcps\.csv land.*Exchange x and y/);
    expect(reading(turned, 2154)).toMatch(/^gcps-elsewhere: .*Exchange x and y/);
    const latFirst = write('lon,lat,h', ({ lng, lat }) => [lat, lng]);
    expect(reading(latFirst, 4326, place)).toMatch(
      /land near 45\.\d+, 6\.\d+, \d{4} km from the camera\. Exchange x and y \(or lon and lat\)/,
    );
    expect(reading(lambert, 2154, { lng: place.lat, lat: place.lng })).toMatch(
      /Exchange the longitude and latitude of the camera/,
    );
  });

  it('say which EPSG code would do', () => {
    expect(reading(lambert, 32632, place)).toMatch(
      /^gcps-elsewhere: .*In EPSG:2154 \(.*Lambert-93\) they lie around the camera/,
    );
    const utm = write('x,y,z', (at) => [getCrs(32632).fromLngLat(at).x, getCrs(32632).fromLngLat(at).y]);
    expect(reading(utm, 32631, place)).toMatch(/In EPSG:32632 .*they lie around the camera/);
    expect(reading(utm, 2154)).toMatch(/^gcps-elsewhere: .*outside the area of EPSG:2154.*Check the EPSG code/);
    const degrees = write('x,y,z', ({ lng, lat }) => [lng, lat]);
    expect(reading(degrees, 2154, place)).toMatch(/In EPSG:4326 \(WGS 84\) they lie around the camera/);
  });

  it('name the one point that strays', () => {
    const [first, ...rest] = gcps as readonly [Gcp, ...Gcp[]];
    const typo = { ...first, position: { ...first.position, lat: 54.2 } };
    expect(solving({ gcps: [typo, ...rest] })).toMatch(/^gcp-far: Ground control point p0 lies \d+ km away/);
    expect(refusal(() => calibrateFromGcps({ gcps: [typo, ...rest], sizePx }))).toMatch(/^gcp-far: .*p0/);
  });
});

describe('what is held', () => {
  it('must be known: it is not held where a first guess puts it', () => {
    const { position: _, ...unsaid } = { gcps, sizePx, position };
    const refused = (request: CalibrationRequest) => refusal(() => calibrateFromGcps(request));
    expect(refused({ ...unsaid, free: ['angles', 'focal'] })).toMatch(/^held-unknown: .* leaves out position/);
    expect(refused({ ...unsaid, position, free: ['angles'] })).toMatch(/^held-unknown: .* leaves out focal/);
    expect(refused({ ...unsaid, position, free: ['position', 'focal'] })).toMatch(
      /^held-unknown: .* leaves out angles/,
    );
    expect(refused({ ...unsaid, position, focalPx: camera.lens.focalPx, free: ['angles'] })).toBe('no refusal');
  });
});

it('says that the camera stands elsewhere also where it is said to be kilometres off', () => {
  const far = { ...position, lng: position.lng + 0.06 };
  expect(solving({ position: far })).toMatch(/^gcps-misread: .* the camera 47\d\d m away from where it is said to be/);
});
