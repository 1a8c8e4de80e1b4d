import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findThreads, measuredThreads, threadsFile } from '../../src/detect/network/measured-threads.ts';
import { chooseThreads, parseChoices, threadsToTry } from '../../src/detect/network/threads.ts';
import { constantNetwork, writeModel } from '../support/constant-network.ts';

it.each([
  { cores: 1, tried: [1] },
  { cores: 2, tried: [1, 2] },
  { cores: 6, tried: [1, 2, 4, 6] },
  { cores: 16, tried: [1, 2, 4, 8, 16] },
])('on $cores cores tries $tried threads', ({ cores, tried }) => {
  expect(threadsToTry(cores)).toEqual(tried);
});

describe('the choice', () => {
  it.each([
    { what: 'as many as help', ms: { 1: 72, 2: 40, 4: 25 }, threads: 4 },
    { what: 'no more than help', ms: { 1: 72, 2: 40, 4: 39 }, threads: 2 },
    { what: 'one, where others take the second core', ms: { 1: 72, 2: 90, 4: 10 }, threads: 1 },
  ])('is $what', async ({ ms, threads }) => {
    const measured: Readonly<Record<number, number>> = ms;
    expect((await chooseThreads(4, async (count) => measured[count] ?? 0)).threads).toBe(threads);
  });

  it('is the quickest of all that were measured, but for a twentieth', async () => {
    const ms = fc.double({ min: 1, max: 1000, noNaN: true });
    await fc.assert(
      fc.asyncProperty(fc.array(ms, { minLength: 5, maxLength: 5 }), async (all) => {
        const { threads, timings } = await chooseThreads(16, async (count) => all[Math.log2(count)] ?? 0);
        const own = timings.find((timing) => timing.threads === threads)?.ms ?? Infinity;
        for (const timing of timings) expect(timing.ms).toBeGreaterThanOrEqual(0.95 * own);
      }),
    );
  });
});

it.each(['', 'no JSON', '[]', '{"a":{"threads":0,"timings":[]}}', '{"a":2}'])('reads nothing out of %j', (text) => {
  expect(parseChoices(text)).toEqual({});
});

describe('what was measured', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'rivage-threads-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function makeModel(version = '1') {
    const logits = { shape: [1, 2, 2], values: [2, -2, -2, 2] };
    const boxes = { shape: [1, 2, 4], values: [0.5, 0.5, 0.25, 0.5, 0.1, 0.1, 0.1, 0.1] };
    const bytes = constantNetwork({ x: [1, 3, 16, 32] }, { logits, boxes });
    return writeModel(folder, bytes, { kind: 'detr', logits: 'logits', boxes: 'boxes' }, { version });
  }

  it('is not measured again, for this model and no other', async () => {
    const [model, other] = [await makeModel(), await makeModel('2')];
    const cache = path.join(folder, 'new', 'cache');
    expect(await findThreads(model, cache)).toBeUndefined();
    const measured = await measuredThreads(model, cache);
    expect(measured.timings[0]).toMatchObject({ threads: 1, ms: expect.any(Number) });
    expect(await findThreads(model, cache)).toEqual(measured);
    const text = await readFile(threadsFile(cache), 'utf8');
    await writeFile(threadsFile(cache), text.replace(/"threads":\d+/, '"threads":7'));
    expect((await measuredThreads(model, cache)).threads).toBe(7);
    await measuredThreads(other, cache);
    expect((await findThreads(model, cache))?.threads).toBe(7);
  });

  it('is used without being kept where nothing can be written', async () => {
    const file = path.join(folder, 'file');
    await writeFile(file, '');
    expect((await measuredThreads(await makeModel(), file)).threads).toBeGreaterThan(0);
  });
});
