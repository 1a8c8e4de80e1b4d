import { seen, type View } from '../draw/view.ts';
import type { Scene } from './scene.ts';

/** Lights the ground and rocks of a view into a frame: linear RGB, (heightPx, widthPx, 3), without air. */
export function shadeGround(frame: Float32Array, view: View, scene: Scene): void {
  const { direction, range, kind, normal, albedo, widthPx, camera } = view;
  const { eastM, northM } = camera.pose.position;
  const { direct, ambient, sun } = scene.light;
  const [sunE, sunN, sunUp] = sun.toward;
  let share = 1;
  for (let at = 0; at < kind.length; at++) {
    const what = kind[at];
    if (what === seen.sky || what === seen.water) continue;
    const i = at * 3;
    if (at % 2 === 0 || at % widthPx === 0) {
      const r = range[at] as number;
      share = scene.sunShare(eastM + r * (direction[i] as number), northM + r * (direction[i + 1] as number));
    }
    const nE = normal[i] as number;
    const nN = normal[i + 1] as number;
    const nUp = normal[i + 2] as number;
    const facing = Math.max(0, nE * sunE + nN * sunN + nUp * sunUp) * share;
    const open = 0.62 + 0.38 * nUp;
    const bounce = (1 - nUp) * 0.12 * Math.max(0, sunUp) * share;
    for (let c = 0; c < 3; c++) {
      const light = (direct[c] as number) * (facing + bounce) + (ambient[c] as number) * open;
      frame[i + c] = (albedo[i + c] as number) * light;
    }
  }
}

/** Puts the air between every pixel and the lens. */
export function veilFrame(frame: Float32Array, view: View, { air }: Scene): void {
  const { direction, range } = view;
  const path = { rangeM: 0, riseM: 0, e: 0, n: 0 };
  for (let at = 0; at < range.length; at++) {
    const up = direction[at * 3 + 2] as number;
    path.rangeM = range[at] as number;
    path.riseM = path.rangeM === Number.POSITIVE_INFINITY ? up : path.rangeM * up;
    path.e = direction[at * 3] as number;
    path.n = direction[at * 3 + 1] as number;
    air.veil(frame, at * 3, path);
  }
}

/** Luminance of linear RGB. Source: ITU-R BT.709. */
export function luminance(rgb: Float32Array, at: number): number {
  return 0.2126 * (rgb[at] as number) + 0.7152 * (rgb[at + 1] as number) + 0.0722 * (rgb[at + 2] as number);
}
