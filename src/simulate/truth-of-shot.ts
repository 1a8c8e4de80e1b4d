import { worldToPixel } from '../camera/project.ts';

import { fromEnu } from '../geo/plane.ts';
import { boxAround, type Drawn } from './draw/thing.ts';
import type { View } from './draw/view.ts';
import { stripHeightPx } from './strip.ts';
import type { Shot } from './studio.ts';
import type { TruthObject, TruthPhoto } from './truth.ts';
import { siteOrigin } from './world/site.ts';

/** What is true of a photo, less its file. */
export type TruthOfShot = Pick<TruthPhoto, 'visibility' | 'weather' | 'sunAltitudeDeg' | 'objects'>;

/** Fog hides people when less than this of their contrast is left at 60 m. */
const foggedBelow = 0.22;
/** A picture that lacks this many times its light shows nobody. */
const darkAbove = 3;

/** Reads the truth off a shot. Things with nothing left to see are not in it. */
export function truthOfShot({ scene, lack, drawn }: Shot, view: View): TruthOfShot {
  const fogged = scene.air.transmittance(60, -6) < foggedBelow;
  return {
    visibility: lack > darkAbove ? 'dark' : fogged ? 'fog' : 'usable',
    weather: scene.light.weather.sky,
    sunAltitudeDeg: round(scene.light.sun.altitudeDeg, 2),
    objects: drawn.flatMap((entry) => toObject(entry, scene, view)),
  };
}

function toObject(
  { actor, placed, drawn }: Shot['drawn'][number],
  scene: Shot['scene'],
  view: View,
): readonly TruthObject[] {
  const visible = clip(drawn, view);
  const box = boxAround(drawn.window, visible);
  const fullBox = boxAround(drawn.window, drawn.outline) ?? box;
  if (!actor.truth || !box || !fullBox) return [];
  const { eastM, northM } = placed.thing.stand;
  const upM = placed.thing.inWater ? Math.max(0, placed.thing.stand.upM) : placed.thing.stand.upM;
  const point = { eastM, northM, upM };
  const pixel = worldToPixel(view.camera, point);
  if (!pixel) return [];
  const { position } = view.camera.pose;
  const place = fromEnu(siteOrigin, point);
  return [
    {
      ...actor.truth,
      box,
      fullBox,
      visibleShare: round(Math.min(1, sum(visible) / Math.max(1e-6, sum(drawn.outline))), 3),
      contrastLeft: round(scene.air.transmittance(placed.rangeM, upM - position.upM), 3),
      ground: { lng: round(place.lng, 8), lat: round(place.lat, 8), heightM: round(place.heightM, 3) },
      groundPixel: { u: round(pixel.u, 2), v: round(pixel.v, 2) },
      rangeM: round(placed.rangeM, 2),
    },
  ];
}

/** The visible cover, without what lies under the strip of text. */
function clip({ window, visible }: Drawn, view: View): Float32Array {
  const end = view.heightPx - stripHeightPx(view.camera.sizePx);
  if (window.y + window.h <= end) return visible;
  return visible.map((share, pixel) => (window.y + Math.floor(pixel / window.w) < end ? share : 0));
}

function sum(cover: Float32Array): number {
  let total = 0;
  for (const share of cover) total += share;
  return total;
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
