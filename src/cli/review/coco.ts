import type { Box, SizePx } from '../../geo/frames.ts';
import { type ChosenPhoto, type ReviewCandidate, reviewLabels, type ShownFind } from '../../store/reviews.ts';

/** A photo as it is handed out, with what is drawn in for a start. */
export interface HandedOut extends Omit<ChosenPhoto, 'photoId'> {
  readonly photo: ReviewCandidate;
  readonly finds: readonly ShownFind[];
}

/** The file that labelling tools read: COCO instances, with what was found and how surely. */
export function toCoco(handed: readonly HandedOut[]): object {
  const annotations = handed.flatMap(({ photo, finds }, at) =>
    finds.map(({ label, confidence, box, sightingId, modelId }) => {
      const { x, y, w, h } = clip(box, photo.sizePx);
      return {
        ...{ image_id: at + 1, category_id: reviewLabels.indexOf(label) + 1, iscrowd: 0 },
        ...{ bbox: [x, y, w, h].map(toHundredths), area: toHundredths(w * h) },
        ...{ score: Number(confidence.toFixed(4)), sighting_id: sightingId, model: modelId },
      };
    }),
  );
  return {
    info: { description: 'Photos to review; boxes as Rivage found them', contributor: 'Rivage' },
    images: handed.map(({ fileName, photo, weight }, at) => ({
      ...{ id: at + 1, file_name: fileName, width: photo.sizePx.widthPx, height: photo.sizePx.heightPx },
      ...{ camera: photo.cameraId, light: photo.light, taken_at: photo.takenAt.toISOString(), weight },
    })),
    annotations: annotations.map((one, at) => ({ id: at + 1, ...one })),
    categories: reviewLabels.map((name, at) => ({ id: at + 1, name })),
  };
}

/** The part of a box inside its photo. */
export function clip({ x, y, w, h }: Box, { widthPx, heightPx }: SizePx): Box {
  const [left, top] = [Math.max(0, x), Math.max(0, y)];
  return { x: left, y: top, w: Math.min(widthPx, x + w) - left, h: Math.min(heightPx, y + h) - top };
}

function toHundredths(px: number): number {
  return Number(px.toFixed(2));
}
