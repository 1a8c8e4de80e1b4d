import { sharedArea } from '../../../src/geo/box-overlap.ts';
import type { Box } from '../../../src/geo/frames.ts';
import { decodePicture, encodeJpeg, resize } from '../../../src/picture/codec.ts';
import type { Image } from '../../../src/picture/image.ts';
import { createRandom, type Random } from '../../../src/simulate/random.ts';
import { referencePath } from '../../support/reference-data.ts';
import { cutPatches, type Patch, shrinkPatch } from './patches.ts';
import type { TentPhoto } from './truth.ts';

/** A tent on a canvas. */
export interface PastedTent {
  readonly box: Box;
  /** Where it comes from: its photo's number in the list. */
  readonly photo: number;
  readonly light: string;
  readonly alone: boolean;
}

/** A mountain photo on which shrunk tents of one width lie. */
export interface Canvas {
  readonly image: Image;
  readonly tentWidthPx: number;
  readonly tents: readonly PastedTent[];
  /** Tents of another size that came with the surroundings: they count neither way. */
  readonly ignored: readonly Box[];
}

interface Background {
  readonly path: string;
  /** Part of the photo, and the width at which it serves, px. */
  readonly part: Box;
  readonly widthPx: number;
  /** Where land is, px of the canvas. */
  readonly land: readonly Box[];
}

/** None of them is CC0: training may see those, and none of these; nor under snow, where few surroundings of tents fit. */
const backgrounds: readonly [Background, ...Background[]] = [
  {
    path: 'data/finse_webcam/2022-07-08.jpg',
    part: { x: 0, y: 0, w: 1920, h: 1080 },
    widthPx: 1920,
    land: [
      { x: 857, y: 495, w: 515, h: 66 },
      { x: 1424, y: 660, w: 448, h: 130 },
      { x: 40, y: 488, w: 170, h: 145 },
      { x: 130, y: 225, w: 1660, h: 118 },
    ],
  },
  {
    path: 'data/photos/alpine_fixed/LC2_Bolternosa_RGB_2018-09-08_09.25_stabilized.jpg',
    part: { x: 1240, y: 1040, w: 3840, h: 2080 },
    widthPx: 1920,
    land: [{ x: 200, y: 250, w: 1500, h: 650 }],
  },
  {
    path: 'data/photos/alpine_fixed/hintereisferner_webcam.jpg',
    part: { x: 2000, y: 1400, w: 2560, h: 1440 },
    widthPx: 1280,
    land: [{ x: 150, y: 80, w: 1000, h: 380 }],
  },
];

/** How bright a landscape is in the light of a tent's photo, as a share of its own brightness. */
const brightness: Readonly<Record<string, number>> = { day: 1, 'low-sun': 0.8, dusk: 0.45 };

/** So many tents on a canvas. */
const tentsEach = 6;

/** The same photos, widths and places give the same canvases. A tent is only shrunk, never enlarged. */
export async function* paintCanvases(
  photos: readonly TentPhoto[],
  tentWidthsPx: readonly number[],
  /** Each tent lies at this many. */
  places: number,
): AsyncGenerator<Canvas> {
  const patches = await cutPatches(photos);
  const landscapes = await Promise.all(backgrounds.map(openBackground));
  for (const tentWidthPx of tentWidthsPx) {
    for (const light of Object.keys(brightness)) {
      const random = createRandom(1, 'tents', tentWidthPx, light);
      const fit = patches.filter((patch) => patch.light === light && patch.nativeWidthPx >= tentWidthPx);
      const waiting = shuffle(Array.from({ length: places }, () => fit).flat(), random);
      for (let from = 0; from < waiting.length; from += tentsEach) {
        const landscape = landscapes[Math.floor(random.unit() * landscapes.length)] as Landscape;
        const some = waiting.slice(from, from + tentsEach);
        const small = await Promise.all(some.map((patch) => shrinkPatch(patch, tentWidthPx)));
        yield await paint(landscape, small, { tentWidthPx, light, random });
      }
    }
  }
}

interface Landscape {
  readonly image: Image;
  readonly land: readonly Box[];
}

async function openBackground({ path, part, widthPx, land }: Background): Promise<Landscape> {
  const whole = await decodePicture(referencePath(path));
  return { image: await resize(whole, { widthPx, heightPx: Math.round((part.h * widthPx) / part.w) }, part), land };
}

interface Scene {
  readonly tentWidthPx: number;
  readonly light: string;
  readonly random: Random;
}

async function paint({ image, land }: Landscape, patches: readonly Patch[], scene: Scene): Promise<Canvas> {
  const rgb = image.rgb.map((value) => Math.round(value * (brightness[scene.light] ?? 1)));
  const canvas = { ...image, rgb };
  const taken: Box[] = [];
  const tents: PastedTent[] = [];
  const ignored: Box[] = [];
  for (const patch of patches) {
    const place = findPlace(patch, { image: canvas, land }, taken, scene.random);
    if (!place) continue;
    paste(canvas, patch, place);
    const move = (box: Box): Box => ({ ...box, x: box.x + place.x, y: box.y + place.y });
    taken.push(place);
    tents.push({ box: move(patch.tent), photo: patch.photo, light: patch.light, alone: patch.alone });
    ignored.push(...patch.others.map(move));
  }
  // as a camera would have written it
  const written = await decodePicture(await encodeJpeg(canvas, 88), { name: 'canvas' });
  return { image: written, tentWidthPx: scene.tentWidthPx, tents, ignored };
}

/** So many places are tried for a patch. */
const tries = 60;

/**
 * Whole px; the tent stands on land, the patch inside the canvas and apart from others. Of all places tried, the one
 * whose colour is nearest to the patch's, so that its surroundings look less like a picture in a picture.
 */
function findPlace(patch: Patch, { image, land }: Landscape, taken: readonly Box[], random: Random): Box | undefined {
  const { tent, image: own } = patch;
  const colour = meanColour(own, { x: 0, y: 0, w: own.sizePx.widthPx, h: own.sizePx.heightPx });
  let best: { readonly place: Box; readonly distance: number } | undefined;
  for (let nth = 0; nth < tries; nth++) {
    const ground = land[Math.floor(random.unit() * land.length)] as Box;
    const x = Math.round(random.between(ground.x, ground.x + ground.w) - tent.x - tent.w / 2);
    const y = Math.round(random.between(ground.y, ground.y + ground.h) - tent.y - tent.h);
    const place = { x, y, w: own.sizePx.widthPx, h: own.sizePx.heightPx };
    const { widthPx, heightPx } = image.sizePx;
    if (x < 0 || y < 0 || x + place.w > widthPx || y + place.h > heightPx) continue;
    if (taken.some((other) => sharedArea(other, place) > 0)) continue;
    const distance = Math.hypot(...meanColour(image, place).map((value, at) => value - (colour[at] as number)));
    if (distance < (best?.distance ?? Number.POSITIVE_INFINITY)) best = { place, distance };
  }
  return best?.place;
}

/** Mean red, green and blue of a part. */
function meanColour({ sizePx, rgb }: Image, part: Box): readonly number[] {
  const sums = [0, 0, 0];
  for (let y = part.y; y < part.y + part.h; y++) {
    const row = (y * sizePx.widthPx + part.x) * 3;
    for (let at = 0; at < part.w * 3; at++) sums[at % 3] = (sums[at % 3] as number) + (rgb[row + at] as number);
  }
  return sums.map((sum) => sum / (part.w * part.h));
}

/** Lays a patch on a canvas; its rim fades out, up to the tent where the photo ends close to it. */
function paste(canvas: { readonly sizePx: Image['sizePx']; readonly rgb: Uint8Array }, patch: Patch, place: Box): void {
  const { image, tent } = patch;
  const { widthPx, heightPx } = image.sizePx;
  const rimPx = 0.5 * tent.w;
  const fade = (fromEdgePx: number, roomPx: number): number =>
    Math.min(1, (fromEdgePx + 0.5) / Math.max(0.5, Math.min(rimPx, roomPx)));
  for (let y = 0; y < heightPx; y++) {
    const down = fade(y, tent.y) * fade(heightPx - 1 - y, heightPx - tent.y - tent.h);
    for (let x = 0; x < widthPx; x++) {
      const share = down * fade(x, tent.x) * fade(widthPx - 1 - x, widthPx - tent.x - tent.w);
      const from = (y * widthPx + x) * 3;
      const to = ((y + place.y) * canvas.sizePx.widthPx + x + place.x) * 3;
      for (let channel = 0; channel < 3; channel++) {
        const [over, under] = [image.rgb[from + channel] as number, canvas.rgb[to + channel] as number];
        canvas.rgb[to + channel] = Math.round(share * over + (1 - share) * under);
      }
    }
  }
}

function shuffle<Item>(items: readonly Item[], random: Random): readonly Item[] {
  return items
    .map((item) => ({ item, at: random.unit() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}
