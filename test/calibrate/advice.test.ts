import { describe, expect, it } from 'vitest';
import { adviceOn } from '../../src/calibrate/advice.ts';
import type { CalibrationRequest } from '../../src/calibrate/calibration-request.ts';
import { calibrateFromGcps } from '../../src/calibrate/resection.ts';
import { worldToPixel } from '../../src/camera/project.ts';
import type { Pixel } from '../../src/geo/frames.ts';
import { fromEnu } from '../../src/geo/plane.ts';
import { drawCamera, drawSeen, origin, randomFrom } from '../locate/scene.ts';

const random = randomFrom(5);
const camera = drawCamera(random);
const { sizePx, pose, lens } = camera;
const position = { ...fromEnu(origin, pose.position), sigmaM: 1 };

/** A request of `count` GCPs clicked to 1 px, all where `keeps` says. */
function requestOf(count: number, keeps: (pixel: Pixel) => boolean = () => true): CalibrationRequest {
  const gcps = Array.from({ length: count }, (_, at) => {
    for (;;) {
      const point = drawSeen(camera, random, [30, 500], random.between(0, 15));
      const seen = worldToPixel(camera, point);
      if (!seen || !keeps(seen) || seen.u < 9 || seen.v < 9 || seen.u > 1911 || seen.v > 1071) continue;
      const pixel = { u: seen.u + random.normal(), v: seen.v + random.normal() };
      return { name: `p${at}`, pixel, position: fromEnu(origin, point), sigmaM: 0 };
    }
  });
  return { gcps, sizePx, position };
}

const adviceFor = (request: CalibrationRequest) => adviceOn(calibrateFromGcps(request));

/** The request with each named point clicked that many px too far right. */
function clickedWrong(request: CalibrationRequest, off: Readonly<Record<string, number>>): CalibrationRequest {
  const gcps = request.gcps.map((gcp) => ({
    ...gcp,
    pixel: { u: gcp.pixel.u + (gcp.pixel.u > 1500 ? -1 : 1) * (off[gcp.name] ?? 0), v: gcp.pixel.v },
  }));
  return { ...request, gcps };
}

describe('the sentence on a calibration', () => {
  it('says that all is well', () => {
    const { en, fr } = adviceFor(requestOf(12));
    expect(en).toMatch(/^All 12 points agree; the worst, p\d+, is \d\.\d px off\.$/);
    expect(fr).toMatch(/^Les 12 points concordent ; le moins bon, p\d+, est à \d\.\d px\.$/);
  });

  it('names the point that was clicked on the wrong rock', () => {
    const { en, fr } = adviceFor(clickedWrong(requestOf(14), { p7: 38 }));
    expect(en).toMatch(/^1 point was left out\. Point p7 is [34]\d px off: was it clicked on the wrong rock\?$/);
    expect(fr).toMatch(
      /^1 point a été écarté\. Le point p7 est à [34]\d px : a-t-il été cliqué sur le mauvais rocher \?$/,
    );
  });

  it('distrusts the rest where too many points are wrong', () => {
    const { en } = adviceFor(clickedWrong(requestOf(14), { p1: 90, p4: 150, p7: 260, p10: 340 }));
    expect(en).toMatch(/^4 of 14 points were left out, too many to trust the rest: check them all, first p10/);
  });

  it('says that so few points cannot show a mistake', () => {
    expect(adviceFor({ ...requestOf(3), focalPx: lens.focalPx, focalSigmaPx: 1 }).en).toMatch(
      /^3 points are too few to tell/,
    );
  });

  it('does not blame the point that was left out where the others are too few to tell', () => {
    const request = { ...requestOf(5), focalPx: lens.focalPx, focalSigmaPx: 1 };
    const { en, fr } = adviceFor(clickedWrong(request, { p2: 150 }));
    expect(en).toMatch(/^1 point was left out\. Point p\d is \d+ px off, but the others are too few to tell/);
    expect(fr).toMatch(/^1 point a été écarté\. Le point p\d est à \d+ px, mais les autres sont trop peu/);
  });

  it('says that the focal length is not what was said', () => {
    const { en } = adviceFor({ ...requestOf(12), focalPx: 1.3 * lens.focalPx, focalSigmaPx: 0.04 * lens.focalPx });
    expect(en).toMatch(/^The points ask for a focal length of \d{4} px where \d{4} was said: check the lens/);
  });

  it('says that the camera stands elsewhere', () => {
    const moved = fromEnu(origin, { ...pose.position, eastM: pose.position.eastM + 4 });
    const { en } = adviceFor({ ...requestOf(16), position: { ...moved, sigmaM: 0.5 } });
    expect(en).toMatch(/^The points put the camera [34]\.\d m away from where it was said to be/);
  });

  it('says where points are missing', () => {
    const { en, fr } = adviceFor(requestOf(10, ({ u }) => u < 400));
    expect(en).toMatch(
      /^There are too few points at the (top|bottom) right of the picture, where the camera may be \d+ px off/,
    );
    expect(fr).toMatch(/^Il y a trop peu de points en (haut|bas) à droite de la photo/);
  });
});
