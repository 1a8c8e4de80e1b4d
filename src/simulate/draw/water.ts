import { worldToPixel } from '../../camera/project.ts';
import type { Scene } from '../light/scene.ts';
import { clearSky } from '../light/sky.ts';
import { mix, type Noise, smoothstep } from '../noise.ts';
import type { HeightGrid } from '../world/height-grid.ts';
import type { Site } from '../world/site.ts';
import { seen, type View } from './view.ts';

/** Where each water pixel's mirror image lies in the same picture, every `cell` pixels. */
export interface Mirror {
  readonly columns: number;
  /** (rows, columns, 3): u, v of the mirrored point; third value 1 where it is sky above the picture. */
  readonly places: Float32Array;
  /** (heightPx, widthPx): depth of the water, m. */
  readonly depthM: Float32Array;
}

const cell = 4;

/** Follows the mirrored ray of every fourth water pixel to what it sees. */
export function traceMirror(view: View, site: Site): Mirror {
  const { widthPx, heightPx, kind, range, direction, camera } = view;
  const columns = Math.ceil(widthPx / cell) + 1;
  const rows = Math.ceil(heightPx / cell) + 1;
  const places = new Float32Array(columns * rows * 3);
  const { eastM, northM, upM } = camera.pose.position;
  for (let j = 0; j < rows; j++) {
    for (let i = 0; i < columns; i++) {
      const at = Math.min(heightPx - 1, j * cell) * widthPx + Math.min(widthPx - 1, i * cell);
      const e = direction[at * 3] as number;
      const n = direction[at * 3 + 1] as number;
      const up = direction[at * 3 + 2] as number;
      if (up > -0.004) continue;
      const r = upM / -up;
      const end = followMirrored(site.grid, { e: eastM + r * e, n: northM + r * n, de: e, dn: n, slope: -up });
      const pixel = worldToPixel(camera, { eastM: end.e, northM: end.n, upM: end.up });
      places.set([pixel?.u ?? 0, pixel?.v ?? -1, end.sky ? 1 : 0], (j * columns + i) * 3);
    }
  }
  const depthM = new Float32Array(kind.length);
  for (let at = 0; at < kind.length; at++) {
    if (kind[at] !== seen.water) continue;
    const r = range[at] as number;
    const e = eastM + r * (direction[at * 3] as number);
    const n = northM + r * (direction[at * 3 + 1] as number);
    depthM[at] = Math.max(0, -site.terrain.heightM(e, n));
  }
  return { columns, places, depthM };
}

interface Mirrored {
  readonly e: number;
  readonly n: number;
  readonly de: number;
  readonly dn: number;
  readonly slope: number;
}

function followMirrored(
  grid: HeightGrid,
  { e, n, de, dn, slope }: Mirrored,
): { e: number; n: number; up: number; sky: boolean } {
  const flat = Math.hypot(de, dn);
  const rise = slope / flat;
  for (let away = 4; away < 7000; away *= 1.05) {
    const east = e + (de / flat) * away;
    const north = n + (dn / flat) * away;
    const up = rise * away;
    if (grid.upM(east, north) > up) return { e: east, n: north, up, sky: false };
  }
  const away = 60_000;
  return { e: e + (de / flat) * away, n: n + (dn / flat) * away, up: rise * away, sky: true };
}

export interface WaterPainter {
  readonly view: View;
  readonly mirror: Mirror;
  readonly ripples: Noise;
}

/** Paints the lake into a frame that has its sky and ground: mirror, depth colour, ripples, wind streaks, sun glitter. */
export function paintWater(frame: Float32Array, painter: WaterPainter, scene: Scene): void {
  const { view, mirror, ripples } = painter;
  const { widthPx, kind, range, direction, camera } = view;
  const { eastM, northM } = camera.pose.position;
  const image = new Float32Array(3);
  const wind = windOf(scene);
  const source = { frame, view, mirror, skyAbove: tabulateSkyAbove(scene, view) };
  const spot: WaterSpot = { x: 0, y: 0, eastM: 0, northM: 0, footprintM: 0, away: 0, across: 0, rough: 0, share: 0 };
  for (let at = 0; at < kind.length; at++) {
    if (kind[at] !== seen.water) continue;
    const r = range[at] as number;
    const up = direction[at * 3 + 2] as number;
    spot.x = at % widthPx;
    spot.y = (at - spot.x) / widthPx;
    spot.eastM = eastM + r * (direction[at * 3] as number);
    spot.northM = northM + r * (direction[at * 3 + 1] as number);
    spot.footprintM = r / camera.lens.focalPx;
    if (at % 2 === 0 || spot.x === 0) {
      roughen(spot, ripples, wind);
      spot.share = scene.sunShare(spot.eastM, spot.northM);
    }
    ripple(spot, ripples, wind);
    readMirror(image, source, spot);
    const grazing = Math.min(1, Math.max(0.02, -up + 0.35 * spot.away));
    const fresnel = 0.02 + 0.98 * (1 - grazing) ** 5;
    writeWater(frame, at * 3, { image, fresnel, depthM: mirror.depthM[at] as number, share: spot.share }, scene);
    addGlitter(frame, at * 3, { direction, spot }, scene);
  }
}

/** One place of the water; a single one is filled again for every pixel. */
interface WaterSpot {
  x: number;
  y: number;
  eastM: number;
  northM: number;
  footprintM: number;
  /** Slope of the water toward the lens and across. */
  away: number;
  across: number;
  /** 0 calm, 1 ruffled. */
  rough: number;
  /** Share of the sun that reaches it. */
  share: number;
}

/** The wind of a photo. */
interface Wind {
  readonly speedMs: number;
  /** Where it blows to: cosine and sine of its angle from east. */
  readonly east: number;
  readonly north: number;
  /** Time, s, by which ripples have moved on. */
  readonly driftS: number;
}

function windOf({ light, instant }: Scene): Wind {
  const { windMs, windToward } = light.weather;
  const driftS = (instant.getTime() / 1000) % 5000;
  return { speedMs: windMs, east: Math.cos(windToward), north: Math.sin(windToward), driftS };
}

/** Wind streaks: broad, so that every second pixel asks. */
function roughen(spot: WaterSpot, ripples: Noise, { speedMs, east, north, driftS }: Wind): void {
  const along = spot.eastM * east + spot.northM * north;
  const side = spot.northM * east - spot.eastM * north;
  const streak =
    ripples(along / 85 + driftS * 0.01, side / 17) * 0.7 + ripples(along / 33, side / 7 + driftS * 0.02) * 0.45;
  spot.rough = smoothstep(-0.5, 0.7, streak + (speedMs - 2.1) * 0.42);
}

/** Slopes of the water; ripples smaller than a pixel's footprint fade. */
function ripple(spot: WaterSpot, ripples: Noise, { speedMs, east, north, driftS }: Wind): void {
  const along = spot.eastM * east + spot.northM * north;
  const side = spot.northM * east - spot.eastM * north;
  const steep = 0.012 + 0.05 * spot.rough * Math.min(1, speedMs / 3);
  spot.away = 0;
  spot.across = 0;
  for (let i = 0; i < 3; i++) {
    const sizeM = waveSizesM[i] as number;
    const left = smoothstep(0.6, 2.5, sizeM / (spot.footprintM * 3));
    if (left === 0) break;
    const phase = driftS * (wavePhases[i] as number);
    const weight = left * steep * (waveWeights[i] as number);
    spot.away += weight * ripples(along / sizeM - phase, side / (sizeM * 2.1) + sizeM);
    spot.across += weight * 0.6 * ripples(side / (sizeM * 1.6) + 40, along / sizeM + phase);
  }
}

const waveSizesM = [2.6, 0.9, 0.33] as const;
const waveWeights = [0.6, 0.8, 0.7] as const;
/** Deep-water waves: phases a second. */
const wavePhases = waveSizesM.map((sizeM) => Math.sqrt(1.6 / sizeM));

interface MirrorSource {
  readonly frame: Float32Array;
  readonly view: View;
  readonly mirror: Mirror;
  readonly skyAbove: SkyAbove;
}

/** What the water mirrors at a pixel: two samples along the smear that unseen ripples make. */
function readMirror(out: Float32Array, { frame, view, mirror, skyAbove }: MirrorSource, spot: WaterSpot): void {
  const { widthPx, heightPx, camera } = view;
  const column = Math.round(spot.x / cell);
  const row = Math.round(spot.y / cell);
  const at = (row * mirror.columns + column) * 3;
  const focal = camera.lens.focalPx;
  const u = (mirror.places[at] as number) + (spot.x - column * cell) + spot.across * focal;
  const v = (mirror.places[at + 1] as number) - (spot.y - row * cell) - 2 * spot.away * focal;
  const smear = (4 + 34 * spot.rough) * (focal / 1600);
  const px = Math.min(widthPx - 1, Math.max(0, Math.round(u)));
  out.fill(0);
  for (let step = 0; step < 2; step++) {
    const py = Math.round(v + (step * 1.3 - 1.25) * smear);
    if (py < 0 || (mirror.places[at + 2] === 1 && py < 12)) {
      const skyRow = Math.min(skyRows - 1, Math.floor((Math.max(0, -py) * 1600) / (focal * skyRowPx)));
      const i = (skyRow * skyColumns + Math.floor((px / widthPx) * skyColumns)) * 3;
      for (let c = 0; c < 3; c++) out[c] = (out[c] as number) + (skyAbove[i + c] as number) / 2;
      continue;
    }
    const i = (Math.min(heightPx - 1, py) * widthPx + px) * 3;
    for (let c = 0; c < 3; c++) out[c] = (out[c] as number) + (frame[i + c] as number) / 2;
  }
}

/** Sky over the top edge of the picture, with its mean share of clouds: (skyRows, skyColumns, 3). */
type SkyAbove = Float32Array;

const skyColumns = 48;
const skyRows = 64;
/** Rows are this many pixels of a 1600 px lens apart. */
const skyRowPx = 14;

function tabulateSkyAbove({ light }: Scene, view: View): SkyAbove {
  const table = new Float32Array(skyColumns * skyRows * 3);
  const sample = new Float32Array(3);
  const { cloud } = light.weather;
  for (let row = 0; row < skyRows; row++) {
    for (let column = 0; column < skyColumns; column++) {
      const top = Math.floor(((column + 0.5) / skyColumns) * view.widthPx) * 3;
      const e = view.direction[top] as number;
      const n = view.direction[top + 1] as number;
      const up = Math.min(0.9, (view.direction[top + 2] as number) + (row * skyRowPx) / 1600);
      const flat = Math.sqrt((1 - up * up) / (e * e + n * n));
      clearSky(light, [e * flat, n * flat, up], sample);
      for (let c = 0; c < 3; c++) {
        const white = (light.ambient[c] as number) * 1.05 + (light.direct[c] as number) * 0.35;
        table[(row * skyColumns + column) * 3 + c] = mix(sample[c] as number, white, cloud * 0.85);
      }
    }
  }
  return table;
}

const bed = [0.19, 0.175, 0.14] as const;
const deep = [0.006, 0.034, 0.04] as const;
/** Extinction of clear lake water, 1/m, there and back. */
const clearness = [1.5, 0.62, 0.55] as const;

interface Body {
  readonly image: Float32Array;
  readonly fresnel: number;
  readonly depthM: number;
  readonly share: number;
}

function writeWater(frame: Float32Array, at: number, body: Body, { light }: Scene): void {
  const height = Math.max(0, light.sun.toward[2]);
  for (let c = 0; c < 3; c++) {
    const lit = (light.direct[c] as number) * height * body.share + (light.ambient[c] as number);
    const pass = Math.exp(-(clearness[c] as number) * (body.depthM + 0.05));
    const below = mix(deep[c] as number, bed[c] as number, pass) * lit;
    frame[at + c] = mix(below, body.image[c] as number, body.fresnel);
  }
}

/** Sparkles where the water stands so that it throws the sun at the lens. */
function addGlitter(
  frame: Float32Array,
  at: number,
  ray: { direction: Float32Array; spot: WaterSpot },
  scene: Scene,
): void {
  const { toward } = scene.light.sun;
  const halfE = toward[0] - (ray.direction[at] as number);
  const halfN = toward[1] - (ray.direction[at + 1] as number);
  const halfUp = toward[2] - (ray.direction[at + 2] as number);
  const tilt = Math.sqrt(halfE * halfE + halfN * halfN) / Math.max(1e-3, halfUp) - 3 * ray.spot.away;
  const spread = 0.06 + 0.12 * ray.spot.rough;
  if (tilt > 3 * spread) return;
  const shine = 1.6 * Math.exp(-((tilt / spread) ** 2)) * ray.spot.share;
  for (let c = 0; c < 3; c++) frame[at + c] = (frame[at + c] as number) + shine * (scene.light.direct[c] as number);
}
