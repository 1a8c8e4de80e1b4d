import type { Feature, Polygon } from 'geojson';
import type { Camera, Lake } from './data.ts';

const metresPerDegree = 111_320;
/** Shares of the wedge's length; drawn over each other they fade with distance. */
const rings = [1, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2];

/** What a camera looks at, as wedges that fade; none for a camera that is not calibrated. */
export function viewWedges(camera: Camera, lake: Lake): Feature<Polygon, { opacity: number }>[] {
  const { headingDeg, horizontalFieldDeg } = camera;
  if (headingDeg === null || horizontalFieldDeg === null) return [];
  const lengthM = lakeSize(lake) * 0.55;
  return rings.map((share) => ({
    type: 'Feature',
    geometry: wedge(camera, { headingDeg, fieldDeg: horizontalFieldDeg, lengthM: lengthM * share }),
    properties: { opacity: 0.014 },
  }));
}

interface Wedge {
  readonly headingDeg: number;
  readonly fieldDeg: number;
  readonly lengthM: number;
}

function wedge(camera: Camera, { headingDeg, fieldDeg, lengthM }: Wedge): Polygon {
  const eastScale = metresPerDegree * Math.cos((camera.lat * Math.PI) / 180);
  const arc = Array.from({ length: 13 }, (_, index) => {
    const bearing = ((headingDeg + fieldDeg * (index / 12 - 0.5)) * Math.PI) / 180;
    return [
      camera.lng + (Math.sin(bearing) * lengthM) / eastScale,
      camera.lat + (Math.cos(bearing) * lengthM) / metresPerDegree,
    ];
  });
  const apex = [camera.lng, camera.lat];
  return { type: 'Polygon', coordinates: [[apex, ...arc, apex]] };
}

/** Diagonal of the lake's box, m. */
function lakeSize({ bbox: [west, south, east, north] }: Lake): number {
  const eastScale = metresPerDegree * Math.cos((((south + north) / 2) * Math.PI) / 180);
  return Math.hypot((east - west) * eastScale, (north - south) * metresPerDegree);
}
