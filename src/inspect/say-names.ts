import type { Language } from '../errors.ts';

/** Points by their names, in a sentence: "P1, P4 and P7"; a long list is cut. */
export function joinNames(names: readonly string[], language: Language, most = 8): string {
  const and = language === 'en' ? 'and' : 'et';
  const more = names.length - most;
  if (more > 1) {
    const rest = language === 'en' ? `${more} more` : `${more} autres`;
    return `${names.slice(0, most).join(', ')} ${and} ${rest}`;
  }
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} ${and} ${names.at(-1)}`;
}
