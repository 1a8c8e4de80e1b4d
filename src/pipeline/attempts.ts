import { type ServiceError, toServiceError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { CameraId, MountedCamera } from '../workspace/mounted-camera.ts';

/** A camera that a run could not do, and why. */
export interface CameraProblem {
  readonly cameraId: CameraId;
  readonly error: ServiceError;
}

/** Tries works on cameras one by one: what fails is logged and kept as a problem, and the other cameras go on. */
export function createAttempts(log: Log) {
  const problems: CameraProblem[] = [];
  const attempt = <T>({ id }: MountedCamera, work: () => Promise<T>): Promise<T | undefined> =>
    work().catch((thrown: unknown) => {
      const error = toServiceError(thrown);
      log.error(error.message, { code: error.code, camera: id });
      problems.push({ cameraId: id, error });
      return undefined;
    });
  return { problems, attempt };
}
