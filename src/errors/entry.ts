export type Language = 'en' | 'fr';
export type Bilingual = Readonly<Record<Language, string>>;

/** A line of the table: the message in both languages; `{name}` is replaced by the parameter of that name. */
export interface ErrorEntry extends Bilingual {
  /** HTTP status of the answer when this error reaches a request. */
  readonly status: number;
}
