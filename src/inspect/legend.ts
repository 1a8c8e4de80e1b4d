import type { Calibration } from '../calibrate/calibration.ts';
import type { Bilingual, Language } from '../errors.ts';
import type { Box, Pixel } from '../geo/frames.ts';
import { type Shape, textBox } from '../picture/shapes.ts';
import type { CalibrationCheck, CheckName } from './check.ts';
import { joinNames } from './say-names.ts';
import { colours, overlap, residualScale, type Sheet } from './style.ts';

/** What the legend explains: only what is drawn. */
export interface Drawn {
  readonly gridStepsM: readonly number[];
  readonly hasRings: boolean;
  readonly hasHorizon: boolean;
  /** How far the DEM of the skyline reaches, m; undefined: no skyline is drawn. */
  readonly skylineReachM: number | undefined;
  readonly hasShore: boolean;
  readonly hasZones: boolean;
  /** Those that failed are told in red. */
  readonly checks: readonly CalibrationCheck[];
}

/** Draws what a row explains, around a middle. */
type Sample = (middle: Pixel) => readonly Shape[];

interface Row {
  readonly text: string;
  readonly colour?: string;
  /** Left of the text. */
  readonly sample?: Sample;
}

/** The legend in the corner that covers the fewest GCPs and labels. Its place is taken. */
export function drawLegend(calibration: Calibration, drawn: Drawn, language: Language, sheet: Sheet): readonly Shape[] {
  const rows = rowsOf(calibration, drawn, language, sheet);
  const { letterPx, strokePx } = sheet;
  const [padPx, rowPx, samplePx] = [letterPx, 1.9 * letterPx, 4 * letterPx];
  const widest = Math.max(
    ...rows.map(({ text, sample }) => textBox(text, { u: 0, v: 0 }, letterPx).w + (sample ? samplePx : 0)),
  );
  const size = { w: widest + 2 * padPx, h: rows.length * rowPx + padPx };
  const box = emptiestCorner(size, sheet, 6 * strokePx);
  sheet.taken.push(box);
  const shapes = rows.flatMap(({ text, sample, colour = colours.text }, at): readonly Shape[] => {
    const v = box.y + padPx + at * rowPx;
    const u = box.x + padPx;
    const label: Shape = {
      kind: 'text',
      at: { u: u + (sample ? samplePx : 0), v },
      text,
      heightPx: letterPx,
      colour,
    };
    return [...(sample?.({ u: u + samplePx / 2 - letterPx / 2, v: v + letterPx / 2 }) ?? []), label];
  });
  return [{ kind: 'plate', box, opacity: 0.62 }, ...shapes];
}

function emptiestCorner({ w, h }: { w: number; h: number }, { sizePx, taken }: Sheet, marginPx: number): Box {
  const [right, bottom] = [sizePx.widthPx - w - marginPx, sizePx.heightPx - h - marginPx];
  const corners = [
    [marginPx, bottom],
    [right, bottom],
    [marginPx, marginPx],
    [right, marginPx],
  ].map(([x = 0, y = 0]) => ({ x, y, w, h }));
  const covered = (box: Box): number => taken.filter((other) => overlap(box, other)).length;
  return corners.reduce((best, box) => (covered(box) < covered(best) ? box : best));
}

function rowsOf(calibration: Calibration, drawn: Drawn, language: Language, sheet: Sheet): readonly Row[] {
  const say = (text: Bilingual): string => text[language];
  const rows: (Row | false)[] = [
    { text: say(sayFit(calibration)) },
    calibration.gcps.length > 0 && { text: say(words.clicked), sample: crossSample(sheet, colours.gcp) },
    calibration.gcps.length > 0 && { text: say(words.reprojected), sample: ringSample(sheet) },
    calibration.gcps.some(({ outlier }) => outlier) && {
      text: say(words.outlier),
      sample: crossSample(sheet, colours.outlier),
    },
    drawn.gridStepsM.length > 0 && {
      text: `${say(words.grid)} ${drawn.gridStepsM.join(' / ')} m`,
      sample: lineSample(sheet, colours.grid),
    },
    drawn.hasRings && { text: say(words.ring), sample: lineSample(sheet, colours.ring, [5, 4]) },
    drawn.hasHorizon && { text: say(words.horizon), sample: lineSample(sheet, colours.horizon) },
    drawn.skylineReachM !== undefined && {
      text: say(saySkyline(drawn.skylineReachM)),
      sample: lineSample(sheet, colours.skyline),
    },
    drawn.hasShore && { text: say(words.shore), sample: lineSample(sheet, colours.shore) },
    drawn.hasZones && { text: say(words.zone), sample: lineSample(sheet, colours.zone) },
    ...drawn.checks
      .filter(({ passed }) => !passed)
      .map((check) => ({ text: sayDoubt(check, language), colour: colours.outlier })),
  ];
  return rows.filter((row) => row !== false);
}

const words = {
  clicked: { en: 'clicked', fr: 'cliqué' },
  reprojected: {
    en: `seen by the camera (residual ×${residualScale})`,
    fr: `vu par l'appareil (résidu ×${residualScale})`,
  },
  outlier: { en: 'left out (line to where it would be)', fr: 'écarté (trait vers sa vraie place)' },
  grid: { en: 'ground grid', fr: 'grille au sol' },
  ring: { en: 'distance', fr: 'distance' },
  horizon: { en: 'level horizon', fr: 'horizon à niveau' },
  shore: { en: 'shoreline', fr: 'rive' },
  zone: { en: 'zones', fr: 'zones' },
} as const satisfies Record<string, Bilingual>;

const doubts: Readonly<Record<CheckName, Bilingual>> = {
  'camera-above-ground': { en: 'camera not above the DEM', fr: 'appareil non au-dessus du MNT' },
  'gcps-on-ground': { en: 'off the ground', fr: 'hors du sol' },
  'gcps-visible': { en: 'behind ground', fr: 'cachés par le terrain' },
  roll: { en: 'camera askew', fr: 'appareil penché' },
  horizon: { en: 'camera looks at the sky', fr: "l'appareil vise le ciel" },
  'field-of-view': { en: 'odd field of view', fr: 'champ de vision douteux' },
  lens: { en: 'lens model fails in the corners', fr: 'objectif mal modélisé dans les coins' },
};

function sayDoubt({ check, gcps }: CalibrationCheck, language: Language): string {
  const doubt = doubts[check][language];
  return gcps ? `${doubt}: ${joinNames(gcps, language, 5)}` : doubt;
}

function saySkyline(reachM: number): Bilingual {
  const km = (reachM / 1000).toFixed(1);
  return { en: `skyline of the DEM (ends at ${km} km)`, fr: `crêtes du MNT (s'arrête à ${km} km)` };
}

function sayFit({ rmsePx, looRmsePx, gcps }: Calibration): Bilingual {
  const out = gcps.filter(({ outlier }) => outlier).length;
  const rmse = `RMSE ${rmsePx.toFixed(2)} px`;
  const loo = looRmsePx === undefined ? '' : `, LOO ${looRmsePx.toFixed(2)} px`;
  return {
    en: `${rmse}${loo} · ${gcps.length} points, ${out} left out`,
    fr: `${rmse}${loo} · ${gcps.length} points, ${out} écarté${out > 1 ? 's' : ''}`,
  };
}

function lineSample({ strokePx, letterPx }: Sheet, colour: string, dashes?: readonly number[]): Sample {
  return ({ u, v }) => [
    {
      kind: 'line',
      pixels: [
        { u: u - 1.3 * letterPx, v },
        { u: u + 1.3 * letterPx, v },
      ],
      colour,
      widthPx: 1.6 * strokePx,
      ...(dashes ? { dashPx: dashes.map((dash) => dash * strokePx) } : {}),
    },
  ];
}

function crossSample({ strokePx }: Sheet, colour: string): Sample {
  const armPx = 6 * strokePx;
  return ({ u, v }) => [
    {
      kind: 'line',
      pixels: [
        { u: u - armPx, v },
        { u: u + armPx, v },
      ],
      colour,
      widthPx: strokePx,
    },
    {
      kind: 'line',
      pixels: [
        { u, v: v - armPx },
        { u, v: v + armPx },
      ],
      colour,
      widthPx: strokePx,
    },
  ];
}

function ringSample({ strokePx }: Sheet): Sample {
  return (centre) => [
    { kind: 'circle', centre, radiusPx: 4 * strokePx, colour: colours.reprojected, widthPx: strokePx },
  ];
}
