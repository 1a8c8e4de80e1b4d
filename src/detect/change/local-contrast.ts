import type { GreyImage } from '../../picture/grey.ts';

/** How much brighter each place of a picture is than its surroundings: the exposure of a photo is no part of it. */
export interface LocalContrast {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Pixels of the photo along one of these. */
  readonly factor: number;
  /** (heightPx, widthPx): hundredths of a natural logarithm, −127 to 127. */
  readonly values: Int8Array;
  /** (12, 16): brightness of large parts over that of the whole, natural logarithm: how the light falls. */
  readonly light: Float32Array;
}

/** Finer than this costs time, and mostly shows grass and ripples. */
const maxWidthPx = 1200;
/** Grey levels that are added before the logarithm, so that the noise of dark places stays small. */
const darkOffset = 8;
/** From the middle of the surroundings to their side, px. */
const reachPx = 8;
const parts = { columns: 16, rows: 12 };

/** Contrast of the means of square blocks of a picture, the smallest that bring it to 1200 px of width or less. */
export function localContrast(picture: GreyImage): LocalContrast {
  const { logs, widthPx, heightPx, step } = toLogs(picture);
  const means = boxMeans(logs, widthPx, heightPx);
  const values = new Int8Array(widthPx * heightPx);
  for (let at = 0; at < values.length; at++) {
    const over = 100 * ((logs[at] as number) - (means[at] as number));
    values[at] = over > 127 ? 127 : over < -127 ? -127 : over;
  }
  return { widthPx, heightPx, factor: step * picture.factor, values, light: lightOf(means, widthPx, heightPx) };
}

/** Mean difference of how the light falls on two pictures, natural logarithm. */
export function lightDistance(a: LocalContrast, b: LocalContrast): number {
  return a.light.reduce((sum, value, at) => sum + Math.abs(value - (b.light[at] as number)), 0) / a.light.length;
}

function toLogs({ sizePx, grey }: GreyImage) {
  const step = Math.max(1, Math.ceil(sizePx.widthPx / maxWidthPx));
  const [widthPx, heightPx] = [Math.floor(sizePx.widthPx / step), Math.floor(sizePx.heightPx / step)];
  const logOf = Float32Array.from({ length: 255 * step * step + 1 }, (_, sum) =>
    Math.log(sum / step ** 2 + darkOffset),
  );
  const logs = new Float32Array(widthPx * heightPx);
  for (let row = 0; row < heightPx; row++) {
    for (let col = 0; col < widthPx; col++) {
      let sum = 0;
      for (let down = 0; down < step; down++) {
        const from = (row * step + down) * sizePx.widthPx + col * step;
        for (let at = from; at < from + step; at++) sum += grey[at] as number;
      }
      logs[row * widthPx + col] = logOf[sum] as number;
    }
  }
  return { logs, widthPx, heightPx, step };
}

/** Mean of each value and of those at most `reachPx` columns and rows away from it. */
export function boxMeans(values: Float32Array, width: number, height: number): Float32Array {
  const across = new Float32Array(values.length);
  for (let row = 0; row < height; row++) {
    const start = row * width;
    let sum = 0;
    for (let col = -reachPx; col < width; col++) {
      if (col + reachPx < width) sum += values[start + col + reachPx] as number;
      if (col > reachPx) sum -= values[start + col - reachPx - 1] as number;
      if (col >= 0) across[start + col] = sum / countAround(col, width);
    }
  }
  const means = new Float32Array(values.length);
  const sums = new Float64Array(width);
  for (let row = -reachPx; row < height; row++) {
    const [next, last] = [(row + reachPx) * width, (row - reachPx - 1) * width];
    const share = 1 / countAround(row, height);
    for (let col = 0; col < width; col++) {
      let sum = sums[col] as number;
      if (row + reachPx < height) sum += across[next + col] as number;
      if (row > reachPx) sum -= across[last + col] as number;
      if (row >= 0) means[row * width + col] = sum * share;
      sums[col] = sum;
    }
  }
  return means;
}

/** How many places of a line are at most `reachPx` away from one. */
function countAround(at: number, length: number): number {
  return Math.min(length - 1, at + reachPx) - Math.max(0, at - reachPx) + 1;
}

function lightOf(means: Float32Array, width: number, height: number): Float32Array {
  const light = Float32Array.from({ length: parts.columns * parts.rows }, (_, part) => {
    const col = Math.floor((((part % parts.columns) + 0.5) * width) / parts.columns);
    const row = Math.floor(((Math.floor(part / parts.columns) + 0.5) * height) / parts.rows);
    return means[row * width + col] as number;
  });
  const mean = light.reduce((sum, value) => sum + value, 0) / light.length;
  return light.map((value) => value - mean);
}
