import { parameterNames } from '../camera/jacobian.ts';
import { toAxes } from '../geo/crs.ts';
import { fromEnu } from '../geo/plane.ts';
import { parseJsonFile, z } from '../schema.ts';
import { adviceOn } from './advice.ts';
import type { Calibration } from './calibration.ts';

const number = z.number();
const enu = z.object({ eastM: number, northM: number, upM: number });
const place = z.object({ lng: number, lat: number, heightM: number });
const pixel = z.object({ u: number, v: number });
const optics = {
  focalPx: z.number().positive(),
  focalRatio: z.number().positive().exactOptional(),
  centre: pixel,
  k1: number,
  k2: number,
  k3: number,
};

/** What `rivage calibrate --json` writes and `rivage locate` reads. */
export const calibrationJsonSchema = z.object({
  /** CRS of x, y, z; the heights are those of the GCPs. */
  epsg: z.int(),
  sizePx: z.object({ widthPx: z.int().positive(), heightPx: z.int().positive() }),
  pose: z.object({
    lng: number,
    lat: number,
    heightM: number,
    x: number,
    y: number,
    z: number,
    headingDeg: number,
    pitchDeg: number,
    rollDeg: number,
  }),
  lens: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('brown-conrady'), ...optics, p1: number, p2: number }),
    z.object({ kind: z.literal('fisheye'), ...optics, k4: number }),
  ]),
  refraction: number.exactOptional(),
  rmsePx: number,
  looRmsePx: number.optional(),
  aic: number,
  /** For the person who clicked the points. */
  advice: z.object({ en: z.string(), fr: z.string() }).exactOptional(),
  gcps: z.array(
    z.object({
      name: z.string(),
      pixel,
      position: place,
      sigmaM: number,
      reprojected: pixel.optional(),
      residualPx: number.optional(),
      outlier: z.boolean(),
    }),
  ),
  /** The tangent plane of the covariance, and the camera's place in it. */
  plane: z.object({ origin: place, position: enu }),
  free: z.array(z.enum(parameterNames)),
  covariance: z.array(number),
  /** What was said of the camera before. */
  prior: z
    .object({
      focal: z.object({ focalPx: number, sigmaPx: number }).exactOptional(),
      positionSigmaM: number.exactOptional(),
    })
    .exactOptional(),
});
export type CalibrationJson = z.output<typeof calibrationJsonSchema>;

/** A calibration as it is written, with the place of the camera in EPSG:4326 and in `epsg`. */
export function toCalibrationJson(calibration: Calibration, epsg: number): CalibrationJson {
  const { camera, ...rest } = calibration;
  const { headingDeg, pitchDeg, rollDeg, position } = camera.pose;
  const place = fromEnu(camera.origin, position);
  return {
    epsg,
    sizePx: camera.sizePx,
    pose: { ...place, ...toAxes(place, epsg), headingDeg, pitchDeg, rollDeg },
    lens: camera.lens,
    ...(camera.refraction === undefined ? {} : { refraction: camera.refraction }),
    rmsePx: rest.rmsePx,
    looRmsePx: rest.looRmsePx,
    aic: rest.aic,
    advice: adviceOn(calibration),
    gcps: rest.gcps.map((gcp) => ({ ...gcp })),
    plane: { origin: camera.origin, position },
    free: parameterNames.filter((name) => rest.free.includes(name)),
    covariance: [...rest.covariance],
    ...(rest.prior ? { prior: rest.prior } : {}),
  };
}

/**
 * Reads what toCalibrationJson wrote.
 * @throws ServiceError file-invalid
 */
export function parseCalibration(text: string, file: string): { calibration: Calibration; epsg: number } {
  const {
    epsg,
    sizePx,
    pose,
    lens,
    refraction,
    plane,
    advice: _,
    ...rest
  } = parseJsonFile(calibrationJsonSchema, text, file);
  const { headingDeg, pitchDeg, rollDeg } = pose;
  const camera = {
    origin: plane.origin,
    pose: { position: plane.position, headingDeg, pitchDeg, rollDeg },
    lens,
    sizePx,
    ...(refraction === undefined ? {} : { refraction }),
  };
  // JSON drops what is undefined.
  const gcps = rest.gcps.map((gcp) => ({ ...gcp, reprojected: gcp.reprojected, residualPx: gcp.residualPx }));
  return { epsg, calibration: { ...rest, gcps, looRmsePx: rest.looRmsePx, camera } };
}
