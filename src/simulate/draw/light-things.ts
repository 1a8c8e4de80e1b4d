import type { Enu } from '../../geo/frames.ts';
import type { Rgb } from '../light/light.ts';
import type { Scene } from '../light/scene.ts';
import type { Projected, Stand } from './raster.ts';

/** What cloth does besides scattering light: one for a whole thing. */
export interface Skin {
  /** How much of the sun it throws back as a mirror would, 0–1: wet or silver cloth. */
  readonly shine: number;
  /** Radiance that a lamp inside gives to white cloth half a metre from it, linear RGB; undefined: no lamp. */
  readonly lamp: Rgb | undefined;
}

const channels = [0, 1, 2] as const;
const groundTint: Rgb = [0.17, 0.16, 0.11];
/** Height of a lamp over the ground, m. */
const lampUpM = 0.55;

/** Light on each vertex: sun, sky, what the ground throws back; and what comes through cloth. */
export function lightVertices(
  { mesh, normals, world }: Projected,
  { stand, skin }: { readonly stand: Stand; readonly skin?: Skin },
  scene: Scene,
  lens: Enu,
): Float32Array {
  const { light } = scene;
  const share = scene.sunShare(stand.eastM, stand.northM);
  const [sunE, sunN, sunUp] = light.sun.toward;
  const colours = new Float32Array(mesh.colours.length);
  for (let i = 0; i < colours.length; i += 3) {
    const through = mesh.through[i / 3] as number;
    const way = through > 0 ? seenSide(normals, world, i, lens) : 1;
    const nUp = (normals[i + 2] as number) * way;
    const facing = ((normals[i] as number) * sunE + (normals[i + 1] as number) * sunN) * way + nUp * sunUp;
    const direct = (Math.max(0, facing) + Math.max(0, -facing) * backlight(through)) * share;
    const open = 0.5 + 0.5 * nUp;
    for (const c of channels) {
      const below =
        ((light.direct[c] as number) * Math.max(0, sunUp) * share + (light.ambient[c] as number)) * groundTint[c];
      const arriving =
        (light.direct[c] as number) * direct + (light.ambient[c] as number) * (0.16 + 0.84 * open) * 0.92;
      colours[i + c] = (mesh.colours[i + c] as number) * (arriving + below * (1 - open));
    }
  }
  if (skin) addSkin(colours, { mesh, normals, world }, { skin, stand, share, scene, lens });
  return colours;
}

/** Of the sun on the far side: it comes in through one wall and out through another, or through a single sheet. */
function backlight(through: number): number {
  return through * (0.35 + 0.65 * through);
}

/** 1: a vertex shows the side that its normal points away from, −1: the other; between near the edge. */
function seenSide(normals: Float32Array, world: Float64Array, i: number, lens: Enu): number {
  const e = lens.eastM - (world[i] as number);
  const n = lens.northM - (world[i + 1] as number);
  const up = lens.upM - (world[i + 2] as number);
  const toLens = (normals[i] as number) * e + (normals[i + 1] as number) * n + (normals[i + 2] as number) * up;
  return Math.min(1, Math.max(-1, 0.5 + (5 * toLens) / Math.hypot(e, n, up)));
}

interface SkinTask {
  readonly skin: Skin;
  readonly stand: Stand;
  readonly share: number;
  readonly scene: Scene;
  readonly lens: Enu;
}

/** The sun's and the sky's gloss on cloth, and the lamp that shines through it. */
function addSkin(
  colours: Float32Array,
  { mesh, normals, world }: Pick<Projected, 'mesh' | 'normals' | 'world'>,
  { skin, stand, share, scene, lens }: SkinTask,
): void {
  const { light } = scene;
  const [sunE, sunN, sunUp] = light.sun.toward;
  for (let i = 0; i < colours.length; i += 3) {
    const through = mesh.through[i / 3] as number;
    if (through === 0) continue;
    const [e, n, up] = [world[i] as number, world[i + 1] as number, world[i + 2] as number];
    const away = Math.hypot(lens.eastM - e, lens.northM - n, lens.upM - up);
    const [viewE, viewN, viewUp] = [(lens.eastM - e) / away, (lens.northM - n) / away, (lens.upM - up) / away];
    const [nE, nN, nUp] = [normals[i] as number, normals[i + 1] as number, normals[i + 2] as number];
    const half = Math.hypot(viewE + sunE, viewN + sunN, viewUp + sunUp) || 1;
    const mirror = Math.max(0, nE * (viewE + sunE) + nN * (viewN + sunN) + nUp * (viewUp + sunUp)) / half;
    const gloss = skin.shine * share * (1.6 * mirror ** 90 + 0.3 * mirror ** 14);
    const grazing = (1 - Math.min(1, Math.abs(nE * viewE + nN * viewN + nUp * viewUp))) ** 3;
    const sky = skin.shine * 0.5 * (0.08 + grazing) * Math.max(0, nUp + 0.3);
    const lampM2 = (e - stand.eastM) ** 2 + (n - stand.northM) ** 2 + (up - stand.upM - lampUpM) ** 2;
    for (const c of channels) {
      const lamp = skin.lamp ? ((skin.lamp[c] as number) * through * 2) / (0.25 + lampM2) : 0;
      colours[i + c] =
        (colours[i + c] as number) +
        gloss * (light.direct[c] as number) +
        sky * (light.horizon[c] as number) +
        lamp * (mesh.colours[i + c] as number);
    }
  }
}
