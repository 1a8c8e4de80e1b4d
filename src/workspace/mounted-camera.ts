import type { Brand } from '../brand.ts';
import type { LngLat } from '../geo/frames.ts';
import type { LakeId } from '../geo/lake.ts';
import type { GcpSource } from './gcp-sources.ts';

export type CameraId = Brand<string, 'CameraId'>;

/** What a user knows of a lens before it is calibrated: what its leaflet says, or a guess. */
export interface DescribedLens {
  readonly kind: 'brown-conrady' | 'fisheye';
  /** Rough focal length, px; wins over mm. */
  readonly focalPx: number | undefined;
  /** True focal length, not the 35 mm equivalent, mm; of use with the width of the sensor. */
  readonly focalMm: number | undefined;
  readonly sensorWidthMm: number | undefined;
}

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
  readonly lens: DescribedLens;
  /** IANA name of the zone that the camera's own clock is set to, such as 'Europe/Paris' or 'UTC'. */
  readonly clockTimeZone: string;
  /** How far its clock is ahead of true time, s. */
  readonly clockOffsetS: number;
  /** Whether a photo without EXIF time may take it from its file name, such as IMG_20240714_123000.jpg. */
  readonly timeFromFileName: boolean;
  /** Minutes between two photos, as programmed. */
  readonly intervalMin: number;
  /** Whether parts of its photos are passed over where nothing changed and nothing was found lately. */
  readonly changeGate: boolean;
  readonly mountedFrom: Date | undefined;
  readonly mountedTo: Date | undefined;
  /** Its ground control points; none: not calibrated yet. */
  readonly gcps: readonly GcpSource[];
}
