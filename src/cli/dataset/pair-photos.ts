import path from 'node:path';

/** The file's name without folder and ending. */
function stemOf(file: string): string {
  return path.basename(file, path.extname(file));
}

/**
 * The photo that a file of labels belongs to: the one of the same name without ending ("3.csv", "3.jpg"), else the only
 * one whose name ends with it or that it ends with, after an underscore ("labels_3.csv", "val2017_3.jpg").
 */
export function photoOfLabels(labels: string, photos: readonly string[]): string | undefined {
  const wanted = stemOf(labels);
  const exact = photos.filter((photo) => stemOf(photo) === wanted);
  if (exact.length === 1) return exact[0];
  if (exact.length > 1) return exact.find((photo) => path.dirname(photo) === path.dirname(labels));
  const near = photos
    .filter((photo) => wanted.endsWith(`_${stemOf(photo)}`) || stemOf(photo).endsWith(`_${wanted}`))
    .sort((a, b) => stemOf(b).length - stemOf(a).length);
  const [first, second] = near;
  return first && (!second || stemOf(second).length < stemOf(first).length) ? first : undefined;
}
