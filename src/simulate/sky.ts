import type { Light, Rgb } from './light.ts';
import { fractal, mix, type Noise, smoothstep } from './noise.ts';
import type { View } from './view.ts';

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

/** Paints the sky of a photo with its clouds; clouds drift with the wind. */
export function paintSky(frame: Float32Array, view: View, light: Light, clouds: Noise, instant: Date): void {
  const { widthPx, heightPx, range, direction } = view;
  const columns = Math.ceil(widthPx / cloudStep) + 2;
  const rows = Math.ceil(heightPx / cloudStep) + 2;
  const coarse = new Float32Array(columns * rows * 4);
  const driftM = ((instant.getTime() / 1000) % 1e6) * 6;
  let last = 0;
  for (let j = 0; j < rows; j++) {
    for (let i = 0; i < columns; i++) {
      const x = Math.min(widthPx - 1, i * cloudStep);
      const y = Math.min(heightPx - 1, j * cloudStep);
      const d = (y * widthPx + x) * 3;
      const up = direction[d + 2] as number;
      if (up < -0.02) continue;
      last = j;
      writeSkySample(coarse.subarray((j * columns + i) * 4), direction.subarray(d, d + 3), light, clouds, driftM);
    }
  }
  for (let y = 0; y < heightPx && y / cloudStep <= last; y++) {
    for (let x = 0; x < widthPx; x++) {
      const at = y * widthPx + x;
      if (range[at] !== Number.POSITIVE_INFINITY) continue;
      const i = Math.floor(x / cloudStep);
      const j = Math.floor(y / cloudStep);
      const sx = x / cloudStep - i;
      const sy = y / cloudStep - j;
      const a = (j * columns + i) * 4;
      const b = a + columns * 4;
      for (let c = 0; c < 3; c++) {
        const top = (coarse[a + c] as number) * (1 - sx) + (coarse[a + 4 + c] as number) * sx;
        const bottom = (coarse[b + c] as number) * (1 - sx) + (coarse[b + 4 + c] as number) * sx;
        frame[at * 3 + c] = top * (1 - sy) + bottom * sy;
      }
    }
  }
}

function writeSkySample(out: Float32Array, direction: Float32Array, light: Light, clouds: Noise, driftM: number): void {
  const d = [direction[0], direction[1], direction[2]] as unknown as Rgb;
  clearSky(light, d, out);
  const [e, n, up] = d;
  const far = cloudBaseM / Math.max(0.035, up);
  const { windToward, cloud } = light.weather;
  const x = (e * far - Math.cos(windToward) * driftM) / 1500;
  const y = (n * far - Math.sin(windToward) * driftM) / 1500;
  const shape = fractal(clouds, x, y, 5);
  const wanted = mix(0.62, -0.75, cloud);
  const cover = smoothstep(wanted - 0.08, wanted + 0.3, shape) * smoothstep(0.01, 0.07, up);
  if (cover <= 0) return;
  const { toward } = light.sun;
  const thick = smoothstep(wanted, wanted + 0.75, shape);
  const lit = fractal(clouds, x + toward[0] * 0.12, y + toward[1] * 0.12, 3) < shape ? 1 : 0.9;
  const nearSun = Math.max(0, e * toward[0] + n * toward[1] + up * toward[2]) ** 8;
  for (let c = 0; c < 3; c++) {
    const bright = (light.direct[c] as number) * (0.62 + 0.7 * nearSun) + (light.ambient[c] as number) * 0.9;
    const base = (light.ambient[c] as number) * 1.05 + (light.direct[c] as number) * 0.22;
    out[c] = mix(out[c] as number, mix(bright, base, thick) * lit, cover * 0.94);
  }
}
