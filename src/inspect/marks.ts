import type { CalibratedGcp } from '../calibrate/calibration.ts';
import type { Box, Pixel } from '../geo/frames.ts';
import { type Shape, textBox } from '../picture/shapes.ts';
import { colours, placeText, residualScale, type Sheet } from './style.ts';

/**
 * One GCP: a cross where it was clicked, a circle where the solved camera sees it, and its residual drawn longer; that of
 * a gross error as long as it is, from the click to where it belongs.
 */
export function markGcp({ pixel, reprojected, outlier }: CalibratedGcp, { strokePx }: Sheet): readonly Shape[] {
  const colour = outlier ? colours.outlier : colours.gcp;
  const armPx = 6 * strokePx;
  const cross = [
    [
      { u: pixel.u - armPx, v: pixel.v },
      { u: pixel.u + armPx, v: pixel.v },
    ],
    [
      { u: pixel.u, v: pixel.v - armPx },
      { u: pixel.u, v: pixel.v + armPx },
    ],
  ].map((pixels): Shape => ({ kind: 'line', pixels, colour, widthPx: strokePx, edged: true }));
  if (!reprojected) return cross;
  const times = outlier ? 1 : residualScale;
  const end = {
    u: pixel.u + times * (reprojected.u - pixel.u),
    v: pixel.v + times * (reprojected.v - pixel.v),
  };
  const ringColour = outlier ? colours.outlier : colours.reprojected;
  return [
    { kind: 'line', pixels: [pixel, end], colour, widthPx: strokePx * 1.3, edged: true },
    { kind: 'circle', centre: reprojected, radiusPx: 4 * strokePx, colour: ringColour, widthPx: strokePx },
    ...cross,
  ];
}

/** What names keep off: the click, and where it belongs when that is elsewhere. */
export function boxOfMark({ pixel, reprojected, outlier }: CalibratedGcp, { strokePx }: Sheet): Box {
  const other = outlier && reprojected ? reprojected : pixel;
  const padPx = 8 * strokePx;
  const [left, right] = [Math.min(pixel.u, other.u), Math.max(pixel.u, other.u)];
  const [top, bottom] = [Math.min(pixel.v, other.v), Math.max(pixel.v, other.v)];
  return { x: left - padPx, y: top - padPx, w: right - left + 2 * padPx, h: bottom - top + 2 * padPx };
}

/** The name of a GCP beside it; where all places around it are taken, a gross error is named all the same. */
export function nameGcp({ name, pixel, outlier }: CalibratedGcp, sheet: Sheet): readonly Shape[] {
  const places = placesAround(pixel, name, sheet);
  const at = placeText(sheet, name, places) ?? (outlier ? places[0] : undefined);
  const colour = outlier ? colours.outlier : colours.gcp;
  return at ? [{ kind: 'text', at, text: name, heightPx: sheet.letterPx, colour }] : [];
}

/** Top-left corners of a text around a mark: right, left, above, below, then farther away. */
function placesAround({ u, v }: Pixel, text: string, { strokePx, letterPx }: Sheet): readonly Pixel[] {
  const { w } = textBox(text, { u: 0, v: 0 }, letterPx);
  return [9, 16, 26].flatMap((arms) => {
    const offPx = arms * strokePx;
    const [left, middle, right] = [u - offPx - w, u - w / 2, u + offPx];
    const [above, level, below] = [v - offPx - letterPx, v - letterPx / 2, v + offPx];
    return [
      { u: right, v: level },
      { u: left, v: level },
      { u: middle, v: above },
      { u: middle, v: below },
      { u: right, v: above },
      { u: left, v: above },
      { u: right, v: below },
      { u: left, v: below },
    ];
  });
}
