import type { Polygon } from 'geojson';
import type { Enu } from '../geo/frames.ts';
import { toEnu } from '../geo/plane.ts';
import type { Ground } from '../locate/ground.ts';
import { onLevel, surfaceAt } from '../locate/surface-at.ts';
import { type Polylines, traceFrom, traceSeen, waterLift } from './drawn-surface.ts';

/** The seen parts of a polygon's rings, laid on the ground or on the water. EPSG:4326. */
export function drawOutline(ground: Ground, polygon: Polygon): Polylines {
  return polygon.coordinates.flatMap((ring) =>
    traceSeen(
      ground,
      walkRing(ground, ring, ({ eastM, northM }) => surfaceAt(ground, eastM, northM)),
    ),
  );
}

/** The seen parts of the shoreline, all of it at the level of the water. */
export function drawShoreline(ground: Ground): Polylines {
  const { water } = ground;
  if (!water) return [];
  const overWaterM = waterLift(ground);
  return water.shore.polygon.coordinates.flatMap((ring) => {
    const points = walkPlaces(ground, ring.map(toPlace), (place) => onLevel(water.surface, place));
    return traceFrom(ground, points, () => overWaterM);
  });
}

function toPlace([eastM = 0, northM = 0]: readonly number[]): Enu {
  return { eastM, northM, upM: 0 };
}

function walkRing(
  ground: Ground,
  ring: readonly (readonly number[])[],
  lay: (place: Enu) => Enu | undefined,
): Generator<Enu | undefined> {
  const { origin } = ground.calibration.camera;
  const places = ring.map(([lng = 0, lat = 0]) => toEnu(origin, { lng, lat, heightM: origin.heightM }));
  return walkPlaces(ground, places, lay);
}

/** Points along straight edges, closer near the camera, each laid on a surface. */
function* walkPlaces(
  ground: Ground,
  places: readonly Enu[],
  lay: (place: Enu) => Enu | undefined,
): Generator<Enu | undefined> {
  const { position } = ground.calibration.camera.pose;
  for (const [at, from] of places.entries()) {
    const to = places[at + 1];
    if (!to) break;
    const lengthM = Math.hypot(to.eastM - from.eastM, to.northM - from.northM);
    for (let along = 0; along < lengthM; ) {
      const share = along / lengthM;
      const eastM = from.eastM + share * (to.eastM - from.eastM);
      const northM = from.northM + share * (to.northM - from.northM);
      yield lay({ eastM, northM, upM: 0 });
      const rangeM = Math.hypot(eastM - position.eastM, northM - position.northM);
      along += Math.min(Math.max(0.01 * rangeM, 0.25), 4);
    }
  }
  const [last] = places.slice(-1);
  if (last) yield lay(last);
}
