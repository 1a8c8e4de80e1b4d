/**
 * The one table of coded errors. Each message says what is wrong, which thing, and what to do,
 * in English and in French; `{name}` is replaced by the parameter of that name.
 */
export type Language = 'en' | 'fr';
export type Bilingual = Readonly<Record<Language, string>>;

interface ErrorEntry extends Bilingual {
  /** HTTP status of the answer when this error reaches a request. */
  readonly status: number;
}

export const errorTable = {
  internal: {
    status: 500,
    en: 'Something failed inside Rivage: {why}. Please report it with the log.',
    fr: 'Une erreur interne de Rivage est survenue : {why}. Merci de la signaler avec le journal.',
  },
  'bad-request': {
    status: 400,
    en: 'The request is not valid: {why}. Correct it and send it again.',
    fr: "La requête n'est pas valide : {why}. Corrigez-la et renvoyez-la.",
  },
  'not-found': {
    status: 404,
    en: 'There is no {what} named {id}. See the list at {list}.',
    fr: "Il n'existe pas de {what} nommé {id}. Voir la liste : {list}.",
  },
  'bad-option': {
    status: 400,
    en: 'Option {option} has the value "{value}": {why}. See --help.',
    fr: "L'option {option} a la valeur « {value} » : {why}. Voir --help.",
  },
  'file-missing': {
    status: 404,
    en: 'The file {file} does not exist or cannot be read ({why}). Check the path.',
    fr: "Le fichier {file} n'existe pas ou ne peut pas être lu ({why}). Vérifiez le chemin.",
  },
  'file-invalid': {
    status: 422,
    en: '{file}, line {line}: {why}. {mend}',
    fr: '{file}, ligne {line} : {why}. {mend}',
  },
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof errorTable;
export type ErrorParams = Readonly<Record<string, string | number>>;

/** An error with a code of the table. `message` is English; `describeError` gives the other language. */
export class ServiceError extends Error {
  readonly code: ErrorCode;
  readonly params: ErrorParams;

  constructor(code: ErrorCode, params: ErrorParams = {}, options: { cause?: unknown } = {}) {
    super(fillTemplate(errorTable[code].en, params), options);
    this.name = 'ServiceError';
    this.code = code;
    this.params = params;
  }
}

/** The message of a coded error in the reader's language. */
export function describeError(error: ServiceError, language: Language): string {
  return fillTemplate(errorTable[error.code][language], error.params);
}

/** Any thrown thing as a coded error: itself when it is one, else 'internal'. */
export function toServiceError(thrown: unknown): ServiceError {
  if (thrown instanceof ServiceError) return thrown;
  const why = thrown instanceof Error ? thrown.message : String(thrown);
  return new ServiceError('internal', { why }, { cause: thrown });
}

function fillTemplate(template: string, params: ErrorParams): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole));
}
