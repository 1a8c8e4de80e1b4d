import { calibrationJsonSchema } from '../../calibrate/calibration-json.ts';
import { freeGroups } from '../../calibrate/free.ts';
import { type Language, ServiceError } from '../../errors.ts';
import { z } from '../../schema.ts';
import type { Db } from '../../store/db.ts';
import type { CalibrationWish, SolvedCamera } from '../calibration-desk.ts';
import type { ServeDeps } from '../deps.ts';
import { defineRoute, named, type Route } from '../route.ts';
import { instant, instantParameter, rowParameter, widthParameter } from './parts.ts';
import { readPictureRequest } from './pictures.ts';

const solvedSchema = z.object({
  calibration: calibrationJsonSchema,
  advice: z.string().describe('One sentence for the person who clicked the points'),
  checks: z.array(
    z.object({
      check: z.string(),
      passed: z.boolean(),
      gcps: z.array(z.string()).describe('Names of the points that it is about'),
      sentence: z.string(),
    }),
  ),
});
const storedSchema = named(
  'StoredCalibration',
  solvedSchema.extend({ id: z.int().nullable().describe('null: solved, not stored'), cameraId: z.string() }),
);

const position = z.tuple([z.number(), z.number()]);
const viewshedSchema = z.object({
  type: z.literal('MultiPolygon'),
  coordinates: z.array(z.array(z.array(position))),
});
const seenSchema = named(
  'SeenCalibration',
  storedSchema.extend({
    viewshed: viewshedSchema.nullable().describe('The ground that the camera sees, EPSG:4326; null: not asked for'),
  }),
);

const historySchema = named(
  'CalibrationHistory',
  z.object({
    calibrations: z.array(
      z.object({
        id: z.int(),
        validFrom: instant.nullable().describe('null: since ever'),
        validTo: instant.nullable().describe('Itself not included; null: it still holds, unless withdrawn or replaced'),
        replacedBy: z.int().nullable().describe('Begins at the same time and was stored later; null: none'),
        withdrawnAt: instant.nullable().describe('null: in use'),
        origin: z.enum(['file', 'service']),
        photoPath: z.string().nullable().describe('The photo that its points were clicked in'),
        rmsePx: z.number(),
        looRmsePx: z.number().nullable(),
        aic: z.number().nullable(),
        gcps: z.int(),
        outliers: z.int(),
        photos: z.int().describe('Analysed photos whose sightings it placed'),
        createdAt: instant,
      }),
    ),
  }),
);

const wishSchema = named(
  'CalibrationWish',
  z.strictObject({
    gcps: z.array(
      z.strictObject({
        name: z.string().min(1),
        u: z.number().describe('px from the left edge of the photo'),
        v: z.number().describe('px from its top edge'),
        x: z.number().describe('In epsg: east, or longitude'),
        y: z.number().describe('North, or latitude'),
        z: z.number().describe('Height, m, in the datum of the DEM'),
        sigmaM: z.number().min(0).default(0).describe('One standard deviation of each coordinate, m'),
      }),
    ),
    epsg: z.int().positive(),
    photoPath: z.string().optional().describe('The photo that they were clicked in; absent: drift is not measured'),
    free: z.array(z.enum(freeGroups)).optional().describe('What to solve; absent: what so many points can carry'),
    validFrom: instantParameter.optional().describe('Absent: since ever'),
    validTo: instantParameter.optional().describe('Absent: until the next one begins'),
    viewshed: z.boolean().default(false).describe('true: answer the ground that the camera would see too'),
    save: z.boolean().default(false).describe('false: only try it'),
  }),
);

const cameraId = z.strictObject({ cameraId: z.string() });
const calibrationId = z.strictObject({ calibrationId: rowParameter });
const json = { status: 200, type: 'application/json' } as const;

/** Calibrations of cameras: their history, trying and storing new ones, and how they look on the photo. */
export function calibrationRoutes(deps: ServeDeps): readonly Route[] {
  return [listRoute(deps), solveRoute(deps), readRoute(deps), withdrawRoute(deps), drawRoute(deps)];
}

function listRoute({ db }: ServeDeps): Route {
  return defineRoute({
    method: 'get',
    path: '/api/cameras/{cameraId}/calibrations',
    tag: 'calibrations',
    summary: 'All calibrations that a camera ever had, the one that begins last first',
    params: cameraId,
    answers: [{ ...json, description: 'Those out of use too', schema: historySchema }],
    problems: ['not-found'],
    handle: async ({ params }) => {
      await checkCamera(db, params.cameraId);
      return { kind: 'json', body: { calibrations: await db.query(historySql, [params.cameraId]) } };
    },
  });
}

const historySql = `
  select calibration_id as id, valid_from as "validFrom", valid_to as "validTo",
    replaced_by as "replacedBy", withdrawn_at as "withdrawnAt", origin, reference_path as "photoPath",
    rmse_px as "rmsePx", loo_rmse_px as "looRmsePx", aic, gcps, outliers, photos,
    created_at as "createdAt"
  from rivage.calibration_history where camera_id = $1
  order by valid_from desc nulls last, calibration_id desc`;

function solveRoute({ db, calibrations }: ServeDeps): Route {
  return defineRoute({
    method: 'post',
    path: '/api/cameras/{cameraId}/calibrations',
    tag: 'calibrations',
    summary: 'Solve a camera from ground control points, and store it if wished; old sightings keep their calibration',
    params: cameraId,
    body: wishSchema,
    answers: [
      { ...json, description: 'Solved, not stored', schema: seenSchema },
      { ...json, status: 201, description: 'Solved and stored', schema: seenSchema },
    ],
    problems: ['body-invalid', 'not-found', 'epsg-unknown', 'gcps-too-few', 'gcps-no-solution', 'gcp-outside-picture'],
    handle: async ({ params, body, language }) => {
      await checkCamera(db, params.cameraId);
      checkWish(body);
      const { save, ...points } = body;
      const wish: CalibrationWish = { ...noWish, ...points };
      if (!save) {
        const solved = await calibrations.solve(params.cameraId, wish);
        const { viewshed = null } = solved;
        return { kind: 'json', body: { id: null, cameraId: params.cameraId, ...toAnswer(solved, language), viewshed } };
      }
      const saved = await calibrations.save(params.cameraId, wish);
      const { calibrationId: id, viewshed = null } = saved;
      const answer = { id, cameraId: params.cameraId, ...toAnswer(saved, language), viewshed };
      const headers = { Location: `/api/calibrations/${id}` };
      return { kind: 'json', status: 201, headers, body: answer };
    },
  });
}

/**
 * Refuses what no field by itself shows.
 * @throws ServiceError body-invalid
 */
function checkWish({ gcps, validFrom, validTo }: z.output<typeof wishSchema>): void {
  const twin = gcps.find(({ name }, at) => gcps.findIndex((other) => other.name === name) < at);
  if (twin) {
    const why = { en: `two points are named ${twin.name}`, fr: `deux points se nomment ${twin.name}` };
    throw new ServiceError('body-invalid', { field: 'gcps', why });
  }
  if (validFrom && validTo && validTo <= validFrom) {
    const why = { en: 'it is not after validFrom', fr: "il n'est pas après validFrom" };
    throw new ServiceError('body-invalid', { field: 'validTo', why });
  }
}

const noWish = { photoPath: undefined, free: undefined, validFrom: undefined, validTo: undefined };

function readRoute({ calibrations }: ServeDeps): Route {
  return defineRoute({
    method: 'get',
    path: '/api/calibrations/{calibrationId}',
    tag: 'calibrations',
    summary: 'A calibration: pose, lens, covariance, points with their residuals, checks',
    params: calibrationId,
    answers: [{ ...json, description: 'The calibration', schema: storedSchema }],
    problems: ['not-found', 'calibration-without-points'],
    handle: async ({ params, language }) => {
      const stored = await calibrations.read(params.calibrationId);
      const answer = { id: params.calibrationId, cameraId: stored.cameraId, ...toAnswer(stored, language) };
      return { kind: 'json', body: answer };
    },
  });
}

function withdrawRoute({ calibrations }: ServeDeps): Route {
  return defineRoute({
    method: 'delete',
    path: '/api/calibrations/{calibrationId}',
    tag: 'calibrations',
    summary: 'Take a calibration out of use; sightings that it placed keep it until they are located anew',
    params: calibrationId,
    answers: [{ ...json, description: 'Out of use', schema: named('Withdrawn', z.object({ id: z.int() })) }],
    problems: ['not-found', 'calibration-of-file'],
    handle: async ({ params }) => {
      await calibrations.withdraw(params.calibrationId);
      return { kind: 'json', body: { id: params.calibrationId } };
    },
  });
}

function drawRoute({ db, pictures, calibrations }: ServeDeps): Route {
  return defineRoute({
    method: 'get',
    path: '/api/calibrations/{calibrationId}/image',
    tag: 'calibrations',
    summary: 'The photo of a calibration with its points, a ground grid, the horizon and the zones; persons blurred',
    params: calibrationId,
    query: z.strictObject({ width: widthParameter }),
    answers: [{ status: 200, type: 'image/jpeg', description: 'Blurred whole while no model has looked for persons' }],
    problems: ['not-found', 'file-missing', 'outside-folders', 'calibration-without-points'],
    handle: async ({ params, query, language }) => {
      const path = await getReferencePath(db, params.calibrationId);
      // Of the file as it is now: other bytes may have had this path before, with persons elsewhere.
      const [row] = await db.query<{ id: string }>('select photo_id as id from rivage.photo_file where path = $1', [
        path,
      ]);
      const request = row ? await readPictureRequest(db, row.id, path) : { path, looks: [] };
      const photo = await pictures.photo(request, undefined);
      const bytes = await calibrations.draw(params.calibrationId, photo, { widthPx: query.width, language });
      return { kind: 'bytes', type: 'image/jpeg', bytes };
    },
  });
}

async function getReferencePath(db: Db, id: number): Promise<string> {
  const [row] = await db.query<{ path: string | null }>(
    'select reference_path as path from rivage.calibration where calibration_id = $1',
    [id],
  );
  const what = row
    ? { en: 'photo of the calibration', fr: 'photo de la calibration' }
    : { en: 'calibration', fr: 'calibration' };
  if (!row?.path) throw new ServiceError('not-found', { what, id, list: '/api/cameras/{cameraId}/calibrations' });
  return row.path;
}

/** @throws ServiceError not-found */
export async function checkCamera(db: Db, id: string): Promise<void> {
  const [camera] = await db.query('select from rivage.camera where camera_id = $1', [id]);
  if (!camera)
    throw new ServiceError('not-found', { what: { en: 'camera', fr: 'appareil' }, id, list: '/api/cameras' });
}

function toAnswer({ calibration, checks }: SolvedCamera, language: Language) {
  return {
    calibration,
    advice: calibration.advice?.[language] ?? '',
    checks: checks.map(({ sentence, ...check }) => ({ ...check, sentence: sentence[language] })),
  };
}
