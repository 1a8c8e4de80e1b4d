import type { Manifest } from '../manifest.ts';
import type { Dims, ExpectedValue } from '../network/network-shape.ts';
import { decodeCenternet } from './decode-centernet.ts';
import { decodeClassifier } from './decode-classifier.ts';
import { decodeDetr, decodeDetrList } from './decode-detr.ts';
import { decodeDistribution } from './decode-distribution.ts';
import { decodeFastestdet } from './decode-fastestdet.ts';
import { decodeSsd, toAnchors } from './decode-ssd.ts';
import { decodeYolo } from './decode-yolo.ts';
import { decodeYolox } from './decode-yolox.ts';
import { distributionLevels } from './distribution-levels.ts';
import type { DecoderKind, DecoderOf } from './manifest-decoder.ts';
import type { RawDetection } from './raw-detection.ts';

/** A value that a network gave. */
export interface Tensor {
  readonly data: Float32Array;
  readonly dims: readonly number[];
}

/** Gives the value of an output; those that were expected are there. */
export type GetTensor = (output: string) => Tensor;

/** How the answers of one network are read. */
export interface NetworkReader {
  readonly outputs: readonly ExpectedValue[];
  /** True where one object gives many boxes that overlap. */
  readonly manyBoxes: boolean;
  decode(get: GetTensor, minConfidence: number): RawDetection[];
}

/** The reader that a manifest asks for. */
export function readerOf(manifest: Manifest): NetworkReader {
  return bind(manifest.decoder.kind, manifest.decoder, manifest);
}

function bind<Kind extends DecoderKind>(kind: Kind, decoder: DecoderOf<Kind>, manifest: Manifest): NetworkReader {
  return readers[kind](decoder, manifest);
}

const readers: { readonly [Kind in DecoderKind]: (decoder: DecoderOf<Kind>, manifest: Manifest) => NetworkReader } = {
  centernet: ({ heatmap, extents }, { input, classes, labels, check }) => {
    const wanted = classes.flatMap((name, index) => (check || name in labels ? [index] : []));
    return {
      outputs: [
        floats(heatmap, [1, classes.length, undefined, undefined], '1, classes, rows, columns'),
        floats(extents, [1, 4, undefined, undefined], '1, 4, rows, columns'),
      ],
      manyBoxes: false,
      decode: (get, minConfidence) => {
        const heat = get(heatmap);
        const [, , rows = 0, columns = 0] = heat.dims;
        const grid = { rows, columns, stridePx: input.widthPx / columns };
        return decodeCenternet({ heatmap: heat.data, extents: get(extents).data, ...grid }, wanted, minConfidence);
      },
    };
  },
  yolox: ({ output, stridesPx }, { input, classes }) => {
    const cells = stridesPx.reduce((sum, stridePx) => sum + cellsOf(input, stridePx), 0);
    const of = { classes: classes.length, input, stridesPx };
    return {
      outputs: [floats(output, [1, cells, 5 + classes.length], '1, cells, 5 + classes')],
      manyBoxes: true,
      decode: (get, minConfidence) => decodeYolox({ rows: get(output).data, ...of }, minConfidence),
    };
  },
  yolo: ({ output, unit }, { input, classes }) => {
    const unitPx = unit === 'px' ? { widthPx: 1, heightPx: 1 } : input;
    return {
      outputs: [floats(output, [1, 4 + classes.length, undefined], '1, 4 + classes, boxes')],
      manyBoxes: true,
      decode: (get, minConfidence) => {
        const { data, dims } = get(output);
        return decodeYolo({ planes: data, classes: classes.length, boxes: dims[2] ?? 0, unitPx }, minConfidence);
      },
    };
  },
  distribution: (decoder, { input, classes }) => {
    const { bins, centre } = decoder;
    const { outputs, levelsOf } = distributionLevels(decoder, input, classes.length);
    const of = { classes: classes.length, bins, input, centre };
    return {
      outputs,
      manyBoxes: true,
      decode: (get, minConfidence) => decodeDistribution({ levels: levelsOf(get), ...of }, minConfidence),
    };
  },
  fastestdet: ({ output }, { input, classes }) => ({
    outputs: [floats(output, [1, 5 + classes.length, undefined, undefined], '1, 5 + classes, rows, columns')],
    manyBoxes: true,
    decode: (get, minConfidence) => {
      const { data, dims } = get(output);
      const [, , rows = 0, columns = 0] = dims;
      return decodeFastestdet({ planes: data, classes: classes.length, rows, columns, input }, minConfidence);
    },
  }),
  ssd: (decoder, { input, classes }) => {
    const anchors = toAnchors(decoder.anchors, input);
    const columns = classes.length + (decoder.background ? 1 : 0);
    const axes = `1, anchors, ${decoder.background ? '1 + classes' : 'classes'}`;
    return {
      outputs: [
        floats(decoder.boxes, [1, anchors.length, 4], '1, anchors, 4'),
        floats(decoder.scores, [1, anchors.length, columns], axes),
      ],
      manyBoxes: true,
      decode: (get, minConfidence) => {
        const [offsets, scores] = [get(decoder.boxes).data, get(decoder.scores).data];
        return decodeSsd({ ...decoder, offsets, scores, classes: classes.length, anchors }, minConfidence);
      },
    };
  },
  detr: ({ logits, boxes }, { input, classes }) => ({
    outputs: [
      floats(logits, [1, undefined, classes.length], '1, queries, classes'),
      floats(boxes, [1, undefined, 4], '1, queries, 4'),
    ],
    manyBoxes: false,
    decode: (get, minConfidence) => {
      const of = { logits: get(logits).data, boxes: get(boxes).data, classes: classes.length, input };
      return decodeDetr(of, minConfidence);
    },
  }),
  'detr-list': ({ labels, boxes, scores }) => ({
    outputs: [
      { name: labels, type: 'integer', dims: [1, undefined], axes: '1, objects' },
      floats(boxes, [1, undefined, 4], '1, objects, 4'),
      floats(scores, [1, undefined], '1, objects'),
    ],
    manyBoxes: false,
    decode: (get, minConfidence) => {
      const of = { labels: get(labels).data, boxes: get(boxes).data, scores: get(scores).data };
      return decodeDetrList(of, minConfidence);
    },
  }),
  classifier: ({ output, activation }, { input, classes }) => ({
    outputs: [floats(output, [1, classes.length], '1, classes')],
    manyBoxes: false,
    decode: (get, minConfidence) => decodeClassifier({ scores: get(output).data, activation, input }, minConfidence),
  }),
};

function floats(name: string, dims: Dims, axes: string): ExpectedValue {
  return { name, type: 'float32', dims, axes };
}

function cellsOf(input: Manifest['input'], stridePx: number): number {
  return Math.ceil(input.widthPx / stridePx) * Math.ceil(input.heightPx / stridePx);
}
