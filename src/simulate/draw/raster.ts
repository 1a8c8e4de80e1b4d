import type { Camera } from '../../camera/camera.ts';
import { worldToPixel } from '../../camera/project.ts';
import type { Mesh } from './mesh.ts';

/** Where a thing stands in the site's plane, and how it is turned: radians anticlockwise from east. */
export interface Stand {
  readonly eastM: number;
  readonly northM: number;
  readonly upM: number;
  readonly turn: number;
}

/** A mesh brought into the site's plane and into a picture. Index: vertex. */
export interface Projected {
  readonly mesh: Mesh;
  /** (n, 3): east, north, up, m. */
  readonly world: Float64Array;
  /** (n, 3): unit normals. */
  readonly normals: Float32Array;
  /** (n, 3): u, v in px, slant distance in m. */
  readonly seen: Float64Array;
}

/** Brings a mesh to its place and into a camera's picture; undefined: a part of it is behind the lens. */
export function project(mesh: Mesh, stand: Stand, camera: Camera): Projected | undefined {
  const count = mesh.positions.length;
  const world = new Float64Array(count);
  const normals = new Float32Array(count);
  const [c, s] = [Math.cos(stand.turn), Math.sin(stand.turn)];
  for (let i = 0; i < count; i += 3) {
    const x = mesh.positions[i] as number;
    const y = mesh.positions[i + 1] as number;
    world[i] = stand.eastM + x * c - y * s;
    world[i + 1] = stand.northM + x * s + y * c;
    world[i + 2] = stand.upM + (mesh.positions[i + 2] as number);
    const nx = mesh.normals[i] as number;
    const ny = mesh.normals[i + 1] as number;
    normals[i] = nx * c - ny * s;
    normals[i + 1] = nx * s + ny * c;
    normals[i + 2] = mesh.normals[i + 2] as number;
  }
  const seen = seeAll(world, camera);
  return seen && { mesh, world, normals, seen };
}

/** Pixels and distances of points of the site's plane; undefined: one of them is not in front of the lens. */
export function seeAll(world: Float64Array, camera: Camera): Float64Array | undefined {
  const { eastM, northM, upM } = camera.pose.position;
  const seen = new Float64Array(world.length);
  for (let i = 0; i < world.length; i += 3) {
    const [e, n, up] = [world[i] as number, world[i + 1] as number, world[i + 2] as number];
    const pixel = worldToPixel(camera, { eastM: e, northM: n, upM: up });
    if (!pixel) return undefined;
    seen[i] = pixel.u;
    seen[i + 1] = pixel.v;
    seen[i + 2] = Math.hypot(e - eastM, n - northM, up - upM);
  }
  return seen;
}

/** A rectangle of whole pixels of a picture, each cut in `fine` × `fine` samples; it may leave the picture. */
export interface Window {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
  readonly fine: number;
}

/** The window around projected points. `fine` grows as the thing shrinks; undefined: too large to be drawn. */
export function windowOf(seen: Float64Array, mostPx = 900): Window | undefined {
  const low = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY] as [number, number];
  const high = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY] as [number, number];
  for (let i = 0; i < seen.length; i += 3) {
    for (const axis of [0, 1] as const) {
      low[axis] = Math.min(low[axis], seen[i + axis] as number);
      high[axis] = Math.max(high[axis], seen[i + axis] as number);
    }
  }
  const [x, y] = [Math.floor(low[0]) - 1, Math.floor(low[1]) - 1];
  const [w, h] = [Math.ceil(high[0]) + 1 - x, Math.ceil(high[1]) + 1 - y];
  if (!(w > 0 && h > 0 && w < mostPx && h < mostPx)) return undefined;
  const side = Math.max(w, h);
  return { x, y, w, h, fine: side < 40 ? 5 : side < 90 ? 4 : side < 200 ? 3 : 2 };
}

/** A sample inside a triangle; a single one is filled again for every visit. */
export interface Hit {
  /** Index in the window. */
  sample: number;
  rangeM: number;
  /** Index of the triangle's first corner, and the weights of its first two. */
  corner: number;
  a: number;
  b: number;
}

/** Visits every sample of a window that a triangle covers, nearest or not: the visitor keeps the nearest. */
export function rasterize(
  triangles: readonly number[],
  seen: Float64Array,
  window: Window,
  visit: (hit: Hit) => void,
): void {
  const hit: Hit = { sample: 0, rangeM: 0, corner: 0, a: 0, b: 0 };
  const { fine } = window;
  const columns = window.w * fine;
  const rows = window.h * fine;
  for (let corner = 0; corner < triangles.length; corner += 3) {
    const i = (triangles[corner] as number) * 3;
    const j = (triangles[corner + 1] as number) * 3;
    const k = (triangles[corner + 2] as number) * 3;
    const ax = ((seen[i] as number) - window.x) * fine;
    const ay = ((seen[i + 1] as number) - window.y) * fine;
    const bx = ((seen[j] as number) - window.x) * fine;
    const by = ((seen[j + 1] as number) - window.y) * fine;
    const cx = ((seen[k] as number) - window.x) * fine;
    const cy = ((seen[k + 1] as number) - window.y) * fine;
    const area = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
    if (Math.abs(area) < 1e-9) continue;
    const left = Math.max(0, Math.ceil(Math.min(ax, bx, cx) - 0.5));
    const right = Math.min(columns - 1, Math.floor(Math.max(ax, bx, cx) - 0.5));
    const top = Math.max(0, Math.ceil(Math.min(ay, by, cy) - 0.5));
    const bottom = Math.min(rows - 1, Math.floor(Math.max(ay, by, cy) - 0.5));
    const [ra, rb, rc] = [seen[i + 2] as number, seen[j + 2] as number, seen[k + 2] as number];
    for (let y = top; y <= bottom; y++) {
      for (let x = left; x <= right; x++) {
        const px = x + 0.5;
        const py = y + 0.5;
        const a = ((bx - px) * (cy - py) - (by - py) * (cx - px)) / area;
        const b = ((cx - px) * (ay - py) - (cy - py) * (ax - px)) / area;
        const c = 1 - a - b;
        if (a < 0 || b < 0 || c < 0) continue;
        hit.sample = y * columns + x;
        hit.rangeM = a * ra + b * rb + c * rc;
        hit.corner = corner;
        hit.a = a;
        hit.b = b;
        visit(hit);
      }
    }
  }
}
