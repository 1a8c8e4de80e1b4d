import type { Feature, FeatureCollection, MultiPolygon } from 'geojson';
import type { Zone } from '../../geo/lake.ts';
import { outlinePlaces } from '../../locate/viewshed.ts';
import { isFound, lookAt, type Site, thingLabels } from '../../plan/coverage.ts';
import type { SiteReport } from './site-report.ts';

/** A site plan for QGIS, EPSG:4326: the camera, what it sees, where the model finds most, and each zone with its shares. */
export function toSiteGeojson(site: Site, report: SiteReport, zones: readonly Zone[]): FeatureCollection {
  const { ground, view, limits } = site;
  const { camera, coverage } = report;
  const area = (what: string, areaM2: number | undefined, geometry: MultiPolygon): Feature => ({
    ...{ type: 'Feature', properties: { what, areaM2: Math.round(areaM2 ?? 0) } },
    geometry,
  });
  const found = thingLabels
    .filter((label) => limits[label] !== undefined)
    .map((label) => {
      const picks = (eastM: number, northM: number) => {
        const look = lookAt(site, { eastM, northM });
        return look !== undefined && isFound(look, label, limits) === true;
      };
      return area(`${label}s found`, coverage.foundM2[label], outlinePlaces(ground, view.cellM, picks));
    });
  const { lng, lat, ...aim } = camera;
  return {
    type: 'FeatureCollection',
    features: [
      area('seen', coverage.seenM2, outlinePlaces(ground, view.cellM, view.sees)),
      ...found,
      ...zones.map((zone): Feature => {
        const shares = report.zones.find(({ id }) => id === zone.id);
        const properties = {
          ...{ what: 'zone', zone: zone.name, kind: zone.kind, seen: shares?.seen },
          ...{ personsFound: shares?.found.person ?? null, tentsFound: shares?.found.tent ?? null },
        };
        return { type: 'Feature', properties, geometry: zone.polygon };
      }),
      { type: 'Feature', properties: { what: 'camera', ...aim }, geometry: { type: 'Point', coordinates: [lng, lat] } },
    ],
  };
}
