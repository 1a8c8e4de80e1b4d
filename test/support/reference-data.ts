import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, it } from 'vitest';

const root = fileURLToPath(new URL('../../../shared/', import.meta.url));

/** Absolute path of a file in the reference data that lies beside the project, such as 'data/finse_webcam'. */
export function referencePath(name: string): string {
  return root + name;
}

/**
 * A suite that needs the reference data beside the project: skipped with a notice where it is absent. Where it is
 * present nothing can skip it, so that CI never passes for want of looking.
 */
export function describeWithReferenceData(name: string, folder: string, suite: () => void): void {
  if (existsSync(referencePath(folder))) {
    describe(name, suite);
    return;
  }
  console.warn(`skipped, ../shared/${folder} is absent: ${name}`);
  // not even collected: a suite may read its cases while it is set up
  describe.skip(name, () => it('needs the reference data', () => undefined));
}
