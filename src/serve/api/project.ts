import { ServiceError } from '../../errors.ts';
import { z } from '../../schema.ts';
import type { ServeDeps } from '../deps.ts';
import { checkProject } from '../project-file.ts';
import { defineRoute, named, type Route } from '../route.ts';

const storedSchema = named('StoredProject', z.object({ bytes: z.int().describe('Size of the file') }));
const path = '/api/project';
const type = 'application/octet-stream';

/** GET and PUT /api/project: one QGIS project for everybody who works with the workspace. */
export function projectRoutes({ project }: Pick<ServeDeps, 'project'>): readonly Route[] {
  return [
    defineRoute({
      method: 'get',
      path,
      tag: 'service',
      summary: 'The QGIS project stored in the workspace, a .qgz',
      answers: [{ status: 200, type, description: 'The file' }],
      problems: ['project-missing'],
      handle: async () => {
        const bytes = await project.read();
        if (!bytes) throw new ServiceError('project-missing');
        return { kind: 'bytes', type, bytes, headers: { 'Content-Disposition': 'attachment; filename="project.qgz"' } };
      },
    }),
    defineRoute({
      method: 'put',
      path,
      tag: 'service',
      summary: 'Store a QGIS project in the workspace, in place of the one before',
      upload: { types: [type, 'application/zip'], description: 'A .qgz: a zip that holds a .qgs; at most 32 MiB' },
      mostBytes: 32 * 2 ** 20,
      answers: [{ status: 200, type: 'application/json', description: 'Stored', schema: storedSchema }],
      problems: ['body-not-file', 'body-too-large', 'project-not-qgz', 'file-not-written'],
      handle: async ({ bytes }) => {
        checkProject(bytes);
        await project.write(bytes);
        return { kind: 'json', body: { bytes: bytes.length } };
      },
    }),
  ];
}
