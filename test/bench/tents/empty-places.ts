import { sharedArea } from '../../../src/geo/box-overlap.ts';
import type { Box } from '../../../src/geo/frames.ts';
import { createRandom } from '../../../src/simulate/random.ts';
import { room } from './patches.ts';
import type { TentPhoto } from './truth.ts';

/** So many empty places are taken of a photo, where it has them. */
const each = 3;

/**
 * The same photos with places in the stead of their tents where there is none: cut out and pasted as tents are, they
 * tell whether a tent is found because it is one, or because something was pasted.
 */
export function toEmptyPlaces(photos: readonly TentPhoto[]): readonly TentPhoto[] {
  return photos.map((photo, at) => {
    const { unit } = createRandom(1, 'empty places', at);
    const occupied: Box[] = [...photo.tents.map(({ box }) => box), ...photo.ignored];
    const found: Box[] = [];
    for (let tries = 0; tries < 400 && found.length < each; tries++) {
      const box = drawBox(photo, unit);
      const around = withRoom(box);
      if ([...occupied, ...found.map(withRoom)].some((other) => sharedArea(other, around) > 0)) continue;
      found.push(box);
    }
    return { ...photo, tents: found.map((box) => ({ box, cut: false })), ignored: [] };
  });
}

/** A box with the surroundings that are pasted with it. */
export function withRoom({ x, y, w, h }: Box): Box {
  return { x: x - room * w, y: y - room * h, w: (1 + 2 * room) * w, h: (1 + 2 * room) * h };
}

/** Of a tent's shape, with its surroundings inside the photo. */
function drawBox({ sizePx: { widthPx, heightPx } }: TentPhoto, unit: () => number): Box {
  const w = Math.max(32, widthPx * (0.05 + 0.2 * unit()));
  const h = w * (0.45 + 0.25 * unit());
  const x = room * w + unit() * (widthPx - (1 + 2 * room) * w);
  const y = room * h + unit() * (heightPx - (1 + 2 * room) * h);
  return { x, y, w, h };
}
