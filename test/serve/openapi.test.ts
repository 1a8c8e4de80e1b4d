import { describe, expect, it } from 'vitest';
import { errorTable } from '../../src/errors.ts';
import { allRoutes } from '../../src/serve/app.ts';
import type { ServeDeps } from '../../src/serve/deps.ts';
import { describeApi } from '../../src/serve/openapi.ts';

// Documents are written from the table of routes alone; nothing here touches a database.
const routes = allRoutes({ version: '0.1.0', config: { language: 'en' } } as ServeDeps);
const text = { title: 'T', description: 'D', version: '1', serverUrl: 'http://127.0.0.1:8686', secured: false };
const document = describeApi(routes, { openapi: '3.1.1', ...text });
interface Operation {
  readonly operationId: string;
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly description?: string }[];
}
const paths = document.paths as Record<string, Record<string, Operation>>;

/** Every $ref in a document. */
function references(value: unknown): string[] {
  return [...JSON.stringify(value).matchAll(/"\$ref":"([^"]+)"/g)].map(([, ref = '']) => ref);
}

describe('the OpenAPI document', () => {
  it('has every route of the table, each with its own operation id', () => {
    const ids = routes.map((route) => paths[route.path]?.[route.method]?.operationId);
    expect(ids).not.toContain(undefined);
    expect(new Set(ids).size).toBe(routes.length);
  });

  it('refers only to schemas that it contains', () => {
    const schemas = (document.components as { schemas: Record<string, unknown> }).schemas;
    const found = references(document);
    expect(found.length).toBeGreaterThan(30);
    for (const ref of found) expect(schemas[ref.replace('#/components/schemas/', '')], ref).toBeDefined();
  });

  it('documents each path parameter that a path has', () => {
    for (const { path, method } of routes) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const documented = paths[path]?.[method]?.parameters.filter((one) => one.in === 'path');
      expect(documented?.map((one) => one.name)).toEqual(inPath);
    }
  });

  it('says what each query parameter of the API means', () => {
    for (const { path, method } of routes.filter((route) => route.path.startsWith('/api'))) {
      for (const one of paths[path]?.[method]?.parameters ?? []) {
        if (one.in === 'query' && one.name !== 'visibility')
          expect(one.description, `${path} ${one.name}`).toBeTruthy();
      }
    }
  });

  it('knows the whole table of errors', () => {
    expect(document).toMatchObject({
      components: { schemas: { Problem: { properties: { code: { enum: Object.keys(errorTable) } } } } },
    });
  });

  it('is OpenAPI 3.0 where 3.0 is asked for', () => {
    const older = JSON.stringify(describeApi(routes, { openapi: '3.0.3', ...text }));
    expect(older).not.toContain('"null"');
    expect(older).not.toContain('prefixItems');
    expect(older).toContain('"nullable":true');
  });
});
