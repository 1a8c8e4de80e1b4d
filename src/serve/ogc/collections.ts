import type { Db } from '../../store/db.ts';
import type { MapView } from '../../store/map-views.ts';
import { crs84, crsUris, findStorageCrs } from './crs.ts';
import { selfLinks, types } from './links.ts';
import type { Collection } from './schemas.ts';

/** Describes a view as a collection; its extents are measured now. */
export async function describeCollection(
  db: Db,
  view: MapView,
  root: string,
  shown: 'json' | 'html',
): Promise<Collection> {
  const address = `${root}/collections/${view.name}`;
  const storageCrs = findStorageCrs(view);
  return {
    id: view.name,
    title: view.title,
    description: view.description,
    itemType: 'feature',
    crs: crsUris,
    ...(storageCrs && { storageCrs }),
    extent: await readExtent(db, view),
    links: [
      ...selfLinks(address, types.json, shown),
      { href: `${address}/items`, rel: 'items', type: types.geojson, title: 'Features' },
      { href: `${address}/items?f=html`, rel: 'items', type: types.html, title: 'Features, for people' },
    ],
  };
}

interface ExtentRow {
  readonly west: number | null;
  readonly south: number;
  readonly east: number;
  readonly north: number;
  readonly first: Date | string | null;
  readonly last: Date | string | null;
}

async function readExtent(db: Db, { name, srid, timeColumn }: MapView): Promise<Collection['extent']> {
  const geom = srid === 4326 ? 'geom' : 'ST_Transform(geom, 4326)';
  const time = timeColumn === undefined ? 'null' : quote(timeColumn);
  const [row] = await db.query<ExtentRow>(
    `with area as (select ST_Extent(${geom}) as box, min(${time}) as first, max(${time}) as last 
       from rivage.${quote(name)})
     select ST_XMin(box) as west, ST_YMin(box) as south, ST_XMax(box) as east, ST_YMax(box) as north, first, last from area`,
  );
  if (!row || row.west === null) return {};
  const { west, south, east, north, first, last } = row;
  const spatial = { bbox: [[west, south, east, north] as [number, number, number, number]], crs: crs84 };
  if (first === null || last === null) return { spatial };
  const trs = 'http://www.opengis.net/def/uom/ISO-8601/0/Gregorian';
  return { spatial, temporal: { interval: [[sayTime(first), sayTime(last)]], trs } };
}

/** Names come from the database's own catalogue; they are quoted all the same. */
function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A day of a date column begins at midnight UTC. */
function sayTime(time: Date | string): string {
  return (typeof time === 'string' ? new Date(time) : time).toISOString();
}
