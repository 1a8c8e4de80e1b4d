import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createRandom } from '../random.ts';
import { type Backdrop, createBackdrop } from '../studio.ts';
import { createSite, maxCameras } from '../world/site.ts';
import type { SlicePicture } from './coco.ts';
import { openPhotos, type Photo } from './photo.ts';
import { openPhotoShots } from './shoot-photo.ts';
import { openSiteShots } from './shoot-site.ts';
import { picturesPerView } from './slice-options.ts';
import type { TakeSlice } from './slice-shot.ts';

/** The part of a run that one thread does: every `threads`-th view, from `thread`. */
export interface SliceTask {
  readonly folder: string;
  readonly count: number;
  readonly seed: number;
  readonly sidePx: number;
  /** Folder of photographs that stand behind a share of the views; undefined: everything is drawn. */
  readonly backgrounds: string | undefined;
  readonly thread: number;
  readonly threads: number;
}

/** Two sites at a time, so that two threads share the views without making a site twice. */
const viewsPerSitePair = 80;
/** Share of the views that show a photograph, when there are photographs. */
const photoShare = 0.4;

/** Draws and writes the pictures of a task; tells the truth of each. */
export async function shootSlices(task: SliceTask, onPicture: (picture: SlicePicture) => void): Promise<void> {
  const views = Math.ceil(task.count / picturesPerView);
  const photos = task.backgrounds === undefined ? [] : await openPhotos(task.backgrounds);
  const openSite = siteKeeper(task);
  for (let number = task.thread; number < views; number += task.threads) {
    const take = openShots(task, number, { photos, openSite });
    const first = number * picturesPerView;
    for (let id = first + 1; id <= Math.min(task.count, first + picturesPerView); id++) {
      const { picture, jpeg } = await take(id);
      await writeFile(path.join(task.folder, picture.file_name), jpeg);
      onPicture(picture);
    }
  }
}

interface Sources {
  readonly photos: readonly (() => Promise<Photo>)[];
  readonly openSite: (number: number) => Backdrop;
}

function openShots(task: SliceTask, number: number, { photos, openSite }: Sources): TakeSlice {
  const [first, ...others] = photos;
  if (first && createRandom(task.seed, 'behind', number).chance(photoShare))
    return openPhotoShots(task, [first, ...others]);
  return openSiteShots(task, openSite((number % 2) + 2 * Math.floor(number / viewsPerSitePair)), number);
}

/** Makes a site when it is asked for another than the last. */
function siteKeeper({ seed, sidePx }: SliceTask): (number: number) => Backdrop {
  let kept: { readonly number: number; readonly backdrop: Backdrop } | undefined;
  return (number) => {
    if (kept?.number !== number) {
      const site = createSite(seed * 1000 + number, maxCameras, { widthPx: sidePx, heightPx: sidePx });
      kept = { number, backdrop: createBackdrop(site) };
    }
    return kept.backdrop;
  };
}
