import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { encodeJpeg, resize } from '../../picture/codec.ts';
import type { Image } from '../../picture/image.ts';
import { expose } from '../draw/sensor.ts';
import { createRandom, type Random } from '../random.ts';
import { type Backdrop, createBackdrop, drawScene, type EmptyView, openView } from '../studio.ts';
import { createSite, maxCameras } from '../world/site.ts';
import { aimCamera } from './aim.ts';
import { objectsOf, round, type SlicePicture } from './coco.ts';
import { blurFrame, chooseFlaws } from './flaws.ts';
import { chooseScene } from './moment.ts';
import { picturesPerView } from './slice-options.ts';
import { chooseSubjects } from './subject.ts';

/** The part of a run that one thread does: every `threads`-th view, from `thread`. */
export interface SliceTask {
  readonly folder: string;
  readonly count: number;
  readonly seed: number;
  readonly sidePx: number;
  readonly thread: number;
  readonly threads: number;
}

/** Two sites at a time, so that two threads share the views without making a site twice. */
const viewsPerSitePair = 80;

/** Draws and writes the pictures of a task; tells the truth of each. */
export async function shootSlices(task: SliceTask, onPicture: (picture: SlicePicture) => void): Promise<void> {
  const views = Math.ceil(task.count / picturesPerView);
  let place: { readonly number: number; readonly backdrop: Backdrop } | undefined;
  for (let number = task.thread; number < views; number += task.threads) {
    const site = (number % 2) + 2 * Math.floor(number / viewsPerSitePair);
    if (place?.number !== site) place = { number: site, backdrop: openSite(task, site) };
    await shootView(task, place.backdrop, number, onPicture);
  }
}

function openSite({ seed, sidePx }: SliceTask, number: number): Backdrop {
  const site = createSite(seed * 1000 + number, maxCameras, { widthPx: sidePx, heightPx: sidePx });
  return createBackdrop(site);
}

async function shootView(
  task: SliceTask,
  backdrop: Backdrop,
  number: number,
  onPicture: (picture: SlicePicture) => void,
): Promise<void> {
  const random = createRandom(task.seed, 'view', number);
  const tracedPx = Math.round(task.sidePx * chooseScale(random));
  const camera = aimCamera(backdrop.site, random, tracedPx);
  const empty = openView(backdrop, { id: `view-${number}`, name: '', camera, clockOffsetS: 0 });
  const first = number * picturesPerView;
  for (let id = first + 1; id <= Math.min(task.count, first + picturesPerView); id++) {
    const { picture, jpeg } = await shootPicture(task, { backdrop, empty }, id);
    await writeFile(path.join(task.folder, picture.file_name), jpeg);
    onPicture(picture);
  }
}

/** Most slices are cut out of a photo, some out of one that was made smaller or larger before. */
function chooseScale(random: Random): number {
  return random.pick([1, 1, 1, 1, 1, 1, 0.75, 0.6, 1.4, 1.7]);
}

async function shootPicture(
  { seed, sidePx }: SliceTask,
  { backdrop, empty }: { readonly backdrop: Backdrop; readonly empty: EmptyView },
  id: number,
): Promise<{ picture: SlicePicture; jpeg: Uint8Array }> {
  const random = createRandom(seed, 'picture', id);
  const { view, buffers } = empty;
  const [frame, scratch, soft] = buffers;
  const scene = chooseScene(backdrop, view.camera, middleRangeM(empty), random);
  const staged = drawScene(backdrop, empty, scene, chooseSubjects({ site: backdrop.site, view, scene }, random));
  const flaws = chooseFlaws(random);
  blurFrame(frame, scratch, view.widthPx, flaws);
  const { image } = expose(frame, view, { seed, key: `${id}`, scratch, soft, faults: flaws.faults });
  const picture = {
    id,
    file_name: `images/${String(id).padStart(6, '0')}.jpg`,
    width: sidePx,
    height: sidePx,
    weather: scene.light.weather.sky,
    sun_altitude_deg: round(scene.light.sun.altitudeDeg, 2),
    objects: objectsOf(staged, scene, sidePx / view.widthPx),
  };
  return { picture, jpeg: await encodeJpeg(await toSide(image, sidePx), flaws.quality) };
}

async function toSide(image: Image, sidePx: number): Promise<Image> {
  if (image.sizePx.widthPx === sidePx) return image;
  return resize(image, { widthPx: sidePx, heightPx: sidePx });
}

/** How far away the lower half of a picture is, m. */
function middleRangeM({ view }: EmptyView): number {
  const { range, widthPx, heightPx } = view;
  const at = Math.floor(heightPx * 0.75) * widthPx + Math.floor(widthPx / 2);
  return Math.min(400, Math.max(8, range[at] as number));
}
