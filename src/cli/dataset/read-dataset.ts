import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { parseCsv } from '../../csv.ts';
import { ServiceError } from '../../errors.ts';
import type { LabelledPhoto } from '../../evaluate/labelled-photo.ts';
import { readText } from '../read-text.ts';
import type { Dataset, DatasetFormat, DatasetPlace } from './dataset.ts';
import { labelFault } from './fault.ts';
import { readCoco } from './read-coco.ts';
import { readPoints } from './read-points.ts';
import { readYolo } from './read-yolo.ts';

const photoName = /\.(jpe?g|png)$/i;
const readers: Readonly<Record<DatasetFormat, (place: DatasetPlace) => Promise<Dataset>>> = {
  coco: readCoco,
  yolo: readYolo,
  points: readPoints,
};

/**
 * Reads labelled photos: a COCO file, a folder of YOLO labels, or points as CSV. Photos lie in `photosFolder`, else in
 * images/ beside the labels, else beside them. Camera and light of a photo come from photos.csv (Photo, Camera, Light)
 * beside the dataset, else from its labels; a camera also from the sub-folder that the photo lies in.
 * @throws ServiceError file-missing, dataset-unknown, dataset-empty, file-invalid, and those of a damaged photo
 */
export async function readDataset(
  place: string,
  photosFolder: string | undefined,
  wishes: { readonly format: DatasetFormat | undefined; readonly labelFor: DatasetPlace['labelFor'] },
): Promise<Dataset> {
  const info = await stat(place).catch((cause: unknown) => {
    throw new ServiceError('file-missing', { file: place, why: codeOf(cause) }, { cause });
  });
  const folder = info.isDirectory() ? place : path.dirname(place);
  const format = wishes.format ?? (await findFormat(place, info.isDirectory()));
  const inImages = path.join(folder, 'images');
  const hasImages = await stat(inImages).then(
    (found) => found.isDirectory(),
    () => false,
  );
  const photos = await listPhotos(photosFolder ?? (hasImages ? inImages : folder));
  const dataset = await readers[format]({ path: place, photos, labelFor: wishes.labelFor });
  if (dataset.photos.length === 0) throw new ServiceError('dataset-empty', { dataset: place, photos: photos.size });
  return { ...dataset, photos: withSidecar(dataset.photos, await readSidecar(folder)) };
}

async function findFormat(place: string, isFolder: boolean): Promise<DatasetFormat> {
  const files = isFolder ? await readdir(place, { recursive: true }) : [place];
  if (!isFolder && /\.json$/i.test(place)) return 'coco';
  if (files.some((file) => /\.csv$/i.test(file) && path.basename(file) !== 'photos.csv')) return 'points';
  const isLabels = (file: string) =>
    file.endsWith('.txt') && !/^(classes|readme|provenance)/i.test(path.basename(file));
  if (isFolder && files.some(isLabels)) return 'yolo';
  throw new ServiceError('dataset-unknown', { dataset: place });
}

async function listPhotos(folder: string): Promise<ReadonlyMap<string, string>> {
  const inside = await readdir(folder, { recursive: true }).catch((cause: unknown) => {
    throw new ServiceError('file-missing', { file: folder, why: codeOf(cause) }, { cause });
  });
  const photos = inside.filter((file) => photoName.test(file)).sort();
  return new Map(photos.map((file) => [file.split(path.sep).join('/'), path.join(folder, file)]));
}

type Sidecar = ReadonlyMap<string, { readonly camera: string | undefined; readonly light: string | undefined }>;

async function readSidecar(folder: string): Promise<Sidecar> {
  const file = path.join(folder, 'photos.csv');
  const exists = await stat(file).then(
    () => true,
    () => false,
  );
  if (!exists) return new Map();
  const table = parseCsv(await readText(file), file);
  const column = (name: string) => table.columns.find((one) => one.toLowerCase() === name);
  const [photo, camera, light] = [column('photo'), column('camera'), column('light')];
  if (photo === undefined) {
    throw labelFault(
      file,
      1,
      { en: 'there is no column "photo"', fr: "il n'y a pas de colonne « photo »" },
      { en: 'Needed: Photo, and Camera or Light.', fr: 'Il faut : Photo, et Camera ou Light.' },
    );
  }
  const cell = (cells: Readonly<Record<string, string>>, name: string | undefined) =>
    (name && cells[name]) || undefined;
  return new Map(
    table.rows.map(({ cells }) => [cells[photo] ?? '', { camera: cell(cells, camera), light: cell(cells, light) }]),
  );
}

function withSidecar(photos: readonly LabelledPhoto[], sidecar: Sidecar): readonly LabelledPhoto[] {
  return photos.map((photo) => {
    const said = sidecar.get(photo.name);
    const folder = path.posix.dirname(photo.name);
    const camera = said?.camera ?? photo.camera ?? (folder === '.' ? undefined : folder);
    return { ...photo, camera, light: said?.light ?? photo.light };
  });
}

function codeOf(cause: unknown): string {
  return cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
}
