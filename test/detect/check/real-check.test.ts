import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CheckRule } from '../../../src/detect/check/manifest-check.ts';
import type { Detection } from '../../../src/detect/detection.ts';
import type { Detector } from '../../../src/detect/detector.ts';
import { type Manifest, manifestSchema } from '../../../src/detect/manifest.ts';
import { createOnnxDetector } from '../../../src/detect/onnx.ts';
import { getModel, type ModelEntry } from '../../../src/detect/registry.ts';
import { iouOf } from '../../../src/geo/box-overlap.ts';
import { decodePicture } from '../../../src/picture/codec.ts';
import { describeWithReferenceData, referencePath } from '../../support/reference-data.ts';

const weights = referencePath('data/weights');

/** MobileNetV2, ImageNet: of its 1,001 classes one is a mountain tent. */
function mountainTents(): ModelEntry {
  const manifest: Manifest = manifestSchema.parse({
    ...{
      manifestVersion: 1,
      id: 'mobilenet',
      version: '1',
      default: false,
      name: 'MobileNetV2',
      licence: 'Apache-2.0',
    },
    ...{ source: 'test', format: 'onnx' },
    weights: [
      {
        from: { file: 'mobilenet_v2_1001.onnx' },
        sha256: '9027a397105dcbe306e484cf8f6c7099ba89b46fea045e6e84bd76b1d855666b',
      },
    ],
    input: {
      ...{ name: 't0', widthPx: 224, heightPx: 224, channels: 'RGB', fit: 'stretch', layout: 'NHWC' },
      ...{ mean: [127.5, 127.5, 127.5], std: [127.5, 127.5, 127.5] },
    },
    decoder: {
      ...{ kind: 'classifier', output: 'output0', activation: 'none' },
      crop: { contextShare: 0.1, minSidePx: 24 },
    },
    slice: { sidePx: 224, overlapRatio: 0 },
    classes: Array.from({ length: 1001 }, (_, at) => (at === 673 ? 'mountain tent' : `class ${at}`)),
    labels: {},
    merge: { iou: 0.5 },
    thresholds: {},
  });
  return { manifest, folder: weights, weightsFolder: weights };
}

const check: CheckRule = {
  model: 'mobilenet@1',
  proposals: {
    from: 0.06,
    iou: 0.6,
    minSidePx: 12,
    maxSliceShare: 1,
    most: 150,
    scales: [1, 0.7],
    scalesMaxSliceShare: 0.25,
    confidencePower: 0,
  },
  labels: { 'mountain tent': 'tent' },
};

describeWithReferenceData('the default network, checked by one that knows tents', 'data/photos/tents_ground', () => {
  let detector: Detector;
  beforeAll(async () => {
    const model = await getModel(undefined);
    const { thresholds, merge, ...rest } = model.manifest;
    const ofTents = { merge: { ...merge, labels: { tent: { measure: 'ios', limit: 0.5 } as const } }, check };
    const manifest = { ...rest, ...ofTents, thresholds: { ...thresholds, tent: 0.6 } };
    detector = await createOnnxDetector({ ...model, manifest, check: mountainTents() }, 1);
  });
  afterAll(() => detector.close());

  const tentsOn = async (photo: string): Promise<readonly Detection[]> => {
    const image = await decodePicture(referencePath(`data/photos/${photo}`));
    const found = await detector.detect(image, { minConfidence: 0.6 });
    return found.filter(({ label }) => label === 'tent');
  };

  // boxes were drawn by looking
  it.each([
    { photo: '04_CampingWebsite_images_camping-6.jpg', box: { x: 218, y: 205, w: 162, h: 107 } },
    {
      photo: '12_bicyclehobo.github.io_img_lizard_head_pass_telluride_colorado.jpg',
      box: { x: 46, y: 179, w: 109, h: 80 },
    },
    {
      photo: '28_bicyclehobo.github.io_img_eureka-backcountry-bicyclehobo.com05.jpg',
      box: { x: 142, y: 165, w: 435, h: 203 },
    },
  ])('finds the tent of $photo, once and where it is', async ({ photo, box }) => {
    const tents = await tentsOn(`tents_ground/${photo}`);
    expect(tents).toHaveLength(1);
    expect(tents.every((tent) => iouOf(tent.box, box) > 0.7)).toBe(true);
  });

  it('finds none where there is none', async () => {
    expect(await tentsOn('alpine_fixed/cypress_4.jpg')).toEqual([]);
  });
});
