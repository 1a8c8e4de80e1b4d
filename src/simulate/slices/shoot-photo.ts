import type { Box } from '../../geo/frames.ts';
import { lackOfLight } from '../draw/sensor.ts';
import { createRandom } from '../random.ts';
import { castShadows, drawActors, type Staged, stageActors } from '../studio.ts';
import { mostLack, objectsOf, type SliceObject } from './coco.ts';
import { chooseOpenScene } from './moment.ts';
import { cutWindow, type Photo } from './photo.ts';
import { chooseCamera, levelGround, paintPhoto, viewOfPhoto } from './photo-view.ts';
import { develop, type SliceFormat, type TakeSlice } from './slice-shot.ts';
import type { Subject } from './stand.ts';
import { chooseSubjects } from './subject.ts';

/** Slices in which a window of a photograph stands behind what is drawn: real rock, grass, water and sky. */
export function openPhotoShots(
  format: SliceFormat,
  photos: readonly [() => Promise<Photo>, ...(() => Promise<Photo>)[]],
): TakeSlice {
  const { seed, sidePx } = format;
  const buffer = () => new Float32Array(sidePx * sidePx * 3);
  const buffers = [buffer(), buffer(), buffer()] as const;
  const [frame] = buffers;
  return async (id) => {
    const random = createRandom(seed, 'picture', id);
    const { image, persons } = await cutWindow(await random.pick(photos)(), random, sidePx);
    const scene = chooseOpenScene(random);
    const view = viewOfPhoto(chooseCamera(random, sidePx), image, scene);
    const subjects = random.chance(0.25) ? [] : chooseSubjects({ footing: levelGround, view, scene }, random);
    paintPhoto(frame, view, scene);
    const staged = stageActors(view, subjects);
    castShadows(frame, view, scene, staged);
    const drawn = drawActors(frame, view, scene, staged);
    const lack = lackOfLight(frame, view);
    const real = persons.map((person) => toObject(person, drawn, { sidePx, isDark: lack > mostLack }));
    return develop(
      format,
      { id, view, scene, buffers, objects: [...real, ...objectsOf(drawn, { scene, scale: 1, lack })] },
      random,
    );
  };
}

/** A real person of the photograph; what is drawn over them hides them. */
function toObject(
  person: Box,
  drawn: readonly Staged<Subject>[],
  { sidePx, isDark }: { readonly sidePx: number; readonly isDark: boolean },
): SliceObject {
  const x = Math.max(0, person.x);
  const y = Math.max(0, person.y);
  const w = Math.min(sidePx, person.x + person.w) - x;
  const h = Math.min(sidePx, person.y + person.h) - y;
  const hidden = Math.min(
    1,
    drawn.reduce((sum, { drawn: over }) => sum + coverOf(over, { x, y, w, h }), 0),
  );
  const share = ((w * h) / (person.w * person.h)) * (1 - hidden);
  const ignore = share < 0.5 || h < 5 || isDark ? 1 : 0;
  const px = (value: number) => Number(value.toFixed(2));
  return {
    category_id: 1,
    bbox: [px(x), px(y), px(w), px(h)],
    area: px(w * h * (1 - hidden)),
    iscrowd: ignore,
    ignore,
    visible_share: Number(share.toFixed(3)),
    kind: 'photographed',
  };
}

/** Share of a box that a drawn thing covers. */
function coverOf({ window, visible }: Staged<Subject>['drawn'], box: Box): number {
  let sum = 0;
  visible.forEach((share, pixel) => {
    const [u, v] = [window.x + (pixel % window.w) + 0.5, window.y + Math.floor(pixel / window.w) + 0.5];
    if (u > box.x && u < box.x + box.w && v > box.y && v < box.y + box.h) sum += share;
  });
  return sum / Math.max(1, box.w * box.h);
}
