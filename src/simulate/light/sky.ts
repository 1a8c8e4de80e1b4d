import type { View } from '../draw/view.ts';
import { fractal, mix, type Noise, smoothstep } from '../noise.ts';
import type { Light, Rgb } from './light.ts';
import type { Scene } from './scene.ts';

/** Radiance of the cloudless sky toward a unit direction, written to `out`. */
export function clearSky(light: Light, direction: Rgb, out: Float32Array): void {
  const [e, n, up] = direction;
  const { toward } = light.sun;
  const rise = Math.max(0, up) ** 0.55;
  const nearSun = Math.max(0, e * toward[0] + n * toward[1] + up * toward[2]);
  const halo = 0.5 * nearSun ** 6 + 0.9 * nearSun ** 60 + 6 * nearSun ** 1800;
  const flat = Math.max(0, (e * toward[0] + n * toward[1]) / Math.max(1e-6, Math.hypot(toward[0], toward[1])));
  const band = 0.55 * flat ** 3 * smoothstep(14, -3, light.sun.altitudeDeg) * Math.exp(-Math.max(0, up) * 9);
  for (let c = 0; c < 3; c++) {
    const base = mix(light.horizon[c] as number, light.zenith[c] as number, Math.min(1, rise));
    out[c] = base + (light.glow[c] as number) * (halo * 0.55 + band);
  }
}

const cloudStep = 4;
const cloudBaseM = 1300;
const cloudSizeM = 2600;

/** Paints the sky of a photo with its clouds; clouds drift with the wind. */
export function paintSky(frame: Float32Array, view: View, scene: Scene, clouds: Noise): void {
  const { widthPx, heightPx, range } = view;
  const coarse = sampleSky(view, scene, clouds);
  for (let y = 0; y < heightPx; y++) {
    const j = Math.floor(y / cloudStep);
    if (j >= coarse.lastRow) return;
    const sy = y / cloudStep - j;
    for (let x = 0; x < widthPx; x++) {
      const at = y * widthPx + x;
      if (range[at] !== Number.POSITIVE_INFINITY) continue;
      const i = Math.floor(x / cloudStep);
      const sx = x / cloudStep - i;
      const a = (j * coarse.columns + i) * 3;
      const b = a + coarse.columns * 3;
      for (let c = 0; c < 3; c++) {
        const top = (coarse.rgb[a + c] as number) * (1 - sx) + (coarse.rgb[a + 3 + c] as number) * sx;
        const bottom = (coarse.rgb[b + c] as number) * (1 - sx) + (coarse.rgb[b + 3 + c] as number) * sx;
        frame[at * 3 + c] = top * (1 - sy) + bottom * sy;
      }
    }
  }
}

interface CoarseSky {
  readonly columns: number;
  /** Rows below this one have no sky. */
  readonly lastRow: number;
  readonly rgb: Float32Array;
}

/** The sky every fourth pixel. */
function sampleSky(view: View, scene: Scene, clouds: Noise): CoarseSky {
  const { widthPx, heightPx, direction, range } = view;
  const columns = Math.ceil(widthPx / cloudStep) + 2;
  const rows = Math.ceil(heightPx / cloudStep) + 2;
  const rgb = new Float32Array(columns * rows * 3);
  const ray = new Float32Array(3);
  const sample = new Float32Array(3);
  let lastRow = 0;
  for (let j = 0; j < rows; j++) {
    for (let i = 0; i < columns; i++) {
      const at = Math.min(heightPx - 1, j * cloudStep) * widthPx + Math.min(widthPx - 1, i * cloudStep);
      if (j > 1 && range[Math.max(0, at - 2 * cloudStep * widthPx)] !== Number.POSITIVE_INFINITY) continue;
      lastRow = j;
      for (let c = 0; c < 3; c++) ray[c] = direction[at * 3 + c] as number;
      writeSkySample(sample, ray, scene, clouds);
      rgb.set(sample, (j * columns + i) * 3);
    }
  }
  return { columns, lastRow, rgb };
}

/** Radiance of the sky with its clouds toward a direction. */
function writeSkySample(out: Float32Array, ray: Float32Array, { light, instant }: Scene, clouds: Noise): void {
  const [e, n, up] = [ray[0] as number, ray[1] as number, ray[2] as number];
  clearSky(light, [e, n, up], out);
  const farM = cloudBaseM / Math.max(0.05, up + 0.03);
  const driftM = ((instant.getTime() / 1000) % 1e6) * 5;
  const { windToward, cloud } = light.weather;
  const x = (e * farM - Math.cos(windToward) * driftM) / cloudSizeM;
  const y = (n * farM - Math.sin(windToward) * driftM) / cloudSizeM;
  const shape = fractal(clouds, x, y, 3) + 0.28 * fractal(clouds, x * 6 + 3, y * 6, 3);
  const wanted = mix(0.6, -0.75, cloud);
  const cover = smoothstep(wanted - 0.06, wanted + 0.22, shape) * smoothstep(0.0, 0.06, up);
  if (cover <= 0) return;
  const { toward } = light.sun;
  const thick = smoothstep(wanted, wanted + 0.6, shape);
  const towardSun = fractal(clouds, x + toward[0] * 0.1, y + toward[1] * 0.1, 3);
  const relief = Math.min(1.12, Math.max(0.8, 1 + 0.5 * (shape - towardSun)));
  const nearSun = Math.max(0, e * toward[0] + n * toward[1] + up * toward[2]) ** 8;
  for (let c = 0; c < 3; c++) {
    const bright = (light.direct[c] as number) * (0.6 + 0.7 * nearSun) + (light.ambient[c] as number) * 0.9;
    const base = (light.ambient[c] as number) * 1.0 + (light.direct[c] as number) * 0.2;
    out[c] = mix(out[c] as number, mix(bright, base, thick) * relief, cover * 0.94);
  }
}
