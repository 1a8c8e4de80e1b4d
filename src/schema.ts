import { findNodeAtLocation, type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import { z } from 'zod';
import { ServiceError } from './errors.ts';

/** The door to zod: every schema of untrusted data is written with it. */
export { z };

/**
 * Parses JSON that a person wrote: strict JSON, checked by `schema`; errors name file, line and mend.
 * @throws ServiceError file-invalid
 */
export function parseJsonFile<Schema extends z.ZodType>(schema: Schema, text: string, file: string): z.output<Schema> {
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
  const first = errors[0];
  if (first || !tree) {
    const why = first ? `it is not JSON (${printParseErrorCode(first.error)})` : 'it is empty';
    throw new ServiceError('file-invalid', {
      file,
      line: lineOf(text, first?.offset ?? 0),
      why,
      mend: 'Correct the JSON there.',
    });
  }
  const result = schema.safeParse(JSON.parse(text));
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const where = (issue?.path ?? []).filter((step) => typeof step !== 'symbol');
  const line = lineOf(text, deepestNode(tree, where, issue).offset);
  const why = `${where.length ? `"${where.join('.')}": ` : ''}${issue?.message ?? 'not as expected'}`;
  throw new ServiceError('file-invalid', { file, line, why, mend: 'Correct it and try again.' });
}

/** The node an issue is about: its own path, an unknown key if it names one, else the nearest parent that exists. */
function deepestNode(tree: Node, where: readonly (string | number)[], issue: z.core.$ZodIssue | undefined): Node {
  const full = issue?.code === 'unrecognized_keys' && issue.keys[0] !== undefined ? [...where, issue.keys[0]] : where;
  for (let depth = full.length; depth > 0; depth--) {
    const node = findNodeAtLocation(tree, full.slice(0, depth));
    if (node) return node;
  }
  return tree;
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}
