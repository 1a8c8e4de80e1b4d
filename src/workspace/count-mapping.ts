import { mkdir, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { ServiceError } from '../errors.ts';
import { parseJsonDocument, z } from '../schema.ts';
import { codeOf, replaceFile } from './replace-file.ts';
import { findTimeZoneFault } from './time-zone.ts';

/** How the CSV of a counter, or of people who counted, is to be read. */
const mappingSchema = z.strictObject({
  quantity: z.enum(['occupancy', 'passages', 'daily-total', 'daily-visitor-hours', 'daily-maximum']),
  time: z.string().min(1),
  timeOfDay: z.string().min(1).optional(),
  count: z.array(z.string().min(1)).min(1),
  timeZone: z.string().min(1),
  dateOrder: z.enum(['ymd', 'dmy', 'mdy']),
  binMin: z.int().min(1).max(60),
  binEnds: z.boolean(),
  skipLines: z.int().min(0),
});

/**
 * A stored mapping. `time`, `timeOfDay` and `count` name columns (several counts are added), `timeZone` is that of the
 * counter's clock; `binMin`: minutes that a count of passages lasts; `binEnds`: times are the ends of bins.
 */
export type CountMapping = z.output<typeof mappingSchema>;

const folder = 'counts';

/** @throws ServiceError mapping-unknown, file-invalid, time-zone-unknown */
export async function readCountMapping(workspaceFolder: string, name: string): Promise<CountMapping> {
  const file = fileOf(name);
  const text = await readFile(path.join(workspaceFolder, file), 'utf8').catch(async (cause: unknown) => {
    const names = await readdir(path.join(workspaceFolder, folder)).catch(() => []);
    const known = names.flatMap((one) => (one.endsWith('.json') ? one.slice(0, -'.json'.length) : []));
    throw new ServiceError('mapping-unknown', { name, known: known.sort().join(', ') || '–' }, { cause });
  });
  const { value: mapping, lineAt } = parseJsonDocument(mappingSchema, text, file);
  const fault = findTimeZoneFault(mapping.timeZone, file, lineAt(['timeZone']));
  if (fault) throw fault;
  return mapping;
}

/** Stores a mapping as counts/<name>.json of the workspace; its path there. @throws ServiceError file-not-written */
export async function writeCountMapping(workspaceFolder: string, name: string, mapping: CountMapping): Promise<string> {
  const file = fileOf(name);
  await mkdir(path.join(workspaceFolder, folder), { recursive: true }).catch((cause: unknown) => {
    throw new ServiceError('file-not-written', { file, why: codeOf(cause) }, { cause });
  });
  await replaceFile(path.join(workspaceFolder, file), `${JSON.stringify(mapping, null, 2)}\n`);
  return file;
}

/** With forward slashes, for messages. */
function fileOf(name: string): string {
  return `${folder}/${name}.json`;
}
