import path from 'node:path';
import type { LabelledPhoto, TruthBox } from '../../evaluate/labelled-photo.ts';
import { parseJsonDocument, z } from '../../schema.ts';
import { readText } from '../read-text.ts';
import type { Dataset, DatasetPlace } from './dataset.ts';
import { labelFault } from './fault.ts';

const id = z.int();
const instancesSchema = z.object({
  images: z.array(
    z.object({ id, file_name: z.string().min(1), width: z.number().positive(), height: z.number().positive() }),
  ),
  categories: z.array(z.object({ id, name: z.string() })),
  annotations: z.array(
    z.object({
      image_id: id,
      category_id: id,
      bbox: z.tuple([z.number(), z.number(), z.number().min(0), z.number().min(0)]),
      area: z.number().min(0).optional(),
      iscrowd: z.union([z.literal(0), z.literal(1), z.boolean()]).optional(),
    }),
  ),
});

type Instances = z.output<typeof instancesSchema>;

/**
 * Reads instances of COCO: images, categories, annotations. Every image of the file counts as looked at.
 * @throws ServiceError file-missing, file-invalid
 */
export async function readCoco({ path: file, photos, labelFor }: DatasetPlace): Promise<Dataset> {
  const { value, lineAt } = parseJsonDocument(instancesSchema, await readText(file), file);
  const categories = value.categories.map(({ id, name }) => ({ id, name, label: labelFor(name) }));
  const labels = new Map(categories.map(({ id, label }) => [id, label]));
  const images = new Set(value.images.map(({ id }) => id));
  value.annotations.forEach(({ image_id, category_id }, at) => {
    const key = !images.has(image_id) ? 'image_id' : labels.has(category_id) ? undefined : 'category_id';
    if (!key) return;
    const [written, list] = key === 'image_id' ? [image_id, 'images'] : [category_id, 'categories'];
    throw labelFault(
      file,
      lineAt(['annotations', at, key]),
      {
        en: `"${key}" is ${written}, which "${list}" does not have`,
        fr: `« ${key} » vaut ${written}, absent de « ${list} »`,
      },
      {
        en: `Add it to "${list}", or take the annotation out.`,
        fr: `Ajoutez-le à « ${list} » ou retirez l'annotation.`,
      },
    );
  });
  const boxes = boxesByImage(value, labels);
  const byBareName = new Map([...photos].map(([inside, where]) => [path.basename(inside), where]));
  const placeOf = (name: string) => photos.get(name) ?? byBareName.get(path.basename(name));
  return {
    format: 'coco',
    photos: value.images.map((image) => toPhoto(image, boxes.get(image.id) ?? [])),
    files: new Map(
      value.images.flatMap(({ file_name }) => {
        const where = placeOf(file_name);
        return where === undefined ? [] : [[file_name, where] as const];
      }),
    ),
    categories,
    unlabelled: [],
  };
}

function boxesByImage({ annotations }: Instances, labels: ReadonlyMap<number, string | undefined>) {
  const boxes = new Map<number, TruthBox[]>();
  for (const { image_id, category_id, bbox, area, iscrowd } of annotations) {
    const label = labels.get(category_id);
    if (label === undefined) continue;
    const [x, y, w, h] = bbox;
    const truth = { label, box: { x, y, w, h }, areaPx2: area ?? w * h, crowd: Boolean(iscrowd) };
    const there = boxes.get(image_id);
    if (there) there.push(truth);
    else boxes.set(image_id, [truth]);
  }
  return boxes;
}

function toPhoto(image: Instances['images'][number], boxes: readonly TruthBox[]): LabelledPhoto {
  const sizePx = { widthPx: image.width, heightPx: image.height };
  return { id: image.id, name: image.file_name, sizePx, boxes, points: [], camera: undefined, light: undefined };
}
