import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Vector3 } from '../../src/camera/matrix.ts';
import { fromOpenCv, type OpenCvCamera, toOpenCv } from '../../src/camera/opencv.ts';
import { worldToPixel } from '../../src/camera/project.ts';
import { fromRotationVector, toRotationVector } from '../../src/camera/rotation-vector.ts';
import { ServiceError } from '../../src/errors.ts';
import { turnBetween } from '../../src/geo/angles.ts';
import { getCrs } from '../../src/geo/crs.ts';
import { fromEnu, toEnu } from '../../src/geo/plane.ts';
import { cameras } from './cameras.ts';

const sizePx = { widthPx: 1920, heightPx: 1080 };
/** UTM 32N at 6.1° E: grid north lies 2.06° west of true north, 50 px. */
const world = { epsg: 32632, offset: [272_000, 5_009_000, 2100] } as const;
const rvec: Vector3 = [1.5038913084296466, -0.9252001059716264, 0.7835802859542416];
const tvec: Vector3 = [-91.22768365823198, 43.08422873970535, -82.83460308505319];
const pinhole: OpenCvCamera = {
  model: 'pinhole',
  cameraMatrix: [1440, 0, 969.5, 0, 1454.4, 544.5, 0, 0, 1],
  distortion: [-0.3, 0.1, 0.0005, -0.0002, -0.02],
  rvec,
  tvec,
};
const fisheye: OpenCvCamera = {
  model: 'fisheye',
  cameraMatrix: [620, 0, 959.5, 0, 620, 539.5, 0, 0, 1],
  distortion: [0.05, -0.02, 0.01, -0.003],
  rvec,
  tvec,
};
const points: readonly Vector3[] = [
  [420, 140, 0],
  [300, 10, 12],
  [700, 350, 60],
  [520, 60, 5],
];

/** Source: cv2.projectPoints and cv2.fisheye.projectPoints of OpenCV 4.14.0, run on the cameras and points above. */
const seenByOpenCv = {
  pinhole: [
    [891.9680120204789, 480.49151459109265],
    [1278.107426414656, 491.5938872847663],
    [813.7754927660255, 295.26937474311114],
    [1317.246876433932, 439.41137349901044],
  ],
  fisheye: [
    [926.1152948626022, 512.209307424292],
    [1092.5137957573443, 516.9084808814457],
    [892.3972499237814, 433.1467936284115],
    [1109.4457187275887, 494.61719022486403],
  ],
} as const;

describe('a camera of OpenCV', () => {
  it.each([pinhole, fisheye])('sees points where OpenCV sees them, its world laid on a map: $model', (given) => {
    const camera = { ...fromOpenCv(given, world, sizePx), refraction: 0 };
    const crs = getCrs(world.epsg);
    points.forEach(([x, y, z], at) => {
      const [east, north, up] = world.offset;
      const place = { ...crs.toLngLat({ x: x + east, y: y + north }), heightM: z + up };
      const seen = worldToPixel(camera, toEnu(camera.origin, place));
      const [u, v] = seenByOpenCv[given.model][at] ?? [0, 0];
      // OpenCV counts from the centre of the first pixel. Its world is flat and to the scale of the map: 0.2 px here.
      expect(Math.abs((seen?.u ?? 0) - (u + 0.5))).toBeLessThan(0.2);
      expect(Math.abs((seen?.v ?? 0) - (v + 0.5))).toBeLessThan(0.2);
    });
  });

  it('stands and looks where it was placed: heading 62° in the grid, pitch −7.5°, roll 1.2°', () => {
    const { origin, pose } = fromOpenCv(pinhole, world, sizePx);
    const { x, y } = getCrs(world.epsg).fromLngLat(origin);
    expect(x).toBeCloseTo(272_120.5, 5);
    expect(y).toBeCloseTo(5_008_959.75, 5);
    expect(origin.heightM).toBeCloseTo(2130, 9);
    // Source of the convergence: tan γ = tan(λ − λ0)·sin φ, exact on a sphere and to 0.001° on the ellipsoid here.
    const { lng, lat } = origin;
    const rad = Math.PI / 180;
    const convergence = Math.atan(Math.tan((lng - 9) * rad) * Math.sin(lat * rad)) / rad;
    expect(pose.headingDeg).toBeCloseTo(62 + convergence, 2);
    expect(pose.pitchDeg).toBeCloseTo(-7.5, 9);
    expect(pose.rollDeg).toBeCloseTo(1.2, 9);
  });

  it('goes out as it came in', () => {
    for (const given of [pinhole, fisheye]) {
      const back = toOpenCv(fromOpenCv(given, world, sizePx), world);
      expect(back.model).toBe(given.model);
      expect(back.distortion).toEqual(given.distortion);
      for (const key of ['cameraMatrix', 'rvec', 'tvec'] as const) {
        back[key].forEach((value, at) => {
          expect(value).toBeCloseTo(given[key][at] ?? Infinity, 6);
        });
      }
    }
  });

  it('comes back as it went out, whatever the pose, from a plane laid elsewhere too', () => {
    fc.assert(
      fc.property(cameras, (camera) => {
        const back = fromOpenCv(toOpenCv(camera, world), world, camera.sizePx);
        const place = fromEnu(camera.origin, camera.pose.position);
        const { eastM, northM, upM } = toEnu(place, back.origin);
        expect(Math.hypot(eastM, northM, upM)).toBeLessThan(1e-5);
        // 50 m from the origin of its plane, north and up are its own: 5e-4°.
        expect(Math.abs(turnBetween(back.pose.headingDeg, camera.pose.headingDeg))).toBeLessThan(0.01);
        expect(Math.abs(back.pose.pitchDeg - camera.pose.pitchDeg)).toBeLessThan(1e-3);
        expect(back.lens).toEqual({
          ...camera.lens,
          focalRatio: expect.closeTo(camera.lens.focalRatio ?? 1, 12),
          centre: { u: expect.closeTo(camera.lens.centre.u, 9), v: expect.closeTo(camera.lens.centre.v, 9) },
        });
      }),
    );
  });

  it('is taken with 4, 5, 8, 12 or 14 coefficients, when those that no lens here has are 0', () => {
    const k = [-0.3, 0.1, 0.0005, -0.0002, -0.02];
    const codeOf = (distortion: readonly number[], more: Partial<OpenCvCamera> = {}) => {
      try {
        return fromOpenCv({ ...pinhole, distortion, ...more }, world, sizePx).lens.k1;
      } catch (thrown) {
        return thrown instanceof ServiceError ? thrown.code : thrown;
      }
    };
    for (const count of [4, 5, 8, 12, 14]) {
      expect(codeOf([...k, ...Array(9).fill(0)].slice(0, count))).toBe(-0.3);
    }
    expect(codeOf([...k, 0.1, 0, 0])).toBe('opencv-lens');
    expect(codeOf([...k, 0])).toBe('opencv-lens');
    expect(codeOf(k, { model: 'fisheye' })).toBe('opencv-lens');
    expect(codeOf(k, { cameraMatrix: [1440, 2, 960, 0, 1440, 540, 0, 0, 1] })).toBe('opencv-lens');
    expect(() => fromOpenCv(pinhole, { ...world, epsg: 4326 }, sizePx)).toThrow(/EPSG:4326/);
  });
});

describe('a rotation vector', () => {
  it('turns as that of OpenCV', () => {
    // Source: cv2.Rodrigues of OpenCV 4.14.0.
    const peer = [
      -0.9733801101974346, -0.22095028934232167, -0.06092725754187812, -0.15846201913762706, 0.8408212728791019,
      -0.5175996286366453, 0.16559272195013985, -0.4941665273098848, -0.8534509322296348,
    ];
    fromRotationVector([0.3, -2.9, 0.8]).forEach((value, at) => {
      expect(value).toBeCloseTo(peer[at] ?? Infinity, 12);
    });
  });

  it('comes back from its rotation, up to half a turn', () => {
    const part = fc.double({ min: -1, max: 1, noNaN: true });
    fc.assert(
      fc.property(part, part, part, fc.double({ min: 0, max: Math.PI, noNaN: true }), (x, y, z, angle) => {
        const length = Math.hypot(x, y, z);
        fc.pre(length > 0.01);
        const vector: Vector3 = [(x / length) * angle, (y / length) * angle, (z / length) * angle];
        const again = fromRotationVector(toRotationVector(fromRotationVector(vector)));
        fromRotationVector(vector).forEach((value, at) => {
          expect(again[at]).toBeCloseTo(value, 12);
        });
        if (angle < 3) {
          toRotationVector(fromRotationVector(vector)).forEach((value, at) => {
            expect(value).toBeCloseTo(vector[at] ?? Infinity, 9);
          });
        }
      }),
    );
  });
});
