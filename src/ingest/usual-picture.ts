import { type PictureStatistics, statisticsBlocks } from './picture-statistics.ts';

/** What a camera usually shows in a light: of each block the median, and how far clear pictures go above it. */
export interface UsualPicture {
  readonly luminance: number;
  readonly light: Uint8Array;
  readonly coarse: UsualDetail;
  readonly fine: UsualDetail;
}

/** In codes of PictureStatistics. */
export interface UsualDetail {
  readonly median: Uint8Array;
  /** Median to the 84th percentile. The half below it would take in pictures that lost detail. */
  readonly spread: Uint8Array;
}

/** Counts pictures in and out, and says at any time what is usual among those that are in. */
export class PictureTally {
  #size = 0;
  readonly #luminance = new Histograms(1);
  readonly #light = new Histograms(statisticsBlocks);
  readonly #coarse = new Histograms(statisticsBlocks);
  readonly #fine = new Histograms(statisticsBlocks);

  get size(): number {
    return this.#size;
  }

  /** `times` is 1 to count a picture in, -1 to count it out. */
  count({ luminance, light, coarse, fine }: PictureStatistics, times: 1 | -1): void {
    this.#size += times;
    this.#luminance.count([Math.round(luminance)], times);
    this.#light.count(light, times);
    this.#coarse.count(coarse, times);
    this.#fine.count(fine, times);
  }

  usual(): UsualPicture {
    return {
      luminance: this.#luminance.quantiles(0.5, this.#size)[0] ?? 0,
      light: this.#light.quantiles(0.5, this.#size),
      coarse: this.#detail(this.#coarse),
      fine: this.#detail(this.#fine),
    };
  }

  #detail(histograms: Histograms): UsualDetail {
    const median = histograms.quantiles(0.5, this.#size);
    const high = histograms.quantiles(0.84, this.#size);
    return { median, spread: high.map((value, block) => value - (median[block] ?? 0)) };
  }
}

/** How often each value from 0 to 255 occurs, in each of some places. */
class Histograms {
  readonly #counts: Uint32Array;
  readonly #places: number;

  constructor(places: number) {
    this.#places = places;
    this.#counts = new Uint32Array(256 * places);
  }

  count(values: ArrayLike<number>, times: 1 | -1): void {
    for (let place = 0; place < this.#places; place++) {
      const at = 256 * place + (values[place] ?? 0);
      this.#counts[at] = (this.#counts[at] ?? 0) + times;
    }
  }

  /** Of each place the value of rank `share` among `size`. */
  quantiles(share: number, size: number): Uint8Array {
    const rank = Math.floor(share * (size - 1));
    return Uint8Array.from({ length: this.#places }, (_, place) => {
      let below = 0;
      let value = -1;
      while (below <= rank && value < 255) below += this.#counts[256 * place + ++value] ?? 0;
      return value;
    });
  }
}
