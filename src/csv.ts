import { parse } from 'csv-parse/sync';
import { ServiceError } from './errors.ts';

/** A row of a CSV file: its line in the file, from 1, and its cells by column name. */
export interface CsvRow {
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
}

export interface CsvTable {
  readonly file: string;
  readonly columns: readonly string[];
  readonly rows: readonly CsvRow[];
}

/**
 * Parses CSV with a header line; commas, semicolons or tabs between cells, whichever the header uses.
 * @throws ServiceError file-invalid
 */
export function parseCsv(text: string, file: string): CsvTable {
  const header = text.split(/\r?\n/).find((line) => line.trim() !== '') ?? '';
  const delimiter = [';', '\t'].find((candidate) => header.includes(candidate)) ?? ',';
  let records: { info: { lines: number }; record: string[] }[];
  try {
    // The types of csv-parse do not know that `info` wraps each record.
    const parsed: unknown = parse(text, { delimiter, bom: true, info: true, trim: true, skip_empty_lines: true });
    records = parsed as typeof records;
  } catch (cause) {
    const line = cause instanceof Error && 'lines' in cause ? Number(cause.lines) : 1;
    const why = { en: 'this row does not fit the header', fr: "cette ligne ne suit pas l'en-tête" };
    const mend = {
      en: 'Give each row as many cells as the header.',
      fr: "Donnez à chaque ligne autant de cases qu'à l'en-tête.",
    };
    throw new ServiceError('file-invalid', { file, line, why, mend }, { cause });
  }
  const [first, ...rest] = records;
  if (!first) {
    const why = { en: 'the file is empty', fr: 'le fichier est vide' };
    const mend = {
      en: 'Write a header line with the names of the columns.',
      fr: "Écrivez une ligne d'en-tête avec les noms des colonnes.",
    };
    throw new ServiceError('file-invalid', { file, line: 1, why, mend });
  }
  const columns = first.record;
  const rows = rest.map(({ info, record }) => ({
    line: info.lines,
    cells: Object.fromEntries(columns.map((column, at) => [column, record[at] ?? ''])),
  }));
  return { file, columns, rows };
}

/**
 * The number in a cell. A decimal comma is read too: in such a file semicolons stand between cells.
 * @throws ServiceError file-invalid
 */
export function numberIn({ file }: CsvTable, { line, cells }: CsvRow, column: string): number {
  const cell = cells[column] ?? '';
  const number = Number(cell.replace(',', '.'));
  if (cell !== '' && Number.isFinite(number)) return number;
  const why = { en: `the cell "${column}" holds "${cell}"`, fr: `la case « ${column} » contient « ${cell} »` };
  const mend = { en: 'A number is needed there.', fr: 'Il y faut un nombre.' };
  throw new ServiceError('file-invalid', { file, line, why, mend });
}
