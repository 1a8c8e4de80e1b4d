import { z } from '../../schema.ts';
import type { ServeDeps } from '../deps.ts';
import { defineRoute, named, type Route } from '../route.ts';

const healthSchema = named(
  'Health',
  z.object({
    status: z.literal('ok'),
    version: z.string().describe('Version of Rivage; a QGIS plugin of another version says so'),
    engine: z.enum(['pglite', 'postgres']).describe('pglite: the embedded database, read it through /ogc'),
    migrations: z.array(z.string()).describe('Names of the migrations that the database has, in order'),
  }),
);

/** GET /api/health. */
export function healthRoutes({ db, version }: ServeDeps): readonly Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/health',
      tag: 'service',
      summary: 'Whether the service and its database work, and their versions',
      answers: [{ status: 200, type: 'application/json', description: 'It works', schema: healthSchema }],
      handle: async () => {
        const rows = await db.query<{ name: string }>(
          "select name from rivage.migration where name <> 'views' order by name",
        );
        return {
          kind: 'json',
          body: { status: 'ok', version, engine: db.engine, migrations: rows.map(({ name }) => name) },
        };
      },
    }),
  ];
}
