import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { sqlFolder } from '../../src/store/migrate.ts';
import { parseGlossary, replaceTexts } from '../../src/store/style-texts.ts';
import { listStyles, readStyle } from '../../src/store/styles.ts';

const glossary = parseGlossary(await readFile(new URL('styles/french.csv', sqlFolder), 'utf8'));
const views = await listStyles(sqlFolder);

/** Every text of a view's style that people read. */
async function listTexts(view: string): Promise<readonly string[]> {
  const texts = new Set<string>();
  replaceTexts(await readStyle(view, 'en', sqlFolder), (text) => {
    texts.add(text);
    return text;
  });
  return [...texts];
}

describe('the French of the styles', () => {
  for (const view of views) {
    it(`has every text of ${view}`, async () => {
      const texts = await listTexts(view);
      expect(texts.length).toBeGreaterThan(3);
      expect(texts.filter((text) => !glossary.get(text))).toEqual([]);
    });
  }

  it('has the title and the description of every map view', async () => {
    for (const name of await readdir(new URL('views/', sqlFolder))) {
      const sql = await readFile(new URL(`views/${name}`, sqlFolder), 'utf8');
      if (!sql.includes('.geom is')) continue;
      const [, comment = ''] = /comment on view [\w.]+ is\s+'((?:[^']|'')*)'/.exec(sql) ?? [];
      const [title = '', ...rest] = comment.replaceAll("''", "'").split(': ');
      expect(
        [title, rest.join(': ')].filter((text) => !glossary.get(text)),
        name,
      ).toEqual([]);
    }
  });

  it('leaves a QML otherwise as it was', async () => {
    for (const view of views) {
      const english = await readStyle(view, 'en', sqlFolder);
      expect(replaceTexts(english, (text) => text)).toBe(english);
    }
  });
});
