import type { Faults } from '../draw/sensor.ts';
import type { Rgb } from '../light/light.ts';
import type { Random } from '../random.ts';

/** What a cheap camera in the weather does to a picture. */
export interface Flaws {
  readonly faults: Faults;
  /** Standard deviation of its defocus, px; 0: sharp. */
  readonly defocusPx: number;
  /** Way that the picture moves while it is taken, px. */
  readonly smear: { readonly u: number; readonly v: number } | undefined;
  /** Of the JPEG, 1–100. */
  readonly quality: number;
}

/** Most cameras err a little, some much. */
export function chooseFlaws(random: Random): Flaws {
  const warm = random.normal(0.07);
  const green = random.normal(0.025);
  const balance: Rgb = [1 + warm, 1 + green, 1 - warm];
  const angle = random.between(0, 2 * Math.PI);
  const wayPx = random.between(0.8, 3.2);
  return {
    faults: {
      exposure: 2 ** (0.2 + random.normal(0.45)),
      balance,
      noise: random.chance(0.25) ? random.between(1.5, 4) : random.between(0.4, 1.5),
    },
    defocusPx: random.chance(0.35) ? random.between(0.3, 1.5) : 0,
    smear: random.chance(0.1) ? { u: wayPx * Math.cos(angle), v: wayPx * Math.sin(angle) } : undefined,
    quality: Math.round(random.between(40, 95)),
  };
}

/** Blurs linear light in place as the flaws want it; `scratch` has the frame's length. */
export function blurFrame(frame: Float32Array, scratch: Float32Array, widthPx: number, flaws: Flaws): void {
  if (flaws.defocusPx > 0) {
    const kernel = gaussian(flaws.defocusPx);
    convolve(frame, scratch, { step: 3, widthPx, kernel });
    convolve(scratch, frame, { step: 3 * widthPx, widthPx, kernel });
  }
  if (flaws.smear) smearFrame(frame, scratch, widthPx, flaws.smear);
}

function gaussian(sigma: number): readonly number[] {
  const reach = Math.ceil(2.5 * sigma);
  const weights = Array.from({ length: 2 * reach + 1 }, (_, i) => Math.exp(-((i - reach) ** 2) / (2 * sigma * sigma)));
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => weight / sum);
}

interface Pass {
  /** From one sample to the next along the kernel. */
  readonly step: number;
  readonly widthPx: number;
  readonly kernel: readonly number[];
}

function convolve(from: Float32Array, to: Float32Array, { step, widthPx, kernel }: Pass): void {
  const reach = (kernel.length - 1) / 2;
  const row = 3 * widthPx;
  for (let i = 0; i < from.length; i++) {
    const start = step === 3 ? i - (i % row) + (i % 3) : i % row;
    const end = step === 3 ? start + row - 3 : from.length - row + start;
    let sum = 0;
    for (let k = -reach; k <= reach; k++) {
      const at = Math.min(end, Math.max(start, i + k * step));
      sum += (kernel[k + reach] as number) * (from[at] as number);
    }
    to[i] = sum;
  }
}

function smearFrame(
  frame: Float32Array,
  scratch: Float32Array,
  widthPx: number,
  way: { readonly u: number; readonly v: number },
): void {
  scratch.set(frame);
  const heightPx = frame.length / 3 / widthPx;
  const shares = [-0.5, -0.25, 0, 0.25, 0.5];
  frame.fill(0);
  for (const share of shares) {
    const [du, dv] = [Math.round(share * way.u), Math.round(share * way.v)];
    for (let y = 0; y < heightPx; y++) {
      const py = Math.min(heightPx - 1, Math.max(0, y + dv));
      for (let x = 0; x < widthPx; x++) {
        const from = (py * widthPx + Math.min(widthPx - 1, Math.max(0, x + du))) * 3;
        const to = (y * widthPx + x) * 3;
        for (let c = 0; c < 3; c++)
          frame[to + c] = (frame[to + c] as number) + (scratch[from + c] as number) / shares.length;
      }
    }
  }
}
