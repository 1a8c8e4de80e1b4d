import type { Camera } from '../../camera/camera.ts';
import type { Image } from '../../picture/image.ts';
import { seen, traceDirections, type View } from '../draw/view.ts';
import type { Scene } from '../light/scene.ts';
import type { Random } from '../random.ts';
import { siteOrigin } from '../world/site.ts';
import type { Footing } from './stand.ts';

/** Level land without end. */
export const levelGround: Footing = { upM: () => 0, offshoreM: () => 100, depthM: () => 0 };

/** Height of what is looked at, m, and what it measures three quarters down the picture, px. */
const subjectM = 1.5;
const subjectPx = [9, 110] as const;

/** A camera over level ground with its horizon in the upper half or above, for a photograph of which nobody knows where it was taken from. */
export function chooseCamera(random: Random, sidePx: number): Camera {
  const focalPx = sidePx * 1.2 * 6 ** random.unit();
  const horizon = random.chance(0.25) ? random.between(-1, 0) : random.between(0, 0.5);
  const pitchDeg = (-Math.atan(((0.5 - horizon) * sidePx) / focalPx) * 180) / Math.PI;
  const px = subjectPx[0] * (subjectPx[1] / subjectPx[0]) ** random.unit();
  const rangeM = (focalPx * subjectM) / px;
  const upM = Math.max(1.2, rangeM * Math.sin((-pitchDeg * Math.PI) / 180 + Math.atan((0.25 * sidePx) / focalPx)));
  const pose = { position: { eastM: 0, northM: 0, upM }, headingDeg: random.between(0, 360), pitchDeg, rollDeg: 0 };
  const centre = { u: sidePx / 2, v: sidePx / 2 };
  const lens = { kind: 'brown-conrady', focalPx, centre, k1: 0, k2: 0, k3: 0, p1: 0, p2: 0 } as const;
  return { origin: siteOrigin, pose, lens, sizePx: { widthPx: sidePx, heightPx: sidePx } };
}

const farthestM = 3000;

/** What a camera sees if a photograph shows level ground: colours from the photograph, ranges from the plane. */
export function viewOfPhoto(camera: Camera, image: Image, scene: Scene): View {
  const { widthPx, heightPx } = camera.sizePx;
  const direction = traceDirections(camera);
  const size = widthPx * heightPx;
  const range = new Float32Array(size).fill(Number.POSITIVE_INFINITY);
  const kind = new Uint8Array(size);
  const normal = new Float32Array(size * 3);
  const isRough = roughnessOf(image);
  for (let at = 0; at < size; at++) {
    const down = -(direction[at * 3 + 2] as number);
    if (down <= 0 || camera.pose.position.upM / down > farthestM || !isRough(at)) continue;
    range[at] = camera.pose.position.upM / down;
    kind[at] = seen.ground;
    normal[at * 3 + 2] = 1;
  }
  return { camera, widthPx, heightPx, direction, range, kind, normal, albedo: albedoOf(image, scene) };
}

const cellPx = 16;
/** Sky, fog and still water vary less than this within a cell, of 255. */
const leastSpread = 4;

/** Tells ground from sky and still water by how much its pixels differ from one another. */
function roughnessOf({ sizePx, rgb }: Image): (at: number) => boolean {
  const { widthPx, heightPx } = sizePx;
  const columns = Math.ceil(widthPx / cellPx);
  const sums = new Float64Array(columns * Math.ceil(heightPx / cellPx) * 3);
  const cellOf = (at: number) =>
    (Math.floor(at / widthPx / cellPx) * columns + Math.floor((at % widthPx) / cellPx)) * 3;
  for (let at = 0; at < widthPx * heightPx; at++) {
    const cell = cellOf(at);
    const green = rgb[at * 3 + 1] as number;
    sums[cell] = (sums[cell] as number) + 1;
    sums[cell + 1] = (sums[cell + 1] as number) + green;
    sums[cell + 2] = (sums[cell + 2] as number) + green * green;
  }
  return (at) => {
    const cell = cellOf(at);
    const count = sums[cell] as number;
    const mean = (sums[cell + 1] as number) / count;
    return (sums[cell + 2] as number) / count - mean * mean > leastSpread * leastSpread;
  };
}

/** Mean brightness that a photograph's ground is taken to have under any light. */
const meanAlbedo = 0.17;

/** The colours of a photograph as if its light were even. Linear RGB. */
function albedoOf({ rgb }: Image, { light }: Scene): Float32Array {
  const albedo = Float32Array.from(rgb, (value) => linear(value / 255));
  let sum = 0;
  for (let i = 1; i < albedo.length; i += 3) sum += albedo[i] as number;
  const scale = (meanAlbedo * albedo.length) / 3 / Math.max(1e-3, sum);
  const level = lightOnGround(light);
  const green = level[1] as number;
  return albedo.map((value, i) => (value * scale * green) / (level[i % 3] as number));
}

/** Fills a frame with a photograph, as bright as its ground would be in this light. */
export function paintPhoto(frame: Float32Array, view: View, { light }: Scene): void {
  const level = lightOnGround(light);
  for (let i = 0; i < frame.length; i++) frame[i] = (view.albedo[i] as number) * (level[i % 3] as number);
}

function lightOnGround({ direct, ambient, sun }: Scene['light']): readonly number[] {
  const height = Math.max(0, sun.toward[2]);
  return direct.map((value, c) => value * height + (ambient[c] as number));
}

/** sRGB to linear. Source: IEC 61966-2-1. */
function linear(value: number): number {
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}
