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
};

/** Width of one letter with the gap after it, as a share of the height. */
const advance = 5.6 / 6;

/** SVG path data of one line of text (capitals; a letter that is not known is left blank), its top-left at x, y. */
export function letterPath(text: string, x: number, y: number, heightPx: number): string {
  const unit = heightPx / 6;
  const strokes = [...plain(text)].flatMap((letter, index) => {
    const left = x + index * advance * heightPx;
    return (glyphs[letter] ?? '').split('|').map((line) =>
      line
        .split(' ')
        .filter(Boolean)
        .map((point, step) => {
          const place = `${round(left + Number(point[0]) * unit)} ${round(y + Number(point[1]) * unit)}`;
          return `${step === 0 ? 'M' : 'L'}${place}`;
        })
        .join(''),
    );
  });
  return strokes.join('');
}

/** Width of one line of text, px. */
export function letteringWidth(text: string, heightPx: number): number {
  return plain(text).length * advance * heightPx;
}

/** Capitals without accents: é is drawn as E. */
function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Mark}/gu, '')
    .toUpperCase();
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
