import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ServiceError } from '../../errors.ts';
import { type Drawn, drawReview } from '../../evaluate/draw-review.ts';
import type { Box } from '../../geo/frames.ts';
import { hashBytes } from '../../ingest/hash.ts';
import { type CameraMasks, openMasks } from '../../pipeline/review-masks.ts';
import { publishForReview } from '../../publish/review-pictures.ts';
import { refuseFull } from '../../simulate/new-folder.ts';
import { createRandom } from '../../simulate/random.ts';
import {
  type ChosenPhoto,
  listReviewCandidates,
  listShownModels,
  type ReviewCandidate,
  readFinds,
  takeReviewId,
  writeReview,
} from '../../store/reviews.ts';
import { getCamera } from '../../workspace/cameras.ts';
import type { CliContext } from '../context.ts';
import { createProgress } from '../progress.ts';
import type { OpenWorkspace } from '../wire.ts';
import { type HandedOut, toCoco } from './coco.ts';
import { annotationsFile, photosFile, readmeFile, toPhotosCsv, toReadme } from './folder.ts';

/** What is asked for. */
interface ExportWish {
  /** Absolute path. */
  readonly folder: string;
  readonly camera?: readonly string[];
  readonly from?: Date;
  readonly to?: Date;
  readonly count: number;
  readonly seed: number;
  /** Also photos that were handed out before and did not come back. */
  readonly again?: boolean;
  readonly json?: boolean;
}

/** What was handed out. */
export interface ReviewExport {
  readonly folder: string;
  readonly review: number;
  readonly photos: number;
  /** Photos that they were chosen of. */
  readonly of: number;
  readonly boxes: number;
  /** Photos left aside, because nothing tells where privacy masks are in them. */
  readonly unplaceable: number;
}

/**
 * Chooses photos by chance and writes them into a new folder, for a person to correct; a failure leaves no photo behind.
 * @throws ServiceError folder-not-empty, camera-unknown, review-nothing, review-too-few, review-stopped
 */
export async function exportReview(open: OpenWorkspace, wish: ExportWish, context: CliContext): Promise<ReviewExport> {
  const { folder } = wish;
  await refuseFull(folder);
  const choice = await choosePhotos(open, wish);
  const { db } = open;
  const reviewId = await takeReviewId(db);
  try {
    const handed = await writePhotos(open, { ...wish, ...choice, reviewId }, context);
    const annotations = JSON.stringify(toCoco(handed), null, 1);
    await writeFile(path.join(folder, annotationsFile), annotations);
    await writeFile(path.join(folder, photosFile), toPhotosCsv(handed));
    await writeFile(path.join(folder, readmeFile), toReadme(handed.length));
    const { camera, from, to, count, seed } = wish;
    await writeReview(db, {
      reviewId,
      request: { camera, from, to, count, seed },
      models: await listShownModels(db),
      annotationsSha256: hashBytes(Buffer.from(annotations)),
      photos: handed.map(({ photo, ...rest }): ChosenPhoto => ({ photoId: photo.photoId, ...rest })),
    });
    const boxes = handed.reduce((sum, { finds }) => sum + finds.length, 0);
    const { of, unplaceable } = choice;
    return { folder, review: reviewId, photos: handed.length, of, boxes, unplaceable };
  } catch (thrown) {
    await rm(folder, { recursive: true, force: true });
    throw thrown;
  }
}

interface Choice extends Pick<ReviewExport, 'of' | 'unplaceable'> {
  /** In order of time, so that a place in the list says nothing of what was found. */
  readonly drawn: readonly Drawn<ReviewCandidate>[];
  /** By camera. */
  readonly masks: ReadonlyMap<string, CameraMasks>;
}

async function choosePhotos({ db, workspace }: OpenWorkspace, wish: ExportWish): Promise<Choice> {
  const { from, to, count, seed, again = false } = wish;
  const cameras = wish.camera?.map((id) => getCamera(workspace, id)) ?? workspace.cameras;
  const masks = new Map<string, CameraMasks>();
  for (const camera of cameras) masks.set(camera.id, await openMasks({ db, workspace }, camera));
  const all = await listReviewCandidates(db, { cameraIds: cameras.map(({ id }) => id), from, to, again });
  const candidates = all.filter((photo) => masks.get(photo.cameraId)?.canPlace(photo));
  if (candidates.length === 0) throw new ServiceError('review-nothing');
  const { unit } = createRandom(seed, 'review');
  const drawn = drawReview(candidates, stratumOf, { count, unit }).toSorted(byTime);
  return { drawn, masks, of: candidates.length, unplaceable: all.length - candidates.length };
}

interface Handing extends Pick<Choice, 'drawn' | 'masks'>, Pick<ExportWish, 'folder' | 'json'> {
  readonly reviewId: number;
}

async function writePhotos(
  { db, workspace }: OpenWorkspace,
  { drawn, masks, folder, json = false, reviewId }: Handing,
  context: CliContext,
): Promise<readonly HandedOut[]> {
  const photoIds = drawn.map(({ item }) => item.photoId);
  const found = await readFinds(db, photoIds);
  const publish = publishForReview([workspace.folder, ...workspace.cameras.map(({ photoFolder }) => photoFolder)]);
  await mkdir(path.join(folder, 'images'), { recursive: true });
  const bar = createProgress(context, drawn.length, { en: 'Writing', fr: 'Écriture' }, { quiet: json });
  try {
    const handed: HandedOut[] = [];
    for (const { item, weight } of drawn) {
      if (context.signal.aborted) throw new ServiceError('review-stopped', { folder });
      const hidden = (await masks.get(item.cameraId)?.hiddenIn(item)) ?? [];
      const fileName = nameOf(item, reviewId);
      await writeFile(path.join(folder, 'images', fileName), await publish(item.path, hidden));
      const finds = found.filter(({ photoId, box }) => photoId === item.photoId && !isHidden(box, hidden));
      handed.push({ photo: item, fileName, weight, hidden, finds });
      bar.advance();
    }
    return handed;
  } finally {
    bar.stop();
  }
}

function stratumOf({ cameraId, light, hasFinds }: ReviewCandidate): string {
  return JSON.stringify([cameraId, light, hasFinds]);
}

/** So that what was found says nothing by its place in the list. */
function byTime({ item: a }: Drawn<ReviewCandidate>, { item: b }: Drawn<ReviewCandidate>): number {
  return a.takenAt.getTime() - b.takenAt.getTime() || (a.photoId < b.photoId ? -1 : 1);
}

/** Tells review, camera and UTC time, so that it is known again whatever a labelling tool puts in front of it. */
function nameOf({ cameraId, takenAt, photoId }: Drawn<ReviewCandidate>['item'], reviewId: number): string {
  const time = takenAt.toISOString().replace(/[-:]|\.\d+/g, '');
  return `r${reviewId}_${cameraId}_${time}_${photoId.slice(0, 8)}.jpg`;
}

/** True where the middle of a box was blanked. */
function isHidden({ x, y, w, h }: Box, hidden: readonly Box[]): boolean {
  const [u, v] = [x + w / 2, y + h / 2];
  return hidden.some((box) => u >= box.x && u <= box.x + box.w && v >= box.y && v <= box.y + box.h);
}
