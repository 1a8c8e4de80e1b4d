import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Box, SizePx } from '../../../src/geo/frames.ts';
import { referencePath } from '../../support/reference-data.ts';

/** Tents and their absence on real photos, as models/training/validation/README.md tells. */

/** A tent that a person boxed. */
export interface RealTent {
  readonly box: Box;
  /** Cut by the photo's edge: pasted elsewhere, its cut would be seen. */
  readonly cut: boolean;
}

export interface TentPhoto {
  readonly path: string;
  readonly sizePx: SizePx;
  /** Photos of one scene resemble each other. */
  readonly scene: string;
  readonly light: string;
  readonly tents: readonly RealTent[];
  /** What counts neither way, px. */
  readonly ignored: readonly Box[];
}

export interface NegativePhoto extends Omit<TentPhoto, 'tents' | 'sizePx'> {
  readonly set: string;
}

type Corners = readonly [x: number, y: number, w: number, h: number];

interface Instances {
  readonly images: readonly {
    readonly id: number;
    readonly file_name: string;
    readonly width: number;
    readonly height: number;
    readonly scene: string;
    readonly light: string;
  }[];
  readonly annotations: readonly {
    readonly image_id: number;
    readonly bbox: Corners;
    readonly iscrowd: 0 | 1;
    readonly cut?: boolean;
  }[];
}

interface Negatives {
  readonly photos: readonly (Omit<NegativePhoto, 'ignored'> & { readonly ignore: readonly Corners[] })[];
}

/** Whether the photos are beside the project. */
export const hasTentPhotos = existsSync(referencePath('data/photos/tents_ground'));

export function readTentPhotos(): readonly TentPhoto[] {
  const { images, annotations } = readJson<Instances>('tents-ground.coco.json');
  return images.map(({ id, file_name, width, height, scene, light }) => {
    const own = annotations.filter(({ image_id }) => image_id === id);
    return {
      path: referencePath(`data/photos/tents_ground/${file_name}`),
      sizePx: { widthPx: width, heightPx: height },
      scene,
      light,
      tents: own.filter(({ iscrowd }) => iscrowd === 0).map(({ bbox, cut = false }) => ({ box: toBox(bbox), cut })),
      ignored: own.filter(({ iscrowd }) => iscrowd === 1).map(({ bbox }) => toBox(bbox)),
    };
  });
}

export function readNegatives(): readonly NegativePhoto[] {
  const { photos } = readJson<Negatives>('negatives.json');
  return photos.map(({ ignore, path, ...rest }) => {
    return { ...rest, path: referencePath(`data/${path}`), ignored: ignore.map(toBox) };
  });
}

function readJson<Document>(name: string): Document {
  const file = fileURLToPath(new URL(`../../../models/training/validation/${name}`, import.meta.url));
  return JSON.parse(readFileSync(file, 'utf8')) as Document;
}

function toBox([x, y, w, h]: Corners): Box {
  return { x, y, w, h };
}
