import { readFileSync } from 'node:fs';
import type { CalibrationRequest } from '../../src/calibrate/calibration-request.ts';
import { getCrs } from '../../src/geo/crs.ts';
import { referencePath } from '../support/reference-data.ts';

export const finseFolder = 'data/finse_webcam';
export const finseDem = { file: referencePath(`${finseFolder}/time_lapse_finse_DSM_midfilled.tif`), epsg: 32632 };
export const smapshotFolder = 'data/smapshot_swiss';

/** The Finse camera: its 42 GCPs, position known to 3 m, focal length roughly. */
export function finseRequest(): CalibrationRequest {
  const crs = getCrs(finseDem.epsg);
  const lines = readFileSync(referencePath(`${finseFolder}/GCPs_pointagev4.csv`), 'utf8')
    .trim()
    .split(/\r?\n/);
  const gcps = lines
    .map((line) => line.split(','))
    .filter(([, , , , , , used]) => used === '1')
    .map(([name = '', ...cells]) => {
      const [heightM = 0, x = 0, y = 0, u = 0, v = 0] = cells.map(Number);
      return { name, pixel: { u, v }, position: { ...crs.toLngLat({ x, y }), heightM }, sigmaM: 0 };
    });
  const position = { ...crs.toLngLat({ x: 419169.2, y: 6718421.3 }), heightM: 1212.4678, sigmaM: 3 };
  return { gcps, sizePx: { widthPx: 1920, heightPx: 1080 }, position, focalPx: 1484 };
}

interface SmapshotPhoto {
  readonly lng: number;
  readonly lat: number;
  readonly alt: number;
  readonly width: number;
  readonly height: number;
  readonly gcp_json: readonly { longitude: number; latitude: number; altitude: number; x: number; y: number }[];
}

/** 100 aerial photos: position roughly known, heading and focal length not at all. */
export function smapshotRequests(): readonly CalibrationRequest[] {
  return ['Oblique', 'Nadir'].flatMap((set) => {
    const text = readFileSync(referencePath(`${smapshotFolder}/images${set}.json`), 'utf8');
    return (JSON.parse(text) as SmapshotPhoto[]).map((photo) => ({
      gcps: photo.gcp_json.map(({ x, y, longitude, latitude, altitude }, at) => ({
        name: String(at),
        pixel: { u: x, v: y },
        position: { lng: longitude, lat: latitude, heightM: altitude },
        sigmaM: 0,
      })),
      // A few of their points lie up to a tenth outside the picture.
      sizePx: { widthPx: 1.2 * photo.width, heightPx: 1.2 * photo.height },
      lens: { centre: { u: photo.width / 2, v: photo.height / 2 } },
      position: { lng: photo.lng, lat: photo.lat, heightM: photo.alt, sigmaM: Infinity },
      free: ['angles', 'focal', 'position'] as const,
      keepAll: true,
      refraction: 0,
    }));
  });
}
