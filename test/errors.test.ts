import { describe, expect, it } from 'vitest';
import { describeError, type ErrorCode, errorTable, ServiceError } from '../src/errors.ts';

const entries = Object.entries(errorTable);
const placesOf = (text: string) => [...new Set(text.match(/\{\w+\}/g))].sort();

describe('the table of errors', () => {
  it.each(entries)('tells %s with the same values in both languages', (_, { en, fr }) => {
    expect(placesOf(fr)).toEqual(placesOf(en));
    expect(fr).not.toBe(en);
  });

  it('fills a place with the text of the language', () => {
    const why = { en: 'too long', fr: 'trop long' };
    const error = new ServiceError('bad-option', { option: '--name', value: 'x', why });
    expect(error.message).toContain('"x": too long.');
    expect(describeError(error, 'fr')).toContain('« x » : trop long.');
  });

  it('is printed in docs/reference/errors.md (after a change: npx vitest run --config test/vitest.config.ts test/errors.test.ts -u)', async () => {
    await expect(toReference()).toMatchFileSnapshot('../docs/reference/errors.md');
  });
});

function toReference(): string {
  const rows = (Object.keys(errorTable) as ErrorCode[]).sort().map((code) => {
    const { status, en, fr } = errorTable[code];
    return `| \`${code}\` | ${status} | ${toCell(en)}<br>*${toCell(fr)}* |`;
  });
  return `# Errors · Erreurs

Every failure that Rivage knows has a code. On the command line it stands in brackets after the message; over HTTP it is
the end of the problem's \`type\`; on a photo that could not be read it is the \`reason\` of its row. Words in braces are filled
with the file, the line, the value. Made from \`src/errors.ts\` by \`test/errors.test.ts\`: do not edit.

| code | HTTP status | message · *message en français* |
| --- | --- | --- |
${rows.join('\n')}
`;
}

function toCell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('*', '\\*');
}
