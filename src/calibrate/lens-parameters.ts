import type { BrownConradyLens, FisheyeLens, Lens } from '../camera/camera.ts';
import type { SizePx } from '../geo/frames.ts';

/** What is known of a lens before it is solved; without a kind: Brown–Conrady. */
export type KnownLens =
  | Partial<Omit<BrownConradyLens, 'focalPx'>>
  | (Pick<FisheyeLens, 'kind'> & Partial<Omit<FisheyeLens, 'kind' | 'focalPx'>>);

/** The lens that a search starts from: centred and without distortion, but for what is known. */
export function startLens({ widthPx, heightPx }: SizePx, focalPx: number | undefined, known: KnownLens = {}): Lens {
  const optics = {
    focalPx: focalPx ?? Math.max(widthPx, heightPx),
    centre: { u: widthPx / 2, v: heightPx / 2 },
    k1: 0,
    k2: 0,
    k3: 0,
  };
  if (known.kind === 'fisheye') return { ...optics, k4: 0, ...known };
  return { ...optics, p1: 0, p2: 0, ...known, kind: 'brown-conrady' };
}

/** The parameters of a lens in the order of parameterNames, from focalPx on; 0 for one that it has not. */
export function lensValues(lens: Lens): readonly number[] {
  const { focalPx, centre, k1, k2, k3 } = lens;
  const rest = lens.kind === 'fisheye' ? [0, 0, lens.k4] : [lens.p1, lens.p2, 0];
  return [focalPx, centre.u, centre.v, k1, k2, k3, ...rest];
}

/** A lens with each of its parameters moved by a step, in the order of lensValues. Its focal length stays positive. */
export function moveLens(lens: Lens, step: ArrayLike<number>): Lens {
  const by = (at: number) => step[at] ?? 0;
  const moved = {
    focalPx: Math.max(lens.focalPx + by(0), lens.focalPx / 4),
    centre: { u: lens.centre.u + by(1), v: lens.centre.v + by(2) },
    k1: lens.k1 + by(3),
    k2: lens.k2 + by(4),
    k3: lens.k3 + by(5),
  };
  if (lens.kind === 'fisheye') return { ...lens, ...moved, k4: lens.k4 + by(8) };
  return { ...lens, ...moved, p1: lens.p1 + by(6), p2: lens.p2 + by(7) };
}

/**
 * What the distortion of a lens is before it is solved, as Gaussians by column of parameterNames. A fisheye is thought
 * to lie between the orthographic (sin θ) and the straight (tan θ) one, whose terms are of that size.
 */
export function distortionPriors(lens: Lens): readonly { column: number; mean: number; sigma: number }[] {
  const sigmas = lens.kind === 'fisheye' ? [0.3, 0.13, 0.05, 0, 0, 0.02] : [0.5, 0.5, 0.5, 0.001, 0.001, 0];
  const values = lensValues(lens).slice(3);
  return sigmas.flatMap((sigma, at) => (sigma > 0 ? [{ column: 9 + at, mean: values[at] ?? 0, sigma }] : []));
}
