import { lackOfLight } from '../draw/sensor.ts';
import { createRandom, type Random } from '../random.ts';
import { type Backdrop, drawScene, type EmptyView, openView } from '../studio.ts';
import { aimCamera } from './aim.ts';
import { objectsOf } from './coco.ts';
import { chooseScene } from './moment.ts';
import { recolour } from './recolour.ts';
import { develop, type SliceFormat, type TakeSlice } from './slice-shot.ts';
import { footingOf } from './stand.ts';
import { chooseSubjects } from './subject.ts';

/** Aims a camera at a simulated site; what it sees is traced once for all its slices. */
export function openSiteShots(format: SliceFormat, backdrop: Backdrop, number: number): TakeSlice {
  const { seed, sidePx } = format;
  const random = createRandom(seed, 'view', number);
  const tracedPx = Math.round(sidePx * chooseScale(random));
  const camera = aimCamera(backdrop.site, random, tracedPx);
  const empty = openView(backdrop, { id: `view-${number}`, name: '', camera, clockOffsetS: 0 });
  const { view, buffers } = empty;
  recolour(view, backdrop.cover, random);
  const footing = footingOf(backdrop.site);
  return (id) => {
    const chance = createRandom(seed, 'picture', id);
    const scene = chooseScene(backdrop, view.camera, middleRangeM(empty), chance);
    const staged = drawScene(backdrop, empty, scene, chooseSubjects({ footing, view, scene }, chance));
    const lack = lackOfLight(buffers[0], view);
    const objects = objectsOf(staged, { scene, scale: sidePx / view.widthPx, lack });
    return develop(format, { id, view, scene, buffers, objects }, chance);
  };
}

/** Most slices are cut out of a photo, some out of one that was made smaller or larger before. */
function chooseScale(random: Random): number {
  return random.pick([1, 1, 1, 1, 1, 1, 0.75, 0.6, 1.4, 1.7]);
}

/** How far away the lower half of a picture is, m. */
function middleRangeM({ view }: EmptyView): number {
  const { range, widthPx, heightPx } = view;
  const at = Math.floor(heightPx * 0.75) * widthPx + Math.floor(widthPx / 2);
  return Math.min(400, Math.max(8, range[at] as number));
}
