import type { Image } from '../picture/image.ts';
import { expose } from './draw/sensor.ts';
import { coverSurface } from './draw/surface.ts';
import { castShadow, type Drawn, drawThing, hideBehind, type Placed, placeThing, type Thing } from './draw/thing.ts';
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

/** A site with its rocks and the noises of its grass, clouds and water: all that stays when nobody is there. */
export interface Backdrop {
  readonly site: Site;
  readonly rocks: readonly Rock[];
  readonly cover: Noise;
  readonly clouds: Noise;
  readonly ripples: Noise;
  /** Where tufts grow, 0–1. */
  readonly turf: PlaneGrid;
}

/** A season's world, ready to be photographed. */
export interface Studio extends Backdrop {
  readonly weather: WeatherCalendar;
  readonly visits: readonly Visit[];
}

/** Covers a site with grass and rocks. */
export function createBackdrop(site: Site): Backdrop {
  const cover = createNoise(site.seed, 'cover');
  return {
    site,
    rocks: scatterRocks(site, cover),
    cover,
    clouds: createNoise(site.seed, 'clouds'),
    ripples: createNoise(site.seed, 'ripples'),
    turf: turfGrid(site),
  };
}

/** Fills a site with rocks, weather and visitors. */
export function createStudio(site: Site, wish: { days: number; visitorsPerDay: number }): Studio {
  const weather = createWeather(site.seed);
  return { ...createBackdrop(site), weather, visits: planVisits(site, weather, wish) };
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
export function openView({ site, cover, turf, rocks }: Backdrop, siteCamera: SiteCamera): EmptyView {
  const { camera } = siteCamera;
  const view = traceView(camera, site.grid, (eastM, northM, rangeM) => {
    const share = readGrid(turf, eastM, northM) * Math.min(1, (tuftsEndM - rangeM) / 40);
    return share <= 0 ? 0 : share * tuftM(cover, eastM, northM, rangeM / camera.lens.focalPx);
  });
  coverSurface(view, site, createGroundCover(site, cover));
  drawRocks(view, rocks);
  const shades = rocks
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
  readonly drawn: readonly Staged<Actor>[];
}

/** When a photo is taken: the true instant, the same as day of the season and minute of the local day. */
export interface Moment {
  readonly instant: Date;
  readonly day: number;
  readonly minute: number;
}

/** Takes one photo. */
export function takeShot(studio: Studio, empty: EmptyView, moment: Moment): Shot {
  const { site } = studio;
  const { siteCamera, view, buffers } = empty;
  const [frame, scratch, soft] = buffers;
  const scene = createScene(studio, view.camera, moment);
  const actors = castAt(site, studio.visits, moment.day * 1440 + moment.minute);
  const drawn = drawScene(studio, empty, scene, actors);
  const key = `${siteCamera.id}/${moment.instant.toISOString()}`;
  return { ...expose(frame, view, { seed: site.seed, key, scratch, soft }), scene, drawn };
}

/** Something to draw, and what it is drawn as. */
export interface Staged<Item> {
  readonly actor: Item;
  readonly placed: Placed;
  readonly drawn: Drawn;
}

/** Draws what a camera sees into its first buffer, as linear light; tells of each actor in sight what it covers. */
export function drawScene<Item extends { readonly thing: Thing }>(
  { clouds, ripples }: Backdrop,
  { view, mirror, shades, buffers }: EmptyView,
  scene: Scene,
  actors: readonly Item[],
): readonly Staged<Item>[] {
  const [frame] = buffers;
  const staged = stageActors(view, actors);
  paintSky(frame, view, scene, clouds);
  shadeGround(frame, view, scene);
  for (const placed of shades) castShadow(frame, view, scene, placed);
  castShadows(frame, view, scene, staged);
  paintWater(frame, { view, mirror, ripples }, scene);
  veilFrame(frame, view, scene);
  return drawActors(frame, view, scene, staged);
}

type Waiting<Item> = Omit<Staged<Item>, 'drawn'>;

/** Those in sight, from far to near. */
export function stageActors<Item extends { readonly thing: Thing }>(
  view: View,
  actors: readonly Item[],
): readonly Waiting<Item>[] {
  return actors
    .map((actor) => ({ actor, placed: placeThing(actor.thing, view) }))
    .filter((entry): entry is Waiting<Item> => entry.placed !== undefined)
    .sort((a, b) => b.placed.rangeM - a.placed.rangeM);
}

/** Darkens the ground around those who do not float. */
export function castShadows<Item extends { readonly thing: Thing }>(
  frame: Float32Array,
  view: View,
  scene: Scene,
  staged: readonly Waiting<Item>[],
): void {
  for (const { actor, placed } of staged) if (!actor.thing.inWater) castShadow(frame, view, scene, placed);
}

/** Draws those in sight into a frame that has its ground, its shadows and its air. */
export function drawActors<Item>(
  frame: Float32Array,
  view: View,
  scene: Scene,
  staged: readonly Waiting<Item>[],
): readonly Staged<Item>[] {
  const front = view.range.slice();
  const drawn = staged.map((entry) => ({ ...entry, drawn: drawThing({ frame, front }, view, scene, entry.placed) }));
  drawn.forEach((later, index) => {
    for (const earlier of drawn.slice(0, index)) hideBehind(earlier.drawn, later.drawn);
  });
  return drawn;
}
