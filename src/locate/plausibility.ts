import { pixelToRay } from '../camera/project.ts';
import type { Detection } from '../detect/detection.ts';
import type { Enu, SizePx } from '../geo/frames.ts';
import { pointOn } from '../geo/ray.ts';
import { type Foot, footOf } from './foot.ts';
import type { Ground } from './ground.ts';
import { heightPx, scaleAt } from './ground-scale.ts';
import { meetGround } from './meet-ground.ts';
import { pixelSigma } from './pixel-sigma.ts';
import { isInside } from './shore.ts';

/** Sizes that things of a label have in the picture: any height from one to the other, and a width up to the last, m. */
interface Sizes {
  readonly fromM: number;
  readonly toM: number;
  readonly widthToM: number;
}

/**
 * A person is 0.25 m high as a swimmer's head or lying, 0.85 m sitting, 1.75 m (σ 0.1) standing, 2.1 m with a pack or a
 * raised arm, and 2.3 m wide lying with what lies beside him; a boulder may hide any part of him. Tents for one to eight
 * sleepers, as makers sell them; boards and packrafts to sailing boats; marmots are no label, lambs to horses are.
 * Source of body heights: NCD-RisC (2016). A label that is not here has any size.
 */
const sizes: Readonly<Record<string, Sizes>> = {
  person: { fromM: 0.25, toM: 2.1, widthToM: 2.3 },
  tent: { fromM: 0.6, toM: 2.3, widthToM: 6 },
  boat: { fromM: 0.15, toM: 10, widthToM: 12 },
  animal: { fromM: 0.3, toM: 2.5, widthToM: 3.2 },
};

/** Beyond its sizes a label grows rare as a log-normal does: one standard deviation of the logarithm. */
const rareSigma = 0.2;
/** One standard deviation of a box's side: of px, and as a share of it. */
const boxSigma = { px: 1.5, share: 0.1 };
/** Share of things that stand on what no DEM knows, a tree, a jetty or a roof: their size says nothing. */
const unknownGround = 0.1;
/** A box that comes this near to the edge of the photo is cut by it, px. */
const edgePx = 2;
/** What may be hidden of a thing below its box, by boulders or grass, as shares of the box's height. */
const hiddenShares = [0, 0.15, 0.3, 0.5, 0.75];

/**
 * How well the size of a box fits its place, 0–1: the likelihood of its height and width on the ground given its label,
 * over that of the label's own sizes. 1 for all of these sizes; beyond them a log-normal's tail, as wide as the box and
 * nature leave it, down to the share of things whose ground is not known. The place is the kindest of those where the
 * foot may be by the errors of box and calibration, or behind what hides it; a box cut by the edge of the photo is at
 * least as large as it looks. Undefined: no size is known there, or any size fits the label.
 */
export function judgeSize(ground: Ground, detection: Detection): number | undefined {
  const known = sizes[detection.label];
  if (!known) return undefined;
  const { box } = detection;
  const cut = cutBy(box, ground.calibration.camera.sizePx);
  // Its foot is below the photo, nearer than anything that the photo shows.
  if (cut.below) return 1;
  let best: number | undefined;
  for (const { point, hiddenPx } of placesOf(ground, footOf(detection), box.h)) {
    const scale = scaleAt(ground, point);
    if (!scale) continue;
    const perM = heightPx(scale);
    const small = rarityBelow(box.h / perM, cut.anywhere ? 0 : known.fromM, box.h);
    const tall = rarityBeyond((box.h + hiddenPx) / perM, known.toM, box.h);
    const wide = rarityBeyond(box.w / scale.acrossPx, known.widthToM, box.w);
    best = Math.max(best ?? 0, Math.min(small, tall, wide));
    if (best === 1) return 1;
  }
  return best === undefined ? undefined : unknownGround + (1 - unknownGround) * best;
}

function cutBy({ x, y, w, h }: Detection['box'], { widthPx, heightPx: photoHeightPx }: SizePx) {
  const below = y + h >= photoHeightPx - edgePx;
  return { below, anywhere: below || x <= edgePx || y <= edgePx || x + w >= widthPx - edgePx };
}

/** Likelihood of a length over that of the longest a label has. `sidePx`: of the box, which says how well it is known. */
function rarityBeyond(lengthM: number, toM: number, sidePx: number): number {
  if (lengthM <= toM) return 1;
  const sigma = Math.hypot(rareSigma, boxSigma.share, boxSigma.px / sidePx);
  return Math.exp(-0.5 * (Math.log(lengthM / toM) / sigma) ** 2);
}

/** The same of the shortest. */
function rarityBelow(lengthM: number, fromM: number, sidePx: number): number {
  return rarityBeyond(1 / lengthM, 1 / fromM, sidePx);
}

/** Where a thing may stand, and how much of it is hidden then, px. */
interface Place {
  readonly point: Enu;
  readonly hiddenPx: number;
}

/** The places of a foot pixel: as it is, 1 and 2 σ higher and lower, and lower by what may be hidden of the thing. */
function placesOf(ground: Ground, foot: Foot, boxHeightPx: number): readonly Place[] {
  const own = standsAt(ground, foot, 0);
  const doubtPx = own === 'unknown' ? 0 : pixelSigma(ground.calibration, own);
  const sigma = Math.hypot(foot.sigmaVPx, doubtPx);
  const errors = [0, -sigma, sigma, -2 * sigma, 2 * sigma].map((lower) => ({ lower, hiddenPx: 0 }));
  const hidden = hiddenShares.map((share) => ({ lower: share * boxHeightPx, hiddenPx: share * boxHeightPx }));
  return [...errors, ...hidden].flatMap(({ lower, hiddenPx }) => {
    const point = standsAt(ground, foot, lower);
    return point === 'unknown' ? [] : [{ point, hiddenPx }];
  });
}

/** Where a foot so many px lower stands; where it meets no ground as far as is looked, it is at least as far away. */
function standsAt(ground: Ground, { pixel }: Foot, lower: number): Enu | 'unknown' {
  const { calibration, water, maxRangeM } = ground;
  const ray = pixelToRay(calibration.camera, { u: pixel.u, v: pixel.v + lower });
  if (!ray) return 'unknown';
  const hit = meetGround(ground, ray, maxRangeM, ({ point }) => water !== undefined && isInside(water.shore, point));
  if (hit.kind === 'hit') return hit.point;
  return hit.reason === 'beyond-range' || hit.reason === 'above-horizon' ? pointOn(ray, maxRangeM) : 'unknown';
}
