import type { LabelledPhoto } from '../../evaluate/labelled-photo.ts';

export const datasetFormats = ['coco', 'yolo', 'points'] as const;
export type DatasetFormat = (typeof datasetFormats)[number];

/** A class of a dataset, and the label that Rivage has for it. */
export interface Category {
  readonly id: number;
  readonly name: string;
  /** undefined: not compared. */
  readonly label: string | undefined;
}

/** Labelled photos on disk. */
export interface Dataset {
  readonly format: DatasetFormat;
  readonly photos: readonly LabelledPhoto[];
  /** Absolute path of each photo, by its name. */
  readonly files: ReadonlyMap<string, string>;
  readonly categories: readonly Category[];
  /** Photos that lie there without labels: nobody looked at them, so they are left out. */
  readonly unlabelled: readonly string[];
}

/** Labels that are compared, sorted. */
export function labelsOf({ categories }: Pick<Dataset, 'categories'>): readonly string[] {
  return [...new Set(categories.flatMap(({ label }) => label ?? []))].sort();
}

/** What every reader of a format is given. */
export interface DatasetPlace {
  /** Absolute path that was named: a file or a folder. */
  readonly path: string;
  /** Absolute paths of the photos, by their names inside the folder of photos. */
  readonly photos: ReadonlyMap<string, string>;
  /** Rivage's label for a class of the dataset; undefined: not compared. */
  readonly labelFor: (name: string) => string | undefined;
}
