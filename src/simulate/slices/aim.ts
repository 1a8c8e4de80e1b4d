import type { Camera } from '../../camera/camera.ts';
import type { Random } from '../random.ts';
import { onShore, type Site, siteOrigin } from '../world/site.ts';
import type { Ground } from '../world/trail.ts';

/** Height of what is aimed at, m: between a tent and a person. */
const subjectM = 1.5;
const subjectPx = [8, 120] as const;
const distanceM = [8, 400] as const;
const liftM = [1.5, 40] as const;
/** A wider lens than this is no slice of a photo. */
const widestFocal = 0.8;

/** A camera somewhere over the shore that looks at some place of it, near by or far, as a slice of its photo would. */
export function aimCamera(site: Site, random: Random, sidePx: number): Camera {
  for (;;) {
    const target = chooseTarget(site, random);
    const awayM = logUniform(random, distanceM);
    const focalPx = (logUniform(random, subjectPx) * awayM) / subjectM;
    if (focalPx < widestFocal * sidePx) continue;
    const turn = random.between(0, 2 * Math.PI);
    const place = { eastM: target.eastM + awayM * Math.cos(turn), northM: target.northM + awayM * Math.sin(turn) };
    const upM = site.grid.upM(place.eastM, place.northM) + Math.min(0.7 * awayM, logUniform(random, liftM));
    const targetUpM = site.grid.upM(target.eastM, target.northM);
    if (!sees(site, { ...place, upM }, { ...target, upM: targetUpM + 0.5 })) continue;
    const fovDeg = (2 * Math.atan(sidePx / 2 / focalPx) * 180) / Math.PI;
    const [east, north] = [target.eastM - place.eastM, target.northM - place.northM];
    const headingDeg = (Math.atan2(east, north) * 180) / Math.PI + fovDeg * random.between(-0.35, 0.35);
    const pitchDeg = (Math.atan2(targetUpM - upM, awayM) * 180) / Math.PI + fovDeg * random.between(-0.3, 0.3);
    const pose = { position: { ...place, upM }, headingDeg: (headingDeg + 360) % 360, pitchDeg };
    return {
      origin: siteOrigin,
      pose: { ...pose, rollDeg: random.normal(1.3) },
      lens: {
        kind: 'brown-conrady',
        focalPx,
        centre: { u: sidePx / 2, v: sidePx / 2 },
        k1: -random.between(0, 0.06),
        k2: 0,
        k3: 0,
        p1: 0,
        p2: 0,
      },
      sizePx: { widthPx: sidePx, heightPx: sidePx },
    };
  }
}

function logUniform(random: Random, [low, high]: readonly [number, number]): number {
  return low * (high / low) ** random.unit();
}

/** On the shore, on the meadow or on the water. */
function chooseTarget(site: Site, random: Random): Ground {
  const [from, to] = random.pick([
    [-2, 7],
    [-2, 7],
    [4, 90],
    [4, 90],
    [4, 45],
    [-40, -4],
  ] as const);
  return onShore(site.shore, random.between(-Math.PI, Math.PI), random.between(from, to));
}

interface Point extends Ground {
  readonly upM: number;
}

/** Whether no ground stands between two points. */
function sees(site: Site, from: Point, to: Point): boolean {
  const steps = 24;
  for (let step = 1; step < steps; step++) {
    const share = step / steps;
    const between = (a: number, b: number) => a + (b - a) * share;
    const ground = site.grid.upM(between(from.eastM, to.eastM), between(from.northM, to.northM));
    if (between(from.upM, to.upM) < ground) return false;
  }
  return true;
}
