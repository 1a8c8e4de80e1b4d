import type { Agreement, Counterpart, Quantity } from '../../evaluate/agreement.ts';
import type { CountMapping } from '../../workspace/count-mapping.ts';

/** What `rivage compare` says: agreement.json, --json. Of hours the bin is hours since 1970 in UTC, of days days. */
export interface CompareDocument {
  readonly camera: string;
  readonly zone: string | null;
  readonly label: string;
  readonly with: { readonly file: string; readonly mapping: CountMapping } | { readonly camera: string };
  readonly quantity: Quantity;
  readonly counterpart: Counterpart;
  /** Hours that a day must have been watched; null: counts by hour. */
  readonly watchedHours: number | null;
  /** How many minutes after hours of UTC those of the lake begin: 0 in most zones. */
  readonly hoursStartMin: number;
  readonly resamples: number;
  readonly seed: number;
  /** Rows of the file and what was left out of them; null: another camera. */
  readonly read: { readonly rows: number; readonly blank: number; readonly partHours: number } | null;
  readonly agreement: Agreement;
}

/** What the other side is called. */
export function nameOf({ with: other }: Pick<CompareDocument, 'with'>): string {
  return 'file' in other ? other.file : other.camera;
}
