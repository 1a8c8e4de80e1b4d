import { readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { printDocuments } from './report.ts';

const folder = fileURLToPath(new URL('.', import.meta.url));
const dist = fileURLToPath(new URL('../../dist/', import.meta.url));
const known = readdirSync(folder).flatMap((file) =>
  file.endsWith('.bench.ts') ? [file.replace('.bench.ts', '')] : [],
);

/** The names of `vitest run --config FILE NAME…`. */
const wanted = process.argv.slice(process.argv.findIndex((word) => word.endsWith('vitest.config.ts')) + 1);
const unknown = process.argv.includes('run') ? wanted.filter((name) => !known.includes(name)) : [];
if (unknown.length > 0) {
  console.error(`There is no bench ${unknown.join(', ')}. There are: ${known.join(', ')}.`);
  process.exit(2);
}

export default defineConfig({
  root: folder,
  resolve: {
    // What users run is measured: the compiled program, and not what the test runner makes of its sources.
    alias: [{ find: /^(?:\.\.\/)+src\/(.*)\.ts$/, replacement: `${path.posix.join(dist, '$1.js')}` }],
  },
  test: {
    include: ['*.bench.ts'],
    reporters: [printDocuments],
    // One process a bench, one after the other: none takes cores or memory from another.
    pool: 'forks',
    fileParallelism: false,
    testTimeout: 1_800_000,
    server: { deps: { external: [/\/dist\/.*\.js$/] } },
  },
});
