import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { writeDemGeotiff } from '../dem/geotiff.ts';
import { ServiceError } from '../errors.ts';
import { fromEnu } from '../geo/plane.ts';
import { writePhotoJpeg } from '../picture/write-photo.ts';
import { surveyGcps } from './gcp-survey.ts';
import { instantOf, wallClock } from './local-time.ts';
import { defaultOptions, type SimulateOptions } from './options.ts';
import { createRandom } from './random.ts';
import { createSite, maxCameras, type SiteCamera, siteEpsg, siteOrigin, siteTimeZone } from './site.ts';
import { lakeId, mapDem, mapLake, mapZones } from './site-map.ts';
import { stampStrip } from './strip.ts';
import { createStudio, type EmptyView, type Moment, openView, type Studio, takeShot } from './studio.ts';
import { type Truth, type TruthPhoto, truthFile } from './truth.ts';
import { truthOfShot } from './truth-of-shot.ts';
import { dayMin } from './visit.ts';

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
  const moments = momentsOf(options);
  const photos: TruthPhoto[] = [];
  for (const siteCamera of site.cameras) {
    const empty = openView(studio, siteCamera);
    await writeCamera(folder, { studio, empty, options });
    for (const shown of moments) {
      options.signal?.throwIfAborted();
      photos.push(await writePhoto(folder, { studio, empty, options }, shown));
      options.onPhoto?.(photos.length, moments.length * site.cameras.length);
    }
  }
  const truth = gatherTruth(studio, options, photos);
  await writeJson(path.join(folder, truthFile), truth);
  return truth;
}

interface Session {
  readonly studio: Studio;
  readonly empty: EmptyView;
  readonly options: SimulateOptions;
}

/** What the cameras' clocks show at each photo, minutes from midnight of the first day. */
function momentsOf({ days, intervalMin, dayStartMin, dayEndMin }: SimulateOptions): readonly number[] {
  const shown: number[] = [];
  for (let day = 0; day < days; day++) {
    for (let minute = dayStartMin; minute <= dayEndMin; minute += intervalMin) shown.push(day * dayMin + minute);
  }
  return shown;
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

/** What a ranger would write down of a camera: a GPS position, a compass bearing, a lens from its leaflet. */
async function writeCamera(folder: string, { studio, empty, options }: Session): Promise<void> {
  const { id, name, camera, clockOffsetS } = empty.siteCamera;
  const random = createRandom(studio.site.seed, 'mounting', id);
  const { eastM, northM, upM } = camera.pose.position;
  const gps = fromEnu(siteOrigin, {
    eastM: eastM + random.normal(2.5),
    northM: northM + random.normal(2.5),
    upM: upM + random.normal(2),
  });
  const position = {
    lng: Number(gps.lng.toFixed(7)),
    lat: Number(gps.lat.toFixed(7)),
    heightM: Number(gps.heightM.toFixed(1)),
    sigmaM: 3,
  };
  const last = momentsOf(options).at(-1) ?? 0;
  await mkdir(path.join(folder, 'photos', id), { recursive: true });
  await writeJson(path.join(folder, 'cameras', `${id}.json`), {
    name,
    lakeId,
    photos: `photos/${id}`,
    position,
    headingDeg: Math.round((camera.pose.headingDeg + random.normal(3) + 360) % 360),
    focalPx: Math.round((camera.lens.focalPx * (1 + random.normal(0.02))) / 10) * 10,
    clockTimeZone: siteTimeZone,
    clockOffsetS,
    intervalMin: options.intervalMin,
    mountedFrom: instantOf(options.firstDay, options.dayStartMin - 10).toISOString(),
    mountedTo: instantOf(options.firstDay, last + 10).toISOString(),
    gcps: { file: `gcps/${id}.csv`, epsg: siteEpsg },
  });
  await mkdir(path.join(folder, 'gcps'), { recursive: true });
  await writeFile(path.join(folder, 'gcps', `${id}.csv`), surveyGcps(studio.site, studio.rocks, empty));
}

/** Takes and writes the photo at which the camera's clock shows a minute. */
async function writePhoto(folder: string, { studio, empty, options }: Session, shown: number): Promise<TruthPhoto> {
  const { id, name, clockOffsetS } = empty.siteCamera;
  const instant = new Date(instantOf(options.firstDay, shown).getTime() - clockOffsetS * 1000);
  const trueMinute = shown - clockOffsetS / 60;
  const day = Math.floor(trueMinute / dayMin);
  const moment: Moment = { instant, day, minute: trueMinute - day * dayMin };
  const shot = takeShot(studio, empty, moment);
  const clock = wallClock(new Date(instant.getTime() + clockOffsetS * 1000));
  const degrees = Math.round(shot.scene.light.weather.temperatureC);
  await stampStrip(
    shot.image,
    `RIVAGE SIM  ${name}  ${siteOrigin.heightM} m`,
    `${clock.time.replaceAll(':', '-').slice(0, 10)}  ${clock.time.slice(11)}  ${degrees}°C`,
  );
  const file = `photos/${id}/${id}_${clock.time.replaceAll(':', '').replace(' ', '_')}.jpg`;
  const exif = { takenAtLocal: clock.time, make: 'Rivage', model: 'Simulated camera', quality: 82 };
  await writePhotoJpeg(path.join(folder, file), shot.image, exif);
  return { cameraId: id, path: file, takenAt: instant.toISOString(), ...truthOfShot(shot, empty.view) };
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

async function writeJson(file: string, value: unknown): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify(value, null, 2)}\n`);
}

/** Nothing that lies in a folder is overwritten. */
async function refuseFull(folder: string): Promise<void> {
  const [found] = await readdir(folder).catch(() => []);
  if (found !== undefined) throw new ServiceError('folder-not-empty', { folder, found });
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
