import type { Feature, FeatureCollection, Polygon, Position } from 'geojson';
import type { DemRaster } from '../../dem/raster.ts';
import { getCrs } from '../../geo/crs.ts';
import type { ZoneKind } from '../../geo/lake.ts';
import { fromEnu, toEnu } from '../../geo/plane.ts';
import { onShore, type Site, siteEpsg, siteOrigin, siteTimeZone } from './site.ts';
import { curvatureDropM } from './terrain.ts';
import type { Ground } from './trail.ts';

export const lakeId = 'lac-sim';

/** lakes.geojson of a site. */
export function mapLake(site: Site): FeatureCollection<Polygon> {
  const properties = {
    id: lakeId,
    name: 'Lac simulé',
    waterLevelM: siteOrigin.heightM,
    waterLevelSigmaM: 0.1,
    timeZone: siteTimeZone,
  };
  return collect([{ type: 'Feature', properties, geometry: { type: 'Polygon', coordinates: [ringAround(site, 0)] } }]);
}

/** zones.geojson of a site. */
export function mapZones(site: Site): FeatureCollection<Polygon> {
  const zone = (id: string, kind: ZoneKind, name: string, coordinates: Position[][]): Feature<Polygon> => ({
    type: 'Feature',
    properties: { id, lakeId, kind, name },
    geometry: { type: 'Polygon', coordinates },
  });
  const inner = (backM: number): Position[] => [...ringAround(site, backM)].reverse();
  return collect([
    zone('water', 'water', 'Lake', [ringAround(site, 0)]),
    zone('shore', 'shore', 'Shore, 10 m', [ringAround(site, 10), inner(0)]),
    zone('trail', 'trail', 'Trail to the pass', [ringAlong(site, 2)]),
    zone('meadow', 'meadow', 'Meadows', [ringAround(site, 90), inner(10)]),
    ...site.camps.map((camp, index) =>
      zone(`bivouac-${index + 1}`, 'bivouac-area', `Bivouac area ${index + 1}`, [circle(camp, camp.radiusM + 2)]),
    ),
    zone('no-bivouac', 'no-bivouac', 'Wetland at the inlet', [circle(onShore(site.shore, 2.4, 32), 24)]),
  ]);
}

/** The DEM of a site: bare earth every 4 m over 2.4 × 2.4 km, water flat. */
export function mapDem(site: Site): DemRaster {
  const crs = getCrs(siteEpsg);
  const middle = crs.fromLngLat(siteOrigin);
  const [stepM, nodes] = [4, 601];
  const x0 = Math.round(middle.x) - (stepM * (nodes - 1)) / 2;
  const y0 = Math.round(middle.y) + (stepM * (nodes - 1)) / 2;
  const heights = new Float32Array(nodes * nodes);
  for (let row = 0; row < nodes; row++) {
    for (let col = 0; col < nodes; col++) {
      const position = crs.toLngLat({ x: x0 + col * stepM, y: y0 - row * stepM });
      const { eastM, northM } = toEnu(siteOrigin, { ...position, heightM: siteOrigin.heightM });
      heights[row * nodes + col] = siteOrigin.heightM + Math.max(0, site.terrain.heightM(eastM, northM));
    }
  }
  return { cols: nodes, rows: nodes, x0, y0, stepX: stepM, stepY: stepM, heights };
}

function collect(features: Feature<Polygon>[]): FeatureCollection<Polygon> {
  return { type: 'FeatureCollection', features };
}

/** A closed ring at a distance from the shore, anticlockwise. */
function ringAround(site: Site, backM: number): Position[] {
  return closed(Array.from({ length: 180 }, (_, i) => onShore(site.shore, (i / 90) * Math.PI, backM)));
}

function circle(centre: Ground, radiusM: number): Position[] {
  return closed(
    Array.from({ length: 32 }, (_, i) => ({
      eastM: centre.eastM + radiusM * Math.cos((i / 16) * Math.PI),
      northM: centre.northM + radiusM * Math.sin((i / 16) * Math.PI),
    })),
  );
}

/** A closed ring on both sides of the trail. */
function ringAlong(site: Site, halfWidthM: number): Position[] {
  const { trail } = site;
  const stations = Array.from({ length: Math.floor(trail.lengthM / 8) }, (_, i) => trail.at(i * 8));
  const offset =
    (by: number) =>
    (point: Ground & { direction: number }): Ground => ({
      eastM: point.eastM - by * Math.sin(point.direction),
      northM: point.northM + by * Math.cos(point.direction),
    });
  return closed([...stations.map(offset(-halfWidthM)), ...[...stations].reverse().map(offset(halfWidthM))]);
}

function closed(points: readonly Ground[]): Position[] {
  const ring = points.map(({ eastM, northM }): Position => {
    const { lng, lat } = fromEnu(siteOrigin, { eastM, northM, upM: -curvatureDropM(eastM, northM) });
    return [Number(lng.toFixed(8)), Number(lat.toFixed(8))];
  });
  return [...ring, ring[0] as Position];
}
