import { readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Polygon } from 'geojson';
import { ServiceError } from '../errors.ts';
import { idPattern, type LakeId } from '../geo/lake.ts';
import { toEnu } from '../geo/plane.ts';
import { z } from '../schema.ts';
import { findGcpSourceFaults, gcpSourcesSchema, toGcpSources } from './gcp-sources.ts';
import { findLakeFault, type KnownLakes } from './lakes.ts';
import type { CameraId, MountedCamera } from './mounted-camera.ts';
import { findTimeZoneFault } from './time-zone.ts';
import type { Workspace } from './workspace.ts';
import { type Faults, readWritten, type WrittenFile } from './written-file.ts';

const cameraSchema = z.strictObject({
  $schema: z.string().optional(),
  name: z.string().min(1),
  lakeId: z.string(),
  photos: z.string().min(1),
  position: z.strictObject({
    lng: z.number().min(-180).max(180),
    lat: z.number().min(-90).max(90),
    heightM: z.number().min(-500).max(9000),
    sigmaM: z.number().positive().max(10_000),
  }),
  headingDeg: z.number().min(0).max(360).optional(),
  focalPx: z.number().positive().optional(),
  focalMm: z.number().positive().max(2000).optional(),
  sensorWidthMm: z.number().positive().max(100).optional(),
  fisheye: z.boolean().optional(),
  clockTimeZone: z.string(),
  clockOffsetS: z.number(),
  timeFromFileName: z.boolean().optional(),
  changeGate: z.boolean().optional(),
  intervalMin: z.number().positive(),
  mountedFrom: z.iso.datetime({ offset: true }).optional(),
  mountedTo: z.iso.datetime({ offset: true }).optional(),
  gcps: gcpSourcesSchema,
});
type CameraFile = WrittenFile<z.output<typeof cameraSchema>>;

/** A camera and the file that describes it. */
interface DescribedCamera {
  readonly camera: MountedCamera;
  readonly written: CameraFile;
}

/**
 * The camera of an id.
 * @throws ServiceError camera-unknown
 */
export function getCamera(workspace: Workspace, id: string): MountedCamera {
  const found = workspace.cameras.find((camera) => camera.id === id);
  if (found) return found;
  const known = workspace.cameras.map((camera) => camera.id).join(', ') || '–';
  throw new ServiceError('camera-unknown', { camera: id, known });
}

/** Reads cameras/*.json in the order of their names, each camera beside one of `lakes`. */
export async function readCameras(
  folder: string,
  lakes: KnownLakes,
  faults: Faults,
): Promise<readonly MountedCamera[]> {
  const described: DescribedCamera[] = [];
  for (const name of await listCameraFiles(folder)) {
    const written = await readWritten(folder, `cameras/${name}`, cameraSchema, faults);
    if (!written) continue;
    const id = path.basename(name, '.json');
    if (!idPattern.test(id)) faults.push(toNameFault(written.file));
    const camera = toCamera(id, written.value, folder);
    faults.push(...(await findCameraFaults({ camera, written }, lakes)));
    described.push({ camera, written });
  }
  faults.push(...(await findSharedFolders(described)));
  return described.map(({ camera }) => camera);
}

async function listCameraFiles(folder: string): Promise<readonly string[]> {
  // A workspace without the folder has no cameras yet.
  const names = await readdir(path.join(folder, 'cameras')).catch(() => []);
  return names.filter((name) => name.endsWith('.json') && !name.startsWith('.')).sort();
}

function toNameFault(file: string): ServiceError {
  return new ServiceError('file-invalid', {
    file,
    line: 1,
    why: {
      en: "the file's name is the camera's id, and an id has letters, digits, - and _ only",
      fr: "le nom du fichier est l'identifiant de l'appareil, et un identifiant n'a que lettres, chiffres, - et _",
    },
    mend: { en: 'Rename the file.', fr: 'Renommez le fichier.' },
  });
}

function toCamera(id: string, written: CameraFile['value'], folder: string): MountedCamera {
  const { headingDeg, focalPx, focalMm, sensorWidthMm, clockTimeZone, clockOffsetS, intervalMin } = written;
  return {
    id: id as CameraId,
    name: written.name,
    lakeId: written.lakeId as LakeId,
    photoFolder: path.resolve(folder, written.photos),
    position: written.position,
    headingDeg,
    lens: { kind: written.fisheye ? 'fisheye' : 'brown-conrady', focalPx, focalMm, sensorWidthMm },
    clockTimeZone,
    clockOffsetS,
    timeFromFileName: written.timeFromFileName ?? false,
    changeGate: written.changeGate ?? true,
    intervalMin,
    mountedFrom: written.mountedFrom === undefined ? undefined : new Date(written.mountedFrom),
    mountedTo: written.mountedTo === undefined ? undefined : new Date(written.mountedTo),
    gcps: toGcpSources(written.gcps, folder),
  };
}

async function findCameraFaults(described: DescribedCamera, lakes: KnownLakes): Promise<readonly ServiceError[]> {
  const { camera, written } = described;
  const { file, lineAt, value } = written;
  const faults = [
    findLakeFault(camera.lakeId, lakes, file, lineAt(['lakeId'])),
    findTimeZoneFault(camera.clockTimeZone, file, lineAt(['clockTimeZone'])),
    findDistanceFault(described, lakes),
    findMountingFault(described),
    findFocalFault(written),
    ...(await findGcpSourceFaults(camera.gcps, written)),
  ];
  if (!(await isFolder(camera.photoFolder))) {
    const params = { file, line: lineAt(['photos']), folder: value.photos };
    faults.push(new ServiceError('photo-folder-missing', params));
  }
  return faults.filter((fault) => fault !== undefined);
}

/** No camera sees a lake from further away, m: its numbers are wrong. */
const maxDistanceM = 50_000;

function findDistanceFault({ camera, written }: DescribedCamera, lakes: KnownLakes): ServiceError | undefined {
  const lake = lakes?.find(({ id }) => id === camera.lakeId);
  const km = lake && findFarKm(camera, lake.shoreline);
  if (!lake || km === undefined) return undefined;
  return new ServiceError('camera-far', { file: written.file, line: written.lineAt(['position']), lake: lake.id, km });
}

/** How far a camera is from a shoreline where that cannot be true, km; undefined: near enough. */
export function findFarKm({ position }: Pick<MountedCamera, 'position'>, shoreline: Polygon): number | undefined {
  const [lng, lat] = shoreline.coordinates[0]?.[0] ?? [];
  if (lng === undefined || lat === undefined) return undefined;
  const { eastM, northM, upM } = toEnu({ ...position, heightM: 0 }, { lng, lat, heightM: 0 });
  const distanceM = Math.hypot(eastM, northM, upM);
  return distanceM <= maxDistanceM ? undefined : Math.round(distanceM / 1000);
}

function findMountingFault({ camera, written }: DescribedCamera): ServiceError | undefined {
  const { mountedFrom, mountedTo } = camera;
  if (!mountedFrom || !mountedTo || mountedFrom < mountedTo) return undefined;
  return new ServiceError('file-invalid', {
    file: written.file,
    line: written.lineAt(['mountedTo']),
    why: { en: 'mountedTo is not after mountedFrom', fr: "mountedTo n'est pas après mountedFrom" },
    mend: { en: 'Correct one of them.', fr: "Corrigez l'un des deux." },
  });
}

/** Millimetres say nothing without the size of the sensor. */
function findFocalFault({ file, lineAt, value }: CameraFile): ServiceError | undefined {
  if (value.focalMm === undefined || value.sensorWidthMm !== undefined) return undefined;
  return new ServiceError('file-invalid', {
    file,
    line: lineAt(['focalMm']),
    why: { en: 'focalMm stands without sensorWidthMm', fr: 'focalMm est donné sans sensorWidthMm' },
    mend: {
      en: "Add the width of the sensor, mm (the camera's leaflet has it), or give focalPx.",
      fr: "Ajoutez la largeur du capteur, en mm (dans la notice de l'appareil), ou donnez focalPx.",
    },
  });
}

/** Two cameras whose folders are one, or nested: each photo would be counted for both. */
async function findSharedFolders(described: readonly DescribedCamera[]): Promise<readonly ServiceError[]> {
  const places = await Promise.all(
    described.map(async ({ camera }) => realpath(camera.photoFolder).catch(() => camera.photoFolder)),
  );
  return described.flatMap(({ written }, index) => {
    const mine = places[index] ?? '';
    const other = described.find((_, before) => before < index && overlaps(mine, places[before] ?? ''));
    if (!other) return [];
    const params = { folder: written.value.photos, other: other.camera.id };
    return [
      new ServiceError('photo-folder-shared', { file: written.file, line: written.lineAt(['photos']), ...params }),
    ];
  });
}

function overlaps(a: string, b: string): boolean {
  return a === b || a.startsWith(b + path.sep) || b.startsWith(a + path.sep);
}

async function isFolder(place: string): Promise<boolean> {
  return (await stat(place).catch(() => undefined))?.isDirectory() === true;
}
