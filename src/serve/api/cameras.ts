import { z } from '../../schema.ts';
import type { ServeDeps } from '../deps.ts';
import { defineRoute, named, type Route } from '../route.ts';
import { instant } from './parts.ts';

const cameraSchema = z.object({
  id: z.string(),
  name: z.string(),
  lakeId: z.string(),
  lng: z.number(),
  lat: z.number(),
  heightM: z.number().describe('Of the lens, m, in the datum of the DEM'),
  intervalMin: z.number().describe('Minutes between two photos, as programmed'),
  mountedFrom: instant.nullable(),
  mountedTo: instant.nullable(),
  headingDeg: z.number().nullable().describe('Clockwise from true north; null: not calibrated'),
  horizontalFieldDeg: z.number().nullable().describe('Angle of view from left to right; null: not calibrated'),
  calibrationRmsePx: z.number().nullable(),
  movedSince: instant
    .nullable()
    .describe('From then on it looks elsewhere than when it was calibrated: calibrate it anew; null: it does not'),
  photos: z.object({
    total: z.int(),
    usable: z.int(),
    unreadable: z.int(),
    analysed: z.int().describe('Analysed without failure by at least one model'),
    first: instant.nullable(),
    last: instant.nullable(),
  }),
});
const camerasSchema = named('Cameras', z.object({ cameras: z.array(named('Camera', cameraSchema)) }));

interface CameraRow extends Omit<z.output<typeof cameraSchema>, 'photos' | 'mountedFrom' | 'mountedTo' | 'movedSince'> {
  readonly movedSince: Date | null;
  readonly mountedFrom: Date | null;
  readonly mountedTo: Date | null;
}

interface PhotoCounts {
  readonly camera_id: string;
  readonly total: number;
  readonly usable: number;
  readonly unreadable: number;
  readonly analysed: number;
  readonly first: Date | null;
  readonly last: Date | null;
}

/** GET /api/cameras. */
export function cameraRoutes({ db }: ServeDeps): readonly Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/cameras',
      tag: 'places',
      summary: 'The cameras, with what their photos amount to',
      answers: [{ status: 200, type: 'application/json', description: 'All cameras, by id', schema: camerasSchema }],
      handle: async () => {
        const [rows, counts] = await Promise.all([db.query<CameraRow>(cameraSql), db.query<PhotoCounts>(countSql)]);
        const cameras = rows.map((row) => {
          const count = counts.find(({ camera_id }) => camera_id === row.id);
          const { first, last } = count ?? {};
          return {
            ...row,
            photos: {
              total: count?.total ?? 0,
              usable: count?.usable ?? 0,
              unreadable: count?.unreadable ?? 0,
              analysed: count?.analysed ?? 0,
              first: first ?? null,
              last: last ?? null,
            },
          };
        });
        return { kind: 'json', body: { cameras } };
      },
    }),
  ];
}

const cameraSql = `
  select m.camera_id as id, m.name, m.lake_id as "lakeId", ST_X(m.geom) as lng, ST_Y(m.geom) as lat,
    m.height_m as "heightM", m.interval_min as "intervalMin", m.mounted_from as "mountedFrom",
    m.mounted_to as "mountedTo", m.heading_deg as "headingDeg", m.calibration_rmse_px as "calibrationRmsePx", m.moved_since as "movedSince",
    -- A fisheye shows equal angles as equal distances.
    2 * degrees(case k.body #>> '{camera,lens,kind}' when 'fisheye' then f.ratio else atan(f.ratio) end)
      as "horizontalFieldDeg"
  from rivage.camera_map as m
  left join rivage.calibration as k using (calibration_id)
  cross join lateral (
    select (k.body #>> '{camera,sizePx,widthPx}')::float8 / 2 / (k.body #>> '{camera,lens,focalPx}')::float8 as ratio
  ) as f
  order by m.camera_id`;

const countSql = `
  select p.camera_id, count(*)::int as total,
    (count(*) filter (where p.visibility = 'usable'))::int as usable,
    (count(*) filter (where p.visibility = 'unreadable'))::int as unreadable,
    (count(*) filter (where exists (
      select from rivage.analysis as a where a.photo_id = p.photo_id and a.reason is null
    )))::int as analysed,
    min(p.taken_at) as first, max(p.taken_at) as last
  from rivage.photo as p
  group by p.camera_id`;
