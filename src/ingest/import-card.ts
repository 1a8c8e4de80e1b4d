import { mkdir, realpath, stat, statfs, unlink } from 'node:fs/promises';
import path from 'node:path';
import { ServiceError, toServiceError } from '../errors.ts';
import { formatLocalDate } from './clock.ts';
import { readExif } from './exif.ts';
import { hashBytes, hashFile } from './hash.ts';
import { nameInside, readPhotoFile } from './photo-file.ts';
import { isPhotoName, type ScannedFile, scanFiles } from './scan.ts';
import { writeVerified } from './verified-copy.ts';

export interface ImportRequest {
  /** Absolute path of the card, or of any folder of photos. */
  readonly from: string;
  /** Absolute path of the camera's photo folder. */
  readonly to: string;
  /** True: a photo is removed from the card once its copy is verified, or was there before. */
  readonly move: boolean;
}

export interface ImportWatch {
  /** Called when it is known how many photos there are. */
  readonly onTotal: (photos: number) => void;
  /** Called after each photo. */
  readonly onPhoto: () => void;
  /** Stops the import between two photos. */
  readonly signal: AbortSignal;
}

export interface ImportReport {
  readonly found: number;
  readonly copied: number;
  /** Of those copied: without EXIF time, kept in the sub-folder "undated". */
  readonly undated: number;
  /** Of those copied: another photo of that day had the name already, so a part of the SHA-256 was added to it. */
  readonly renamed: number;
  /** Already in the camera's folder, by SHA-256. */
  readonly duplicate: number;
  /** Left on the card: they have no bytes, or the card does not give them. */
  readonly unreadable: readonly { readonly file: string; readonly error: ServiceError }[];
  /** With `move`: copied, but the card would not let go of them. */
  readonly notRemoved: number;
  /** Files of other kinds, left on the card: films, logs. */
  readonly otherFiles: number;
  /** True after Ctrl-C: run it again to go on. */
  readonly interrupted: boolean;
}

type Counts = { -readonly [Key in keyof ImportReport]: ImportReport[Key] } & {
  unreadable: { file: string; error: ServiceError }[];
};

/**
 * Copies the photos of a card into a camera's folder, by the date that its clock showed. Photos that are there already
 * are known by their SHA-256; nothing is ever overwritten; a copy gets its name only when it is whole.
 * @throws ServiceError file-missing, folders-overlap, disk-full, copy-differs
 */
export async function importCard(request: ImportRequest, watch: ImportWatch): Promise<ImportReport> {
  await mkdir(request.to, { recursive: true });
  await refuseOverlap(request);
  const [photos, otherFiles] = await listCard(request.from);
  watch.onTotal(photos.length);
  const known = await indexBySize(request.to);
  await refuseWithoutRoom(request.to, photos, known);
  const counts = startCounts(photos.length, otherFiles);
  for (const photo of photos) {
    if (watch.signal.aborted) return { ...counts, interrupted: true };
    try {
      await importPhoto({ request, known, counts }, photo);
    } catch (thrown) {
      const error = toCopyError(thrown, request.to, counts.copied);
      if (error.code !== 'file-missing' && !error.code.startsWith('photo-')) throw error;
      counts.unreadable.push({ file: photo.file, error });
    }
    watch.onPhoto();
  }
  return counts;
}

function startCounts(found: number, otherFiles: number): Counts {
  const zero = { copied: 0, undated: 0, renamed: 0, duplicate: 0, notRemoved: 0 };
  return { found, ...zero, unreadable: [], otherFiles, interrupted: false };
}

/** The files of a folder by their size: only files of one size can be one photo, so only those are hashed. */
type SizeIndex = Map<number, { readonly file: string; sha256: string | undefined }[]>;

interface Import {
  readonly request: ImportRequest;
  readonly known: SizeIndex;
  readonly counts: Counts;
}

async function importPhoto({ request, known, counts }: Import, { file }: ScannedFile): Promise<void> {
  const name = nameInside(request.from, file);
  const bytes = await readPhotoFile(file, name);
  if (bytes.length === 0) throw new ServiceError('photo-empty', { photo: name });
  const sha256 = hashBytes(bytes);
  if (await isKnown(known, bytes.length, sha256)) {
    counts.duplicate++;
  } else {
    const takenAt = (await readExif(bytes))?.takenAt;
    const folder = path.join(request.to, takenAt ? formatLocalDate(takenAt) : 'undated');
    const names = toNames(path.basename(file), sha256);
    const draft = path.join(request.to, `.rivage-import-${process.pid}.part`);
    const { mtime: modifiedAt } = await stat(file);
    const place = await writeVerified({ bytes, sha256, modifiedAt }, folder, names, draft);
    known.set(bytes.length, [...(known.get(bytes.length) ?? []), { file: place, sha256 }]);
    counts.copied++;
    if (!takenAt) counts.undated++;
    if (path.basename(place) !== names[0]) counts.renamed++;
  }
  if (request.move && !(await isRemoved(file))) counts.notRemoved++;
}

/** Two cards both have an IMG_0001.JPG: the second gets a part of its hash, so that a third import knows it again. */
function toNames(name: string, sha256: string): readonly string[] {
  const { name: stem, ext } = path.parse(name);
  return [name, `${stem}-${sha256.slice(0, 8)}${ext}`, `${stem}-${sha256}${ext}`];
}

async function isKnown(known: SizeIndex, size: number, sha256: string): Promise<boolean> {
  for (const candidate of known.get(size) ?? []) {
    // A file that cannot be read is not known to be this photo: the photo is copied.
    candidate.sha256 ??= await hashFile(candidate.file).catch(() => undefined);
    if (candidate.sha256 === sha256) return true;
  }
  return false;
}

async function isRemoved(file: string): Promise<boolean> {
  return unlink(file).then(
    () => true,
    () => false,
  );
}

async function listCard(folder: string): Promise<readonly [photos: readonly ScannedFile[], otherFiles: number]> {
  const photos: ScannedFile[] = [];
  let otherFiles = 0;
  for await (const found of scanFiles(folder)) {
    if (isPhotoName(found.file)) photos.push(found);
    else otherFiles++;
  }
  return [photos, otherFiles];
}

async function indexBySize(folder: string): Promise<SizeIndex> {
  const index: SizeIndex = new Map();
  for await (const { file, bytes } of scanFiles(folder)) {
    index.set(bytes, [...(index.get(bytes) ?? []), { file, sha256: undefined }]);
  }
  return index;
}

/** With one folder inside the other every photo would be its own duplicate, and --move would remove the only one. */
async function refuseOverlap({ from, to }: ImportRequest): Promise<void> {
  const source = await realpath(from).catch((cause: unknown) => {
    throw new ServiceError('file-missing', { file: from, why: String(codeOf(cause)) }, { cause });
  });
  const target = await realpath(to);
  const isInside = (inner: string, outer: string) => inner === outer || inner.startsWith(outer + path.sep);
  if (isInside(source, target) || isInside(target, source)) throw new ServiceError('folders-overlap', { from, to });
}

/** Refuses at once what cannot end well; photos that may be known already are not counted. */
async function refuseWithoutRoom(folder: string, photos: readonly ScannedFile[], known: SizeIndex): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const needed = photos.reduce((sum, { bytes }) => (known.has(bytes) ? sum : sum + bytes), 0);
  if (needed > bavail * bsize) throw new ServiceError('disk-full', { folder, done: 0 });
}

function toCopyError(thrown: unknown, folder: string, done: number): ServiceError {
  const code = codeOf(thrown);
  if (code === 'ENOSPC' || code === 'EDQUOT') return new ServiceError('disk-full', { folder, done }, { cause: thrown });
  return toServiceError(thrown);
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
