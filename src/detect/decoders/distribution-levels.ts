import type { SizePx } from '../../geo/frames.ts';
import type { ExpectedValue } from '../network/network-shape.ts';
import type { DistributionLevel } from './decode-distribution.ts';
import type { DecoderOf } from './manifest-decoder.ts';

type Get = (output: string) => { readonly data: Float32Array };

/** Where the grids of a NanoDet or PicoDet lie in its outputs: two outputs a grid, or one output for all of them. */
export function distributionLevels(
  { levels, bins }: DecoderOf<'distribution'>,
  input: SizePx,
  classes: number,
): { readonly outputs: readonly ExpectedValue[]; readonly levelsOf: (get: Get) => readonly DistributionLevel[] } {
  const cellsOf = (stridePx: number): number =>
    Math.ceil(input.widthPx / stridePx) * Math.ceil(input.heightPx / stridePx);
  const floats = (name: string, dims: readonly number[], axes: string): ExpectedValue => {
    return { name, type: 'float32', dims, axes };
  };
  if ('stridesPx' in levels) {
    const step = classes + 4 * bins;
    const firsts = levels.stridesPx.map((_, level) =>
      levels.stridesPx.slice(0, level).reduce((sum, stridePx) => sum + step * cellsOf(stridePx), 0),
    );
    const cells = levels.stridesPx.reduce((sum, stridePx) => sum + cellsOf(stridePx), 0);
    return {
      outputs: [floats(levels.output, [1, cells, step], '1, cells, classes + 4 · bins')],
      levelsOf: (get) => {
        const values = get(levels.output).data;
        return levels.stridesPx.map((stridePx, level) => {
          const first = firsts[level] ?? 0;
          return { stridePx, scores: { values, first, step }, distances: { values, first: first + classes, step } };
        });
      },
    };
  }
  return {
    outputs: levels.flatMap(({ stridePx, scores, distances }) => [
      floats(scores, [1, cellsOf(stridePx), classes], `1, cells of ${stridePx} px, classes`),
      floats(distances, [1, cellsOf(stridePx), 4 * bins], `1, cells of ${stridePx} px, 4 · bins`),
    ]),
    levelsOf: (get) =>
      levels.map(({ stridePx, scores, distances }) => ({
        stridePx,
        scores: { values: get(scores).data, first: 0, step: classes },
        distances: { values: get(distances).data, first: 0, step: 4 * bins },
      })),
  };
}
