import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import type { TruthPoint } from '../../src/evaluate/labelled-photo.ts';

/** The heads that are labelled on a frame of the reference data's beach. */
export async function readHeads(file: string): Promise<readonly TruthPoint[]> {
  const rows: Record<string, string>[] = parse(await readFile(file, 'utf8'), { columns: true, trim: true });
  return rows.map((row) => ({ label: 'person', point: { u: Number(row.X), v: Number(row.Y) } }));
}
