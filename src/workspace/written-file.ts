import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { ServiceError } from '../errors.ts';
import { type JsonDocument, parseJsonDocument, type z } from '../schema.ts';

/** A file of a workspace that was read and fits its schema. */
export interface WrittenFile<Value> extends JsonDocument<Value> {
  /** Path relative to the workspace folder, with forward slashes: what errors call it. */
  readonly file: string;
}

/** Where what is wrong with a workspace is collected, so that a person mends it in one go. */
export type Faults = ServiceError[];

/** Reads and checks one file of a workspace; undefined when it is wrong, with the reason in `faults`. */
export async function readWritten<Schema extends z.ZodType>(
  folder: string,
  file: string,
  schema: Schema,
  faults: Faults,
): Promise<WrittenFile<z.output<Schema>> | undefined> {
  try {
    const text = await readFile(path.join(folder, file), 'utf8');
    return { ...parseJsonDocument(schema, text, file), file };
  } catch (cause) {
    faults.push(cause instanceof ServiceError ? cause : toMissing(file, cause));
    return undefined;
  }
}

function toMissing(file: string, cause: unknown): ServiceError {
  const why = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
  return new ServiceError('file-missing', { file, why }, { cause });
}

/** What is wrong when a file that another one names is not there; undefined: it is there. */
export async function findMissingFile(
  place: string,
  params: { readonly file: string; readonly line: number; readonly named: string },
): Promise<ServiceError | undefined> {
  const found = await stat(place).catch(() => undefined);
  return found?.isFile() ? undefined : new ServiceError('named-file-missing', params);
}
