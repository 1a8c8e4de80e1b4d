import type { Link } from './schemas.ts';

/** Media types of OGC API Features. */
export const types = {
  json: 'application/json',
  geojson: 'application/geo+json',
  html: 'text/html',
  openapi: 'application/vnd.oai.openapi+json;version=3.0',
} as const;

/** The address of this page in its two forms. `type` is that of the form for programs. */
export function selfLinks(address: string, type: string, shown: 'json' | 'html'): Link[] {
  const at = (f: 'json' | 'html'): string => withFormat(address, f);
  const relation = (f: 'json' | 'html'): string => (f === shown ? 'self' : 'alternate');
  return [
    { href: at('json'), rel: relation('json'), type, title: 'For programs' },
    { href: at('html'), rel: relation('html'), type: types.html, title: 'For people' },
  ];
}

/** An address with its f parameter set. */
function withFormat(address: string, f: 'json' | 'html'): string {
  const url = new URL(address);
  url.searchParams.set('f', f);
  return url.href;
}
