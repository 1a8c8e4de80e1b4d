import { countsErrors } from './errors/counts.ts';
import { databaseErrors } from './errors/database.ts';
import { datasetsErrors } from './errors/datasets.ts';
import type { Bilingual, Language } from './errors/entry.ts';
import { estimatesErrors } from './errors/estimates.ts';
import { filesErrors } from './errors/files.ts';
import { gcpsErrors } from './errors/gcps.ts';
import { geographyErrors } from './errors/geography.ts';
import { modelsErrors } from './errors/models.ts';
import { networksErrors } from './errors/networks.ts';
import { photosErrors } from './errors/photos.ts';
import { plansErrors } from './errors/plans.ts';
import { pullsErrors } from './errors/pulls.ts';
import { requestsErrors } from './errors/requests.ts';
import { reviewsErrors } from './errors/reviews.ts';
import { workspaceErrors } from './errors/workspace.ts';

export type { Bilingual, Language } from './errors/entry.ts';

/** The one table of coded errors, by theme. Each message says what is wrong, which thing, and what to do. */
export const errorTable = {
  ...filesErrors,
  ...photosErrors,
  ...geographyErrors,
  ...gcpsErrors,
  ...workspaceErrors,
  ...modelsErrors,
  ...datasetsErrors,
  ...reviewsErrors,
  ...estimatesErrors,
  ...countsErrors,
  ...networksErrors,
  ...plansErrors,
  ...pullsErrors,
  ...databaseErrors,
  ...requestsErrors,
} as const;

export type ErrorCode = keyof typeof errorTable;
/** Values for the `{name}` places of a message; a value in both languages takes the reader's. */
export type ErrorParams = Readonly<Record<string, string | number | Bilingual>>;

/** An error with a code of the table. `message` is English; `describeError` gives the other language. */
export class ServiceError extends Error {
  readonly code: ErrorCode;
  readonly params: ErrorParams;

  constructor(code: ErrorCode, params: ErrorParams = {}, options: { cause?: unknown } = {}) {
    super(fillTemplate(errorTable[code].en, params, 'en'), options);
    this.name = 'ServiceError';
    this.code = code;
    this.params = params;
  }
}

/** The message of a coded error in the reader's language. */
export function describeError(error: ServiceError, language: Language): string {
  return fillTemplate(errorTable[error.code][language], error.params, language);
}

/** Any thrown thing as a coded error: itself when it is one, else 'internal'. */
export function toServiceError(thrown: unknown): ServiceError {
  if (thrown instanceof ServiceError) return thrown;
  const why = thrown instanceof Error ? thrown.message : String(thrown);
  return new ServiceError('internal', { why }, { cause: thrown });
}

function fillTemplate(template: string, params: ErrorParams, language: Language): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = params[name] ?? whole;
    return typeof value === 'object' ? value[language] : String(value);
  });
}
