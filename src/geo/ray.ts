import { degreesPerRadian } from './angles.ts';
import type { Enu, PlaneOrigin, Ray } from './frames.ts';
import { principalRadii } from './plane.ts';

/**
 * A water surface: all points of one height over the ellipsoid. In a tangent plane it falls away from the origin as
 * upM − eastBend·e² − northBend·n².
 */
export interface LevelSurface {
  /** Over the origin of the plane, m. */
  readonly upM: number;
  readonly eastBend: number;
  readonly northBend: number;
}

/** The water surface at a height, in the datum of the origin's own height. Right to 1 mm at 10 km. */
export function levelAt(origin: PlaneOrigin, heightM: number): LevelSurface {
  const { meridianM, normalM } = principalRadii(origin.lat / degreesPerRadian);
  return {
    upM: heightM - origin.heightM,
    eastBend: 1 / (2 * (normalM + heightM)),
    northBend: 1 / (2 * (meridianM + heightM)),
  };
}

/** Distance along a ray at which its light first meets a level surface from above; undefined when it never does. */
export function meetLevel(ray: Ray, level: LevelSurface): number | undefined {
  const { origin: o, direction: d } = ray;
  const { eastBend, northBend } = level;
  // Height over the surface: a + b·t + c·t².
  const a = o.upM + eastBend * o.eastM * o.eastM + northBend * o.northM * o.northM - level.upM;
  const b = d.upM + 2 * (eastBend * o.eastM * d.eastM + northBend * o.northM * d.northM);
  const c = eastBend * d.eastM * d.eastM + northBend * d.northM * d.northM - bendAlong(ray);
  const discriminant = b * b - 4 * a * c;
  if (!(a > 0) || discriminant < 0) return undefined;
  // The smaller positive root, in the form that does not cancel.
  const below = -b + Math.sqrt(discriminant);
  return below > 0 ? (2 * a) / below : undefined;
}

/** The point of a light path at distance t along its ray, m. */
export function pointOn(ray: Ray, t: number): Enu {
  const { origin, direction } = ray;
  return {
    eastM: origin.eastM + t * direction.eastM,
    northM: origin.northM + t * direction.northM,
    upM: origin.upM + t * direction.upM - bendAlong(ray) * t * t,
  };
}

/** How far light sinks below a ray: the answer times the square of the distance along the ray, m. */
export function bendAlong({ direction, bendPerM = 0 }: Ray): number {
  return bendPerM * (direction.eastM * direction.eastM + direction.northM * direction.northM);
}
