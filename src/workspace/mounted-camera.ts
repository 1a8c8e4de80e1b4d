import type { Brand } from '../brand.ts';
import type { LngLat } from '../geo/frames.ts';
import type { LakeId } from '../geo/lake.ts';

export type CameraId = Brand<string, 'CameraId'>;

/** A camera as its user describes it in cameras/<id>.json. */
export interface MountedCamera {
  readonly id: CameraId;
  readonly name: string;
  readonly lakeId: LakeId;
  /** Absolute path of the folder that holds its photos; no other camera may claim it or a folder inside it. */
  readonly photoFolder: string;
  /** Where it hangs: WGS84, height of the lens in the datum of the DEM, 1σ of each of the three, m. */
  readonly position: LngLat & { readonly heightM: number; readonly sigmaM: number };
  /** Rough aim, if known: degrees clockwise from true north. */
  readonly headingDeg: number | undefined;
  /** Rough focal length, if known, px. */
  readonly focalPx: number | undefined;
  /** IANA name of the zone that the camera's own clock is set to, such as 'Europe/Paris' or 'UTC'. */
  readonly clockTimeZone: string;
  /** How far its clock is ahead of true time, s. */
  readonly clockOffsetS: number;
  /** Whether a photo without EXIF time may take it from its file name, such as IMG_20240714_123000.jpg. */
  readonly timeFromFileName: boolean;
  /** Minutes between two photos, as programmed. */
  readonly intervalMin: number;
  readonly mountedFrom: Date | undefined;
  readonly mountedTo: Date | undefined;
  /** Ground control points: absolute path and the CRS of its x, y columns; undefined: not calibrated yet. */
  readonly gcps: { readonly file: string; readonly epsg: number } | undefined;
}
