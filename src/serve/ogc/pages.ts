import type { Language } from '../../errors.ts';
import type { MapView } from '../../store/map-views.ts';
import { escapeHtml, htmlPage, link, table } from '../html.ts';
import type { Collection, Link } from './schemas.ts';

const words = {
  en: {
    landing: 'OGC API Features',
    intro: 'Give this address to QGIS (Layer › Add layer › WFS / OGC API Features) or to ogr2ogr:',
    layers: 'Layers',
    conformance: 'Conformance',
    column: 'Column',
    type: 'Type',
    meaning: 'Meaning',
    features: 'Features',
    shown: (returned: number, matched: number) => `${returned} of ${matched} features.`,
    next: 'Next page',
    prev: 'Previous page',
    geojson: 'As GeoJSON',
  },
  fr: {
    landing: 'OGC API Features',
    intro: 'Donnez cette adresse à QGIS (Couche › Ajouter une couche › WFS / OGC API Features) ou à ogr2ogr :',
    layers: 'Couches',
    conformance: 'Conformité',
    column: 'Colonne',
    type: 'Type',
    meaning: 'Sens',
    features: 'Objets',
    shown: (returned: number, matched: number) => `${returned} objets sur ${matched}.`,
    next: 'Page suivante',
    prev: 'Page précédente',
    geojson: 'En GeoJSON',
  },
} as const;

/** The landing page for people. */
export function landingPage(body: { readonly links: readonly Link[] }, language: Language): string {
  const say = words[language];
  const root = new URL(body.links[0]?.href ?? 'http://127.0.0.1/ogc');
  const list = body.links.map(({ href, title = href, rel }) => `<li>${link(href, title)} <code>${rel}</code></li>`);
  const address = `<p><code>${escapeHtml(root.origin + root.pathname)}</code></p>`;
  return htmlPage(
    say.landing,
    language,
    `<p>${say.intro}</p>${address}<p>${link('/ogc/collections?f=html', say.layers)}</p><ul>${list.join('')}</ul>`,
  );
}

/** The conformance classes for people. */
export function conformancePage(conformsTo: readonly string[], language: Language): string {
  const items = conformsTo.map((uri) => `<li><code>${escapeHtml(uri)}</code></li>`);
  return htmlPage(words[language].conformance, language, `<ul>${items.join('')}</ul>`);
}

/** All layers for people. */
export function collectionsPage(collections: readonly Collection[], language: Language): string {
  const say = words[language];
  const rows = collections.map(({ id, title, description }) => [
    link(`/ogc/collections/${id}?f=html`, title),
    escapeHtml(description),
    link(`/ogc/collections/${id}/items?f=html&limit=100`, say.features),
  ]);
  return htmlPage(say.layers, language, table([say.layers, say.meaning, ''], rows));
}

/** One layer and its columns for people. */
export function collectionPage({ id, title, description }: Collection, view: MapView, language: Language): string {
  const say = words[language];
  const rows = view.columns.map((column) => [
    `<code>${escapeHtml(column.name)}</code>`,
    escapeHtml(column.type),
    escapeHtml(column.description),
  ]);
  const items = link(`/ogc/collections/${id}/items?f=html&limit=100`, say.features);
  const body = `<p>${escapeHtml(description)}</p><p>${items}</p>${table([say.column, say.type, say.meaning], rows)}`;
  return htmlPage(title, language, body);
}

interface ShownFeature {
  readonly id: number;
  readonly properties: Readonly<Record<string, unknown>>;
}

interface ShownPage {
  readonly features: readonly ShownFeature[];
  readonly links: readonly Link[];
  readonly numberMatched: number;
  readonly numberReturned: number;
}

/** A page of features as a table. */
export function featuresPage(page: ShownPage, view: MapView, language: Language): string {
  const say = words[language];
  const names = view.columns.map(({ name }) => name);
  const rows = page.features.map(({ id, properties }) =>
    names.map((name) =>
      name === 'fid' ? link(`/ogc/collections/${view.name}/items/${id}?f=html`, String(id)) : cell(properties[name]),
    ),
  );
  const steps = page.links.flatMap(({ rel, href }) => (rel === 'next' || rel === 'prev' ? [link(href, say[rel])] : []));
  const program = page.links.find(({ rel }) => rel === 'alternate');
  const body = `<p>${escapeHtml(view.description)}</p>
<p>${say.shown(page.numberReturned, page.numberMatched)} ${[...steps, program ? link(program.href, say.geojson) : ''].join(' · ')}</p>
${table(names, rows)}`;
  return htmlPage(view.title, language, body);
}

/** One feature as a table of its columns. */
export function featurePage({ id, properties }: ShownFeature, view: MapView, language: Language): string {
  const say = words[language];
  const rows = view.columns.map(({ name, description }) => [
    `<code>${escapeHtml(name)}</code>`,
    cell(name === 'fid' ? id : properties[name]),
    escapeHtml(description),
  ]);
  return htmlPage(`${view.title} ${id}`, language, table([say.column, '', say.meaning], rows));
}

function cell(value: unknown): string {
  return value === null || value === undefined ? '–' : escapeHtml(String(value));
}
