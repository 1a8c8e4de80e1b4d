import { ServiceError } from '../errors.ts';
import { idPattern, type Lake, type LakeId, type Zone, type ZoneId, zoneKinds } from '../geo/lake.ts';
import { z } from '../schema.ts';
import { type DrawnPolygon, readPolygons } from './geojson.ts';
import { findTimeZoneFault } from './time-zone.ts';
import { readWaterLevels } from './water-levels.ts';
import type { Faults } from './written-file.ts';

const lakeProperties = z.looseObject({
  id: z.string().regex(idPattern),
  name: z.string().min(1),
  waterLevelM: z.number().min(-500).max(9000),
  waterLevelSigmaM: z.number().min(0).max(100),
  timeZone: z.string(),
});

const zoneProperties = z.looseObject({
  id: z.string().regex(idPattern),
  lakeId: z.string(),
  kind: z.enum(zoneKinds),
  name: z.string(),
});

/** Reads lakes.geojson, and water-levels.csv where there is one. */
export async function readLakes(folder: string, faults: Faults): Promise<readonly Lake[]> {
  const drawn = await readPolygons(folder, 'lakes.geojson', lakeProperties, faults);
  faults.push(...findDuplicateIds(drawn));
  const readings = await readWaterLevels(
    folder,
    drawn.map(({ properties }) => properties.id),
    faults,
  );
  return drawn.map(({ properties, polygon, file, lineOf }): Lake => {
    const { id, name, waterLevelM, waterLevelSigmaM, timeZone } = properties;
    const zoneFault = findTimeZoneFault(timeZone, file, lineOf('timeZone'));
    if (zoneFault) faults.push(zoneFault);
    const waterReadings = readings.get(id) ?? [];
    return { id: id as LakeId, name, shoreline: polygon, waterLevelM, waterLevelSigmaM, waterReadings, timeZone };
  });
}

/** Lakes that other files may name; undefined while lakes.geojson is wrong, so that its fault is told once. */
export type KnownLakes = readonly Lake[] | undefined;

/** Reads zones.geojson, or another file like it, each zone beside one of `lakes`. */
export async function readZones(
  folder: string,
  lakes: KnownLakes,
  faults: Faults,
  file = 'zones.geojson',
): Promise<readonly Zone[]> {
  const drawn = await readPolygons(folder, file, zoneProperties, faults);
  faults.push(...findDuplicateIds(drawn));
  return drawn.map(({ properties, polygon, lineOf }): Zone => {
    const { id, lakeId, kind, name } = properties;
    const lakeFault = findLakeFault(lakeId, lakes, file, lineOf('lakeId'));
    if (lakeFault) faults.push(lakeFault);
    return { id: id as ZoneId, lakeId: lakeId as LakeId, kind, name, polygon };
  });
}

/** What is wrong with a lake's id at a place of a file; undefined: nothing. */
export function findLakeFault(lakeId: string, lakes: KnownLakes, file: string, line: number): ServiceError | undefined {
  if (!lakes || lakes.some((lake) => lake.id === lakeId)) return undefined;
  const known = lakes.map((lake) => lake.id).join(', ') || '–';
  return new ServiceError('lake-unknown', { file, line, lake: lakeId, known });
}

function findDuplicateIds(drawn: readonly DrawnPolygon<{ readonly id: string }>[]): readonly ServiceError[] {
  const seen = new Set<string>();
  return drawn.flatMap(({ properties: { id }, file, lineOf }) => {
    const isTwice = seen.has(id);
    seen.add(id);
    return isTwice ? [new ServiceError('id-duplicate', { file, line: lineOf('id'), id })] : [];
  });
}
