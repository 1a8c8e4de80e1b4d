import { readDemAround } from '../dem/geotiff.ts';
import type { DemGrid } from '../dem/grid.ts';
import { ServiceError } from '../errors.ts';
import type { PlaneOrigin } from '../geo/frames.ts';

/** A DEM that a person named on the command line. */
export interface NamedDem {
  readonly file: string;
  /** Undefined: the file says it. */
  readonly demEpsg: number | undefined;
  /** CRS of the GCPs: that of a DEM that does not say its own. */
  readonly epsg: number;
  readonly radiusM: number;
}

/**
 * The DEM around a camera.
 * @throws ServiceError those of readDemAround
 */
export async function readNamedDem(origin: PlaneOrigin, { file, demEpsg, epsg, radiusM }: NamedDem): Promise<DemGrid> {
  try {
    return await readDemAround({ file, epsg: demEpsg }, origin, radiusM);
  } catch (thrown) {
    if (!(thrown instanceof ServiceError) || thrown.code !== 'dem-without-epsg') throw thrown;
    return readDemAround({ file, epsg }, origin, radiusM);
  }
}
