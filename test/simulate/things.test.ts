import { describe, expect, it } from 'vitest';
import { cross, type Mesh, minus, type Vec } from '../../src/simulate/draw/mesh.ts';
import { boxAround, drawThing, placeThing, type Thing } from '../../src/simulate/draw/thing.ts';
import type { View } from '../../src/simulate/draw/view.ts';
import { lightAt } from '../../src/simulate/light/light.ts';
import type { Scene } from '../../src/simulate/light/scene.ts';
import { createRandom } from '../../src/simulate/random.ts';
import { animalKinds, animalPostures, buildAnimal } from '../../src/simulate/things/animals.ts';
import { anyBoatKinds, buildBoat, overturn } from '../../src/simulate/things/boats.ts';
import { buildClutter, clutterKinds } from '../../src/simulate/things/clutter/build-clutter.ts';
import { buildFigure } from '../../src/simulate/things/figure.ts';
import { dress } from '../../src/simulate/things/outfit.ts';
import { addFrost, buildTent } from '../../src/simulate/things/tents/build-tent.ts';
import { designAnyTent, designTent, type TentDesign } from '../../src/simulate/things/tents/tent-design.ts';
import { siteOrigin } from '../../src/simulate/world/site.ts';

const sidePx = 160;
const tentKinds = [
  'dome',
  'geodesic',
  'tunnel',
  'cabin',
  'bivy',
  'ridge',
  'pyramid',
  'bell',
  'tarp',
  'lean-to',
] as const;

/** Looks north at the origin from 20 m away, 4 m up, at nothing but sky. */
const view: View = {
  camera: {
    origin: siteOrigin,
    pose: { position: { eastM: 0, northM: -20, upM: 4 }, headingDeg: 0, pitchDeg: -8, rollDeg: 0 },
    lens: {
      kind: 'brown-conrady',
      focalPx: 420,
      centre: { u: sidePx / 2, v: sidePx / 2 },
      k1: 0,
      k2: 0,
      k3: 0,
      p1: 0,
      p2: 0,
    },
    sizePx: { widthPx: sidePx, heightPx: sidePx },
  },
  widthPx: sidePx,
  heightPx: sidePx,
  direction: new Float32Array(sidePx * sidePx * 3),
  range: new Float32Array(sidePx * sidePx).fill(Number.POSITIVE_INFINITY),
  kind: new Uint8Array(sidePx * sidePx),
  normal: new Float32Array(sidePx * sidePx * 3),
  albedo: new Float32Array(sidePx * sidePx * 3),
};

/** Clear air under a sun in the south (behind the lens) or in the north (behind the thing). */
function sceneOf(north: number, altitudeDeg = 35): Scene {
  const a = (altitudeDeg * Math.PI) / 180;
  const sun = { altitudeDeg, azimuthDeg: north < 0 ? 180 : 0, toward: [0, north * Math.cos(a), Math.sin(a)] as const };
  const weather = {
    sky: 'clear',
    cloud: 0.05,
    visualRangeM: 50_000,
    fogPerM: 0,
    windMs: 1,
    windToward: 0,
    temperatureC: 10,
  } as const;
  const air = { transmittance: () => 1, veil: () => undefined };
  return { instant: new Date(0), light: lightAt(sun, weather), air, sunShare: () => 1 };
}

function draw(mesh: Mesh, { skin, scene = sceneOf(-1) }: { skin?: Thing['skin']; scene?: Scene } = {}) {
  const stand = { eastM: 0, northM: 0, upM: 0, turn: 0.6 };
  const placed = placeThing({ mesh, stand, inWater: false, ...(skin ? { skin } : {}) }, view);
  if (!placed) throw new Error('it is not in the picture');
  const frame = new Float32Array(sidePx * sidePx * 3).fill(-1);
  return { frame, drawn: drawThing({ frame, front: view.range.slice() }, view, scene, placed) };
}

function designOf(kind: TentDesign['kind'], number = 0): TentDesign {
  const random = createRandom(number, 'test', kind);
  for (;;) {
    const design = designAnyTent(random);
    if (design.kind === kind) return design;
  }
}

function spanOf(mesh: Mesh, axis: number): readonly [number, number] {
  const values = mesh.positions.filter((_, i) => i % 3 === axis);
  return [Math.min(...values), Math.max(...values)];
}

function pointOf(values: readonly number[], vertex: number): Vec {
  return values.slice(vertex * 3, vertex * 3 + 3) as unknown as Vec;
}

/** Twice the area of the triangle that begins at a corner, m². */
function areaOf({ positions, triangles }: Mesh, corner: number): number {
  const [a, b, c] = triangles.slice(corner, corner + 3).map((vertex) => pointOf(positions, vertex));
  return a && b && c ? Math.hypot(...cross(minus(b, a), minus(c, a))) : 0;
}

/** Mean light of the pixels that a thing covers wholly. */
function brightness({ frame, drawn }: ReturnType<typeof draw>): number {
  const { window, visible } = drawn;
  let [sum, count] = [0, 0];
  visible.forEach((share, pixel) => {
    if (share < 1) return;
    const at = (window.y + Math.floor(pixel / window.w)) * sidePx + window.x + (pixel % window.w);
    sum += frame[at * 3 + 1] ?? 0;
    count++;
  });
  return sum / count;
}

const random = createRandom(7, 'things');
const things: readonly (readonly [string, Mesh])[] = [
  ...tentKinds.map((kind) => [kind, buildTent(designOf(kind)).tent] as const),
  ...animalKinds.flatMap((kind) =>
    animalPostures.map((posture) => [`${kind} ${posture}`, buildAnimal(kind, posture, random)] as const),
  ),
  ...anyBoatKinds.map((kind) => [kind, buildBoat(kind, [0.4, 0.1, 0.1])] as const),
  ...clutterKinds.map((kind) => [kind, buildClutter(kind, random)] as const),
  ...(['walking', 'sitting', 'lying'] as const).map(
    (posture) => [posture, buildFigure(dress(random, false), posture, random)] as const,
  ),
];

describe('things by the lake', () => {
  it.each(things)('a %s is boxed where the picture changes, and nowhere else', (_, mesh) => {
    const { frame, drawn } = draw(mesh);
    const box = boxAround(drawn.window, drawn.visible, 1e-6);
    if (!box) throw new Error('nothing was drawn');
    let outside = 0;
    const touched = { left: false, right: false, top: false, bottom: false };
    for (let at = 0; at < sidePx * sidePx; at++) {
      if (frame[at * 3] === -1) continue;
      const [x, y] = [at % sidePx, Math.floor(at / sidePx)];
      if (x < box.x || x >= box.x + box.w || y < box.y || y >= box.y + box.h) outside++;
      touched.left ||= x === box.x;
      touched.right ||= x === box.x + box.w - 1;
      touched.top ||= y === box.y;
      touched.bottom ||= y === box.y + box.h - 1;
    }
    expect(outside).toBe(0);
    expect(touched).toEqual({ left: true, right: true, top: true, bottom: true });
  });

  it.each(things)('a %s has finite points, and unit normals', (_, mesh) => {
    expect(mesh.positions.every(Number.isFinite)).toBe(true);
    expect(mesh.colours.every((value) => value >= 0 && value < 1)).toBe(true);
    expect(mesh.through).toHaveLength(mesh.positions.length / 3);
    expect(Math.max(...mesh.triangles)).toBeLessThan(mesh.positions.length / 3);
    const lengths = mesh.triangles
      .filter((_vertex, corner) => areaOf(mesh, corner - (corner % 3)) > 1e-9)
      .map((vertex) => Math.hypot(...pointOf(mesh.normals, vertex)));
    expect(lengths.filter((length) => Math.abs(length - 1) > 1e-3)).toEqual([]);
  });

  it.each(tentKinds)('a %s is as large as its design says, and stands on the ground', (kind) => {
    for (let number = 0; number < 6; number++) {
      const design = designOf(kind, number);
      const { tent } = buildTent(design);
      const [[left, right], [near, far], [foot, top]] = [spanOf(tent, 0), spanOf(tent, 1), spanOf(tent, 2)];
      expect((right - left) / design.lengthM).toBeGreaterThan(0.75);
      expect((right - left) / design.lengthM).toBeLessThan(1.6);
      expect((far - near) / design.widthM).toBeGreaterThan(0.6);
      expect((far - near) / design.widthM).toBeLessThan(1.45);
      expect(top / design.heightM).toBeGreaterThan(0.75);
      expect(top / design.heightM).toBeLessThan(1.3);
      expect(foot).toBeGreaterThan(-0.05);
      expect(foot).toBeLessThan(0.4);
    }
  });

  it.each(tentKinds.slice(0, 8))('a %s has no hole that one looks through', (kind) => {
    const { drawn } = draw(buildTent(designOf(kind, 2)).tent);
    const { window, outline } = drawn;
    for (let y = 0; y < window.h; y++) {
      const row = [...outline.slice(y * window.w, (y + 1) * window.w)].map((share) => (share > 0.5 ? '#' : '.'));
      expect(row.join('')).toMatch(/^\.*#*\.*$/);
    }
  });

  it('lets light through cloth: against the sun a tent is brighter than stone of its colour', () => {
    const { tent } = buildTent(designOf('dome'));
    const solid = { ...tent, through: tent.through.map(() => 0) };
    const against = { scene: sceneOf(1) };
    expect(brightness(draw(tent, against))).toBeGreaterThan(1.1 * brightness(draw(solid, against)));
  });

  it('lets a lamp glow in a tent at dusk, and wet cloth shine', () => {
    const { tent } = buildTent(designOf('pyramid'));
    const dusk = sceneOf(-1, -4);
    const dark = brightness(draw(tent, { scene: dusk }));
    const lamp = [0.01, 0.008, 0.005] as const;
    expect(brightness(draw(tent, { scene: dusk, skin: { shine: 0, lamp } }))).toBeGreaterThan(1.2 * dark);
    const dull = brightness(draw(tent));
    expect(brightness(draw(tent, { skin: { shine: 0.8, lamp: undefined } }))).toBeGreaterThan(dull);
  });

  it('whitens with frost what faces the sky, and leaves the rest', () => {
    const { tent } = buildTent(designOf('tunnel'));
    const before = [...tent.colours];
    addFrost(tent, 1, createRandom(1, 'frost'));
    for (let i = 0; i < before.length; i += 3) {
      const up = tent.normals[i + 2] ?? 0;
      if (up < 0.15) expect(tent.colours[i]).toBe(before[i]);
      if (up > 0.9) expect(tent.colours[i]).toBeGreaterThan(0.5);
    }
  });

  it('always builds the same tent of a design, with its cords apart', () => {
    const design = designTent(createRandom(3, 'season'));
    expect(buildTent(design)).toEqual(buildTent(design));
    const { tent, cords } = buildTent(design);
    expect(spanOf(cords, 0)[1]).toBeGreaterThan(0.9 * spanOf(tent, 0)[1]);
  });

  it('turns a boat over without moving its sides', () => {
    const boat = buildBoat('rowing boat', [0.5, 0.1, 0.1]);
    const [before, top] = [spanOf(boat, 0), spanOf(boat, 2)[1]];
    overturn(boat);
    expect(spanOf(boat, 0)).toEqual(before);
    expect(spanOf(boat, 2)[0]).toBeCloseTo(0, 6);
    expect(spanOf(boat, 2)[1]).toBeGreaterThan(0.8 * top);
  });
});
