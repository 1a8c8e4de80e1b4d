import path from 'node:path';
import type { Detection } from '../../detect/detection.ts';
import type { LabelledPhoto } from '../../evaluate/labelled-photo.ts';
import { parseJsonDocument, z } from '../../schema.ts';
import type { Category, Dataset } from '../dataset/dataset.ts';
import { labelFault } from '../dataset/fault.ts';
import { readText } from '../read-text.ts';

/** A number, or the photo's or the class's name: tools that know no COCO file have no numbers. */
const key = z.union([z.int(), z.string()]);
const resultsSchema = z.array(
  z.object({
    image_id: key,
    file_name: z.string().optional(),
    category_id: key,
    bbox: z.tuple([z.number(), z.number(), z.number().min(0), z.number().min(0)]),
    score: z.number().min(0).max(1),
  }),
);

/**
 * Reads detections that any tool wrote as results of COCO, by photo in the dataset's order. Photos go by number or by
 * name, classes by number or by name, or by the label that Rivage has for them.
 * @throws ServiceError file-missing, file-invalid
 */
export async function readCocoResults(file: string, dataset: Dataset): Promise<readonly (readonly Detection[])[]> {
  const { value, lineAt } = parseJsonDocument(resultsSchema, await readText(file), file);
  const photoOf = photoFinder(dataset.photos);
  const labelOf = labelFinder(dataset.categories);
  const found: Detection[][] = dataset.photos.map(() => []);
  value.forEach(({ image_id, file_name, category_id, bbox, score }, at) => {
    const photo = photoOf(file_name ?? image_id) ?? photoOf(image_id);
    const label = labelOf(category_id);
    if (photo === undefined || label === null) {
      const [name, written] = photo === undefined ? ['image_id', image_id] : ['category_id', category_id];
      throw labelFault(
        file,
        lineAt([at, name]),
        {
          en: `"${name}" is ${written}, which the dataset does not have`,
          fr: `« ${name} » vaut ${written}, absent du jeu de données`,
        },
        {
          en: 'Give the numbers or names that its labels give.',
          fr: 'Donnez les numéros ou les noms de ses étiquettes.',
        },
      );
    }
    const [x, y, w, h] = bbox;
    if (label !== undefined) found[photo]?.push({ label, confidence: score, box: { x, y, w, h } });
  });
  return found;
}

/** Detections as results of COCO, with the photo's name beside its number. Classes that a label joins become its first one. */
export function toCocoResults(
  { photos, categories }: Pick<Dataset, 'photos' | 'categories'>,
  found: readonly (readonly Detection[])[],
): readonly object[] {
  const categoryOf = new Map(categories.toReversed().map(({ id, label }) => [label, id]));
  return photos.flatMap(({ id, name }, at) =>
    (found[at] ?? []).flatMap(({ label, confidence, box }) => {
      const category = categoryOf.get(label);
      if (category === undefined) return [];
      const bbox = [box.x, box.y, box.w, box.h].map((value) => Number(value.toFixed(2)));
      return [{ image_id: id, file_name: name, category_id: category, bbox, score: Number(confidence.toFixed(5)) }];
    }),
  );
}

function photoFinder(photos: readonly LabelledPhoto[]): (key: number | string) => number | undefined {
  const byKey = new Map<number | string, number>();
  photos.forEach(({ id, name }, at) => {
    for (const key of [path.posix.basename(name, path.extname(name)), path.posix.basename(name), name, id])
      byKey.set(key, at);
  });
  return (key) => byKey.get(key);
}

/** undefined: a class that is not compared; null: no class of the dataset. */
function labelFinder(categories: readonly Category[]): (key: number | string) => string | undefined | null {
  const byKey = new Map<number | string, string | undefined>();
  for (const { label } of categories) if (label !== undefined) byKey.set(label, label);
  for (const { id, name, label } of categories) byKey.set(name, label).set(id, label);
  return (key) => (byKey.has(key) ? byKey.get(key) : null);
}
