import type { Reporter } from 'vitest/node';
import type { BenchDocument } from './measure.ts';

/** Writes each bench's document to stdout, one line of JSON, and nothing else there; errors go to stderr. */
export const printDocuments: Reporter = {
  onTestModuleEnd(module) {
    const failures = [...module.errors()];
    for (const test of module.children.allTests()) {
      const { bench } = test.meta() as { bench?: BenchDocument };
      if (bench) process.stdout.write(`${JSON.stringify(bench)}\n`);
      failures.push(...(test.result().errors ?? []));
    }
    for (const { message, stack } of failures) console.error(stack ?? message);
  },
  onTestRunEnd(_modules, errors) {
    for (const { message, stack } of errors) console.error(stack ?? message);
  },
};
