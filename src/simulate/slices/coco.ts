import { boxAround, type Drawn } from '../draw/thing.ts';
import type { Scene } from '../light/scene.ts';
import type { Staged } from '../studio.ts';
import { type SliceLabel, sliceLabels } from './labels.ts';
import type { Subject } from './stand.ts';

/** One object of a slice, as COCO has it. `ignore`: less than 30 % visible, or lost in fog or darkness; neither found nor missed counts. */
export interface SliceObject {
  readonly category_id: number;
  /** x, y, width and height of its visible part, px. */
  readonly bbox: readonly [number, number, number, number];
  /** Visible pixels. */
  readonly area: number;
  readonly iscrowd: 0 | 1;
  readonly ignore: 0 | 1;
  /** Visible part of the outline's area, 0–1. */
  readonly visible_share: number;
  readonly kind: string;
}

/** One picture with what is in it. */
export interface SlicePicture {
  readonly id: number;
  readonly file_name: string;
  readonly width: number;
  readonly height: number;
  readonly weather: string;
  readonly sun_altitude_deg: number;
  readonly objects: readonly SliceObject[];
}

const leastVisible = 0.3;
/** Share of contrast that fog must leave. */
const leastContrast = 0.3;
/** A frame that lacks this many times its light shows only what is lit from inside. */
export const mostLack = 3;

/** How a frame was taken. */
export interface Taking {
  readonly scene: Pick<Scene, 'air'>;
  /** Brings pixels of the frame to those of the file. */
  readonly scale: number;
  /** How much light the frame lacks: see Exposure. */
  readonly lack: number;
}

/** Reads the truth off what was drawn. */
export function objectsOf(staged: readonly Staged<Subject>[], { scene, scale, lack }: Taking): readonly SliceObject[] {
  return staged.flatMap(({ actor, placed, drawn }) => {
    const box = boxAround(drawn.window, drawn.visible);
    if (!actor.truth || !box) return [];
    const share = Math.min(1, sum(drawn.visible) / sum(drawn.outline));
    const inFog = scene.air.transmittance(placed.rangeM, -2) < leastContrast;
    const inDark = lack > mostLack && actor.thing.skin?.lamp === undefined;
    const hidden = share < leastVisible || inFog || inDark ? 1 : 0;
    return [
      {
        category_id: idOf(actor.truth.label),
        bbox: [box.x * scale, box.y * scale, box.w * scale, box.h * scale].map((px) => round(px, 2)) as [
          number,
          number,
          number,
          number,
        ],
        area: round(sum(drawn.visible) * scale * scale, 1),
        iscrowd: hidden,
        ignore: hidden,
        visible_share: round(share, 3),
        kind: actor.truth.kind,
      },
    ];
  });
}

function idOf(label: SliceLabel): number {
  return sliceLabels.indexOf(label) + 1;
}

function sum(cover: Drawn['visible']): number {
  let total = 0;
  for (const share of cover) total += share;
  return total;
}

/** The file for all pictures. */
export function toCoco(pictures: readonly SlicePicture[]): object {
  return {
    info: { description: 'Simulated slices of lake photos, with exact truth', contributor: 'Rivage' },
    images: pictures.map(({ objects: _, ...image }) => image),
    annotations: pictures
      .flatMap(({ id, objects }) => objects.map((object) => ({ image_id: id, ...object })))
      .map((object, index) => ({ id: index + 1, ...object })),
    categories: sliceLabels.map((name) => ({ id: idOf(name), name })),
  };
}

export function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
