import { type Bilingual, ServiceError } from '../../errors.ts';

/** A fault in a file of labels, for who wrote it: what is wrong on which line, and what is needed. */
export function labelFault(file: string, line: number, why: Bilingual, mend: Bilingual): ServiceError {
  return new ServiceError('file-invalid', { file, line, why, mend });
}
