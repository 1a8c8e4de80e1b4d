import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { CalibrationRequest } from '../../src/calibrate/calibration-request.ts';
import { calibrateFromGcps } from '../../src/calibrate/resection.ts';
import { describeWithReferenceData, referencePath } from '../support/reference-data.ts';

const folder = 'data/smapshot_swiss';

interface StoredPhoto {
  readonly id: number;
  readonly lng: number;
  readonly lat: number;
  readonly alt: number;
  readonly azimuth: number;
  readonly tilt: number;
  readonly roll: number;
  readonly focal: number;
  readonly width: number;
  readonly height: number;
  readonly gcp_json: readonly { longitude: number; latitude: number; altitude: number; x: number; y: number }[];
}

function readPhotos(set: 'Oblique' | 'Nadir'): readonly StoredPhoto[] {
  return JSON.parse(readFileSync(referencePath(`${folder}/images${set}.json`), 'utf8'));
}

/** RMSE of the peer's own code, px, by photo id. */
function readPeer(set: 'Oblique' | 'Nadir'): ReadonlyMap<number, number> {
  const lines = readFileSync(referencePath(`${folder}/peer_result_images${set}.csv`), 'utf8')
    .trim()
    .split('\n')
    .slice(1);
  return new Map(lines.map((line) => line.split(',').map(Number)).map(([id = 0, , , rmse = 0]) => [id, rmse]));
}

/** The peer's model: angles, position and focal length, all free, every point kept, straight light. */
function requestFor(photo: StoredPhoto): CalibrationRequest {
  return {
    gcps: photo.gcp_json.map((gcp, at) => ({
      name: String(at),
      pixel: { u: gcp.x, v: gcp.y },
      position: { lng: gcp.longitude, lat: gcp.latitude, heightM: gcp.altitude },
      sigmaM: 0,
    })),
    // A few of their points lie up to a tenth outside the picture.
    sizePx: { widthPx: 1.2 * photo.width, heightPx: 1.2 * photo.height },
    lens: { centre: { u: photo.width / 2, v: photo.height / 2 } },
    free: ['angles', 'focal', 'position'],
    keepAll: true,
    refraction: 0,
  };
}

describeWithReferenceData('50 oblique and 50 nadir Swiss photos (smapshot)', folder, () => {
  for (const set of ['Oblique', 'Nadir'] as const) {
    it(`${set}: is solved as well as by the peer on every photo, with the stored pose and with the heading unknown`, () => {
      const peer = readPeer(set);
      const worse: string[] = [];
      for (const photo of readPhotos(set)) {
        const position = { lng: photo.lng, lat: photo.lat, heightM: photo.alt, sigmaM: Infinity };
        const aim = { headingDeg: photo.azimuth, pitchDeg: photo.tilt, rollDeg: photo.roll };
        const starts = { 'stored pose': { position, aim }, 'heading unknown': { position } };
        for (const [start, known] of Object.entries(starts)) {
          const { rmsePx } = calibrateFromGcps({ ...requestFor(photo), ...known });
          const limit = (peer.get(photo.id) ?? 0) + 0.01;
          if (!(rmsePx <= limit)) worse.push(`${photo.id}, ${start}: ${rmsePx} px, limit ${limit}`);
        }
      }
      expect(worse).toEqual([]);
    });
  }
});
