import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fromEnu } from '../geo/plane.ts';
import { writePhotoJpeg } from '../picture/write-photo.ts';
import { surveyGcps } from './gcp-survey.ts';
import { instantOf, wallClock } from './local-time.ts';
import type { SimulateOptions } from './options.ts';
import { createRandom } from './random.ts';
import { stampStrip } from './strip.ts';
import { createStudio, type EmptyView, type Moment, openView, type Studio, takeShot } from './studio.ts';
import type { TruthPhoto } from './truth.ts';
import { truthOfShot } from './truth-of-shot.ts';
import { dayMin } from './visitors/visit.ts';
import { createSite, siteEpsg, siteOrigin, siteTimeZone } from './world/site.ts';
import { lakeId } from './world/site-map.ts';

/** What can be told to another thread. */
export type PlainOptions = Omit<SimulateOptions, 'onPhoto' | 'signal'>;

/** One camera of a simulation. */
export interface CameraTask {
  readonly folder: string;
  readonly options: PlainOptions;
  /** Which of the site's cameras. */
  readonly index: number;
}

/** Writes everything of one camera: its file, its GCPs and its photos. Tells the truth of each photo. */
export async function photograph(
  { folder, options, index }: CameraTask,
  onPhoto: (truth: TruthPhoto) => void,
): Promise<void> {
  const site = createSite(options.seed, options.cameras, options.sizePx);
  const siteCamera = site.cameras[index];
  if (!siteCamera) throw new Error(`the site has no camera ${index}`);
  const studio = createStudio(site, options);
  const session = { studio, empty: openView(studio, siteCamera), options };
  await mkdir(path.join(folder, 'photos', siteCamera.id), { recursive: true });
  const photos: TruthPhoto[] = [];
  for (const shown of momentsOf(options)) {
    const photo = await writePhoto(folder, session, shown);
    photos.push(photo);
    onPhoto(photo);
  }
  await writeCamera(folder, session, chooseReference(photos));
}

/** The photo that one would click control points in: the first clear one, nearest to noon of the first clear day. */
function chooseReference(photos: readonly TruthPhoto[]): string | undefined {
  const usable = photos.filter(({ visibility }) => visibility === 'usable');
  const firstDay = usable.filter(({ takenAt }) => takenAt.slice(0, 10) === usable[0]?.takenAt.slice(0, 10));
  const fromNoon = ({ takenAt }: TruthPhoto) => Math.abs(new Date(takenAt).getUTCHours() - 12);
  return firstDay.toSorted((a, b) => fromNoon(a) - fromNoon(b))[0]?.path;
}

interface Session {
  readonly studio: Studio;
  readonly empty: EmptyView;
  readonly options: PlainOptions;
}

/** What the cameras' clocks show at each photo, minutes from midnight of the first day. */
export function momentsOf({ days, intervalMin, dayStartMin, dayEndMin }: PlainOptions): readonly number[] {
  const shown: number[] = [];
  for (let day = 0; day < days; day++) {
    for (let minute = dayStartMin; minute <= dayEndMin; minute += intervalMin) shown.push(day * dayMin + minute);
  }
  return shown;
}

/** What a ranger would write down of a camera: a GPS position, a compass bearing, a lens from its leaflet. */
async function writeCamera(
  folder: string,
  { studio, empty, options }: Session,
  reference: string | undefined,
): Promise<void> {
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
    gcps: { file: `gcps/${id}.csv`, epsg: siteEpsg, ...(reference === undefined ? {} : { photo: reference }) },
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

/** As JSON for people to read. */
export async function writeJson(file: string, value: unknown): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify(value, null, 2)}\n`);
}
