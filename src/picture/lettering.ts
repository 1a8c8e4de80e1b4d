/**
 * Letters as strokes, so that text on a picture is the same on every machine: the service may run where no font
 * is installed. Each glyph is polylines on a grid 4 wide and 6 high: 'xy' points, y down, '|' lifts the pen.
 */
const glyphs: Readonly<Record<string, string>> = {
  '0': '10 30 41 45 36 16 05 01 10|05 41',
  '1': '01 20 26|06 46',
  '2': '01 10 30 41 42 06 46',
  '3': '01 10 30 41 42 33 44 45 36 16 05|13 33',
  '4': '36 30 04 44',
  '5': '40 00 03 33 44 45 36 06',
  '6': '30 10 01 05 16 36 45 44 33 03',
  '7': '00 40 16',
  '8': '13 02 01 10 30 41 42 33 13 04 05 16 36 45 44 33',
  '9': '16 36 45 41 30 10 01 02 13 43',
  A: '06 02 20 42 46|04 44',
  B: '03 33 42 41 30 00 06 36 45 44 33',
  C: '41 30 10 01 05 16 36 45',
  D: '00 06 26 44 42 20 00',
  E: '40 00 06 46|03 33',
  F: '40 00 06|03 33',
  G: '41 30 10 01 05 16 36 45 43 23',
  H: '00 06|40 46|03 43',
  I: '10 30|20 26|16 36',
  J: '40 45 36 16 05',
  K: '00 06|40 03 46',
  L: '00 06 46',
  M: '06 00 23 40 46',
  N: '06 00 46 40',
  O: '10 30 41 45 36 16 05 01 10',
  P: '06 00 30 41 42 33 03',
  Q: '10 30 41 45 36 16 05 01 10|24 46',
  R: '06 00 30 41 42 33 03|23 46',
  S: '41 30 10 01 02 13 33 44 45 36 16 05',
  T: '00 40|20 26',
  U: '00 05 16 36 45 40',
  V: '00 26 40',
  W: '00 16 23 36 40',
  X: '00 46|40 06',
  Y: '00 23 40|23 26',
  Z: '00 40 06 46',
  '.': '25 26',
  ',': '25 17',
  ':': '21 22|24 25',
  '-': '13 33',
  '+': '13 33|22 24',
  '/': '06 40',
  '%': '06 40|01 10|36 45',
  '°': '20 31 22 11 20',
  '(': '30 21 25 36',
  ')': '10 21 25 16',
  _: '06 46',
  "'": '20 22',
  '×': '12 34|32 14',
  '±': '22 25|13 33|16 36',
  '=': '12 32|14 34',
  '·': '23 24',
};

/** Accents over or under a letter, as offsets in the same grid: points 'x,y', y down, '|' lifts the pen. */
const accents: Readonly<Record<string, string>> = {
  '\u0300': '1.2,-1.8 2.4,-0.8',
  '\u0301': '2.8,-1.8 1.6,-0.8',
  '\u0302': '1,-0.8 2,-1.8 3,-0.8',
  '\u0308': '1,-1.3 1.3,-1.3|2.7,-1.3 3,-1.3',
  '\u0327': '2.2,6 2.6,7.2 1.4,7.4',
};

/** Width of one letter with the gap after it, as a share of the height. */
const advance = 5.6 / 6;

type Point = readonly [x: number, y: number];

/** SVG path data of one line of text (capitals; a letter that is not known is left blank), its top-left at x, y. */
export function letterPath(text: string, x: number, y: number, heightPx: number): string {
  const unit = heightPx / 6;
  return letters(text)
    .flatMap(({ base, marks }, index) => {
      const left = x + index * advance * heightPx;
      const strokes = [
        ...strokesOf(glyphs[base] ?? '', (point) => [Number(point[0]), Number(point[1])]),
        ...marks.flatMap((mark) => strokesOf(accents[mark] ?? '', toOffset)),
      ];
      return strokes.map((points) =>
        points
          .map(([px, py], at) => `${at === 0 ? 'M' : 'L'}${round(left + px * unit)} ${round(y + py * unit)}`)
          .join(''),
      );
    })
    .join('');
}

function strokesOf(strokes: string, toPoint: (text: string) => Point): readonly (readonly Point[])[] {
  return strokes.split('|').map((stroke) => stroke.split(' ').filter(Boolean).map(toPoint));
}

function toOffset(text: string): Point {
  const [x = 0, y = 0] = text.split(',').map(Number);
  return [x, y];
}

/** Width of one line of text, px. */
export function letteringWidth(text: string, heightPx: number): number {
  return letters(text).length * advance * heightPx;
}

/** Capitals, each with the accents over and under it. */
function letters(text: string): readonly { readonly base: string; readonly marks: readonly string[] }[] {
  const clusters =
    text
      .toUpperCase()
      .normalize('NFD')
      .match(/\P{Mark}\p{Mark}*/gu) ?? [];
  return clusters.map((cluster) => {
    const [base = '', ...marks] = [...cluster];
    return { base, marks };
  });
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
