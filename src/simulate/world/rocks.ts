import { addEllipsoid, addTriangle, emptyMesh, type Mesh, unit, type Vec } from '../draw/mesh.ts';
import { project, rasterize, type Stand, windowOf } from '../draw/raster.ts';
import { placeThing, type Thing } from '../draw/thing.ts';
import { seen, type View } from '../draw/view.ts';
import type { Rgb } from '../light/light.ts';
import { fractal, type Noise } from '../noise.ts';
import { createRandom, type Random } from '../random.ts';
import { onShore, type Site } from './site.ts';

/** A boulder or a cairn that never moves. */
export interface Rock {
  readonly stand: Stand;
  /** Builds its shape, always the same. */
  readonly build: () => Mesh;
  /** A coarse body on the ground that throws its shadow. */
  readonly shade: Thing;
  readonly sizeM: number;
}

const greys: readonly [Rgb, ...Rgb[]] = [
  [0.21, 0.2, 0.185],
  [0.16, 0.152, 0.145],
  [0.26, 0.245, 0.22],
  [0.19, 0.165, 0.14],
  [0.13, 0.13, 0.125],
];

/** Boulders in drifts over the meadows and along the shore; more small ones than large ones. */
export function scatterRocks(site: Site, noise: Noise): readonly Rock[] {
  const random = createRandom(site.seed, 'rocks');
  const rocks: Rock[] = [];
  for (let tries = 0; tries < 5200; tries++) {
    const angle = random.between(-Math.PI, Math.PI);
    const backM = random.chance(0.3) ? random.between(-2.5, 3.5) : 3 + 190 * random.unit() ** 1.6;
    const place = onShore(site.shore, angle, backM);
    const drift = fractal(noise, place.eastM / 38 + 9, place.northM / 38 - 4, 2);
    const sizeM = Math.min(2.6, 0.13 * random.unit() ** -0.62);
    const welcome = backM < 4 ? 0.16 : Math.max(0, drift * 1.6 + 0.12);
    const inTheWay = site.trail.distanceM(place.eastM, place.northM) < 1.2 + sizeM || isCamp(site, place, sizeM);
    if (!random.chance(welcome) || inTheWay || isUnderMast(site, place)) continue;
    rocks.push(placeRock(site, place, sizeM, random));
  }
  return [...rocks, ...landmarks(site)];
}

/** Large blocks all over the valley, whose tops a surveyor can find again in the picture. */
function landmarks(site: Site): readonly Rock[] {
  const random = createRandom(site.seed, 'landmarks');
  return Array.from({ length: 90 }, (_, index) => {
    const backM = index < 30 ? random.between(7, 60) : random.between(40, 420);
    const place = onShore(site.shore, random.between(-Math.PI, Math.PI), backM);
    return { place, sizeM: index < 30 ? random.between(0.9, 1.6) : random.between(1.6, 4) };
  })
    .filter(({ place, sizeM }) => {
      const onTrail = site.trail.distanceM(place.eastM, place.northM) < 1.2 + sizeM;
      return !onTrail && !isCamp(site, place, sizeM) && !isUnderMast(site, place);
    })
    .map(({ place, sizeM }) => placeRock(site, place, sizeM, random));
}

function isCamp(site: Site, place: { eastM: number; northM: number }, sizeM: number): boolean {
  return site.camps.some(
    (camp) => sizeM > 0.25 && Math.hypot(place.eastM - camp.eastM, place.northM - camp.northM) < camp.radiusM + 1,
  );
}

function isUnderMast(site: Site, place: { eastM: number; northM: number }): boolean {
  return site.cameras.some(({ camera }) => {
    const { eastM, northM } = camera.pose.position;
    return Math.hypot(place.eastM - eastM, place.northM - northM) < 24;
  });
}

/** A boulder of a size at a place, sunk a little into the ground. */
function placeRock(site: Site, place: { eastM: number; northM: number }, sizeM: number, random: Random): Rock {
  const upM = site.grid.upM(place.eastM, place.northM) - sizeM * random.between(0.08, 0.22);
  const half = halfOf(sizeM, random);
  const key = random.unit();
  const turn = random.between(0, 2 * Math.PI);
  const shade = emptyMesh();
  addEllipsoid(shade, [0, 0, 0.35 * half[2]], [half[0] * 0.85, half[1] * 0.85, half[2]], () => [0, 0, 0]);
  const ground = { ...place, upM: site.grid.upM(place.eastM, place.northM), turn };
  const build = () => boulder(sizeM, half, createRandom(site.seed, 'boulder', key));
  return { stand: { ...place, upM, turn }, build, sizeM, shade: { mesh: shade, stand: ground, inWater: false } };
}

function halfOf(sizeM: number, random: Random): Vec {
  return [sizeM * random.between(0.45, 0.65), sizeM * random.between(0.4, 0.6), sizeM * random.between(0.4, 0.62)];
}

/** A lumpy block with flat facets: a sphere cut by random planes. */
export function boulder(sizeM: number, half: Vec, random: Random): Mesh {
  const colour = random.pick(greys);
  const cuts = Array.from({ length: 17 }, () => {
    const normal = unit([random.normal(1), random.normal(1), random.normal(0.8)]);
    return { normal, at: random.between(0.42, 0.85) };
  });
  const [rows, columns] = sizeM > 0.5 ? [13, 20] : [7, 10];
  const point = (row: number, column: number): Vec => {
    const tilt = (row / (rows - 1) - 0.5) * Math.PI;
    const turn = (column / columns) * 2 * Math.PI;
    const d: Vec = [Math.cos(tilt) * Math.cos(turn), Math.cos(tilt) * Math.sin(turn), Math.sin(tilt)];
    let reach = 1;
    for (const { normal, at } of cuts) {
      const facing = d[0] * normal[0] + d[1] * normal[1] + d[2] * normal[2];
      if (facing > 0.05) reach = Math.min(reach, at / facing);
    }
    return [d[0] * half[0] * reach, d[1] * half[1] * reach, (d[2] * reach + 0.3) * half[2]];
  };
  const mesh = emptyMesh();
  for (let row = 0; row + 1 < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const corners = [
        point(row, column),
        point(row, column + 1),
        point(row + 1, column),
        point(row + 1, column + 1),
      ] as const;
      const tone = random.between(0.82, 1.18) * (random.chance(0.12) ? 1.25 : 1);
      const facet: Rgb = [colour[0] * tone, colour[1] * tone, colour[2] * tone];
      addTriangle(mesh, [corners[0], corners[1], corners[2]], facet, [0, 0, half[2] * 0.3]);
      addTriangle(mesh, [corners[1], corners[3], corners[2]], facet, [0, 0, half[2] * 0.3]);
    }
  }
  return mesh;
}

/** Draws rocks into a view, where they hide the ground and are lit with it. */
export function drawRocks(view: View, rocks: readonly Rock[]): void {
  for (const rock of rocks) {
    if (!placeThing(rock.shade, view)) continue;
    const projected = project(rock.build(), rock.stand, view.camera);
    const window = projected && windowOf(projected.seen);
    if (!projected || !window || (window.w < 4 && window.h < 4)) continue;
    const { mesh, normals, seen: places } = projected;
    const columns = window.w;
    rasterize(mesh.triangles, places, { ...window, fine: 1 }, ({ sample, rangeM, corner }) => {
      const x = window.x + (sample % columns);
      const y = window.y + Math.floor(sample / columns);
      if (x < 0 || y < 0 || x >= view.widthPx || y >= view.heightPx) return;
      const at = y * view.widthPx + x;
      if (rangeM >= (view.range[at] as number)) return;
      const vertex = (mesh.triangles[corner] as number) * 3;
      view.range[at] = rangeM;
      view.kind[at] = seen.rock;
      for (let c = 0; c < 3; c++) {
        view.normal[at * 3 + c] = normals[vertex + c] as number;
        view.albedo[at * 3 + c] = mesh.colours[vertex + c] as number;
      }
    });
  }
}
