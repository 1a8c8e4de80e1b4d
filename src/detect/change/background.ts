import { ChangeMap } from './change-map.ts';
import { boxMeans, type LocalContrast, lightDistance } from './local-contrast.ts';

/** How many of the last pictures are kept, and how many of them, those in the likest light, make the background. */
const [kept, compared] = [12, 5];
/** Side of a cell, px of the contrast. */
const cellSide = 4;
/** Contrast that a change must have at least, and how many times that which is usual around it. */
const least = 6;
const timesUsual = 6;
/** How fast what is usual follows: nine tenths of it are from the last 15 pictures. */
const follow = 0.15;

/**
 * What a fixed camera has seen lately. A place of a picture has changed where its contrast is none that the place, or a
 * pixel beside it, had in pictures of like light, and by much more than around it and than lately: so that ripples,
 * clouds and leaves are not news, and neither is a camera that shakes by a pixel. Where all around differs much more than
 * lately, all of it has changed.
 */
export class Background {
  readonly #last: Kept[] = [];
  /** (rows, cols) of cells: the difference that is usual. */
  #usual: Float32Array | undefined;

  /** Where a picture changed; undefined: too few pictures were seen before, or they had another size. */
  changesIn(picture: LocalContrast): ChangeMap | undefined {
    const { widthPx, heightPx, factor } = picture;
    const alike = this.#last
      .filter(({ picture: one }) => one.widthPx === widthPx && one.heightPx === heightPx)
      .map((one) => ({ one, distance: lightDistance(one.picture, picture) }))
      .sort((a, b) => a.distance - b.distance)
      .slice(0, compared)
      .map(({ one }) => one);
    if (alike.length < compared) return undefined;
    const strongest = strongestOf(differencesOf(picture.values, alike), widthPx, heightPx);
    const cols = Math.ceil(widthPx / cellSide);
    const rows = strongest.length / cols;
    const usual = this.#usual?.length === strongest.length ? this.#usual : strongest;
    const [here, lately] = [boxMeans(strongest, cols, rows), boxMeans(usual, cols, rows)];
    this.#usual = usual.map((before, at) => before + follow * ((strongest[at] as number) - before));
    const changed = Uint8Array.from(strongest, (value, at) => {
      const [around, before] = [here[at] as number, lately[at] as number];
      const standsOut = value >= least + timesUsual * Math.max(around, before);
      return standsOut || around >= least + timesUsual * before ? 1 : 0;
    });
    return new ChangeMap(cellSide * factor, cols, changed);
  }

  add(picture: LocalContrast): void {
    this.#last.push(keep(picture));
    if (this.#last.length > kept) this.#last.shift();
  }

  /** The camera hangs otherwise: what was seen before tells nothing. */
  forget(): void {
    this.#last.length = 0;
    this.#usual = undefined;
  }
}

/** A picture, and the least and the greatest contrast of each pixel and the eight around it. */
interface Kept {
  readonly picture: LocalContrast;
  readonly low: Int8Array;
  readonly high: Int8Array;
}

function keep(picture: LocalContrast): Kept {
  const { widthPx, heightPx, values } = picture;
  const low = new Int8Array(values.length);
  const high = new Int8Array(values.length);
  const [lowAcross, highAcross] = [values.slice(), values.slice()];
  for (let row = 0; row < heightPx; row++) {
    const end = (row + 1) * widthPx - 1;
    for (let at = row * widthPx + 1; at < end; at++) {
      const left = values[at - 1] as number;
      const here = values[at] as number;
      const right = values[at + 1] as number;
      lowAcross[at] = Math.min(left, Math.min(here, right));
      highAcross[at] = Math.max(left, Math.max(here, right));
    }
  }
  for (let row = 0; row < heightPx; row++) {
    const up = row > 0 ? widthPx : 0;
    const down = row < heightPx - 1 ? widthPx : 0;
    for (let at = row * widthPx; at < (row + 1) * widthPx; at++) {
      low[at] = Math.min(
        lowAcross[at - up] as number,
        Math.min(lowAcross[at] as number, lowAcross[at + down] as number),
      );
      high[at] = Math.max(
        highAcross[at - up] as number,
        Math.max(highAcross[at] as number, highAcross[at + down] as number),
      );
    }
  }
  return { picture, low, high };
}

/** How far each value lies outside the range that its place and the eight around it had; 0: inside. */
function differencesOf(values: Int8Array, alike: readonly Kept[]): Uint8Array {
  const low = secondLeast(alike.map((one) => one.low));
  const high = secondMost(alike.map((one) => one.high));
  const differences = new Uint8Array(values.length);
  for (let at = 0; at < values.length; at++) {
    const value = values[at] as number;
    differences[at] = Math.max(0, Math.max(value - (high[at] as number), (low[at] as number) - value));
  }
  return differences;
}

/** At each place the second least value of all: what passed by once does not count. */
function secondLeast(pictures: readonly Int8Array[]): Int8Array {
  const length = pictures[0]?.length ?? 0;
  const [least, second] = [new Int8Array(length).fill(127), new Int8Array(length).fill(127)];
  for (const values of pictures) {
    for (let at = 0; at < length; at++) {
      const value = values[at] as number;
      const before = least[at] as number;
      second[at] = Math.min(second[at] as number, Math.max(before, value));
      least[at] = Math.min(before, value);
    }
  }
  return second;
}

function secondMost(pictures: readonly Int8Array[]): Int8Array {
  const length = pictures[0]?.length ?? 0;
  const [most, second] = [new Int8Array(length).fill(-128), new Int8Array(length).fill(-128)];
  for (const values of pictures) {
    for (let at = 0; at < length; at++) {
      const value = values[at] as number;
      const before = most[at] as number;
      second[at] = Math.max(second[at] as number, Math.min(before, value));
      most[at] = Math.max(before, value);
    }
  }
  return second;
}

/** (rows, cols): the greatest difference of each cell, as the mean of three rows: people stand, ripples lie. */
function strongestOf(differences: Uint8Array, width: number, height: number): Float32Array {
  const cols = Math.ceil(width / cellSide);
  const strongest = new Float32Array(cols * Math.ceil(height / cellSide));
  for (let row = 1; row < height - 1; row++) {
    const start = Math.floor(row / cellSide) * cols;
    for (let col = 0, at = row * width; col < width; col++, at++) {
      const sum =
        (differences[at - width] as number) + (differences[at] as number) + (differences[at + width] as number);
      const cell = start + Math.floor(col / cellSide);
      if (sum > 3 * (strongest[cell] as number)) strongest[cell] = sum / 3;
    }
  }
  return strongest;
}
