import type { Polygon } from 'geojson';
import type { Lake, LakeId, Zone, ZoneId } from '../../src/geo/lake.ts';
import type { Photo, PhotoId, Visibility } from '../../src/ingest/photo.ts';
import type { NoSighting, Sighting } from '../../src/locate/sighting.ts';
import type { FoundThing } from '../../src/store/analyses.ts';
import { writeCameras } from '../../src/store/cameras.ts';
import type { Db } from '../../src/store/db.ts';
import { writeLakes } from '../../src/store/lakes.ts';
import { writeZones } from '../../src/store/zones.ts';
import type { CameraId, MountedCamera } from '../../src/workspace/mounted-camera.ts';

/** A square of `sideDeg` degrees from its south-west corner. */
export function makeSquare(lng: number, lat: number, sideDeg: number): Polygon {
  const [east, north] = [lng + sideDeg, lat + sideDeg];
  return {
    type: 'Polygon',
    coordinates: [
      [
        [lng, lat],
        [east, lat],
        [east, north],
        [lng, north],
        [lng, lat],
      ],
    ],
  };
}

export const lake: Lake = {
  id: 'lac-rond' as LakeId,
  name: 'Lac Rond',
  shoreline: makeSquare(6.4, 44.8, 0.002),
  waterLevelM: 2445.2,
  waterLevelSigmaM: 0.3,
  waterReadings: [],
  timeZone: 'Europe/Paris',
};

export const bivouacArea: Zone = {
  id: 'bivouac-north' as ZoneId,
  lakeId: lake.id,
  kind: 'bivouac-area',
  name: 'Bivouac north',
  polygon: makeSquare(6.4, 44.803, 0.001),
};

export const meadow: Zone = {
  id: 'meadow' as ZoneId,
  lakeId: lake.id,
  kind: 'meadow',
  name: 'Meadow',
  polygon: makeSquare(6.405, 44.8, 0.001),
};

export const camera: MountedCamera = {
  id: 'north' as CameraId,
  name: 'North',
  lakeId: lake.id,
  photoFolder: '/photos/north',
  position: { lng: 6.401, lat: 44.799, heightM: 2460, sigmaM: 0.5 },
  headingDeg: 10,
  lens: { kind: 'brown-conrady', focalPx: undefined, focalMm: undefined, sensorWidthMm: undefined },
  clockTimeZone: 'Europe/Paris',
  clockOffsetS: 0,
  timeFromFileName: false,
  changeGate: true,
  intervalMin: 60,
  mountedFrom: undefined,
  mountedTo: undefined,
  gcps: [],
};

/** Writes the lake, its two zones and the camera. */
export async function writePlaces(db: Db): Promise<void> {
  await writeLakes(db, [lake]);
  await writeZones(db, [bivouacArea, meadow]);
  await writeCameras(db, [camera]);
}

/** A photo of the camera, named and identified by its time. */
export function makePhoto(takenAt: string, visibility: Visibility = 'usable', cameraId = camera.id): Photo {
  return {
    kind: 'photo',
    id: `${cameraId}-${takenAt}` as PhotoId,
    cameraId,
    path: `${cameraId}/${takenAt}.jpg`,
    bytes: 1000,
    sizePx: { widthPx: 4000, heightPx: 3000 },
    takenAt: new Date(takenAt),
    visibility,
  };
}

/** Something found at a place on the ground. */
export function makeFound(label: string, [lng, lat]: readonly [number, number], confidence = 0.9): FoundThing {
  const sighting: Sighting = {
    kind: 'sighting',
    point: { lng, lat },
    heightM: 2446,
    surface: 'ground',
    rangeM: 210,
    covariance: { eeM2: 4, enM2: 1, nnM2: 9 },
    ellipse: { semiMajorM: 7.5, semiMinorM: 4.6, azimuthDeg: 11 },
    shares: { camera: 0.5, pixel: 0.3, height: 0.1, extent: 0.1 },
  };
  return { detection: { label, confidence, box: { x: 10, y: 20, w: 30, h: 40 } }, sighting, plausibility: undefined };
}

/** Something found in the picture that has no place on the ground. */
export function makeUnplaced(label: string, reason: NoSighting['reason']): FoundThing {
  return { ...makeFound(label, [0, 0]), sighting: { kind: 'no-sighting', reason } };
}
