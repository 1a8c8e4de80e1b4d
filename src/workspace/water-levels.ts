import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type CsvRow, type CsvTable, numberIn, parseCsv } from '../csv.ts';
import { type Bilingual, ServiceError, toServiceError } from '../errors.ts';
import type { WaterReading } from '../geo/lake.ts';
import type { Faults } from './written-file.ts';

const file = 'water-levels.csv';
const columns = ['lake_id', 'date', 'level_m', 'sigma_m'];
/** What a person reads off a gauge is good to, where the file does not say, m. */
const readSigmaM = 0.05;

/**
 * Reads water-levels.csv (lake_id,date,level_m[,sigma_m]; heights in the datum of the DEM): readings by lake, in order
 * of time. A workspace without the file has none. What is wrong goes into `faults`.
 */
export async function readWaterLevels(
  folder: string,
  lakeIds: readonly string[],
  faults: Faults,
): Promise<ReadonlyMap<string, readonly WaterReading[]>> {
  const text = await readFile(path.join(folder, file), 'utf8').catch(() => undefined);
  const readings = new Map<string, WaterReading[]>();
  if (text === undefined) return readings;
  try {
    const table = parseCsv(text, file);
    checkColumns(table);
    for (const row of table.rows) {
      const id = findLake(row, lakeIds);
      const earlier = readings.get(id) ?? [];
      const reading = toReading(table, row);
      checkAlone(row, reading, earlier);
      readings.set(id, [...earlier, reading]);
    }
  } catch (thrown) {
    faults.push(toServiceError(thrown));
  }
  for (const of of readings.values()) of.sort((a, b) => a.at.getTime() - b.at.getTime());
  return readings;
}

function checkColumns({ columns: found }: CsvTable): void {
  const missing = columns.slice(0, 3).filter((column) => !found.includes(column));
  if (missing.length === 0) return;
  const why = { en: `the columns are ${found.join(', ')}`, fr: `les colonnes sont ${found.join(', ')}` };
  const wanted = columns.join(',');
  fail(1, why, { en: `Needed: ${wanted} (sigma_m may be left out).`, fr: `Il faut : ${wanted} (sigma_m facultatif).` });
}

function findLake({ line, cells }: CsvRow, lakeIds: readonly string[]): string {
  const id = cells.lake_id ?? '';
  if (lakeIds.includes(id)) return id;
  throw new ServiceError('lake-unknown', { file, line, lake: id, known: lakeIds.join(', ') || '–' });
}

function toReading(table: CsvTable, row: CsvRow): WaterReading {
  const sigmaM = row.cells.sigma_m ? numberIn(table, row, 'sigma_m') : readSigmaM;
  if (sigmaM < 0) {
    const mend = { en: 'A standard deviation is not negative.', fr: "Un écart type n'est pas négatif." };
    fail(row.line, { en: `sigma_m is ${sigmaM}`, fr: `sigma_m vaut ${sigmaM}` }, mend);
  }
  return { at: toInstant(row), heightM: numberIn(table, row, 'level_m'), sigmaM };
}

/** Two levels at one moment are no line between readings. */
function checkAlone({ line }: CsvRow, { at }: WaterReading, earlier: readonly WaterReading[]): void {
  if (!earlier.some((other) => other.at.getTime() === at.getTime())) return;
  const when = at.toISOString();
  fail(
    line,
    { en: `the lake has another level at ${when}`, fr: `le lac a déjà un niveau le ${when}` },
    { en: 'Keep one of them, or write the time of each.', fr: "Gardez l'un des deux, ou écrivez l'heure de chacun." },
  );
}

/** A date stands for its noon, UTC; an instant for itself. */
function toInstant({ line, cells }: CsvRow): Date {
  const written = cells.date ?? '';
  const at = new Date(/^\d{4}-\d{2}-\d{2}$/.test(written) ? `${written}T12:00:00Z` : written);
  if (/^\d{4}-\d{2}-\d{2}($|T.*(Z|[+-]\d{2}:\d{2})$)/.test(written) && !Number.isNaN(at.getTime())) return at;
  return fail(
    line,
    { en: `the date is "${written}"`, fr: `la date est « ${written} »` },
    {
      en: 'Write it as 2025-07-14, or with a time as 2025-07-14T10:00Z.',
      fr: 'Écrivez-la 2025-07-14, ou avec une heure 2025-07-14T10:00Z.',
    },
  );
}

function fail(line: number, why: Bilingual, mend: Bilingual): never {
  throw new ServiceError('file-invalid', { file, line, why, mend });
}
