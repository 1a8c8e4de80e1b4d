import { writeFileSync } from 'node:fs';

/** A single-band GeoTIFF to write: all that the product's own writer does not. */
export interface TiffPicture {
  readonly cols: number;
  readonly rows: number;
  readonly type: 'int16' | 'uint16' | 'int32' | 'float32' | 'float64';
  /** Stored value of a cell; asked once for each cell. */
  readonly valueAt: (col: number, row: number) => number;
  /** Side of the square tiles, px; absent: strips of `rowsPerStrip` rows. */
  readonly tile?: number;
  readonly rowsPerStrip?: number;
  /** All tiles are the first one: a large picture in a small file. */
  readonly sameTiles?: boolean;
  /** NewSubfileType; absent: 0, the picture itself. 1: a smaller copy; 5: a mask of one. */
  readonly kind?: number;
}

export interface TiffPlace {
  /** x and y of the north-western corner, and the steps; a negative stepY puts the south first. */
  readonly x: number;
  readonly y: number;
  readonly stepX: number;
  readonly stepY: number;
  /** Instead of them. (4, 4) row-major. */
  readonly matrix?: readonly number[];
  readonly geoKeys?: Readonly<Record<number, number>>;
  readonly nodata?: string;
  /** Items of GDAL's metadata for the first band: role to text. */
  readonly band?: Readonly<Record<string, string>>;
}

type Tag = readonly [tag: number, type: 2 | 3 | 4 | 12, values: readonly number[]];

const sample = {
  int16: { bytes: 2, format: 2, put: 'setInt16' },
  uint16: { bytes: 2, format: 1, put: 'setUint16' },
  int32: { bytes: 4, format: 2, put: 'setInt32' },
  float32: { bytes: 4, format: 3, put: 'setFloat32' },
  float64: { bytes: 8, format: 3, put: 'setFloat64' },
} as const;

/** Writes a little-endian GeoTIFF without compression: the first picture with its place, then its overviews. */
export function writeTiff(file: string, place: TiffPlace, ...pictures: readonly TiffPicture[]): void {
  const parts: Uint8Array[] = [Uint8Array.of(0x49, 0x49, 42, 0, 0, 0, 0, 0)];
  let length = 8;
  const append = (bytes: Uint8Array): number => {
    const at = length;
    const padded = bytes.length + (bytes.length % 2);
    parts.push(bytes, new Uint8Array(padded - bytes.length));
    length += padded;
    return at;
  };
  let link: { view: DataView; at: number } = { view: new DataView((parts[0] as Uint8Array).buffer), at: 4 };
  for (const [index, picture] of pictures.entries()) {
    const tags = [...pictureTags(picture, append), ...(index === 0 ? placeTags(place) : [])];
    link = appendDirectory(tags, append, link);
  }
  writeFileSync(file, Buffer.concat(parts));
}

function pictureTags(picture: TiffPicture, append: (bytes: Uint8Array) => number): readonly Tag[] {
  const { cols, rows, type, tile } = picture;
  const { bytes, format } = sample[type];
  const blockCols = tile ?? cols;
  const blockRows = tile ?? picture.rowsPerStrip ?? rows;
  const offsets: number[] = [];
  const lengths: number[] = [];
  for (let row = 0; row < rows; row += blockRows) {
    for (let col = 0; col < cols; col += blockCols) {
      const height = tile ? blockRows : Math.min(blockRows, rows - row);
      if (!picture.sameTiles || offsets.length === 0)
        offsets.push(append(block(picture, [col, row], [blockCols, height])));
      else offsets.push(offsets[0] as number);
      lengths.push(blockCols * height * bytes);
    }
  }
  const layout: readonly Tag[] = tile
    ? [
        [322, 4, [tile]],
        [323, 4, [tile]],
        [324, 4, offsets],
        [325, 4, lengths],
      ]
    : [
        [273, 4, offsets],
        [278, 4, [blockRows]],
        [279, 4, lengths],
      ];
  return [
    [254, 4, [picture.kind ?? 0]],
    [256, 4, [cols]],
    [257, 4, [rows]],
    [258, 3, [bytes * 8]],
    [259, 3, [1]],
    [262, 3, [1]],
    [277, 3, [1]],
    [284, 3, [1]],
    [339, 3, [format]],
    ...layout,
  ];
}

function block(
  { type, valueAt, cols, rows }: TiffPicture,
  [col, row]: readonly [number, number],
  [width, height]: readonly [number, number],
): Uint8Array {
  const { bytes, put } = sample[type];
  const view = new DataView(new ArrayBuffer(width * height * bytes));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const inside = col + x < cols && row + y < rows;
      view[put]((y * width + x) * bytes, inside ? valueAt(col + x, row + y) : 0, true);
    }
  }
  return new Uint8Array(view.buffer);
}

function placeTags({ x, y, stepX, stepY, matrix, geoKeys, nodata, band }: TiffPlace): readonly Tag[] {
  const axes: readonly Tag[] = matrix
    ? [[34264, 12, matrix]]
    : [
        [33550, 12, [stepX, stepY, 0]],
        [33922, 12, [0, 0, 0, x, y, 0]],
      ];
  const keys = Object.entries(geoKeys ?? {}).flatMap(([key, value]) => [Number(key), 0, 1, value]);
  const items = Object.entries(band ?? {}).map(
    ([role, text]) => `<Item name="${role.toUpperCase()}" sample="0" role="${role.toLowerCase()}">${text}</Item>`,
  );
  return [
    ...axes,
    ...(keys.length > 0 ? [[34735, 3, [1, 1, 0, keys.length / 4, ...keys]] as Tag] : []),
    ...(items.length > 0 ? [[42112, 2, textOf(`<GDALMetadata>${items.join('')}</GDALMetadata>`)] as Tag] : []),
    ...(nodata === undefined ? [] : [[42113, 2, textOf(nodata)] as Tag]),
  ];
}

function textOf(text: string): readonly number[] {
  return [...Buffer.from(`${text}\0`)];
}

function appendDirectory(
  tags: readonly Tag[],
  append: (bytes: Uint8Array) => number,
  link: { readonly view: DataView; readonly at: number },
): { view: DataView; at: number } {
  const sizes = { 2: 1, 3: 2, 4: 4, 12: 8 } as const;
  const sorted = tags.toSorted(([a], [b]) => a - b);
  const view = new DataView(new ArrayBuffer(2 + sorted.length * 12 + 4));
  view.setUint16(0, sorted.length, true);
  sorted.forEach(([tag, type, values], index) => {
    const bytes = new DataView(new ArrayBuffer(Math.max(4, values.length * sizes[type])));
    const put = { 2: 'setUint8', 3: 'setUint16', 4: 'setUint32', 12: 'setFloat64' } as const;
    values.forEach((value, at) => {
      bytes[put[type]](at * sizes[type], value, true);
    });
    const entry = 2 + index * 12;
    view.setUint16(entry, tag, true);
    view.setUint16(entry + 2, type, true);
    view.setUint32(entry + 4, values.length, true);
    const isInline = values.length * sizes[type] <= 4;
    view.setUint32(entry + 8, isInline ? bytes.getUint32(0, true) : append(new Uint8Array(bytes.buffer)), true);
  });
  link.view.setUint32(link.at, append(new Uint8Array(view.buffer)), true);
  return { view, at: 2 + sorted.length * 12 };
}
