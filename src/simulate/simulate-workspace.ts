import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { writeDemGeotiff } from '../dem/geotiff.ts';
import { ServiceError } from '../errors.ts';
import { fromEnu } from '../geo/plane.ts';
import { instantOf } from './local-time.ts';
import { refuseFull } from './new-folder.ts';
import { defaultOptions, type SimulateOptions } from './options.ts';
import { type CameraTask, momentsOf, writeJson } from './photograph.ts';
import { createStudio, type Studio } from './studio.ts';
import { type Truth, type TruthPhoto, truthFile } from './truth.ts';
import { dayMin } from './visitors/visit.ts';
import { createSite, maxCameras, type SiteCamera, siteEpsg, siteOrigin } from './world/site.ts';
import { mapDem, mapLake, mapZones } from './world/site-map.ts';

/**
 * Writes a workspace of a simulated lake: map, DEM, cameras, GCPs, photos; and, apart from them, what is true.
 * The same options give the same bytes.
 * @throws ServiceError bad-option, folder-not-empty
 */
export async function simulateWorkspace(folder: string, wish: Partial<SimulateOptions> = {}): Promise<Truth> {
  const options = { ...defaultOptions, ...wish };
  checkOptions(options);
  await refuseFull(folder);
  const site = createSite(options.seed, options.cameras, options.sizePx);
  const studio = createStudio(site, options);
  await writeSite(folder, studio);
  const total = momentsOf(options).length * site.cameras.length;
  let done = 0;
  const onPhoto = () => options.onPhoto?.(++done, total);
  const photos = await Promise.all(site.cameras.map((_, index) => runCamera({ folder, options, index }, onPhoto)));
  const truth = gatherTruth(studio, options, photos.flat());
  await writeJson(path.join(folder, truthFile), truth);
  return truth;
}

interface CameraRun {
  readonly folder: string;
  readonly options: SimulateOptions;
  readonly index: number;
}

const workerFile = new URL('../../dist/simulate/camera-worker.js', import.meta.url);

/** Takes the photos of one camera in a thread of its own. */
function runCamera({ folder, options, index }: CameraRun, onPhoto: () => void): Promise<readonly TruthPhoto[]> {
  const { signal, onPhoto: _, ...plain } = options;
  const worker = new Worker(workerFile, {
    workerData: { folder, options: plain, index } satisfies CameraTask,
    execArgv: [],
  });
  return new Promise<readonly TruthPhoto[]>((resolve, reject) => {
    const photos: TruthPhoto[] = [];
    const stop = (): void => {
      void worker.terminate();
      reject(signal?.reason);
    };
    signal?.addEventListener('abort', stop, { once: true });
    worker.on('message', (photo: TruthPhoto) => {
      photos.push(photo);
      onPhoto();
    });
    worker.on('error', reject);
    worker.on('exit', () => {
      signal?.removeEventListener('abort', stop);
      resolve(photos);
    });
  });
}

async function writeSite(folder: string, { site }: Studio): Promise<void> {
  const settings = {
    name: 'Simulated lake',
    metricEpsg: siteEpsg,
    dem: { file: 'dem.tif', epsg: siteEpsg, heightSigmaM: 0.3 },
  };
  await mkdir(folder, { recursive: true });
  await writeJson(path.join(folder, 'rivage.json'), settings);
  await writeJson(path.join(folder, 'lakes.geojson'), mapLake(site));
  await writeJson(path.join(folder, 'zones.geojson'), mapZones(site));
  await writeDemGeotiff(path.join(folder, 'dem.tif'), mapDem(site), siteEpsg);
}

function gatherTruth({ site, visits }: Studio, options: SimulateOptions, photos: readonly TruthPhoto[]): Truth {
  const at = (minute: number): string =>
    new Date(Math.round(instantOf(options.firstDay, minute).getTime() / 1000) * 1000).toISOString();
  const placeOf = ({ eastM, northM, upM }: SiteCamera['camera']['pose']['position']) =>
    fromEnu(siteOrigin, { eastM, northM, upM });
  return {
    seed: options.seed,
    sizePx: options.sizePx,
    cameras: site.cameras.map(({ id, camera }) => ({ cameraId: id, camera, position: placeOf(camera.pose.position) })),
    visits: visits.map(({ visitId, kind, people, fromMin, toMin }) => ({
      visitId,
      kind,
      people: people.length,
      arrivesAt: at(fromMin),
      leavesAt: at(toMin),
    })),
    tents: visits.flatMap(({ visitId, tents }) =>
      tents.map(({ objectId, place, fromMin, toMin }) => ({
        objectId,
        visitId,
        ground: placeOf({ ...place, upM: site.grid.upM(place.eastM, place.northM) }),
        pitchedAt: at(fromMin),
        struckAt: at(toMin),
      })),
    ),
    photos,
  };
}

function checkOptions({ cameras, days, intervalMin }: SimulateOptions): void {
  const refuse = (option: string, value: number, why: string): never => {
    throw new ServiceError('bad-option', { option, value, why });
  };
  if (!(Number.isInteger(cameras) && cameras >= 1 && cameras <= maxCameras))
    refuse('--cameras', cameras, `1 to ${maxCameras} are needed`);
  if (!(Number.isInteger(days) && days >= 1 && days <= 200)) refuse('--days', days, '1 to 200 are needed');
  if (!(intervalMin >= 1 && intervalMin <= dayMin)) refuse('--interval', intervalMin, '1 to 1440 minutes are needed');
}
