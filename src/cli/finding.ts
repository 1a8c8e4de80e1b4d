import { type Bilingual, describeError, toServiceError } from '../errors.ts';

/** What one check of `rivage doctor` found. */
export interface Finding {
  readonly check: Bilingual;
  readonly state: 'ok' | 'warn' | 'fail';
  /** What is so, and when something is wrong, what to do. */
  readonly text: Bilingual;
}

/** Runs a check; what it throws becomes a finding: the error table says the mend. */
export async function examine(
  check: Bilingual,
  act: () => Promise<Omit<Finding, 'check'>>,
  stateOfError: 'warn' | 'fail' = 'fail',
): Promise<Finding> {
  try {
    return { check, ...(await act()) };
  } catch (thrown) {
    return { check, state: stateOfError, text: describeThrown(thrown) };
  }
}

/** Any thrown thing in both languages, with its code. */
export function describeThrown(thrown: unknown): Bilingual {
  const error = toServiceError(thrown);
  return {
    en: `${describeError(error, 'en')} [${error.code}]`,
    fr: `${describeError(error, 'fr')} [${error.code}]`,
  };
}

/** A text that is the same in both languages: a number, a name. */
export function plain(text: string): Bilingual {
  return { en: text, fr: text };
}
