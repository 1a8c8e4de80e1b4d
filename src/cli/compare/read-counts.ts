import { type CsvRow, type CsvTable, parseCsv } from '../../csv.ts';
import { ServiceError } from '../../errors.ts';
import { counterparts } from '../../evaluate/agreement.ts';
import type { CountBin } from '../../evaluate/agreement-pairs.ts';
import type { CountMapping } from '../../workspace/count-mapping.ts';
import { readDay, readInstant } from './count-time.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** Counts of somebody else, by hours or by days. */
export interface OtherCounts {
  readonly bins: readonly CountBin[];
  /** Rows of the file, and those without a number: nobody counted there. */
  readonly rows: number;
  readonly blank: number;
  /** Hours of which only some shorter counts are there: they are left out. */
  readonly partHours: number;
}

/** What a row says; a day by its midnight in UTC. */
interface Counted {
  readonly atMs: number;
  readonly count: number;
}

/**
 * Reads a CSV of counts.
 * @param hourStartMs How much later than hours of UTC those of the lake begin, ms: 0 in most zones.
 * @throws ServiceError file-invalid, counts-*
 */
export function readCounts(text: string, file: string, mapping: CountMapping, hourStartMs: number): OtherCounts {
  const table = parseCsv(passOver(text, mapping.skipLines), file);
  for (const column of [mapping.time, mapping.timeOfDay, ...mapping.count]) {
    if (column === undefined || table.columns.includes(column)) continue;
    throw new ServiceError('counts-column-unknown', { file, column, columns: table.columns.join(', ') });
  }
  const isDaily = counterparts[mapping.quantity].bin === 'day';
  const taken = new Set<number>();
  const counted = table.rows.flatMap((row): Counted[] => {
    const count = countIn(table, row, mapping.count);
    if (count === undefined) return [];
    const atMs = isDaily ? dayIn(table, row, mapping) : instantIn(table, row, { mapping, taken, count });
    if (atMs === undefined) return [];
    if (taken.has(atMs))
      throw new ServiceError('counts-time-twice', { file, line: row.line, value: timeOf(row, mapping) });
    taken.add(atMs);
    if (mapping.quantity === 'passages') checkStart(table, row, { mapping, offsetMs: atMs - hourStartMs });
    return [{ atMs, count }];
  });
  const rows = table.rows.length;
  const blank = rows - counted.length;
  if (counted.length === 0) throw new ServiceError('counts-empty', { file, rows, blank });
  if (isDaily)
    return { bins: counted.map(({ atMs, count }) => ({ bin: atMs / dayMs, count })), rows, blank, partHours: 0 };
  return { ...toHours(counted, mapping, hourStartMs), rows, blank };
}

/** Keeps the numbers of the lines. */
function passOver(text: string, lines: number): string {
  return text
    .split('\n')
    .map((line, at) => (at < lines ? '' : line))
    .join('\n');
}

/** Sum of the columns; undefined: one of them has no number, so nobody knows. */
function countIn({ file }: CsvTable, { line, cells }: CsvRow, columns: readonly string[]): number | undefined {
  let sum: number | undefined = 0;
  for (const column of columns) {
    const value = cells[column] ?? '';
    if (/^(-|–|na|n\/a|nan|null)?$/i.test(value)) {
      sum = undefined;
      continue;
    }
    const number = Number(value.replace(/[\s\u00a0\u202f]/g, '').replace(',', '.'));
    if (!Number.isFinite(number)) throw new ServiceError('counts-number-unreadable', { file, line, column, value });
    if (number < 0) throw new ServiceError('counts-negative', { file, line, column, value });
    if (sum !== undefined) sum += number;
  }
  return sum;
}

function dayIn({ file }: CsvTable, row: CsvRow, mapping: CountMapping): number {
  return Date.parse(`${readDay({ file, line: row.line, text: timeOf(row, mapping) }, mapping)}T00:00:00Z`);
}

/** The start of a count. An hour that clocks showed twice in autumn is the second one when the first is taken; undefined: nothing was counted in an hour that there was not. */
function instantIn(
  { file }: CsvTable,
  row: CsvRow,
  { mapping, taken, count }: { mapping: CountMapping; taken: ReadonlySet<number>; count: number },
): number | undefined {
  const text = timeOf(row, mapping);
  const { atMs, kind } = readInstant({ file, line: row.line, text }, mapping);
  if (kind === 'gap' && count === 0) return undefined;
  if (kind === 'gap') {
    throw new ServiceError('counts-time-skipped', { file, line: row.line, value: text, zone: mapping.timeZone });
  }
  const start = mapping.binEnds && mapping.quantity === 'passages' ? atMs - mapping.binMin * 60_000 : atMs;
  // clocks go back by an hour everywhere but on Lord Howe Island
  return kind === 'overlap' && taken.has(start) ? start + hourMs : start;
}

function timeOf({ cells }: CsvRow, { time, timeOfDay }: CountMapping): string {
  return timeOfDay === undefined ? (cells[time] ?? '') : `${cells[time] ?? ''} ${cells[timeOfDay] ?? ''}`;
}

function checkStart(
  { file }: CsvTable,
  row: CsvRow,
  { mapping, offsetMs }: { mapping: CountMapping; offsetMs: number },
): void {
  const { binMin: minutes } = mapping;
  if (offsetMs % (minutes * 60_000) === 0) return;
  throw new ServiceError('counts-time-off', { file, line: row.line, value: timeOf(row, mapping), minutes });
}

/** Passages of an hour are added, where the whole hour is there; of occupancies the mean is taken. */
function toHours(
  counted: readonly Counted[],
  { quantity, binMin }: CountMapping,
  hourStartMs: number,
): Pick<OtherCounts, 'bins' | 'partHours'> {
  const hours = new Map<number, { sum: number; counts: number }>();
  for (const { atMs, count } of counted) {
    const bin = Math.floor((atMs - hourStartMs) / hourMs);
    const { sum, counts } = hours.get(bin) ?? { sum: 0, counts: 0 };
    hours.set(bin, { sum: sum + count, counts: counts + 1 });
  }
  const isPassages = quantity === 'passages';
  const bins = [...hours].flatMap(([bin, { sum, counts }]) => {
    if (isPassages && counts * binMin < 60) return [];
    return [{ bin, count: isPassages ? sum : sum / counts }];
  });
  return { bins, partHours: hours.size - bins.length };
}
