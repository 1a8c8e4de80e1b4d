import { ServiceError } from '../../errors.ts';
import { z } from '../../schema.ts';
import type { Db } from '../../store/db.ts';
import type { ServeDeps } from '../deps.ts';
import { defineRoute, named, type Route } from '../route.ts';
import { bbox } from './parts.ts';

const lakeSchema = z.object({
  id: z.string(),
  name: z.string(),
  waterLevelM: z.number().describe('m, in the datum of the DEM'),
  timeZone: z.string().describe('IANA name; days and nights of the lake are counted in it'),
  bbox: bbox.describe('Of the lake with its zones and cameras: west, south, east, north; degrees, WGS84'),
  relief: z
    .object({ href: z.string(), bbox })
    .nullable()
    .describe('Shaded relief in EPSG:3857 to lay under a map; null where the workspace has no DEM'),
});
const lakesSchema = named('Lakes', z.object({ lakes: z.array(named('Lake', lakeSchema)) }));

const nightsSchema = named(
  'BivouacNights',
  z.object({
    nights: z.array(
      z.object({
        night: z.iso.date().describe('The night from 19:00 on this date to 09:00 on the next, local time of the lake'),
        tents: z.int().nullable().describe('Most tents at once; null: nobody could look, which is not the same as 0'),
        duskFrames: z.int(),
        dawnFrames: z.int(),
        modelId: z.string().nullable(),
      }),
    ),
  }),
);

const lakeId = z.strictObject({ lakeId: z.string() });

/** GET /api/lakes and what belongs to one lake. */
export function lakeRoutes(deps: ServeDeps): readonly Route[] {
  return [listRoute(deps), nightsRoute(deps), reliefRoute(deps)];
}

function listRoute({ db, findRelief }: ServeDeps): Route {
  return defineRoute({
    method: 'get',
    path: '/api/lakes',
    tag: 'places',
    summary: 'The lakes that cameras watch',
    answers: [{ status: 200, type: 'application/json', description: 'All lakes, by name', schema: lakesSchema }],
    handle: async () => {
      const lakes = await Promise.all(
        (await readLakeRows(db)).map(async (row) => {
          const relief = await findRelief?.(row.id);
          return {
            id: row.id,
            name: row.name,
            waterLevelM: row.water_level_m,
            timeZone: row.time_zone,
            bbox: [row.west, row.south, row.east, row.north],
            relief: relief ? { href: `/api/lakes/${encodeURIComponent(row.id)}/relief.png`, bbox: relief.bbox } : null,
          };
        }),
      );
      return { kind: 'json', body: { lakes } };
    },
  });
}

function nightsRoute({ db }: ServeDeps): Route {
  return defineRoute({
    method: 'get',
    path: '/api/lakes/{lakeId}/bivouac-nights',
    tag: 'places',
    summary: 'Tents of each night of the season at a lake; nights that nobody could look at are null',
    params: lakeId,
    answers: [{ status: 200, type: 'application/json', description: 'All nights, in order', schema: nightsSchema }],
    problems: ['not-found'],
    handle: async ({ params }) => {
      await checkLake(db, params.lakeId);
      const nights = await db.query(
        `select night::text as night, tents, dusk_frames as "duskFrames", dawn_frames as "dawnFrames", model_id as "modelId"
         from rivage.bivouac_night where lake_id = $1 and zone_id is null order by night`,
        [params.lakeId],
      );
      return { kind: 'json', body: { nights } };
    },
  });
}

function reliefRoute({ findRelief }: ServeDeps): Route {
  return defineRoute({
    method: 'get',
    path: '/api/lakes/{lakeId}/relief.png',
    tag: 'places',
    summary: "Shaded relief around a lake, from the workspace's own DEM",
    params: lakeId,
    answers: [{ status: 200, type: 'image/png', description: 'In EPSG:3857; its edges are in /api/lakes' }],
    problems: ['not-found'],
    handle: async ({ params }) => {
      const relief = await findRelief?.(params.lakeId);
      if (!relief)
        throw new ServiceError('not-found', {
          what: { en: 'relief', fr: 'relief' },
          id: params.lakeId,
          list: '/api/lakes',
        });
      return { kind: 'bytes', type: 'image/png', bytes: relief.png };
    },
  });
}

/** @throws ServiceError not-found */
export async function checkLake(db: Db, id: string): Promise<void> {
  const [lake] = await db.query('select from rivage.lake where lake_id = $1', [id]);
  if (!lake) throw new ServiceError('not-found', { what: { en: 'lake', fr: 'lac' }, id, list: '/api/lakes' });
}

interface LakeRow {
  readonly id: string;
  readonly name: string;
  readonly water_level_m: number;
  readonly time_zone: string;
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

function readLakeRows(db: Db): Promise<readonly LakeRow[]> {
  return db.query<LakeRow>(
    `with place as (
       select lake_id, geom from rivage.lake_map
       union all select lake_id, geom from rivage.zone_map
       union all select lake_id, geom from rivage.camera_map
     ),
     area as (select lake_id, ST_Extent(geom) as box from place group by lake_id)
     select l.lake_id as id, l.name, l.water_level_m, l.time_zone,
       ST_XMin(box) as west, ST_YMin(box) as south, ST_XMax(box) as east, ST_YMax(box) as north
     from rivage.lake_map as l join area using (lake_id) order by l.name`,
  );
}
