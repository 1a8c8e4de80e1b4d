import { worldToPixel } from '../camera/project.ts';
import { getCrs } from '../geo/crs.ts';
import type { Enu, Pixel } from '../geo/frames.ts';
import { fromEnu } from '../geo/plane.ts';
import { createRandom } from './random.ts';
import type { EmptyView } from './studio.ts';
import type { Rock } from './world/rocks.ts';
import { type Site, siteEpsg, siteOrigin } from './world/site.ts';

/** How well a person hits a rock in the picture, and a surveyor on the ground. */
const pixelSigmaPx = 1;
const groundSigmaM = 0.05;
const wantedGcps = 16;

interface Candidate {
  readonly top: Enu;
  readonly pixel: Pixel;
}

/** The GCP file of a camera: tops of blocks that it sees, spread over its picture, with the errors of people. */
export function surveyGcps(site: Site, rocks: readonly Rock[], empty: EmptyView): string {
  const random = createRandom(site.seed, 'gcps', empty.siteCamera.id);
  const crs = getCrs(siteEpsg);
  const scale = empty.view.widthPx / 1920;
  const lines = spread(candidatesOf(rocks, empty)).map(({ top, pixel }, index) => {
    const position = fromEnu(siteOrigin, top);
    const { x, y } = crs.fromLngLat(position);
    const u = pixel.u + random.normal(pixelSigmaPx * scale);
    const v = pixel.v + random.normal(pixelSigmaPx * scale);
    const ground = [x, y, position.heightM].map((value) => (value + random.normal(groundSigmaM)).toFixed(2));
    return [`rock-${index + 1}`, u.toFixed(1), v.toFixed(1), ...ground, groundSigmaM].join(',');
  });
  return `name,u,v,x,y,z,sigma_m\n${lines.join('\n')}\n`;
}

/** Tops of rocks that stand free in the picture and are at least 6 px high. */
function candidatesOf(rocks: readonly Rock[], { view }: EmptyView): readonly Candidate[] {
  const { camera } = view;
  const { position } = camera.pose;
  const scale = view.widthPx / 1920;
  const margin = 20 * scale;
  return rocks.flatMap((rock) => {
    const { stand } = rock;
    const rangeM = Math.hypot(stand.eastM - position.eastM, stand.northM - position.northM, stand.upM - position.upM);
    if ((rock.sizeM * camera.lens.focalPx) / rangeM < 7 * scale) return [];
    const top = topOf(rock);
    const pixel = worldToPixel(camera, top);
    if (!pixel || pixel.u < margin || pixel.u > view.widthPx - margin) return [];
    if (pixel.v < margin || pixel.v > view.heightPx * 0.955) return [];
    const below = Math.min(view.heightPx - 1, Math.floor(pixel.v) + 1) * view.widthPx + Math.floor(pixel.u);
    return Math.abs((view.range[below] as number) - rangeM) < rock.sizeM + 0.01 * rangeM ? [{ top, pixel }] : [];
  });
}

function topOf({ build, stand }: Rock): Enu {
  const mesh = build();
  let best = 0;
  for (let i = 0; i < mesh.positions.length; i += 3) {
    if ((mesh.positions[i + 2] as number) > (mesh.positions[best + 2] as number)) best = i;
  }
  const [x, y, z] = mesh.positions.slice(best, best + 3) as [number, number, number];
  const [c, s] = [Math.cos(stand.turn), Math.sin(stand.turn)];
  return { eastM: stand.eastM + x * c - y * s, northM: stand.northM + x * s + y * c, upM: stand.upM + z };
}

/** Picks one by one the candidate that is farthest from those picked: the picture is covered evenly. */
function spread(candidates: readonly Candidate[]): readonly Candidate[] {
  const picked: Candidate[] = [];
  const awayFromPicked = ({ pixel }: Candidate): number =>
    Math.min(...picked.map((other) => Math.hypot(other.pixel.u - pixel.u, other.pixel.v - pixel.v)));
  while (picked.length < wantedGcps && picked.length < candidates.length) {
    const best =
      picked.length === 0
        ? candidates[0]
        : candidates.reduce((a, b) => (awayFromPicked(b) > awayFromPicked(a) ? b : a));
    if (best) picked.push(best);
  }
  return picked;
}
