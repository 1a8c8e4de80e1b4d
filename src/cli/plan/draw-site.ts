import type { Polygon } from 'geojson';
import { pixelToRay } from '../../camera/project.ts';
import { elevationUnder } from '../../dem/grid.ts';
import type { Bilingual, Language } from '../../errors.ts';
import type { Box, Enu, LngLat, Pixel } from '../../geo/frames.ts';
import type { Lake, Zone } from '../../geo/lake.ts';
import { fromEnu, toEnu } from '../../geo/plane.ts';
import { holdsPoint } from '../../geo/polygon.ts';
import { placeText, type Sheet } from '../../inspect/style.ts';
import { isInside } from '../../locate/shore.ts';
import { decodePicture, resize } from '../../picture/codec.ts';
import type { Image } from '../../picture/image.ts';
import { drawShapes, type Shape, textBox } from '../../picture/shapes.ts';
import { isFound, lookAt, type SeenPlace, type Site, type SizeLimits } from '../../plan/coverage.ts';
import { drawRelief } from '../../publish/relief.ts';
import { findFrame, type MapFrame } from './map-frame.ts';

/** What is drawn besides the site itself. */
export interface SiteMap {
  readonly zones: readonly Zone[];
  readonly lake: Lake | undefined;
  readonly title: string;
  readonly language: Language;
}

type Rgb = readonly [number, number, number];

/** A kind of seen ground: darker is better. They stay apart in grey and for colour-blind eyes. */
interface Class {
  readonly colour: Rgb;
  readonly text: Bilingual;
  readonly holds: (look: SeenPlace) => boolean;
}

const ink = '#26323a';
const shore = '#2f6fb0';
const edge = '#b5441c';
const paper = '#ffffff';
const panelRgb: Rgb = [38, 50, 58];
const lakeRgb: Rgb = [150, 186, 214];
const panelPx = 150;
const lettersPx = 17;

/** A map of what a camera would see, north up: relief, seen ground by what the model finds, lake, zones, distances. */
export async function drawSite(site: Site, { zones, lake, title, language }: SiteMap): Promise<Image> {
  const frame = findFrame(site, zones);
  const map = await drawBase(site, frame);
  const classes = classesOf(site.limits);
  tintSeen(map, site, frame, classes);
  const sheet: Sheet = { sizePx: map.sizePx, strokePx: 2, letterPx: 14, taken: [] };
  const drawn = await drawShapes(map, [
    ...drawRings(site, frame),
    ...zones.flatMap(({ polygon, kind }) => outline(frame, polygon.coordinates, kind === 'water' ? shore : edge, 2)),
    ...(lake ? outline(frame, lake.shoreline.coordinates, shore, 2.5) : []),
    ...drawCamera(site, frame),
    ...drawNorth(frame),
    ...zones.flatMap((zone) => nameZone(frame, zone, sheet)),
  ]);
  const canvas = withPanel(drawn);
  const swatches = layOutLegend(classes, frame.sidePx, language);
  for (const { box, colour } of swatches) fill(canvas, box, colour);
  return drawShapes(canvas, [
    text(title, { u: 24, v: frame.sidePx + 20 }, 20),
    ...swatches.map(({ box, label }) => text(label, { u: box.x + box.w + 12, v: box.y + 4 }, lettersPx)),
    ...drawScale(frame),
  ]);
}

async function drawBase({ ground }: Site, frame: MapFrame): Promise<Image> {
  const { sidePx, centre, halfM } = frame;
  const { origin } = ground.calibration.camera;
  const heightAt = (place: LngLat) =>
    ground.dem && elevationUnder(ground.dem.grid, toEnu(origin, { ...place, heightM: origin.heightM }));
  // the relief fades towards its edge: only its middle is taken
  const wide = 1.5;
  const { png } = await drawRelief(heightAt, fromEnu(origin, centre), wide * halfM);
  const relief = await decodePicture(png, { name: 'relief' });
  const insidePx = Math.round(relief.sizePx.widthPx / wide);
  const cornerPx = Math.round((relief.sizePx.widthPx - insidePx) / 2);
  return resize(relief, { widthPx: sidePx, heightPx: sidePx }, { x: cornerPx, y: cornerPx, w: insidePx, h: insidePx });
}

function classesOf({ person, tent }: SizeLimits): readonly Class[] {
  const seen: Class = {
    colour: [240, 200, 110],
    text: { en: 'seen, smaller', fr: 'vu, plus petit' },
    holds: () => true,
  };
  const persons: Class = {
    colour: [84, 168, 190],
    text: { en: `persons from ${person} px`, fr: `personnes dès ${person} px` },
    holds: (look) => isFound(look, 'person', { person, tent }) === true,
  };
  const tents: Class = {
    colour: [24, 92, 140],
    text: { en: `tents from ${tent} px`, fr: `tentes dès ${tent} px` },
    holds: (look) => isFound(look, 'tent', { person, tent }) === true,
  };
  const known = [...(tent === undefined ? [] : [tents]), ...(person === undefined ? [] : [persons])];
  return [...known, known.length > 0 ? seen : { ...seen, text: { en: 'seen', fr: 'vu' } }];
}

/** Side of the squares that are looked at, px. */
const dotPx = 2;

function tintSeen({ sizePx: { widthPx }, rgb }: Image, site: Site, frame: MapFrame, classes: readonly Class[]): void {
  const { water } = site.ground;
  for (let v = 0; v < frame.sidePx; v += dotPx) {
    for (let u = 0; u < frame.sidePx; u += dotPx) {
      const place = frame.toPlace({ u: u + dotPx / 2, v: v + dotPx / 2 });
      const look = lookAt(site, place);
      const isLake = water !== undefined && isInside(water.shore, { ...place, upM: 0 });
      const colour = look ? classes.find(({ holds }) => holds(look))?.colour : isLake ? lakeRgb : undefined;
      if (!colour) continue;
      for (let dot = 0; dot < dotPx * dotPx; dot++) {
        const at = 3 * ((v + Math.floor(dot / dotPx)) * widthPx + u + (dot % dotPx));
        for (let band = 0; band < 3; band++) {
          rgb[at + band] = Math.round(0.35 * (rgb[at + band] ?? 0) + 0.65 * (colour[band] ?? 0));
        }
      }
    }
  }
}

function withPanel({ sizePx: { widthPx, heightPx }, rgb }: Image): Image {
  const canvas = {
    sizePx: { widthPx, heightPx: heightPx + panelPx },
    rgb: new Uint8Array(widthPx * (heightPx + panelPx) * 3),
  };
  canvas.rgb.set(rgb);
  fill(canvas, { x: 0, y: heightPx, w: widthPx, h: panelPx }, panelRgb);
  return canvas;
}

function layOutLegend(classes: readonly Class[], sidePx: number, language: Language) {
  let x = 24;
  return classes.map(({ colour, text: words }) => {
    const box: Box = { x, y: sidePx + 66, w: 40, h: 26 };
    const label = words[language];
    x += Math.round(box.w + 36 + textBox(label, { u: 0, v: 0 }, lettersPx).w);
    return { box, colour, label };
  });
}

function fill({ sizePx, rgb }: Image, { x, y, w, h }: Box, colour: Rgb): void {
  for (let row = y; row < y + h; row++) {
    for (let col = x; col < x + w; col++) rgb.set(colour, 3 * (row * sizePx.widthPx + col));
  }
}

function text(words: string, at: Pixel, heightPx: number, colour = paper): Shape {
  return { kind: 'text', at, text: words, heightPx, colour };
}

function outline(frame: MapFrame, rings: readonly (readonly number[])[][], colour: string, widthPx: number): Shape[] {
  return rings.map((ring) => {
    const pixels = ring.map(([lng = 0, lat = 0]) => frame.toPixel({ lng, lat }));
    return { kind: 'line', pixels, colour, widthPx };
  });
}

/** The name of a zone at the first place on it that is free: its middle, or along its outline. */
function nameZone(frame: MapFrame, { polygon, name }: Zone, sheet: Sheet): readonly Shape[] {
  const corners = (polygon.coordinates[0] ?? []).map(([lng = 0, lat = 0]) => frame.toPixel({ lng, lat }));
  const middle = (pick: (pixel: Pixel) => number) =>
    (Math.min(...corners.map(pick)) + Math.max(...corners.map(pick))) / 2;
  const centre = { u: middle(({ u }) => u), v: middle(({ v }) => v) };
  const ring: Polygon = { type: 'Polygon', coordinates: [corners.map(({ u, v }) => [u, v])] };
  const holes = polygon.coordinates.length > 1;
  const { w } = textBox(name, { u: 0, v: 0 }, sheet.letterPx);
  const places = [...(!holes && holdsPoint(ring, centre.u, centre.v) ? [centre] : []), ...corners];
  const at = placeText(
    sheet,
    name,
    places.map(({ u, v }) => ({ u: u - w / 2, v: v - sheet.letterPx / 2 })),
  );
  return at ? [text(name, at, sheet.letterPx)] : [];
}

/** Circles of equal distance inside the angle of view, with their distance. */
function drawRings({ ground }: Site, frame: MapFrame): readonly Shape[] {
  const { camera } = ground.calibration;
  const { position, headingDeg } = camera.pose;
  const stepM = frame.roundLengthM(4);
  const at = (distanceM: number, azimuthDeg: number) => {
    const azimuth = (azimuthDeg * Math.PI) / 180;
    return frame.fromPlane({
      eastM: position.eastM + distanceM * Math.sin(azimuth),
      northM: position.northM + distanceM * Math.cos(azimuth),
    });
  };
  const half = (Math.atan(camera.sizePx.widthPx / 2 / camera.lens.focalPx) * 180) / Math.PI;
  const shapes: Shape[] = [];
  for (let distanceM = stepM; distanceM <= Math.min(ground.maxRangeM, 4 * frame.halfM); distanceM += stepM) {
    const pixels = Array.from({ length: 41 }, (_, step) => at(distanceM, headingDeg + half * (step / 20 - 1)));
    shapes.push({ kind: 'line', pixels, colour: '#ffffff', widthPx: 1.5, opacity: 0.8, dashPx: [8, 7] });
    const label = at(distanceM, headingDeg - half);
    if (frame.holds(label, 60)) shapes.push(text(`${distanceM} m`, { u: label.u + 6, v: label.v + 6 }, 13));
  }
  return shapes;
}

/** The camera, and the sides of its picture as far as its range. */
function drawCamera({ ground }: Site, frame: MapFrame): readonly Shape[] {
  const { camera } = ground.calibration;
  const { position } = camera.pose;
  const centre = frame.fromPlane(position);
  const sides = [0, camera.sizePx.widthPx].flatMap((u): readonly Shape[] => {
    const ray = pixelToRay(camera, { u, v: camera.sizePx.heightPx / 2 });
    if (!ray) return [];
    const end: Omit<Enu, 'upM'> = {
      eastM: position.eastM + ground.maxRangeM * ray.direction.eastM,
      northM: position.northM + ground.maxRangeM * ray.direction.northM,
    };
    return [{ kind: 'line', pixels: [centre, frame.fromPlane(end)], colour: ink, widthPx: 1.5, opacity: 0.7 }];
  });
  return [
    ...sides,
    { kind: 'circle', centre, radiusPx: 9, colour: '#ffd400', widthPx: 4 },
    { kind: 'circle', centre, radiusPx: 3, colour: '#ffd400', widthPx: 3 },
  ];
}

function drawScale(frame: MapFrame): readonly Shape[] {
  const lengthM = frame.roundLengthM(5);
  const end = { u: frame.sidePx - 24, v: frame.sidePx + 126 };
  const start = { u: end.u - lengthM / frame.metresPerPx, v: end.v };
  const over = (pixel: Pixel): Pixel => ({ ...pixel, v: pixel.v - 8 });
  return [
    { kind: 'line', pixels: [over(start), start, end, over(end)], colour: paper, widthPx: 3 },
    text(`${lengthM} m`, { u: start.u, v: start.v - 28 }, 14),
  ];
}

function drawNorth({ sidePx }: MapFrame): readonly Shape[] {
  const tip = { u: sidePx - 44, v: 30 };
  const line = (...offsets: readonly (readonly [number, number])[]): Shape => {
    const pixels = offsets.map(([u, v]) => ({ u: tip.u + u, v: tip.v + v }));
    return { kind: 'line', pixels, colour: paper, widthPx: 3, edged: true };
  };
  return [line([0, 44], [0, 0], [-9, 15]), line([0, 0], [9, 15]), text('N', { u: tip.u - 6, v: tip.v + 52 }, 18)];
}
