import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { allRoutes } from '../../src/serve/app.ts';
import type { ServeDeps } from '../../src/serve/deps.ts';

const text = readFileSync(new URL('../../docs/reference/http-api.md', import.meta.url), 'utf8');
const routes = allRoutes({ version: '0.1.0', config: { language: 'en' } } as ServeDeps);

it('docs/reference/http-api.md has a row for every route, and none that is gone', () => {
  const documented = [...text.matchAll(/^\| `(GET|POST|PUT|DELETE) ([^`?]+)/gm)].map(
    ([, method, path]) => `${method} ${path}`,
  );
  const served = routes.map(({ method, path }) => `${method.toUpperCase()} ${path}`);
  // these two describe all others, in the list above the tables
  const describing = ['GET /api', 'GET /api/openapi.json'];
  expect(documented.toSorted()).toEqual(served.filter((route) => !describing.includes(route)).toSorted());
});
