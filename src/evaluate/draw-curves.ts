/** A curve in the square of two shares, such as precision over recall. */
export interface Curve {
  readonly name: string;
  /** Shares to the right and upwards, 0–1; a third number is not drawn. */
  readonly points: readonly (readonly [across: number, up: number, ...rest: readonly number[]])[];
  readonly mark: { readonly across: number; readonly up: number } | undefined;
}

export interface CurveTexts {
  readonly title: string;
  /** What is to the right, and what upwards. */
  readonly across: string;
  readonly up: string;
  /** What the dots are, or with `diagonal` that line. */
  readonly mark: string;
  /** Draws the line on which both shares are the same. */
  readonly diagonal?: boolean;
}

/** Told apart by people who see no red or no green. Source: Okabe and Ito 2008, "Color universal design"; yellow is left out. */
export const colours = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#000000', '#56b4e9', '#e69f00'] as const;
/** And by people who see no colour at all. */
const dashes = ['', '8 4', '2 3', '10 3 2 3', '5 5', '1 4', '12 4'] as const;

const side = 480;
const left = 70;
const top = 50;
/** Of a line of the legend: its stroke and margins, and a letter, px. */
const legendPx = { line: 90, letter: 8 } as const;

/** Draws curves as an SVG document. */
export function drawCurves(curves: readonly Curve[], texts: CurveTexts): string {
  const longest = Math.max(texts.mark.length, ...curves.map(({ name }) => name.length));
  const width = left + side + legendPx.line + legendPx.letter * longest;
  const height = top + side + 70;
  const lines = curves.map((curve, index) => drawCurve(curve, index));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="14" role="img" aria-label="${toXml(texts.title)}">`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    `<text x="${left}" y="28" font-size="18">${toXml(texts.title)}</text>`,
    ...[0, 0.2, 0.4, 0.6, 0.8, 1].map(drawGrid),
    `<text x="${left + side / 2}" y="${top + side + 50}" text-anchor="middle">${toXml(texts.across)}</text>`,
    `<text transform="translate(22 ${top + side / 2}) rotate(-90)" text-anchor="middle">${toXml(texts.up)}</text>`,
    texts.diagonal ? `<path d="M${toX(0)} ${toY(0)}L${toX(1)} ${toY(1)}" stroke="#888" fill="none"/>` : '',
    ...lines,
    drawMarkSign(left + side + 38, top + 16 + curves.length * 26, texts.diagonal),
    `<text x="${left + side + 66}" y="${top + 21 + curves.length * 26}">${toXml(texts.mark)}</text>`,
    '</svg>',
    '',
  ].join('\n');
}

/** What the legend shows beside the text of `mark`. */
function drawMarkSign(x: number, y: number, diagonal = false): string {
  if (diagonal) return `<path d="M${x - 18} ${y}h36" stroke="#888" fill="none"/>`;
  return `<circle cx="${x}" cy="${y}" r="5" fill="none" stroke="#000" stroke-width="2"/>`;
}

function drawGrid(share: number): string {
  const [x, y] = [toX(share), toY(share)];
  const stroke = share === 0 ? '#000' : '#ddd';
  return [
    `<path d="M${x} ${top}V${top + side}M${left} ${y}H${left + side}" stroke="${stroke}" fill="none"/>`,
    `<text x="${x}" y="${top + side + 22}" text-anchor="middle">${share}</text>`,
    `<text x="${left - 10}" y="${y + 5}" text-anchor="end">${share}</text>`,
  ].join('');
}

function drawCurve({ name, points, mark }: Curve, index: number): string {
  const colour = colours[index % colours.length];
  // of an eighth model on, colours come again: with the next dash
  const dash = dashes[(index + Math.floor(index / colours.length)) % dashes.length];
  const style = `stroke="${colour}" stroke-width="2.5" stroke-dasharray="${dash}" fill="none"`;
  const path = points.map(([across, up], at) => `${at === 0 ? 'M' : 'L'}${toX(across)} ${toY(up)}`).join('');
  const y = top + 16 + index * 26;
  const dot = mark
    ? `<circle cx="${toX(mark.across)}" cy="${toY(mark.up)}" r="5" fill="#fff" stroke="${colour}" stroke-width="2"/>`
    : '';
  return [
    path ? `<path d="${path}" ${style}/>` : '',
    dot,
    `<path d="M${left + side + 20} ${y}h36" ${style}/>`,
    `<text x="${left + side + 66}" y="${y + 5}">${toXml(name)}</text>`,
  ].join('');
}

function toX(share: number): number {
  return Number((left + share * side).toFixed(1));
}

function toY(share: number): number {
  return Number((top + (1 - share) * side).toFixed(1));
}

/** Text as it may stand in XML. */
export function toXml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}
