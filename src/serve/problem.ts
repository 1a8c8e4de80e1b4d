import { STATUS_CODES } from 'node:http';
import { describeError, type ErrorCode, errorTable, type Language, ServiceError, toServiceError } from '../errors.ts';
import { z } from '../schema.ts';
import { named } from './route.ts';

/** Media type of RFC 9457. */
export const problemType = 'application/problem+json';

const codes = Object.keys(errorTable) as [ErrorCode, ...ErrorCode[]];

/** Every error of the service, as RFC 9457 shapes it. */
export const problemSchema = named(
  'Problem',
  z.object({
    type: z.string().describe('A page that explains the code'),
    title: z.string(),
    status: z.int(),
    detail: z.string().describe('What is wrong, with which thing, and what to do, in the language asked for'),
    code: z.enum(codes).describe('Stable; made for programs'),
  }),
);

export type Problem = z.output<typeof problemSchema>;

/** Any thrown thing as a problem: the only place where a failure becomes an answer. */
export function toProblem(thrown: unknown, language: Language): Problem {
  const error = fromExpress(thrown) ?? toServiceError(thrown);
  const { status } = errorTable[error.code];
  return {
    type: `/api#problem-${error.code}`,
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail: describeError(error, language),
    code: error.code,
  };
}

/** What express and its body parser throw, as coded errors. */
function fromExpress(thrown: unknown): ServiceError | undefined {
  if (!(thrown instanceof Error) || thrown instanceof ServiceError) return undefined;
  const { type, status, limit } = thrown as Error & { type?: unknown; status?: unknown; limit?: unknown };
  if (type === 'entity.too.large') return new ServiceError('body-too-large', saySize(Number(limit)), { cause: thrown });
  if (typeof status !== 'number' || status < 400 || status > 499) return undefined;
  return new ServiceError('bad-request', { why: thrown.message }, { cause: thrown });
}

function saySize(bytes: number) {
  const [count, unit] = bytes < 1e6 ? [Math.round(bytes / 1e3), 'k'] : [Math.round(bytes / 2 ** 20), 'Mi'];
  return { most: { en: `${count} ${unit}B`, fr: `${count} ${unit}o` } };
}
