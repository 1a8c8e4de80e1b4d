import path from 'node:path';
import { type Manifest, manifestSchema, uncheckedManifest } from '../../src/detect/manifest.ts';
import { getModel, type ModelEntry } from '../../src/detect/registry.ts';
import { referencePath } from './reference-data.ts';

type Input = typeof manifestSchema extends { shape: { input: { _zod: { input: infer I } } } } ? I : never;

/** A network of the reference data: what its manifest would say. */
export interface RealNetwork {
  readonly file: string;
  readonly sha256: string;
  readonly input: Omit<Input, 'widthPx' | 'heightPx'> & { readonly sidePx: number };
  readonly decoder: Manifest['decoder'];
}

const imageNetBgr = { mean: [103.53, 116.28, 123.675], std: [57.375, 57.12, 58.395] } as const;
const plain = { mean: [0, 0, 0], std: [1, 1, 1] } as const;
const shares = { mean: [0, 0, 0], std: [255, 255, 255] } as const;

function level(stridePx: number, scores: string, distances: string) {
  return { stridePx, scores, distances };
}

/** Networks of COCO's 80 classes that lie in ../shared/data/weights. */
export const realNetworks: Readonly<Record<string, RealNetwork>> = {
  yolox: {
    file: 'yolox_nano.onnx',
    sha256: '695e750a5d5754bb5a8d5325643b59282191a7e7a564e435a415fd3c578eab14',
    input: { name: 'images', sidePx: 416, channels: 'BGR', fit: 'letterbox', ...copy(plain) },
    decoder: { kind: 'yolox', output: 'output', stridesPx: [8, 16, 32] },
  },
  picodet: {
    file: 'picodet_s_416_coco.onnx',
    sha256: 'cdab77bdde16e4f76bec734c4e5791801d1739e4c7ec1995e0e110e04300d0c2',
    input: { name: 'image', sidePx: 416, channels: 'BGR', fit: 'stretch', ...copy(imageNetBgr) },
    decoder: {
      kind: 'distribution',
      levels: [8, 16, 32, 64].map((stridePx, index) =>
        level(stridePx, `save_infer_model/scale_${index}.tmp_1`, `save_infer_model/scale_${index + 4}.tmp_1`),
      ),
      bins: 8,
      centre: 0.5,
    },
  },
  nanodet: {
    file: 'nanodet_m_hpc203.onnx',
    sha256: '4b82da9944b88577175ee23a459dce2e26e6e4be573def65b1055dc2d9720186',
    input: { name: 'input.1', sidePx: 416, channels: 'BGR', fit: 'stretch', ...copy(imageNetBgr) },
    decoder: {
      kind: 'distribution',
      levels: [level(8, '792', '795'), level(16, '814', '817'), level(32, '836', '839')],
      bins: 8,
      centre: 0.5,
    },
  },
  fastestdet: {
    file: 'FastestDet.onnx',
    sha256: '31cb14c017fce347cb4c846ec62fdf00d76bb3beecdf4be21e7116ac67feb880',
    input: { name: 'input.1', sidePx: 352, channels: 'BGR', fit: 'stretch', ...copy(shares) },
    decoder: { kind: 'fastestdet', output: '758' },
  },
  deim: {
    file: 'deimv2_atto_320.onnx',
    sha256: 'b114aa6610ac7c2bd9b3186ffb001afa872430db957407ef2473f7148d00646e',
    input: {
      ...{ name: 'images', sidePx: 320, channels: 'RGB', fit: 'stretch', sizes: 'orig_target_sizes' },
      ...copy(shares),
    },
    decoder: { kind: 'detr-list', labels: 'labels', boxes: 'boxes', scores: 'scores' },
  },
  yolo: {
    file: 'reference-only-agpl/yolov8n_int8.onnx',
    sha256: '7d7d09d585691437afcb10028c0f1c0d1c37e4a655cead573544cc3879760116',
    input: { name: 'images', sidePx: 640, channels: 'RGB', fit: 'letterbox', place: 'centre', ...copy(shares) },
    decoder: { kind: 'yolo', output: 'output0', unit: 'px' },
  },
};

/** A network of the reference data as a model that can be loaded. */
export async function realModel(id: string, network: RealNetwork): Promise<ModelEntry> {
  const manifest = uncheckedManifest((await getModel(undefined)).manifest);
  const { sidePx, ...input } = network.input;
  const file = path.basename(network.file);
  return {
    folder: path.dirname(referencePath(`data/weights/${network.file}`)),
    weightsFolder: 'none',
    manifest: manifestSchema.parse({
      ...manifest,
      ...{ id, version: '1', default: false, format: 'onnx' },
      weights: [{ from: { file }, sha256: network.sha256 }],
      input: { ...input, widthPx: sidePx, heightPx: sidePx },
      decoder: network.decoder,
      merge: { iou: 0.6 },
      context: undefined,
    }),
  };
}

function copy({ mean, std }: { readonly mean: readonly number[]; readonly std: readonly number[] }) {
  return { mean: three(mean), std: three(std) };
}

function three([a = 0, b = 0, c = 0]: readonly number[]): [number, number, number] {
  return [a, b, c];
}
