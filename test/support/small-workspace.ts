import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Camera } from '../../src/camera/camera.ts';
import { worldToPixel } from '../../src/camera/project.ts';
import type { Detection } from '../../src/detect/detection.ts';
import type { Detector } from '../../src/detect/detector.ts';
import { type Manifest, manifestSchema } from '../../src/detect/manifest.ts';
import { fromEnu } from '../../src/geo/plane.ts';
import { encodeJpeg } from '../../src/picture/codec.ts';
import { modelIdOf, type Tools } from '../../src/pipeline/tools.ts';
import { writeCameras } from '../../src/store/cameras.ts';
import type { Db } from '../../src/store/db.ts';
import { writeLakes } from '../../src/store/lakes.ts';
import { showModel, writeModel } from '../../src/store/models.ts';
import { writeZones } from '../../src/store/zones.ts';
import { readWorkspace } from '../../src/workspace/read-workspace.ts';
import { quietLog } from './databases.ts';
import { makeSquare } from './lake-fixture.ts';

const sizePx = { widthPx: 640, heightPx: 480 };

/** A camera 8 m over the lake's level, at its southern shore, looking north and slightly down. */
export const trueCamera: Camera = {
  origin: { lng: 6.4, lat: 44.9, heightM: 2208 },
  pose: { position: { eastM: 0, northM: 0, upM: 0 }, headingDeg: 0, pitchDeg: -8, rollDeg: 0 },
  lens: { kind: 'brown-conrady', focalPx: 500, centre: { u: 320, v: 240 }, k1: 0, k2: 0, k3: 0, p1: 0, p2: 0 },
  sizePx,
};

/** Writes a workspace of one camera, 'south', with surveyed GCPs; photos as wished, by file name and local time. */
export async function writeSmallWorkspace(folder: string, photos: Readonly<Record<string, string>>): Promise<void> {
  await mkdir(path.join(folder, 'cameras'), { recursive: true });
  await mkdir(path.join(folder, 'photos/south'), { recursive: true });
  const write = (file: string, value: unknown) => writeFile(path.join(folder, file), JSON.stringify(value, null, 2));
  await write('rivage.json', { name: 'Small', metricEpsg: 2154 });
  await write(
    'lakes.geojson',
    features(
      {
        ...{ id: 'rond', name: 'Lac Rond', waterLevelM: 2200, waterLevelSigmaM: 0.1, timeZone: 'Europe/Paris' },
      },
      makeSquare(6.398, 44.9002, 0.004),
    ),
  );
  await write(
    'zones.geojson',
    features({ id: 'all', lakeId: 'rond', kind: 'water', name: 'Water' }, makeSquare(6.398, 44.9002, 0.004)),
  );
  await write('cameras/south.json', {
    name: 'South',
    lakeId: 'rond',
    photos: 'photos/south',
    position: { ...trueCamera.origin, sigmaM: 0.5 },
    headingDeg: 5,
    focalPx: 480,
    clockTimeZone: 'Europe/Paris',
    clockOffsetS: 0,
    intervalMin: 30,
    gcps: { file: 'south.csv', epsg: 4326 },
  });
  await writeFile(path.join(folder, 'south.csv'), writeGcps());
  for (const [name, takenAtLocal] of Object.entries(photos)) {
    await writeFile(path.join(folder, 'photos/south', name), await makePhoto(takenAtLocal));
  }
}

function features(properties: object, geometry: object) {
  return { type: 'FeatureCollection', features: [{ type: 'Feature', properties, geometry }] };
}

/** The camera's GCPs as longitude, latitude, height, clicked `offPx` too far to the right. */
export function placedGcps(offPx = 0) {
  const places = [
    [-20, 60, -7],
    [15, 50, -6],
    [30, 90, -4],
    [-35, 110, 2],
    [0, 150, 5],
    [40, 140, 1],
    [-5, 80, -7],
  ] as const;
  return places.map(([eastM, northM, upM], i) => {
    const { u = 0, v = 0 } = worldToPixel(trueCamera, { eastM, northM, upM }) ?? {};
    const { lng, lat, heightM } = fromEnu(trueCamera.origin, { eastM, northM, upM });
    return { name: `p${i}`, u: u + offPx, v, x: lng, y: lat, z: heightM };
  });
}

/** The same as the camera's GCP file. */
export function writeGcps(offPx = 0): string {
  const rows = placedGcps(offPx).map(({ name, u, v, x, y, z }) => [name, u, v, x, y, z].join(','));
  return ['name,u,v,lon,lat,h', ...rows, ''].join('\n');
}

/** A picture with enough contrast to count in; each time gives other bytes. */
export function makePhoto(takenAtLocal: string): Promise<Uint8Array> {
  const seed = Number(takenAtLocal.replace(/\D/g, '').slice(-6));
  const squares = (pixel: number) => ((pixel % sizePx.widthPx) >> 5) + ((pixel / sizePx.widthPx) >> 5);
  const count = sizePx.widthPx * sizePx.heightPx * 3;
  const rgb = Uint8Array.from({ length: count }, (_, i) => 60 + (squares(i / 3) % 2) * 80 + ((i * 7919 + seed) % 30));
  return encodeJpeg({ sizePx, rgb }, 90, { takenAtLocal });
}

/** A detector that finds the same in every photo: the one thing besides the clock that tests may fake. */
export function fakeDetector(detections: readonly Detection[], version = '1'): Detector {
  return { manifest: { ...manifest, version }, detect: async () => detections, close: async () => undefined };
}

const manifest: Manifest = manifestSchema.parse({
  ...{ manifestVersion: 1, id: 'fake', version: '1', default: false, name: 'Fake', licence: 'none', source: 'test' },
  format: 'onnx',
  weights: [{ from: { file: 'none' }, sha256: '0'.repeat(64) }],
  input: { name: 'x', widthPx: 8, heightPx: 8, channels: 'RGB', mean: [0, 0, 0], std: [1, 1, 1], fit: 'stretch' },
  decoder: { kind: 'centernet', heatmap: 'h', extents: 'e' },
  slice: { sidePx: 640, overlapRatio: 0 },
  classes: ['person', 'tent'],
  labels: { person: 'person', tent: 'tent' },
  merge: { iou: 0.5 },
  thresholds: { person: 0.3, tent: 0.3 },
});

/** A thing 1.6 m high whose foot stands 100 m north of the camera, on the water's level. */
export function seenAt(eastM: number, label: string, confidence = 0.8): Detection {
  const foot = worldToPixel(trueCamera, { eastM, northM: 100, upM: -8 });
  if (!foot) throw new Error('the fixture does not see its own thing');
  return { label, confidence, box: { x: foot.u - 3, y: foot.v - 8, w: 6, h: 8 } };
}

/** Reads a small workspace into an emptied database, with a detector that finds a tent and a person unless told otherwise. */
export async function openSmallTools(
  db: Db,
  folder: string,
  detector = fakeDetector([seenAt(0, 'tent'), seenAt(20, 'person')]),
): Promise<Tools> {
  await db.exec('truncate rivage.lake, rivage.model, rivage.camera, rivage.photo cascade');
  const workspace = await readWorkspace(folder);
  const tools = { db, workspace, detector, log: quietLog };
  await writeLakes(db, workspace.lakes);
  await writeZones(db, workspace.zones);
  await writeCameras(db, workspace.cameras);
  await writeModel(db, {
    modelId: modelIdOf(tools),
    labels: ['person', 'tent'],
    thresholds: detector.manifest.thresholds,
  });
  await showModel(db, modelIdOf(tools));
  return tools;
}
