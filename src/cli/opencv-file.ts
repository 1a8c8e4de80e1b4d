import type { Calibration } from '../calibrate/calibration.ts';
import type { KnownCamera } from '../camera/known-camera.ts';
import { fromOpenCv, toOpenCv } from '../camera/opencv.ts';
import { toAxes } from '../geo/crs.ts';
import { fromEnu } from '../geo/plane.ts';
import { parseJsonFile, z } from '../schema.ts';

const number = z.number();
const triple = z.tuple([number, number, number]);

/** A matrix as numpy.tolist or as cv::FileStorage writes it: its numbers, row-major. */
const matrix = z
  .union([z.array(number), z.array(z.array(number)), z.object({ data: z.array(number) })])
  .transform((written) => ('data' in written ? written.data : written.flat()));

const openCvSchema = z.object({
  model: z.enum(['pinhole', 'fisheye']).default('pinhole'),
  image_width: z.int().positive(),
  image_height: z.int().positive(),
  camera_matrix: matrix.refine((values) => values.length === 9),
  distortion_coefficients: matrix,
  rvec: matrix.pipe(triple),
  tvec: matrix.pipe(triple),
  /** The axes of rvec and tvec: x, y of this CRS and height, less the offset, m. */
  world: z.object({ epsg: z.int(), offset: triple }),
});

/** True for a JSON text that means to be a camera of OpenCV. */
export function isOpenCv(text: string): boolean {
  return text.includes('"camera_matrix"');
}

/**
 * A camera of OpenCV. Nothing in it says how well its pose and lens are known.
 * @throws ServiceError file-invalid, opencv-crs, opencv-lens
 */
export function parseOpenCv(text: string, file: string): { calibration: KnownCamera; epsg: number } {
  const written = parseJsonFile(openCvSchema, text, file);
  const { model, camera_matrix: cameraMatrix, distortion_coefficients: distortion, rvec, tvec, world } = written;
  const sizePx = { widthPx: written.image_width, heightPx: written.image_height };
  const camera = fromOpenCv({ model, cameraMatrix, distortion, rvec, tvec }, world, sizePx);
  return { calibration: { camera, free: [], covariance: [] }, epsg: world.epsg };
}

/**
 * A calibration as OpenCV's functions take it, its world at whole metres beside the camera.
 * @throws ServiceError opencv-crs
 */
export function toOpenCvFile({ camera, rmsePx }: Calibration, epsg: number) {
  const { x, y, z: height } = toAxes(fromEnu(camera.origin, camera.pose.position), epsg);
  const offset = [Math.round(x), Math.round(y), Math.round(height)] as const;
  const { model, cameraMatrix: k, distortion, rvec, tvec } = toOpenCv(camera, { epsg, offset });
  return {
    model,
    image_width: camera.sizePx.widthPx,
    image_height: camera.sizePx.heightPx,
    camera_matrix: [k.slice(0, 3), k.slice(3, 6), k.slice(6)],
    distortion_coefficients: distortion,
    rvec,
    tvec,
    world: { epsg, offset },
    avg_reprojection_error: rmsePx,
  };
}
