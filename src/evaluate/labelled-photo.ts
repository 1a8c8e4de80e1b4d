import type { Detection } from '../detect/detection.ts';
import type { Box, Pixel, SizePx } from '../geo/frames.ts';

/** An object that a person boxed. */
export interface TruthBox {
  readonly label: string;
  readonly box: Box;
  /** What its size is judged by, px²: the area of its outline where the dataset has one, else of its box. */
  readonly areaPx2: number;
  /** One box around many: detections inside are neither right nor wrong. */
  readonly crowd: boolean;
}

/** An object that a person marked with one point, usually on its head. */
export interface TruthPoint {
  readonly label: string;
  readonly point: Pixel;
}

/** A photo that a person looked at for every label of its dataset: what is not marked is not there. */
export interface LabelledPhoto {
  /** Number in COCO files. */
  readonly id: number;
  /** Path inside the folder of photos. */
  readonly name: string;
  readonly sizePx: SizePx;
  readonly boxes: readonly TruthBox[];
  readonly points: readonly TruthPoint[];
  /** undefined: the dataset does not say. */
  readonly camera: string | undefined;
  readonly light: string | undefined;
}

/** What one model found on the photos of a dataset. */
export interface ModelFindings {
  /** What tables call it. */
  readonly name: string;
  /** Labels that it can find; others were not looked for. */
  readonly labels: readonly string[];
  /** Confidence from which a label is shown by default; a label that is not named has none. */
  readonly thresholds: Readonly<Record<string, number>>;
  /** By photo, in the dataset's order. */
  readonly found: readonly (readonly Detection[])[];
  /** Wall time of the detections of each photo, ms; undefined: read from a file. */
  readonly msPerPhoto: readonly number[] | undefined;
}
