import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { rules } from './support/architecture-rules.ts';
import { parseSource, readSources } from './support/source-model.ts';

const house = readSources(fileURLToPath(new URL('../src', import.meta.url)));

describe('the house', () => {
  for (const [name, rule] of Object.entries(rules)) {
    it(`keeps its rule: ${name}`, () => expect(rule(house)).toEqual([]));
  }
});

/** For each rule a fault that it must catch, as files of a house that does not exist. */
const faults: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'rooms import only what the table allows': {
    'detect/a.ts': "import { b } from '../store/b.ts'; export const a = b;",
  },
  'pure rooms import no package and no node: module': {
    'locate/a.ts': "import { readFileSync } from 'node:fs'; export const a = readFileSync;",
  },
  'each npm package enters through one file': {
    'picture/a.ts': "import sharp from 'sharp'; export const a = sharp;",
    'simulate/b.ts': "export const b = await import('sharp');",
  },
  'the environment is read in config.ts only': { 'serve/a.ts': 'export const a = process.env.HOME;' },
  'no file or folder is named for nothing in particular': { 'geo/utils/a.ts': 'export const a = 1;' },
  'no file only passes on what others export': { 'geo/all.ts': "export * from './a.ts';" },
  'no file is over 300 lines': { 'geo/a.ts': 'export const a = 1;\n'.repeat(301) },
  'no function is over 50 lines or 4 parameters': {
    'geo/a.ts': `export function a() {\n${'  void 0;\n'.repeat(50)}}`,
  },
  'nothing is any': { 'geo/a.ts': 'export const a: any = 1;' },
  'imports never run in a circle': {
    'geo/a.ts': "import { b } from './b.ts'; export const a = () => b;",
    'geo/b.ts': "import { a } from './a.ts'; export const b = () => a;",
  },
  'no SQL over 25 lines stands in TypeScript': { 'store/a.ts': `export const a = \`select${'\n 1,'.repeat(26)}\`;` },
  'no HTTP status stands outside serve/ and the error table': { 'store/a.ts': 'export const a = { status: 404 };' },
  'local clock times exist in ingest/clock.ts only': { 'store/a.ts': 'export const a = new Date().getHours();' },
};

describe('the rules', () => {
  it('have a planted fault each', () => expect(Object.keys(faults)).toEqual(Object.keys(rules)));

  for (const [name, files] of Object.entries(faults)) {
    it(`catch what breaks: ${name}`, () => {
      const sources = Object.entries(files).map(([file, text]) => parseSource(file, text));
      expect(rules[name]?.(sources)).not.toEqual([]);
    });
  }

  it('let a type pass where the table says type, and no more', () => {
    const allowed = parseSource('locate/a.ts', "import type { Detection } from '../detect/detection.ts';");
    const refused = parseSource('locate/a.ts', "import { Detection } from '../detect/detection.ts';");
    const rule = rules['rooms import only what the table allows'];
    expect(rule?.([allowed])).toEqual([]);
    expect(rule?.([refused])).toHaveLength(1);
  });
});
