import type { Polygon } from 'geojson';
import { ServiceError } from '../errors.ts';
import type { Db } from './db.ts';

interface Validity {
  readonly valid: boolean;
  readonly reason: string | null;
  readonly place: string | null;
}

/**
 * Refuses a polygon that is not valid: on such a one the embedded engine answers spatial questions wrongly, without an
 * error.
 * @throws ServiceError geometry-invalid
 */
export async function checkOutline(db: Db, what: 'lake' | 'zone', id: string, outline: Polygon): Promise<void> {
  const [validity] = await db
    .query<Validity>(
      `select (detail).valid, (detail).reason, ST_AsText((detail).location, 6) as place
       from (select ST_IsValidDetail(ST_Force2D(ST_GeomFromGeoJSON($1))) as detail) as checked`,
      [JSON.stringify(outline)],
    )
    .catch((cause: ServiceError) => {
      const why = String(cause.params.why);
      throw new ServiceError('geometry-invalid', { what, id, why, place: '?' }, { cause });
    });
  if (validity?.valid) return;
  const { reason, place } = validity ?? {};
  throw new ServiceError('geometry-invalid', { what, id, why: reason ?? '?', place: place ?? '?' });
}
