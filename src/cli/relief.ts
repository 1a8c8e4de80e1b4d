import { readDemAround } from '../dem/geotiff.ts';
import { elevationUnder } from '../dem/grid.ts';
import { toServiceError } from '../errors.ts';
import type { LngLat } from '../geo/frames.ts';
import { toEnu } from '../geo/plane.ts';
import type { Log } from '../log.ts';
import { drawRelief, type ReliefPicture } from '../publish/relief.ts';
import type { Workspace } from '../workspace/workspace.ts';

/** Terrain is drawn to this many times the lake's own reach, and at least this far, m. */
const reach = { times: 3.2, leastM: 1200, mostM: 6000 };
const metresPerDegree = 111_320;

/** Draws the terrain around each lake when it is first asked for, and again when its shoreline was drawn anew. */
export function createReliefFinder(
  held: { readonly workspace: Workspace },
  log: Log,
): (lakeId: string) => Promise<ReliefPicture | undefined> {
  const drawn = new Map<string, { readonly around: string; readonly drawing: Promise<ReliefPicture | undefined> }>();
  return (lakeId) => {
    const { workspace } = held;
    const around = JSON.stringify(workspace.lakes.find(({ id }) => id === lakeId)?.shoreline);
    const known = drawn.get(lakeId);
    if (known?.around === around) return known.drawing;
    const drawing = drawLake(workspace, lakeId).catch((thrown: unknown) => {
      const { code, message } = toServiceError(thrown);
      log.warn('the map has no relief', { lake: lakeId, code, why: message });
      return undefined;
    });
    drawn.set(lakeId, { around, drawing });
    return drawing;
  };
}

async function drawLake({ lakes, dem }: Workspace, lakeId: string): Promise<ReliefPicture | undefined> {
  const lake = lakes.find(({ id }) => id === lakeId);
  if (!lake || !dem) return undefined;
  const { centre, radiusM } = enclose(lake.shoreline.coordinates[0] ?? []);
  const halfSideM = Math.min(reach.mostM, Math.max(reach.leastM, radiusM * reach.times));
  const origin = { ...centre, heightM: lake.waterLevelM };
  const grid = await readDemAround(dem, origin, halfSideM * Math.SQRT2);
  const heightAt = (place: LngLat): number | undefined => {
    const point = toEnu(origin, { ...place, heightM: lake.waterLevelM });
    return elevationUnder(grid, point);
  };
  return drawRelief(heightAt, centre, halfSideM);
}

function enclose(ring: readonly (readonly number[])[]): { readonly centre: LngLat; readonly radiusM: number } {
  const lngs = ring.map(([lng = 0]) => lng);
  const lats = ring.map(([, lat = 0]) => lat);
  const [west, east, south, north] = [Math.min(...lngs), Math.max(...lngs), Math.min(...lats), Math.max(...lats)];
  const centre = { lng: (west + east) / 2, lat: (south + north) / 2 };
  const eastScale = metresPerDegree * Math.cos((centre.lat * Math.PI) / 180);
  return { centre, radiusM: Math.hypot((east - west) * eastScale, (north - south) * metresPerDegree) / 2 };
}
