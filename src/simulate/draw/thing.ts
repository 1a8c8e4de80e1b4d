import type { Box } from '../../geo/frames.ts';
import type { Scene } from '../light/scene.ts';
import { lightVertices, type Skin } from './light-things.ts';
import type { Mesh } from './mesh.ts';
import { type Projected, project, rasterize, type Stand, seeAll, type Window, windowOf } from './raster.ts';
import { seen, type View } from './view.ts';

/** Something that stands in one photo and may be gone in the next. */
export interface Thing {
  readonly mesh: Mesh;
  readonly stand: Stand;
  /** Parts below the water are not seen. */
  readonly inWater: boolean;
  /** Absent: dull and unlit from inside. */
  readonly skin?: Skin;
}

/** What a drawn thing covers in its photo. */
export interface Drawn {
  readonly window: Window;
  /** (h, w) of the window: share of each pixel that the outline covers, 0–1, whatever hides it. */
  readonly outline: Float32Array;
  /** The same, of what is left to see; things drawn later take from it. */
  readonly visible: Float32Array;
}

/** A thing ready to be drawn. */
export interface Placed {
  readonly projected: Projected;
  readonly window: Window;
  readonly thing: Thing;
  /** To its middle, m. */
  readonly rangeM: number;
}

/** Projects a thing; undefined when it is behind the lens or far outside the picture. */
export function placeThing(thing: Thing, view: View): Placed | undefined {
  const projected = project(thing.mesh, thing.stand, view.camera);
  const window = projected && windowOf(projected.seen);
  if (!projected || !window) return undefined;
  const { x, y, w, h } = window;
  if (x + w <= 0 || y + h <= 0 || x >= view.widthPx || y >= view.heightPx) return undefined;
  const { eastM, northM, upM } = view.camera.pose.position;
  const { stand } = thing;
  return { projected, window, thing, rangeM: Math.hypot(stand.eastM - eastM, stand.northM - northM, stand.upM - upM) };
}

/** A frame that has its air, and the distance of what stands foremost in each pixel. */
export interface Canvas {
  readonly frame: Float32Array;
  readonly front: Float32Array;
}

/** Draws a thing; nearer things must be drawn after. */
export function drawThing(canvas: Canvas, view: View, scene: Scene, placed: Placed): Drawn {
  const { projected, window, thing, rangeM } = placed;
  const { mesh, world } = projected;
  const colours = lightVertices(projected, thing, scene, view.camera.pose.position);
  veilVertices(colours, projected, { view, scene });
  const columns = window.w * window.fine;
  const nearest = new Float32Array(columns * window.h * window.fine).fill(Number.POSITIVE_INFINITY);
  const rgb = new Float32Array(nearest.length * 3);
  rasterize(mesh.triangles, projected.seen, window, ({ sample, rangeM: distance, corner, a, b }) => {
    if (distance >= (nearest[sample] as number)) return;
    const i = (mesh.triangles[corner] as number) * 3;
    const j = (mesh.triangles[corner + 1] as number) * 3;
    const k = (mesh.triangles[corner + 2] as number) * 3;
    const c = 1 - a - b;
    if (thing.inWater && a * (world[i + 2] as number) + b * (world[j + 2] as number) + c * (world[k + 2] as number) < 0)
      return;
    nearest[sample] = distance;
    for (let channel = 0; channel < 3; channel++) {
      rgb[sample * 3 + channel] =
        a * (colours[i + channel] as number) +
        b * (colours[j + channel] as number) +
        c * (colours[k + channel] as number);
    }
  });
  return resolve(canvas, view, { window, nearest, rgb, slackM: 0.08 + 0.004 * rangeM });
}

interface Samples {
  readonly window: Window;
  readonly nearest: Float32Array;
  readonly rgb: Float32Array;
  /** How far behind the ground a sample may lie and still be seen: the ground's own roughness. */
  readonly slackM: number;
}

/** Averages the samples of each pixel into the frame. */
function resolve({ frame, front }: Canvas, view: View, { window, nearest, rgb, slackM }: Samples): Drawn {
  const { x, y, w, h, fine } = window;
  const outline = new Float32Array(w * h);
  const visible = new Float32Array(w * h);
  for (let pixel = 0; pixel < w * h; pixel++) {
    const px = x + (pixel % w);
    const py = y + Math.floor(pixel / w);
    const inside = px >= 0 && py >= 0 && px < view.widthPx && py < view.heightPx;
    const at = py * view.widthPx + px;
    const isGround = inside && front[at] === view.range[at];
    const limit = inside ? (front[at] as number) + (isGround ? slackM : 0.03) : 0;
    const sum: [number, number, number] = [0, 0, 0];
    let [hits, shown, total] = [0, 0, 0];
    for (let sub = 0; sub < fine * fine; sub++) {
      const row = Math.floor(pixel / w) * fine + Math.floor(sub / fine);
      const sample = row * w * fine + (pixel % w) * fine + (sub % fine);
      const distance = nearest[sample] as number;
      if (distance === Number.POSITIVE_INFINITY) continue;
      hits++;
      if (distance > limit) continue;
      shown++;
      total += distance;
      for (const c of channels) sum[c] += rgb[sample * 3 + c] as number;
    }
    outline[pixel] = hits / (fine * fine);
    visible[pixel] = shown / (fine * fine);
    if (shown === 0) continue;
    const share = visible[pixel] as number;
    if (share > 0.5) front[at] = total / shown;
    for (const c of channels) frame[at * 3 + c] = (frame[at * 3 + c] as number) * (1 - share) + sum[c] / (fine * fine);
  }
  return { window, outline, visible };
}

const channels = [0, 1, 2] as const;

function veilVertices(
  colours: Float32Array,
  { world, seen: places }: Projected,
  to: { view: View; scene: Scene },
): void {
  const { eastM, northM, upM } = to.view.camera.pose.position;
  for (let i = 0; i < colours.length; i += 3) {
    const rangeM = places[i + 2] as number;
    const e = ((world[i] as number) - eastM) / rangeM;
    const n = ((world[i + 1] as number) - northM) / rangeM;
    to.scene.air.veil(colours, i, { rangeM, riseM: (world[i + 2] as number) - upM, e, n });
  }
}

/** Takes from earlier (farther) drawn things what a later one hides. */
export function hideBehind(earlier: Drawn, later: Drawn): void {
  const [a, b] = [earlier.window, later.window];
  const left = Math.max(a.x, b.x);
  const right = Math.min(a.x + a.w, b.x + b.w);
  for (let y = Math.max(a.y, b.y); y < Math.min(a.y + a.h, b.y + b.h); y++) {
    for (let x = left; x < right; x++) {
      const at = (y - a.y) * a.w + x - a.x;
      const share = later.visible[(y - b.y) * b.w + x - b.x] as number;
      earlier.visible[at] = (earlier.visible[at] as number) * (1 - share);
    }
  }
}

/** Box around the pixels that are at least this much covered; undefined: none is. */
export function boxAround(window: Window, cover: Float32Array, atLeast = 0.25): Box | undefined {
  let [left, top, right, bottom] = [window.w, window.h, -1, -1];
  for (let pixel = 0; pixel < cover.length; pixel++) {
    if ((cover[pixel] as number) < atLeast) continue;
    const x = pixel % window.w;
    const y = Math.floor(pixel / window.w);
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  if (right < 0) return undefined;
  return { x: window.x + left, y: window.y + top, w: right - left + 1, h: bottom - top + 1 };
}

/** Darkens the ground where things keep the sun off it, and a little right under them; before the air is put in. */
export function castShadow(
  frame: Float32Array,
  view: View,
  scene: Scene,
  placed: Pick<Placed, 'projected' | 'thing'>,
): void {
  const { toward, altitudeDeg } = scene.light.sun;
  if (altitudeDeg > 2.5 && scene.light.direct[1] > 0.02) {
    darken(frame, view, scene, { ...placed, toward, ofSun: true });
  }
  darken(frame, view, scene, { ...placed, toward: [0.02, 0.02, 1], ofSun: false });
}

interface Shade extends Pick<Placed, 'projected' | 'thing'> {
  readonly toward: readonly [number, number, number];
  readonly ofSun: boolean;
}

function darken(frame: Float32Array, view: View, scene: Scene, { projected, thing, toward, ofSun }: Shade): void {
  const { world, mesh } = projected;
  const flat = new Float64Array(world.length);
  const base = thing.stand.upM;
  for (let i = 0; i < world.length; i += 3) {
    const lift = Math.max(0, (world[i + 2] as number) - base);
    const spread = ofSun ? 1 : 1 + 0.25;
    const e = (world[i] as number) - toward[0] * (lift / toward[2]);
    const n = (world[i + 1] as number) - toward[1] * (lift / toward[2]);
    flat[i] = thing.stand.eastM + (e - thing.stand.eastM) * spread;
    flat[i + 1] = thing.stand.northM + (n - thing.stand.northM) * spread;
    flat[i + 2] = base + 0.02;
  }
  const places = seeAll(flat, view.camera);
  const window = places && windowOf(places);
  if (!places || !window) return;
  const fine = Math.min(3, window.fine);
  const mask = new Uint8Array(window.w * window.h * fine * fine);
  rasterize(mesh.triangles, places, { ...window, fine }, ({ sample }) => {
    mask[sample] = 1;
  });
  const rangeM = places[2] as number;
  applyShade(frame, view, scene, { mask, window: { ...window, fine }, rangeM, ofSun });
}

interface Mask {
  readonly mask: Uint8Array;
  readonly window: Window;
  readonly rangeM: number;
  readonly ofSun: boolean;
}

function applyShade(frame: Float32Array, view: View, scene: Scene, { mask, window, rangeM, ofSun }: Mask): void {
  const { direct, ambient, sun } = scene.light;
  const { x, y, w, h, fine } = window;
  const { eastM, northM } = view.camera.pose.position;
  for (let pixel = 0; pixel < w * h; pixel++) {
    const px = x + (pixel % w);
    const py = y + Math.floor(pixel / w);
    if (px < 0 || py < 0 || px >= view.widthPx || py >= view.heightPx) continue;
    const at = py * view.widthPx + px;
    const r = view.range[at] as number;
    if (view.kind[at] !== seen.ground || !(Math.abs(r - rangeM) < 2 + 0.06 * rangeM)) continue;
    let hits = 0;
    for (let sub = 0; sub < fine * fine; sub++) {
      const row = Math.floor(pixel / w) * fine + Math.floor(sub / fine);
      hits += mask[row * w * fine + (pixel % w) * fine + (sub % fine)] as number;
    }
    if (hits === 0) continue;
    const cover = hits / (fine * fine);
    const i = at * 3;
    const facing =
      (view.normal[i] as number) * sun.toward[0] +
      (view.normal[i + 1] as number) * sun.toward[1] +
      (view.normal[i + 2] as number) * sun.toward[2];
    const place = [eastM + r * (view.direction[i] as number), northM + r * (view.direction[i + 1] as number)] as const;
    const lost = Math.max(0, facing) * scene.sunShare(...place) * cover * 0.94;
    for (const c of channels) {
      const albedo = view.albedo[i + c] as number;
      const less = ofSun ? lost * (direct[c] as number) : 0.42 * cover * (ambient[c] as number);
      frame[i + c] = Math.max(0.12 * albedo * (ambient[c] as number), (frame[i + c] as number) - albedo * less);
    }
  }
}
