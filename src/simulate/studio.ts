import type { Image } from '../picture/image.ts';
import { expose } from './draw/sensor.ts';
import { coverSurface } from './draw/surface.ts';
import { castShadow, type Drawn, drawThing, hideBehind, type Placed, placeThing } from './draw/thing.ts';
import { traceView, type View } from './draw/view.ts';
import { type Mirror, paintWater, traceMirror } from './draw/water.ts';
import { createScene, type Scene } from './light/scene.ts';
import { shadeGround, veilFrame } from './light/shade.ts';
import { paintSky } from './light/sky.ts';
import { createWeather, type WeatherCalendar } from './light/weather.ts';
import { createNoise, type Noise, smoothstep } from './noise.ts';
import { type Actor, castAt } from './visitors/cast.ts';
import { planVisits, type Visit } from './visitors/visit.ts';
import { createGroundCover, tuftM } from './world/ground-cover.ts';
import { type PlaneGrid, readGrid, sampleGrid } from './world/plane-grid.ts';
import { drawRocks, type Rock, scatterRocks } from './world/rocks.ts';
import type { Site, SiteCamera } from './world/site.ts';

/** A season's world, ready to be photographed. */
export interface Studio {
  readonly site: Site;
  readonly weather: WeatherCalendar;
  readonly visits: readonly Visit[];
  readonly rocks: readonly Rock[];
  readonly cover: Noise;
  readonly clouds: Noise;
  readonly ripples: Noise;
}

/** Fills a site with rocks, weather and visitors. */
export function createStudio(site: Site, wish: { days: number; visitorsPerDay: number }): Studio {
  const weather = createWeather(site.seed);
  const cover = createNoise(site.seed, 'cover');
  return {
    site,
    weather,
    visits: planVisits(site, weather, wish),
    rocks: scatterRocks(site, cover),
    cover,
    clouds: createNoise(site.seed, 'clouds'),
    ripples: createNoise(site.seed, 'ripples'),
  };
}

/** What one camera sees when nobody is there, without light. */
export interface EmptyView {
  readonly siteCamera: SiteCamera;
  readonly view: View;
  readonly mirror: Mirror;
  /** Shadow bodies of the rocks that are large enough to see. */
  readonly shades: readonly Placed[];
  /** Memory that each photo uses again: its linear light, and two steps on the way to its picture. */
  readonly buffers: readonly [Float32Array, Float32Array, Float32Array];
}

const tuftsEndM = 120;

/** Traces a camera's view of the site: seconds of work, once per camera. */
export function openView(studio: Studio, siteCamera: SiteCamera): EmptyView {
  const { site, cover } = studio;
  const { camera } = siteCamera;
  const turf = turfGrid(site);
  const view = traceView(camera, site.grid, (eastM, northM, rangeM) => {
    const share = readGrid(turf, eastM, northM) * Math.min(1, (tuftsEndM - rangeM) / 40);
    return share <= 0 ? 0 : share * tuftM(cover, eastM, northM, rangeM / camera.lens.focalPx);
  });
  coverSurface(view, site, createGroundCover(site, cover));
  drawRocks(view, studio.rocks);
  const shades = studio.rocks
    .map(({ shade }) => placeThing(shade, view))
    .filter((placed) => placed !== undefined)
    .filter(({ window }) => window.w > 6);
  const buffer = () => new Float32Array(view.range.length * 3);
  return { siteCamera, view, mirror: traceMirror(view, site), shades, buffers: [buffer(), buffer(), buffer()] };
}

/** Where tufts grow, 0–1: on land, beside the trail. */
function turfGrid(site: Site): PlaneGrid {
  return sampleGrid(260, 0.8, (eastM, northM) => {
    const ashore = smoothstep(3, 5, site.shore.offshoreM(eastM, northM));
    return ashore * smoothstep(0.6, 1.3, site.trail.distanceM(eastM, northM));
  });
}

/** One photo before it is written: the picture, and what was drawn into it. */
export interface Shot {
  readonly image: Image;
  /** How much light the sensor lacked: see Exposure. */
  readonly lack: number;
  readonly scene: Scene;
  readonly drawn: readonly { readonly actor: Actor; readonly placed: Placed; readonly drawn: Drawn }[];
}

/** When a photo is taken: the true instant, the same as day of the season and minute of the local day. */
export interface Moment {
  readonly instant: Date;
  readonly day: number;
  readonly minute: number;
}

/** Takes one photo. */
export function takeShot(
  studio: Studio,
  { siteCamera, view, mirror, shades, buffers }: EmptyView,
  moment: Moment,
): Shot {
  const { site, clouds, ripples } = studio;
  const scene = createScene(studio, siteCamera.camera, moment);
  const [frame, scratch, soft] = buffers;
  const actors = castAt(site, studio.visits, moment.day * 1440 + moment.minute);
  const staged = actors
    .map((actor) => ({ actor, placed: placeThing(actor.thing, view) }))
    .filter((entry): entry is { actor: Actor; placed: Placed } => entry.placed !== undefined)
    .sort((a, b) => b.placed.rangeM - a.placed.rangeM);
  paintSky(frame, view, scene, clouds);
  shadeGround(frame, view, scene);
  for (const placed of shades) castShadow(frame, view, scene, placed);
  for (const { actor, placed } of staged) if (!actor.thing.inWater) castShadow(frame, view, scene, placed);
  paintWater(frame, { view, mirror, ripples }, scene);
  veilFrame(frame, view, scene);
  const front = view.range.slice();
  const drawn = staged.map((entry) => ({ ...entry, drawn: drawThing({ frame, front }, view, scene, entry.placed) }));
  drawn.forEach((later, index) => {
    for (const earlier of drawn.slice(0, index)) hideBehind(earlier.drawn, later.drawn);
  });
  const key = `${siteCamera.id}/${moment.instant.toISOString()}`;
  return { ...expose(frame, view, { seed: site.seed, key, scratch, soft }), scene, drawn };
}
