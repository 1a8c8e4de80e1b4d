import { seen, type View } from '../draw/view.ts';
import type { Rgb } from '../light/light.ts';
import { fractal, type Noise, smoothstep } from '../noise.ts';
import type { Random } from '../random.ts';

/** Grounds that no simulated site has: straw, sand, scree, red earth, heather, spring grass, old snow, mud. */
const grounds: readonly [Rgb, ...Rgb[]] = [
  [0.3, 0.24, 0.11],
  [0.42, 0.34, 0.23],
  [0.24, 0.23, 0.22],
  [0.24, 0.11, 0.06],
  [0.1, 0.065, 0.06],
  [0.09, 0.17, 0.03],
  [0.65, 0.67, 0.7],
  [0.09, 0.07, 0.05],
];

/** Gives the ground of a view other colours, wholly or in patches, with a grain of its own; half of the views stay. */
export function recolour(view: View, noise: Noise, random: Random): void {
  if (random.chance(0.5)) return;
  const [first, second] = [random.pick(grounds), random.pick(grounds)];
  const share = random.between(0.4, 1);
  const patchM = 2 * 20 ** random.unit();
  const grainM = 0.06 * 12 ** random.unit();
  const contrast = random.between(0.1, 0.7);
  const { eastM, northM } = view.camera.pose.position;
  for (let at = 0; at < view.kind.length; at++) {
    if (view.kind[at] !== seen.ground) continue;
    const i = at * 3;
    const r = view.range[at] as number;
    const east = eastM + r * (view.direction[i] as number);
    const north = northM + r * (view.direction[i + 1] as number);
    const patch = smoothstep(-0.3, 0.3, fractal(noise, east / patchM, north / patchM, 4));
    const footprintM = r / view.camera.lens.focalPx;
    const left = smoothstep(0.7, 2.4, grainM / footprintM);
    const grain = 1 + contrast * left * noise(east / grainM, north / grainM);
    const old =
      0.3 * (view.albedo[i] as number) + 0.6 * (view.albedo[i + 1] as number) + 0.1 * (view.albedo[i + 2] as number);
    const relief = Math.min(2.2, Math.max(0.4, old / 0.11)) ** 0.6 * grain;
    for (let c = 0; c < 3; c++) {
      const wanted = ((first[c] as number) * patch + (second[c] as number) * (1 - patch)) * relief;
      view.albedo[i + c] = Math.min(0.8, (view.albedo[i + c] as number) * (1 - share) + wanted * share);
    }
  }
}
