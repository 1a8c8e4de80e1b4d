import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Written by hand: HTML, CSS, SVG. The same from src/ and from dist/. */
export const pageFolder = fileURLToPath(new URL('../../src/serve/page/', import.meta.url));
/** Compiled by `tsc -p src/serve/page`. */
export const scriptFolder = fileURLToPath(new URL('../../dist/serve/page/', import.meta.url));
/** MapLibre as npm installed it. */
export const maplibreFolder = path.dirname(createRequire(import.meta.url).resolve('maplibre-gl/dist/maplibre-gl.mjs'));

/** The Content-Security-Policy of every page: this service alone, and the one inline script that index.html has. */
export function contentPolicy(): string {
  const html = readFileSync(path.join(pageFolder, 'index.html'), 'utf8');
  const importMap = /<script type="importmap">([\s\S]*?)<\/script>/.exec(html)?.[1] ?? '';
  const hash = createHash('sha256').update(importMap).digest('base64');
  return [
    "default-src 'self'",
    `script-src 'self' 'sha256-${hash}'`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "form-action 'self'",
  ].join('; ');
}
