import type { GroundCover } from '../world/ground-cover.ts';
import type { Site } from '../world/site.ts';
import { curvatureDropM } from '../world/terrain.ts';
import { seen, type View } from './view.ts';

/** Gives every ground pixel of a view its normal and colour, and tells water from land. */
export function coverSurface(view: View, site: Site, cover: GroundCover): void {
  const { eastM, northM, upM } = view.camera.pose.position;
  const { focalPx } = view.camera.lens;
  const { direction, range, kind, normal, albedo } = view;
  const colour = new Float32Array(3);
  for (let at = 0; at < kind.length; at++) {
    if (kind[at] !== seen.ground) continue;
    const r = range[at] as number;
    const e = eastM + r * (direction[at * 3] as number);
    const n = northM + r * (direction[at * 3 + 1] as number);
    const up = upM + r * (direction[at * 3 + 2] as number);
    if (up < 0.4 - curvatureDropM(e, n) && site.shore.offshoreM(e, n) < 0) {
      kind[at] = seen.water;
      continue;
    }
    const footprintM = r / focalPx;
    writeNormal(normal, at * 3, { site, cover, e, n, footprintM });
    const flatness = normal[at * 3 + 2] as number;
    const heightM = up + curvatureDropM(e, n);
    cover.colour({ eastM: e, northM: n, heightM, flatness, footprintM: footprintM * 1.6 }, colour);
    albedo.set(colour, at * 3);
  }
}

interface Spot {
  readonly site: Site;
  readonly cover: GroundCover;
  readonly e: number;
  readonly n: number;
  readonly footprintM: number;
}

function writeNormal(out: Float32Array, at: number, { site, cover, e, n, footprintM }: Spot): void {
  const { grid } = site;
  const wide = Math.max(1.2, footprintM * 2);
  const fine = Math.max(0.05, footprintM);
  const sharp = footprintM * 1.6;
  const relief = cover.reliefM(e, n, sharp);
  const up = grid.upM(e, n);
  const slopeE = (grid.upM(e + wide, n) - up) / wide + (cover.reliefM(e + fine, n, sharp) - relief) / fine;
  const slopeN = (grid.upM(e, n + wide) - up) / wide + (cover.reliefM(e, n + fine, sharp) - relief) / fine;
  const length = Math.hypot(slopeE, slopeN, 1);
  out[at] = -slopeE / length;
  out[at + 1] = -slopeN / length;
  out[at + 2] = 1 / length;
}
