import type { Lake, Zone } from '../geo/lake.ts';
import type { MountedCamera } from './mounted-camera.ts';

/** A folder that a person wrote: rivage.json, lakes.geojson, zones.geojson, cameras/<id>.json, GCP files, a DEM, photos. */
export interface Workspace {
  /** Absolute path. */
  readonly folder: string;
  readonly name: string;
  /** EPSG code of the metric CRS that lengths and areas are reported in, such as 2154. */
  readonly metricEpsg: number;
  /** Model id (a folder of models/) to detect with; undefined: the default one. */
  readonly model: string | undefined;
  /** Absolute path of the DEM; undefined: the lake's plane alone. */
  readonly dem: { readonly file: string; readonly epsg: number | undefined; readonly heightSigmaM: number } | undefined;
  readonly lakes: readonly Lake[];
  readonly zones: readonly Zone[];
  readonly cameras: readonly MountedCamera[];
}
