import { toXml } from './draw-curves.ts';

/** One side of a plot, in the unit of what is drawn. */
export interface PlotAxis {
  readonly low: number;
  readonly high: number;
  readonly text: string;
  readonly ticks: readonly { readonly at: number; readonly text: string }[];
}

/** Where values are on the picture, px. */
export interface PlotPlace {
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** A line of the legend: its sign, drawn around a point, and its text. */
export interface LegendLine {
  readonly sign: (x: number, y: number) => string;
  readonly text: string;
}

export interface Plot {
  readonly title: string;
  readonly across: PlotAxis;
  readonly up: PlotAxis;
  /** Of the field, px. */
  readonly widthPx: number;
  readonly heightPx: number;
  readonly draw: (place: PlotPlace) => readonly string[];
  readonly legend: readonly LegendLine[];
}

const [left, top] = [80, 50];
/** Of a line of the legend: where it begins, and a letter, px. */
const legendPx = { text: 66, letter: 7.2 } as const;

/** Draws a plot as an SVG document; what lies outside the field is cut off. */
export function drawPlot({ title, across, up, widthPx, heightPx, draw, legend }: Plot): string {
  const longest = Math.max(0, ...legend.map(({ text }) => text.length));
  const width = Math.ceil(left + widthPx + legendPx.text + legendPx.letter * longest + 20);
  const height = top + heightPx + 70;
  const [right, bottom] = [left + widthPx, top + heightPx];
  const x = (value: number) => round(left + ((value - across.low) / (across.high - across.low)) * widthPx);
  const y = (value: number) => round(bottom - ((value - up.low) / (up.high - up.low)) * heightPx);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="14" role="img" aria-label="${toXml(title)}">`,
    `<defs><clipPath id="field"><rect x="${left}" y="${top}" width="${widthPx}" height="${heightPx}"/></clipPath></defs>`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    `<text x="${left}" y="28" font-size="18">${toXml(title)}</text>`,
    ...across.ticks.map(({ at, text }) => {
      return `<path d="M${x(at)} ${top}V${bottom}" stroke="#ddd"/><text x="${x(at)}" y="${bottom + 22}" text-anchor="middle">${toXml(text)}</text>`;
    }),
    ...up.ticks.map(({ at, text }) => {
      return `<path d="M${left} ${y(at)}H${right}" stroke="#ddd"/><text x="${left - 10}" y="${y(at) + 5}" text-anchor="end">${toXml(text)}</text>`;
    }),
    `<path d="M${left} ${top}V${bottom}H${right}" stroke="#000" fill="none"/>`,
    `<text x="${left + widthPx / 2}" y="${bottom + 50}" text-anchor="middle">${toXml(across.text)}</text>`,
    `<text transform="translate(22 ${top + heightPx / 2}) rotate(-90)" text-anchor="middle">${toXml(up.text)}</text>`,
    `<g clip-path="url(#field)">`,
    ...draw({ x, y, left, right, top, bottom }),
    '</g>',
    ...legend.map(({ sign, text }, at) => {
      const lineY = top + 16 + at * 26;
      return `${sign(right + 38, lineY)}<text x="${right + legendPx.text}" y="${lineY + 5}">${toXml(text)}</text>`;
    }),
    '</svg>',
    '',
  ].join('\n');
}

/** An axis that holds all values, with a margin, from and to a round number. */
export function toAxis(values: readonly number[], text: string): PlotAxis {
  const [lowest, highest] = [Math.min(...values), Math.max(...values)];
  const span = highest > lowest ? highest - lowest : Math.max(1, Math.abs(highest));
  const step = roundStep(span / 6);
  const low = lowest === 0 ? 0 : Math.floor((lowest - span * 0.02) / step) * step;
  const high = Math.max(low + step, Math.ceil((highest + span * 0.02) / step) * step);
  const count = Math.round((high - low) / step);
  const digits = Math.max(0, -Math.floor(Math.log10(step)));
  const ticks = Array.from({ length: count + 1 }, (_, at) => {
    const value = low + at * step;
    return {
      at: value,
      text: value
        .toFixed(digits)
        .replace('-', '−')
        .replace(/^−(0(\.0+)?)$/, '$1'),
    };
  });
  return { low, high, text, ticks };
}

/** 1, 2 or 5 times a power of ten, the next above. */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return (([1, 2, 5, 10] as const).find((factor) => factor * power >= least * (1 - 1e-9)) ?? 10) * power;
}

function round(px: number): number {
  return Number(px.toFixed(1));
}
