import type { Calibration } from '../calibrate/calibration.ts';
import { type Language, ServiceError } from '../errors.ts';
import type { SizePx } from '../geo/frames.ts';
import type { Lake, Zone } from '../geo/lake.ts';
import { buildGround } from '../locate/ground.ts';
import type { Image } from '../picture/image.ts';
import { drawShapes, type Shape, textBox } from '../picture/shapes.ts';
import type { Terrain } from './check.ts';
import { checkCalibration } from './check-calibration.ts';
import { drawGroundGrid, drawRangeRings, type GroundGrid, type RangeRing } from './drawn-grid.ts';
import { drawHorizon, drawSkyline, reachOfDem } from './drawn-horizon.ts';
import { drawOutline, drawShoreline } from './drawn-outline.ts';
import type { Polylines } from './drawn-surface.ts';
import { drawLegend } from './legend.ts';
import { boxOfMark, markGcp, nameGcp } from './marks.ts';
import { colours, layOutSheet, placeText, type Sheet } from './style.ts';

/** What is drawn over a photo, so that a person can judge a calibration by eye. */
export interface CalibrationPicture {
  /** The photo that the GCPs were clicked in, or one of the same aim. */
  readonly image: Image;
  readonly calibration: Calibration;
  /** Absent: the ground is not known but for the lake's level. */
  readonly dem?: Terrain | undefined;
  readonly lake?: Pick<Lake, 'shoreline' | 'waterLevelM' | 'waterLevelSigmaM'> | undefined;
  readonly zones?: readonly Pick<Zone, 'polygon'>[];
  readonly language: Language;
}

/** As far as the DEM reaches: the skyline may be far. m */
const maxRangeM = 30_000;

/**
 * Draws ground grid, distances, horizon, skyline, outlines and GCPs over a photo, with a legend. Of the ground only
 * what the camera sees is drawn.
 * @throws ServiceError photo-other-size
 */
export async function drawCalibration(picture: CalibrationPicture): Promise<Image> {
  const { image, calibration, dem, lake, zones = [], language } = picture;
  refuseOtherSize(image.sizePx, calibration.camera.sizePx);
  const sheet = layOutSheet(image.sizePx);
  const ground = buildGround({ calibration, lake, dem, maxRangeM });
  const grids = drawGroundGrid(ground).filter(({ lines }) => lines.length > 0);
  const rings = drawRangeRings(ground);
  const horizon = drawHorizon(ground);
  const skyline = drawSkyline(ground);
  const shore = drawShoreline(ground);
  const outlines = zones.flatMap(({ polygon }) => drawOutline(ground, polygon));

  for (const gcp of calibration.gcps) sheet.taken.push(boxOfMark(gcp, sheet));
  const drawn = {
    gridStepsM: grids.map(({ stepM }) => stepM),
    hasRings: rings.length > 0,
    hasHorizon: horizon.length > 0,
    skylineReachM: skyline.length > 0 ? reachOfDem(ground) : undefined,
    hasShore: shore.length > 0,
    hasZones: outlines.length > 0,
    checks: checkCalibration(calibration, dem),
  };
  const legend = drawLegend(calibration, drawn, language, sheet);
  const names = calibration.gcps.flatMap((gcp) => nameGcp(gcp, sheet));
  return drawShapes(image, [
    ...grids.flatMap((grid) => gridShapes(grid, sheet)),
    ...rings.flatMap((ring) => ringShapes(ring, sheet)),
    ...outlineShapes(skyline, colours.skyline, sheet),
    ...outlineShapes(horizon, colours.horizon, sheet),
    ...outlineShapes(outlines, colours.zone, sheet),
    ...outlineShapes(shore, colours.shore, sheet),
    ...rings.flatMap((ring) => ringLabel(ring, sheet)),
    ...calibration.gcps.flatMap((gcp) => markGcp(gcp, sheet)),
    ...names,
    ...legend,
  ]);
}

function refuseOtherSize(photo: SizePx, camera: SizePx): void {
  if (photo.widthPx === camera.widthPx && photo.heightPx === camera.heightPx) return;
  const say = ({ widthPx, heightPx }: SizePx): string => `${widthPx}×${heightPx}`;
  throw new ServiceError('photo-other-size', { photo: say(photo), camera: say(camera) });
}

/** Coarse lines are stronger than fine ones; their dark edge shows on snow. */
function gridShapes({ stepM, lines }: GroundGrid, { strokePx }: Sheet): readonly Shape[] {
  const strength = stepM >= 100 ? 1 : stepM >= 50 ? 0.8 : 0.6;
  return lines.map((pixels) => ({
    kind: 'line',
    pixels,
    colour: colours.grid,
    widthPx: strokePx * (0.3 + 0.8 * strength),
    opacity: 0.95 * strength,
    edged: true,
  }));
}

function ringShapes({ lines }: RangeRing, { strokePx }: Sheet): readonly Shape[] {
  const dashPx = [5 * strokePx, 4 * strokePx];
  return lines.map((pixels) => ({
    kind: 'line',
    pixels,
    colour: colours.ring,
    widthPx: strokePx,
    dashPx,
    edged: true,
  }));
}

/** The distance, written on its ring where there is room, as near to the middle of the photo as possible. */
function ringLabel({ rangeM, lines }: RangeRing, sheet: Sheet): readonly Shape[] {
  const text = rangeM < 1000 ? `${rangeM} m` : `${rangeM / 1000} km`;
  const { w } = textBox(text, { u: 0, v: 0 }, sheet.letterPx);
  const places = lines
    .flat()
    .map(({ u, v }) => ({ u: u - w / 2, v: v - sheet.letterPx / 2 }))
    .sort((a, b) => Math.abs(a.u - sheet.sizePx.widthPx / 2) - Math.abs(b.u - sheet.sizePx.widthPx / 2));
  const at = placeText(sheet, text, places);
  return at ? [{ kind: 'text', at, text, heightPx: sheet.letterPx, colour: colours.ring }] : [];
}

function outlineShapes(lines: Polylines, colour: string, { strokePx }: Sheet): readonly Shape[] {
  return lines.map((pixels) => ({ kind: 'line', pixels, colour, widthPx: 1.5 * strokePx, edged: true }));
}
