import { findNodeAtLocation, type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import { z } from 'zod';
import { type Bilingual, ServiceError } from './errors.ts';

/** The door to zod: every schema of untrusted data is written with it. */
export { z };

/** Keys and indices that lead to a value in a JSON document. */
export type JsonPath = readonly (string | number)[];

/** Checked JSON that still knows its lines. */
export interface JsonDocument<Value> {
  readonly value: Value;
  /** 1-based line of the value at `path`, or of its nearest parent that exists. */
  readonly lineAt: (path: JsonPath) => number;
}

/**
 * Parses JSON that a person wrote: strict JSON, checked by `schema`; errors name file, line and mend.
 * @throws ServiceError file-invalid
 */
export function parseJsonFile<Schema extends z.ZodType>(schema: Schema, text: string, file: string): z.output<Schema> {
  return parseJsonDocument(schema, text, file).value;
}

/**
 * As `parseJsonFile`, for a caller that has checks of its own to report by line.
 * @throws ServiceError file-invalid
 */
export function parseJsonDocument<Schema extends z.ZodType>(
  schema: Schema,
  text: string,
  file: string,
): JsonDocument<z.output<Schema>> {
  const json = text.replace(/^\uFEFF/, '');
  const tree = parseStrict(json, file);
  const lineAt = (path: JsonPath) => lineOf(json, deepestNode(tree, path).offset);
  const input: unknown = JSON.parse(json);
  const result = schema.safeParse(input);
  if (result.success) return { value: result.data, lineAt };
  const issues = result.error.issues.flatMap(openUnion);
  const fault = worstIssue(issues).map((issue) => describeIssue(issue, schema, input))[0];
  if (!fault) throw new Error('a schema refused a value without saying why', { cause: result.error });
  throw new ServiceError('file-invalid', { file, line: lineAt(fault.path), why: fault.why, mend: fault.mend });
}

/** The candidate that was most likely meant by `written`, if one is near enough. */
export function findNearest(written: string, candidates: readonly string[]): string | undefined {
  const plain = (word: string) => word.toLowerCase().replace(/[^a-z0-9]/g, '');
  const ranked = candidates
    .map((candidate) => ({ candidate, distance: editDistance(plain(written), plain(candidate)) }))
    .sort((a, b) => a.distance - b.distance);
  const best = ranked[0];
  return best && best.distance <= Math.max(1, Math.floor(best.candidate.length / 3)) ? best.candidate : undefined;
}

function parseStrict(json: string, file: string): Node {
  const errors: ParseError[] = [];
  const tree = parseTree(json, errors, { disallowComments: true, allowTrailingComma: false });
  const first = json.trim() === '' ? undefined : errors[0];
  if (tree && !first) return tree;
  const why = first
    ? {
        en: `it is not JSON (${printParseErrorCode(first.error)})`,
        fr: `ce n'est pas du JSON (${printParseErrorCode(first.error)})`,
      }
    : { en: 'it is empty', fr: 'le fichier est vide' };
  const mend = {
    en: 'Look there for a missing or extra comma, quote or bracket.',
    fr: 'Cherchez à cet endroit une virgule, un guillemet ou un crochet manquant ou en trop.',
  };
  throw new ServiceError('file-invalid', { file, line: lineOf(json, first?.offset ?? 0), why, mend });
}

/** Puts unknown keys first: a misspelt key is also a missing one, and the misspelling is what to mend. */
function worstIssue(issues: readonly z.core.$ZodIssue[]): readonly z.core.$ZodIssue[] {
  return [...issues.filter((issue) => issue.code === 'unrecognized_keys'), ...issues];
}

/** What is wrong in the kind of value that was written, where several kinds may stand: one object, or a list of them. */
function openUnion(issue: z.core.$ZodIssue): readonly z.core.$ZodIssue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const meant = issue.errors.find((inner) =>
    inner.every(({ code, path }) => code !== 'invalid_type' || path.length > 0),
  );
  if (!meant) return [issue];
  return meant.flatMap((inner) => openUnion({ ...inner, path: [...issue.path, ...inner.path] }));
}

interface Fault {
  readonly path: JsonPath;
  readonly why: Bilingual;
  readonly mend: Bilingual;
}

function describeIssue(issue: z.core.$ZodIssue, schema: z.ZodType, input: unknown): Fault {
  const path = issue.path.filter((step) => typeof step !== 'symbol');
  if (issue.code === 'unrecognized_keys') return describeUnknownKey(path, issue.keys[0] ?? '', schema);
  const value = valueAt(input, path);
  const key = path.join('.');
  if (value === undefined && path.length > 0) return describeMissingKey(path, input);
  const shown = JSON.stringify(value)?.slice(0, 60);
  const needed = describeNeed(issue);
  const named = key ? `"${key}": ` : '';
  return {
    path,
    why: { en: `${named}${shown} does not fit`, fr: `${named}${shown} ne convient pas` },
    mend: { en: `Needed here: ${needed.en}.`, fr: `Attendu ici : ${needed.fr}.` },
  };
}

function describeUnknownKey(path: JsonPath, key: string, schema: z.ZodType): Fault {
  const known = knownKeys(schema, path);
  const near = findNearest(key, known);
  const list = known.join(', ');
  return {
    path: [...path, key],
    why: { en: `the key "${key}" is not known`, fr: `la clé « ${key} » est inconnue` },
    mend: near
      ? { en: `Did you mean "${near}"?`, fr: `Vouliez-vous dire « ${near} » ?` }
      : { en: `Known here: ${list}.`, fr: `Clés connues ici : ${list}.` },
  };
}

function describeMissingKey(path: JsonPath, input: unknown): Fault {
  const key = String(path.at(-1));
  const parent = valueAt(input, path.slice(0, -1));
  const written = typeof parent === 'object' && parent !== null && !Array.isArray(parent) ? Object.keys(parent) : [];
  const near = findNearest(key, written);
  return {
    path: near === undefined ? path : [...path.slice(0, -1), near],
    why: { en: `the key "${key}" is missing`, fr: `la clé « ${key} » manque` },
    mend: near
      ? { en: `Is "${near}" meant to be "${key}"?`, fr: `« ${near} » devrait-il être « ${key} » ?` }
      : { en: 'Add it.', fr: 'Ajoutez-la.' },
  };
}

const typeNames: Readonly<Record<string, Bilingual>> = {
  string: { en: 'a text in quotes', fr: 'un texte entre guillemets' },
  number: { en: 'a number', fr: 'un nombre' },
  int: { en: 'a whole number', fr: 'un nombre entier' },
  boolean: { en: 'true or false', fr: 'true ou false' },
  object: { en: 'an object { … }', fr: 'un objet { … }' },
  array: { en: 'a list [ … ]', fr: 'une liste [ … ]' },
};

function describeNeed(issue: z.core.$ZodIssue): Bilingual {
  switch (issue.code) {
    case 'invalid_type':
      return typeNames[issue.expected] ?? same(issue.message);
    case 'invalid_value':
      return choice(issue.values.map((value) => JSON.stringify(value)));
    case 'too_small':
      return bound(issue.origin, issue.inclusive === false ? '>' : '≥', issue.minimum);
    case 'too_big':
      return bound(issue.origin, issue.inclusive === false ? '<' : '≤', issue.maximum);
    case 'invalid_format':
      return describeFormat(issue);
    case 'invalid_union':
      return 'options' in issue && Array.isArray(issue.options)
        ? choice(issue.options.map((o) => JSON.stringify(o)))
        : same(issue.message);
    default:
      return same(issue.message);
  }
}

function describeFormat(issue: z.core.$ZodIssueInvalidStringFormat): Bilingual {
  if (issue.format === 'datetime') {
    return {
      en: 'date, time and offset from UTC, such as "2024-06-12T08:00:00+02:00"',
      fr: 'date, heure et décalage par rapport à UTC, par exemple "2024-06-12T08:00:00+02:00"',
    };
  }
  if (issue.format === 'regex' && issue.message.startsWith('Invalid string')) {
    return { en: `a text that matches ${issue.pattern}`, fr: `un texte conforme à ${issue.pattern}` };
  }
  return same(issue.message);
}

function bound(origin: string, sign: string, limit: number | bigint): Bilingual {
  if (origin === 'string')
    return { en: `a text of length ${sign} ${limit}`, fr: `un texte de longueur ${sign} ${limit}` };
  if (origin === 'array')
    return { en: `a list of length ${sign} ${limit}`, fr: `une liste de longueur ${sign} ${limit}` };
  return { en: `a number ${sign} ${limit}`, fr: `un nombre ${sign} ${limit}` };
}

function choice(options: readonly string[]): Bilingual {
  if (options.length === 1) return same(options[0] ?? '');
  return { en: `one of ${options.join(', ')}`, fr: `une valeur parmi ${options.join(', ')}` };
}

function same(text: string): Bilingual {
  return { en: text, fr: text };
}

/** The keys that `schema` knows for the object at `path`; none when it is no plain object. */
function knownKeys(schema: z.ZodType, path: JsonPath): readonly string[] {
  let at: z.ZodType | undefined = unwrapped(schema);
  for (const step of [...path, undefined]) {
    if (at instanceof z.ZodUnion) at = memberFor(at.options as readonly z.ZodType[], step);
    if (step === undefined) break;
    if (at instanceof z.ZodObject) at = unwrapped(at.shape[step] as z.ZodType | undefined);
    else if (at instanceof z.ZodArray) at = unwrapped(at.element as z.ZodType);
    else return [];
  }
  return at instanceof z.ZodObject ? Object.keys(at.shape) : [];
}

/** The member of a union that is a list where an index follows, else the one that is an object. */
function memberFor(members: readonly z.ZodType[], step: string | number | undefined): z.ZodType | undefined {
  return members.find((member) => member instanceof (typeof step === 'number' ? z.ZodArray : z.ZodObject));
}

function unwrapped(schema: z.ZodType | undefined): z.ZodType | undefined {
  const isWrapped =
    schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault;
  return isWrapped ? unwrapped(schema.unwrap() as z.ZodType) : schema;
}

function valueAt(input: unknown, path: JsonPath): unknown {
  return path.reduce<unknown>(
    (value, step) =>
      typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[step] : undefined,
    input,
  );
}

function deepestNode(tree: Node, path: JsonPath): Node {
  for (let depth = path.length; depth > 0; depth--) {
    const node = findNodeAtLocation(tree, path.slice(0, depth));
    if (node) return node;
  }
  return tree;
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

/** Levenshtein distance, in which two neighbours exchanged count as one change. Source: optimal string alignment. */
function editDistance(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, column) => column)];
  const at = (row: number, column: number) => rows[row]?.[column] ?? Number.POSITIVE_INFINITY;
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    rows.push(row);
    for (let j = 1; j <= b.length; j++) {
      const replaced = at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const exchanged =
        a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? at(i - 2, j - 2) + 1 : Number.POSITIVE_INFINITY;
      row.push(Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, replaced, exchanged));
    }
  }
  return at(a.length, b.length);
}
