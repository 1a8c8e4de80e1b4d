/** What small pictures to draw. */
export interface SliceOptions {
  readonly count: number;
  /** The same seed, count and size give the same bytes. */
  readonly seed: number;
  /** Width and height of each picture, px. */
  readonly sidePx: number;
  /** Folder of photographs that stand behind two fifths of the pictures; undefined: everything is drawn. */
  readonly backgrounds: string | undefined;
  /** Told after each picture. */
  readonly onPicture: ((done: number, total: number) => void) | undefined;
  readonly signal: AbortSignal | undefined;
}

export const defaultSlices: SliceOptions = {
  count: 1000,
  seed: 1,
  sidePx: 416,
  backgrounds: undefined,
  onPicture: undefined,
  signal: undefined,
};

/** Tracing what a camera sees is dear, lighting it is cheap: each camera takes this many pictures. */
export const picturesPerView = 5;
