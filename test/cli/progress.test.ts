import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createProgress, drawProgress } from '../../src/cli/progress.ts';
import type { Bilingual } from '../../src/errors.ts';

const english = { say: (text: Bilingual) => text.en };
const label = { en: 'Copying', fr: 'Copie' };

/** A stream that keeps what is drawn on it. */
function createStream(isTTY: boolean) {
  const stream = new PassThrough();
  let drawn = '';
  stream.on('data', (bytes) => {
    drawn += String(bytes);
  });
  return {
    stream: Object.assign(stream, { isTTY, columns: 120 }) as unknown as NodeJS.WriteStream,
    drawn: () => drawn,
  };
}

describe('a progress line', () => {
  it.each([
    [{ done: 0, total: 3000, seconds: 0 }, 'Copying ░░░░░░░░░░░░░░░░░░░░░░░░ 0/3000'],
    [{ done: 750, total: 3000, seconds: 100 }, 'Copying ██████░░░░░░░░░░░░░░░░░░ 750/3000 · 7.5/s · 5 min 0 s left'],
    [{ done: 1, total: 30_000, seconds: 2 }, 'Copying ░░░░░░░░░░░░░░░░░░░░░░░░ 1/30000 · 0.5/s · 16 h 39 min left'],
    [{ done: 3000, total: 3000, seconds: 62.2 }, 'Copying ████████████████████████ 3000/3000 · 48/s · in 1 min 3 s'],
  ])('of %o', (state, line) => expect(drawProgress(english, 'Copying', state)).toBe(line));
});

describe('progress', () => {
  it('is drawn on a terminal', () => {
    const { stream, drawn } = createStream(true);
    const progress = createProgress(english, 4, label, { stream });
    progress.advance(3);
    progress.advance();
    progress.stop();
    expect(drawn()).toContain('4/4');
  });

  it.each([
    ['is no terminal', false, false],
    ['is one, with --json', true, true],
  ])('is silent when the stream %s', (_, isTTY, quiet) => {
    const { stream, drawn } = createStream(isTTY);
    const progress = createProgress(english, 4, label, { stream, quiet });
    progress.advance(4);
    progress.stop();
    expect(drawn()).toBe('');
  });
});
