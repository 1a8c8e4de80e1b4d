import { encodeJpeg, resize } from '../../picture/codec.ts';
import { expose } from '../draw/sensor.ts';
import type { View } from '../draw/view.ts';
import type { Scene } from '../light/scene.ts';
import type { Random } from '../random.ts';
import { round, type SliceObject, type SlicePicture } from './coco.ts';
import { blurFrame, chooseFlaws } from './flaws.ts';

/** Takes the slice of a number. */
export type TakeSlice = (id: number) => Promise<WrittenSlice>;

export interface WrittenSlice {
  readonly picture: SlicePicture;
  readonly jpeg: Uint8Array;
}

/** What all slices of a run have in common. */
export interface SliceFormat {
  readonly seed: number;
  readonly sidePx: number;
}

/** A frame of linear light with all that is in it, before a camera has taken it. */
export interface LitFrame {
  readonly id: number;
  readonly view: View;
  readonly scene: Scene;
  readonly buffers: readonly [Float32Array, Float32Array, Float32Array];
  readonly objects: readonly SliceObject[];
}

/** Takes a frame as a cheap camera would: soft, noisy, badly exposed, compressed. */
export async function develop(
  { seed, sidePx }: SliceFormat,
  { id, view, scene, buffers, objects }: LitFrame,
  random: Random,
): Promise<WrittenSlice> {
  const [frame, scratch, soft] = buffers;
  const flaws = chooseFlaws(random);
  blurFrame(frame, scratch, view.widthPx, flaws);
  const { image } = expose(frame, view, { seed, key: `${id}`, scratch, soft, faults: flaws.faults });
  const picture = {
    id,
    file_name: `images/${String(id).padStart(6, '0')}.jpg`,
    width: sidePx,
    height: sidePx,
    weather: scene.light.weather.sky,
    sun_altitude_deg: round(scene.light.sun.altitudeDeg, 2),
    objects,
  };
  const sized = view.widthPx === sidePx ? image : await resize(image, { widthPx: sidePx, heightPx: sidePx });
  return { picture, jpeg: await encodeJpeg(sized, flaws.quality) };
}
