import type { LagSearch } from './agreement-lag.ts';
import type { Difference } from './agreement-limits.ts';
import type { CountPair } from './agreement-pairs.ts';
import type { RateRow } from './agreement-rates.ts';
import type { Estimate } from './bootstrap.ts';
import { colours } from './draw-curves.ts';
import { drawPlot, type LegendLine, type PlotPlace, toAxis } from './draw-plot.ts';

const [blue, orange, green] = colours;

export interface PlotTexts {
  readonly title: string;
  readonly across: string;
  readonly up: string;
}

/** Bland and Altman's plot: differences over means, with bias, limits and their intervals as bands. */
export function drawDifferences(
  pairs: readonly CountPair[],
  { bias, lower, upper }: Difference,
  texts: PlotTexts & { readonly bias: string; readonly lower: string; readonly upper: string; readonly none: string },
): string {
  const points = pairs.map(({ ours, theirs }) => [(ours + theirs) / 2, ours - theirs] as const);
  const lines = [
    { at: upper, colour: orange, dash: '8 4', text: texts.upper },
    { at: bias, colour: blue, dash: '', text: texts.bias },
    { at: lower, colour: orange, dash: '8 4', text: texts.lower },
  ].flatMap(({ at, ...line }) => (at ? [{ at, ...line }] : []));
  const reached = lines.flatMap(({ at }) => [at.value, at.low ?? at.value, at.high ?? at.value]);
  return drawPlot({
    title: texts.title,
    across: toAxis([0, ...points.map(([across]) => across)], texts.across),
    up: toAxis([0, ...points.map(([, up]) => up), ...reached], texts.up),
    ...{ widthPx: 560, heightPx: 400 },
    draw: (place) => [
      ...lines.map(({ at, colour }) => drawBand(place, at, colour)),
      level(place, 0, '#000', '1 3'),
      ...drawPoints(place, points),
      ...lines.map(({ at, colour, dash }) => level(place, at.value, colour, dash)),
    ],
    legend: [
      ...lines.map(({ colour, dash, text }) => ({ sign: strokeSign(colour, dash), text })),
      { sign: strokeSign('#000', '1 3'), text: texts.none },
    ],
  });
}

/** Ours over theirs, with the line of the ratio, and where both count the same quantity that of equal counts. */
export function drawScatter(
  pairs: readonly CountPair[],
  ratio: number | undefined,
  texts: PlotTexts & { readonly equal: string | undefined; readonly ratio: string },
): string {
  const points = pairs.map(({ ours, theirs }) => [theirs, ours] as const);
  const across = toAxis([0, ...points.map(([x]) => x)], texts.across);
  const up = toAxis([0, ...points.map(([, y]) => y)], texts.up);
  const lines = [
    ...(texts.equal === undefined ? [] : [{ slope: 1, colour: '#000', dash: '1 3', text: texts.equal }]),
    ...(ratio === undefined ? [] : [{ slope: ratio, colour: orange, dash: '8 4', text: texts.ratio }]),
  ];
  return drawPlot({
    ...{ title: texts.title, across, up, widthPx: 440, heightPx: 440 },
    draw: (place) => [
      ...drawPoints(place, points),
      ...lines.map(({ slope, colour, dash }) => {
        return stroke(
          `M${place.x(0)} ${place.y(0)}L${place.x(across.high)} ${place.y(slope * across.high)}`,
          colour,
          dash,
        );
      }),
    ],
    legend: lines.map(({ colour, dash, text }) => ({ sign: strokeSign(colour, dash), text })),
  });
}

/**
 * What both count by hour or by weekday, with intervals as bands.
 * @param scale By which each side is divided: its own mean where the two have different units, 1 where not.
 */
export function drawProfile(
  rows: readonly RateRow[],
  scale: { readonly ours: number; readonly theirs: number },
  texts: PlotTexts & { readonly ours: string; readonly theirs: string; readonly nameOf: (part: number) => string },
): string {
  const scaled = (of: 'ours' | 'theirs') =>
    rows.map(({ part, [of]: mean }) => ({ part, mean: divide(mean, scale[of] || 1) }));
  const lines = [
    { points: scaled('ours'), colour: blue, dash: '', text: texts.ours },
    { points: scaled('theirs'), colour: orange, dash: '8 4', text: texts.theirs },
  ];
  const parts = rows.map(({ part }) => part);
  const [first, last] = [Math.min(...parts), Math.max(...parts)];
  const every = parts.length > 13 ? 2 : 1;
  const ticks = parts
    .filter((part) => (part - first) % every === 0)
    .map((part) => ({ at: part, text: texts.nameOf(part) }));
  const values = lines.flatMap(({ points }) => points.flatMap(({ mean }) => [mean.value, mean.high ?? mean.value]));
  return drawPlot({
    title: texts.title,
    across: { low: first - 0.5, high: last + 0.5, text: texts.across, ticks },
    up: toAxis([0, ...values], texts.up),
    ...{ widthPx: 560, heightPx: 340 },
    draw: (place) => [
      ...lines.flatMap(({ points, colour }) => drawMeanBands(place, points, colour)),
      ...lines.flatMap(({ points, colour, dash }) => drawMeans(place, points, { colour, dash })),
    ],
    legend: lines.map(({ colour, dash, text }) => ({ sign: strokeSign(colour, dash), text })),
  });
}

/** Correlation over lag, as counted and with the mean day taken out; rings at the best lags. */
export function drawLags(
  searches: { readonly plain: LagSearch | undefined; readonly withoutCycle: LagSearch | undefined },
  texts: PlotTexts & { readonly plain: string; readonly withoutCycle: string; readonly best: string },
): string {
  const lines = [
    { search: searches.plain, colour: blue, dash: '', text: texts.plain },
    { search: searches.withoutCycle, colour: green, dash: '8 4', text: texts.withoutCycle },
  ].flatMap(({ search, ...line }) => (search ? [{ search, ...line }] : []));
  const lags = lines.flatMap(({ search }) => search.curve.map(({ lag }) => lag));
  const most = Math.max(1, ...lags);
  const values = lines.flatMap(({ search }) => search.curve.flatMap(({ correlation }) => correlation ?? []));
  const every = Math.max(1, Math.ceil(most / 6));
  const ticks = Array.from({ length: 2 * Math.floor(most / every) + 1 }, (_, at) => {
    const lag = (at - Math.floor(most / every)) * every;
    return { at: lag, text: lag > 0 ? `+${lag}` : String(lag).replace('-', '−') };
  });
  return drawPlot({
    title: texts.title,
    across: { low: -most - 0.5, high: most + 0.5, text: texts.across, ticks },
    up: toAxis([0, ...values], texts.up),
    ...{ widthPx: 560, heightPx: 340 },
    draw: (place) => [
      stroke(`M${place.x(0)} ${place.top}V${place.bottom}`, '#000', '1 3'),
      level(place, 0, '#000', '1 3'),
      ...lines.flatMap(({ search, colour, dash }) => drawLagCurve(place, search, { colour, dash })),
    ],
    legend: [
      ...lines.map(({ colour, dash, text }) => ({ sign: strokeSign(colour, dash), text })),
      {
        sign: (x, y) => `<circle cx="${x}" cy="${y}" r="6" fill="#fff" stroke="#000" stroke-width="2"/>`,
        text: texts.best,
      },
    ],
  });
}

interface Line {
  readonly colour: string;
  readonly dash: string;
}

function drawLagCurve({ x, y }: PlotPlace, { curve, best }: LagSearch, { colour, dash }: Line): readonly string[] {
  const known = curve.flatMap(({ lag, correlation }) => (correlation === undefined ? [] : [{ lag, correlation }]));
  const path = known.map(({ lag, correlation }, at) => `${at === 0 ? 'M' : 'L'}${x(lag)} ${y(correlation)}`).join('');
  const dots = known.map(({ lag, correlation }) => {
    const ring = lag === best ? `r="6" fill="#fff" stroke="${colour}" stroke-width="2"` : `r="2.5" fill="${colour}"`;
    return `<circle cx="${x(lag)}" cy="${y(correlation)}" ${ring}/>`;
  });
  return [stroke(path, colour, dash), ...dots];
}

interface Mean {
  readonly part: number;
  readonly mean: Estimate;
}

function drawMeanBands({ x, y }: PlotPlace, points: readonly Mean[], colour: string): readonly string[] {
  return toRuns(points).map((run) => {
    const up = run.map(({ part, mean }) => `${x(part)} ${y(mean.high ?? mean.value)}`);
    const down = run.map(({ part, mean }) => `${x(part)} ${y(mean.low ?? mean.value)}`).reverse();
    return `<path d="M${[...up, ...down].join('L')}Z" fill="${colour}" fill-opacity="0.15"/>`;
  });
}

function drawMeans({ x, y }: PlotPlace, points: readonly Mean[], { colour, dash }: Line): readonly string[] {
  const paths = toRuns(points).map((run) =>
    stroke(`M${run.map(({ part, mean }) => `${x(part)} ${y(mean.value)}`).join('L')}`, colour, dash),
  );
  const dots = points.map(
    ({ part, mean }) => `<circle cx="${x(part)}" cy="${y(mean.value)}" r="3.5" fill="${colour}"/>`,
  );
  return [...paths, ...dots];
}

/** Parts that follow one another: one that is missing is no straight way past it. */
function toRuns(points: readonly Mean[]): readonly (readonly Mean[])[] {
  const runs: Mean[][] = [];
  for (const point of points) {
    const run = runs.at(-1);
    if (run?.at(-1)?.part === point.part - 1) run.push(point);
    else runs.push([point]);
  }
  return runs;
}

function drawBand({ y, left, right }: PlotPlace, { low, high }: Estimate, colour: string): string {
  if (low === undefined || high === undefined) return '';
  return `<rect x="${left}" y="${y(high)}" width="${right - left}" height="${Math.max(0, y(low) - y(high))}" fill="${colour}" fill-opacity="0.15"/>`;
}

/** Points that lie on one another are one, whose area says how many. */
function drawPoints({ x, y }: PlotPlace, points: readonly (readonly [number, number])[]): readonly string[] {
  const many = new Map<string, number>();
  for (const [across, up] of points) {
    const at = `cx="${x(across)}" cy="${y(up)}"`;
    many.set(at, (many.get(at) ?? 0) + 1);
  }
  return [...many].map(([at, count]) => {
    const radius = Math.min(14, 2.6 * Math.sqrt(count)).toFixed(1);
    return `<circle ${at} r="${radius}" fill="#555" fill-opacity="0.35" stroke="#333" stroke-opacity="0.5" stroke-width="0.7"/>`;
  });
}

function level({ y, left, right }: PlotPlace, value: number, colour: string, dash: string): string {
  return stroke(`M${left} ${y(value)}H${right}`, colour, dash);
}

function stroke(path: string, colour: string, dash: string): string {
  return (
    path &&
    `<path d="${path}" stroke="${colour}" stroke-width="${colour === '#000' ? 1 : 2.5}" stroke-dasharray="${dash}" fill="none"/>`
  );
}

function strokeSign(colour: string, dash: string): LegendLine['sign'] {
  return (x, y) => stroke(`M${x - 18} ${y}h36`, colour, dash);
}

function divide({ value, low, high }: Estimate, by: number): Estimate {
  return { value: value / by, ...(low === undefined || high === undefined ? {} : { low: low / by, high: high / by }) };
}
