import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { LabelledPhoto, TruthBox } from '../../evaluate/labelled-photo.ts';
import type { Box, SizePx } from '../../geo/frames.ts';
import { readHeader } from '../../picture/codec.ts';
import { readText } from '../read-text.ts';
import type { Category, Dataset, DatasetPlace } from './dataset.ts';
import { labelFault } from './fault.ts';
import { photoOfLabels } from './pair-photos.ts';

/** Corners a little outside the picture are drawn by hand: they are cut off; more than this is another scale. */
const outside = 0.05;

/**
 * Reads labels of YOLO: a text file a photo, a line an object: class, then the box's middle and size, or a polygon, as
 * shares of the photo's width and height. Names of the classes: classes.txt beside, a line each; else their numbers.
 * @throws ServiceError file-missing, file-invalid, and those of a damaged photo
 */
export async function readYolo({ path: folder, photos, labelFor }: DatasetPlace): Promise<Dataset> {
  const inside = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('.txt')).sort();
  const named = inside.find((file) => path.basename(file) === 'classes.txt');
  const names = named ? (await readText(path.join(folder, named))).split(/\r?\n/).map((name) => name.trim()) : [];
  const categories = new Map<number, Category>();
  const categoryOf = (id: number) => {
    const name = names[id] || String(id);
    const category = categories.get(id) ?? { id, name, label: labelFor(name) };
    categories.set(id, category);
    return category;
  };
  names.forEach((name, id) => {
    if (name) categoryOf(id);
  });
  const labelled: LabelledPhoto[] = [];
  for (const file of inside.filter((name) => path.basename(name) !== 'classes.txt')) {
    const name = photoOfLabels(file, [...photos.keys()]);
    const where = name && photos.get(name);
    if (!name || !where) continue;
    const { sizePx } = await readHeader(where, { name });
    const lines = parseYolo(await readText(path.join(folder, file)), path.join(folder, file));
    const boxes = lines.flatMap(({ classId, corners }): readonly TruthBox[] => {
      const { label } = categoryOf(classId);
      return label === undefined ? [] : [toTruth(label, corners, sizePx)];
    });
    labelled.push({ id: labelled.length + 1, name, sizePx, boxes, points: [], camera: undefined, light: undefined });
  }
  const known = new Set(labelled.map(({ name }) => name));
  return {
    format: 'yolo',
    photos: labelled,
    files: photos,
    categories: [...categories.values()].sort((a, b) => a.id - b.id),
    unlabelled: [...photos.keys()].filter((name) => !known.has(name)),
  };
}

interface YoloLine {
  readonly classId: number;
  /** Corners, as shares of the photo: of a box two, of a polygon all. */
  readonly corners: readonly (readonly [x: number, y: number])[];
}

function parseYolo(text: string, file: string): readonly YoloLine[] {
  return text.split(/\r?\n/).flatMap((line, at) => (line.trim() === '' ? [] : [parseLine(line, file, at + 1)]));
}

function parseLine(line: string, file: string, at: number): YoloLine {
  const [classId = Number.NaN, ...numbers] = line.trim().split(/\s+/).map(Number);
  const shape =
    Number.isInteger(classId) && classId >= 0 && numbers.every(Number.isFinite) ? shapeOf(numbers) : undefined;
  if (!shape) {
    throw labelFault(
      file,
      at,
      {
        en: `"${line.trim().slice(0, 60)}" is no label of YOLO`,
        fr: `« ${line.trim().slice(0, 60)} » n'est pas une étiquette YOLO`,
      },
      {
        en: 'Needed: class, then x y w h or the corners of a polygon, as numbers.',
        fr: "Attendu : la classe, puis x y w h ou les sommets d'un polygone, en nombres.",
      },
    );
  }
  const odd = shape.flat().find((share) => share < -outside || share > 1 + outside);
  if (odd !== undefined) {
    throw labelFault(
      file,
      at,
      { en: `the object reaches ${odd}, outside the photo`, fr: `l'objet atteint ${odd}, hors de la photo` },
      {
        en: 'Places and sizes are shares of the width and height, from 0 to 1.',
        fr: 'Positions et tailles sont des parts de la largeur et de la hauteur, de 0 à 1.',
      },
    );
  }
  return { classId, corners: shape };
}

/** Four numbers are a box; an even number of six or more is a polygon; else a box and key points, three numbers each. */
function shapeOf(numbers: readonly number[]): YoloLine['corners'] | undefined {
  const [x = 0, y = 0, w = 0, h = 0] = numbers;
  const isBox =
    numbers.length === 4 || (numbers.length % 2 === 1 && numbers.length > 4 && (numbers.length - 4) % 3 === 0);
  if (isBox)
    return w < 0 || h < 0
      ? undefined
      : [
          [x - w / 2, y - h / 2],
          [x + w / 2, y + h / 2],
        ];
  if (numbers.length < 6 || numbers.length % 2 === 1) return undefined;
  return Array.from({ length: numbers.length / 2 }, (_, at) => [numbers[2 * at] ?? 0, numbers[2 * at + 1] ?? 0]);
}

/** The size of an object is that of its box, as with boxes: a polygon here is often nothing but a box. */
function toTruth(label: string, corners: YoloLine['corners'], { widthPx, heightPx }: SizePx): TruthBox {
  const us = corners.map(([x]) => Math.min(1, Math.max(0, x)) * widthPx);
  const vs = corners.map(([, y]) => Math.min(1, Math.max(0, y)) * heightPx);
  const [x, y] = [Math.min(...us), Math.min(...vs)];
  const box: Box = { x, y, w: Math.max(...us) - x, h: Math.max(...vs) - y };
  return { label, box, areaPx2: box.w * box.h, crowd: false };
}
