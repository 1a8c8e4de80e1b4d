import { stat } from 'node:fs/promises';
import path from 'node:path';
import { ServiceError } from '../../errors.ts';
import type { LabelledPhoto, TruthBox } from '../../evaluate/labelled-photo.ts';
import type { SizePx } from '../../geo/frames.ts';
import { hashFile } from '../../ingest/hash.ts';
import type { Db } from '../../store/db.ts';
import {
  type HandedPhoto,
  listHandedPhotos,
  type ReviewedPhoto,
  reviewLabels,
  writeReviewed,
} from '../../store/reviews.ts';
import { readCoco } from '../dataset/read-coco.ts';
import { clip } from './coco.ts';
import { annotationsFile } from './folder.ts';

/** What was taken back. */
export interface ReviewImport {
  readonly photos: number;
  readonly empty: number;
  /** Objects by label. */
  readonly objects: Readonly<Record<string, number>>;
  /** Photos of the same reviews that the file does not list. */
  readonly missing: number;
}

/** A box may reach this far over the edge, px: tools round. */
const slackPx = 2;

/**
 * Reads what people saw and stores all of it or nothing.
 * @param place the folder that was handed out, or a COCO file.
 * @throws ServiceError file-missing, file-invalid, and review-…
 */
export async function importReview(
  db: Db,
  place: string,
  { reviewer, allRight = false }: { readonly reviewer?: string; readonly allRight?: boolean },
): Promise<ReviewImport> {
  const isFolder = await stat(place).then(
    (found) => found.isDirectory(),
    () => false,
  );
  const file = isFolder ? path.join(place, annotationsFile) : place;
  const labelFor = (name: string): string => name.trim().toLowerCase();
  const { photos } = await readCoco({ path: file, photos: new Map(), labelFor });
  const handed = await listHandedPhotos(db);
  const reviewed = toReviewed(photos, handed, file);
  const reviews = new Set(reviewed.map(({ photo }) => photo.reviewId));
  const digest = await hashFile(file);
  if (!allRight && reviewed.some(({ photo }) => photo.annotationsSha256 === digest)) {
    throw new ServiceError('review-unchanged', { file });
  }
  await writeReviewed(
    db,
    reviewed.map(({ photo, objects }) => ({ fid: photo.fid, objects })),
    reviewer,
  );
  const objects: Record<string, number> = {};
  for (const { label } of reviewed.flatMap((one) => one.objects)) objects[label] = (objects[label] ?? 0) + 1;
  return {
    photos: reviewed.length,
    empty: reviewed.filter((one) => one.objects.length === 0).length,
    objects,
    missing: handed.filter(({ reviewId }) => reviews.has(reviewId)).length - reviewed.length,
  };
}

interface Reviewed extends Omit<ReviewedPhoto, 'fid'> {
  readonly photo: HandedPhoto;
}

function toReviewed(
  photos: readonly LabelledPhoto[],
  handed: readonly HandedPhoto[],
  file: string,
): readonly Reviewed[] {
  const seen = new Set<number>();
  return photos.map(({ name, sizePx, boxes }) => {
    const photo = findHanded(name, handed);
    if (!photo) throw new ServiceError('review-photo-unknown', { file, photo: name });
    if (seen.has(photo.fid)) throw new ServiceError('review-photo-twice', { file, photo: name });
    seen.add(photo.fid);
    if (say(sizePx) !== say(photo.sizePx)) {
      const [size, asHanded] = [say(sizePx), say(photo.sizePx)];
      throw new ServiceError('review-photo-size', { file, photo: name, size, handed: asHanded });
    }
    return { photo, objects: boxes.map((box) => toObject(box, { name, sizePx }, file)) };
  });
}

/** Tools put a folder or a mark of their own before a name: "images/1f2e3d4c-r3_south_….jpg". */
function findHanded(name: string, handed: readonly HandedPhoto[]): HandedPhoto | undefined {
  const bare = path.posix.basename(name.replaceAll('\\', '/'));
  return handed.find(({ fileName }) => bare === fileName || bare.endsWith(`-${fileName}`));
}

function toObject(
  { label, box, crowd }: TruthBox,
  { name, sizePx }: Pick<LabelledPhoto, 'name' | 'sizePx'>,
  file: string,
): Reviewed['objects'][number] {
  if (!reviewLabels.some((known) => known === label)) {
    throw new ServiceError('review-label-unknown', { file, photo: name, label, labels: reviewLabels.join(', ') });
  }
  const inside = clip(box, sizePx);
  const cutPx = Math.max(box.w - inside.w, box.h - inside.h);
  if (!(inside.w > 0 && inside.h > 0 && cutPx <= slackPx)) {
    const written = [box.x, box.y, box.w, box.h].join(', ');
    throw new ServiceError('review-box-outside', { file, photo: name, box: `[${written}]`, size: say(sizePx) });
  }
  return { label, box: inside, unclear: crowd };
}

function say({ widthPx, heightPx }: SizePx): string {
  return `${widthPx}×${heightPx}`;
}
