import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type PullOptions, pullFile } from '../../src/detect/pull/pull-file.ts';
import { createFileSource } from '../../src/detect/pull/pull-folder.ts';
import { type HttpClient, openHttpClient } from '../../src/detect/pull/pull-http.ts';
import { holdPart } from '../../src/detect/pull/pull-part.ts';
import { type Answer, answer, type FileServer, give, serveAnswers } from '../support/file-server.ts';

const noProxy = { http: '', https: '', except: '' };
const bytes = randomBytes(300_000);
const sha256 = createHash('sha256').update(bytes).digest('hex');
const patience = { stallMs: 5000, restsMs: [5, 5, 5] };

let root: string;
let client: HttpClient;
let file: string;
let server: FileServer | undefined;
beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'rivage-pull-'));
  client = openHttpClient(noProxy);
});
afterAll(async () => {
  await client.close();
  await rm(root, { recursive: true });
});
beforeEach(async () => {
  file = path.join(await mkdtemp(path.join(root, 'w-')), 'weights', sha256);
});
afterEach(() => server?.close());

/** Pulls the file from a server that gives these answers. */
async function pullFrom(answers: readonly Answer[], options: Partial<PullOptions> = {}): Promise<FileServer> {
  server = await serveAnswers(answers);
  const source = client.source(new URL(`${server.url}/net.onnx`));
  const { signal } = new AbortController();
  await pullFile({ file, bytes: bytes.length, sha256 }, [source], { signal, patience, ...options });
  return server;
}

const failure = (answers: readonly Answer[], options?: Partial<PullOptions>) =>
  pullFrom(answers, options).then(
    () => undefined,
    (error: unknown) => error,
  );

/** The file is there, right, and nothing else is. */
async function expectWhole(): Promise<void> {
  expect((await readFile(file)).equals(bytes)).toBe(true);
  expect(await readdir(path.dirname(file))).toEqual([sha256]);
}

/** Nothing is there that a model could be loaded from. */
async function expectNothing(): Promise<void> {
  expect(await readdir(path.dirname(file))).not.toContain(sha256);
}

describe('a pull', () => {
  it('brings the file, and tells how far it is', async () => {
    const sums: number[] = [];
    await pullFrom([give(bytes)], { onBytes: (sum) => sums.push(sum) });
    await expectWhole();
    expect(sums.at(-1)).toBe(bytes.length);
  });

  it('replaces a damaged file, and fetches nothing when the right one is there', async () => {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, 'damaged');
    await pullFrom([give(bytes)]);
    await expectWhole();
    await server?.close();
    expect((await pullFrom([answer(500)])).asked).toEqual([]);
  });

  it('goes on where the connection broke, as often as something more came', async () => {
    const parts = [1, 2, 3, 4, 5, 6].map(() => give(bytes, { breakAfter: 45_000, etag: '"v1"' }));
    const { asked } = await pullFrom([...parts, give(bytes, { etag: '"v1"' })]);
    await expectWhole();
    expect(asked).toHaveLength(7);
    expect(asked[0]?.headers.range).toBeUndefined();
    for (const { headers } of asked.slice(1)) expect(headers).toMatchObject({ 'if-range': '"v1"' });
    const starts = asked.slice(1).map(({ headers }) => Number(/\d+/.exec(headers.range ?? '')?.[0]));
    expect(starts.every((start, i) => start > (starts[i - 1] ?? 0))).toBe(true);
  });

  it('goes on in a later run, and keeps the part until then', async () => {
    const broken = give(bytes, { breakAfter: 200_000 });
    const dead = answer(503);
    expect(await failure([broken, dead, dead, dead, dead])).toMatchObject({ code: 'pull-broken' });
    await expectNothing();
    await server?.close();
    const { asked } = await pullFrom([give(bytes)]);
    expect(asked.map(({ headers }) => headers.range)).toEqual([expect.stringMatching(/^bytes=\d{5,6}-$/)]);
    await expectWhole();
  });

  it('begins anew where the server ignores Range', async () => {
    await pullFrom([give(bytes, { breakAfter: 100_000 }), give(bytes, { ignoreRange: true })]);
    await expectWhole();
  });

  it('begins anew when the file changed between two tries', async () => {
    const old = give(randomBytes(bytes.length), { breakAfter: 100_000, etag: '"old"' });
    const { asked } = await pullFrom([old, give(bytes, { etag: '"new"' })]);
    expect(asked).toHaveLength(2);
    await expectWhole();
  });

  it('begins anew when only the SHA-256 tells that it changed', async () => {
    const { asked } = await pullFrom([give(randomBytes(bytes.length), { breakAfter: 100_000 }), give(bytes)]);
    expect(asked.map(({ headers }) => headers.range !== undefined)).toEqual([false, true, false]);
    await expectWhole();
  });

  it('begins anew when the part is longer than the file, or the server finds it so', async () => {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(`${file}.part`, Buffer.alloc(bytes.length + 1));
    await pullFrom([give(bytes)]);
    await expectWhole();
    await rm(file);
    await server?.close();
    await writeFile(`${file}.part`, bytes.subarray(0, 9));
    await pullFrom([answer(416), give(bytes)]);
    await expectWhole();
  });

  it('tries again after 5xx, as late as the server asks', async () => {
    const began = performance.now();
    await pullFrom([answer(502), answer(503, { 'retry-after': '0.2' }), give(bytes)]);
    expect(performance.now() - began).toBeGreaterThan(195);
    await expectWhole();
  });

  it('takes a silent server for a broken one', async () => {
    const reasons: string[] = [];
    const stalls = [give(bytes, { stallAfter: 100_000 }), () => undefined];
    await pullFrom([...stalls, give(bytes)], {
      patience: { stallMs: 300, restsMs: [5, 5, 5] },
      onRetry: ({ en }) => reasons.push(en),
    });
    expect([...new Set(reasons)]).toEqual(['nothing came for 0.3 s']);
    await expectWhole();
  });

  it('follows redirects, and asks them to go on too', async () => {
    const other = await serveAnswers([give(bytes, { breakAfter: 100_000 }), give(bytes)]);
    await pullFrom([
      answer(302, { location: `${other.url}/cdn?key=1` }),
      answer(307, { location: `${other.url}/cdn` }),
    ]);
    expect(other.asked.map(({ headers }) => headers.range !== undefined)).toEqual([false, true]);
    await other.close();
    await expectWhole();
  });

  it('gives up on a server that sends a byte at a time', async () => {
    const drip = Array.from({ length: 9 }, () => give(bytes, { breakAfter: 1 }));
    expect(await failure(drip)).toMatchObject({ code: 'pull-broken', params: { tries: 4 } });
  });
});

describe('a pull is refused', () => {
  const short = bytes.subarray(0, 1000);
  it.each<{ what: string; answers: readonly Answer[]; code: string; asked: number }>([
    { what: 'other bytes come', answers: [give(randomBytes(bytes.length))], code: 'pull-other-file', asked: 1 },
    { what: 'a shorter file comes', answers: [give(short)], code: 'pull-other-file', asked: 1 },
    {
      what: 'a login page comes',
      answers: [answer(200, { 'content-type': 'text/html; charset=utf-8' }, '<html>')],
      code: 'pull-other-file',
      asked: 1,
    },
    {
      what: 'more comes than the file has',
      answers: [(response) => response.write(bytes, () => response.end(bytes))],
      code: 'pull-other-file',
      asked: 1,
    },
    { what: 'the file is gone', answers: [answer(404)], code: 'pull-refused', asked: 1 },
    { what: 'it is forbidden', answers: [answer(403)], code: 'pull-refused', asked: 1 },
    { what: 'the server stays down', answers: [answer(503)], code: 'pull-broken', asked: 4 },
    {
      what: 'redirects never end',
      answers: [answer(302, { location: '/again' })],
      code: 'pull-refused',
      asked: 11,
    },
    {
      what: 'a redirect leads away from the web',
      answers: [answer(302, { location: 'ftp://127.0.0.1/net.onnx' })],
      code: 'pull-unsafe',
      asked: 1,
    },
  ])('when $what', async ({ answers, code, asked }) => {
    expect(await failure(answers)).toMatchObject({ code });
    expect(server?.asked).toHaveLength(asked);
    await expectNothing();
    expect((await readdir(path.dirname(file))).filter((name) => name.endsWith('.lock'))).toEqual([]);
  });

  it('when nobody listens', async () => {
    const gone = await serveAnswers([answer(200)]);
    await gone.close();
    const source = client.source(new URL(gone.url));
    const pulling = pullFile({ file, bytes: 9, sha256 }, [source], { signal: new AbortController().signal, patience });
    await expect(pulling).rejects.toMatchObject({ code: 'pull-broken' });
    await expect(pulling).rejects.toThrow('ECONNREFUSED');
  });

  it('and a page that answers in between costs nothing of what is here', async () => {
    const page = answer(200, { 'content-type': 'text/html' }, '<html>');
    expect(await failure([give(bytes, { breakAfter: 200_000 }), page])).toMatchObject({ code: 'pull-other-file' });
    await server?.close();
    const { asked } = await pullFrom([give(bytes)]);
    expect(asked[0]?.headers.range).toBeDefined();
    await expectWhole();
  });
});

describe('on this machine, a pull', () => {
  it('that is stopped keeps its part', async () => {
    const stop = new AbortController();
    const stopped = failure([give(bytes, { stallAfter: 100_000 })], {
      signal: stop.signal,
      patience: { stallMs: 9000, restsMs: [] },
      onBytes: () => setTimeout(() => stop.abort(), 30),
    });
    expect(await stopped).toMatchObject({ code: 'pull-stopped', params: { kept: { en: '0.1 MB' } } });
    await server?.close();
    const { asked } = await pullFrom([give(bytes)]);
    expect(asked[0]?.headers.range).toBe('bytes=100000-');
    await expectWhole();
  });

  it('that is stopped before the server answers does not take that for a failure', async () => {
    const stop = new AbortController();
    const reasons: string[] = [];
    const stopped = failure([() => setTimeout(() => stop.abort(), 30)], {
      signal: stop.signal,
      onRetry: ({ en }) => reasons.push(en),
    });
    expect(await stopped).toMatchObject({ code: 'pull-stopped', params: { kept: { en: '0.0 MB' } } });
    expect(reasons).toEqual([]);
  });

  it.skipIf(!existsSync('/dev/full'))('tells when the disk is full', async () => {
    await mkdir(path.dirname(file), { recursive: true });
    await symlink('/dev/full', `${file}.part`);
    expect(await failure([give(bytes)])).toMatchObject({ code: 'pull-disk-full' });
    const huge = { file, bytes: 1e18, sha256 };
    const pulling = pullFile(huge, [createFileSource('/nowhere')], { signal: new AbortController().signal });
    await expect(pulling).rejects.toMatchObject({
      code: 'pull-disk-full',
      params: { needed: { en: '1000000000000.0 MB' } },
    });
  });

  it('tells when it may not write', async () => {
    await writeFile(path.dirname(file), 'a file where a folder should be');
    expect(await failure([give(bytes)])).toMatchObject({ code: 'weights-folder' });
  });

  it('waits for another one of the same file, and then has nothing to do', async () => {
    server = await serveAnswers([give(bytes, { breakAfter: 100_000 }), give(bytes)]);
    const source = client.source(new URL(server.url));
    let waited = 0;
    const options = { signal: new AbortController().signal, patience, onWait: () => waited++ };
    const want = { file, bytes: bytes.length, sha256 };
    await Promise.all([1, 2, 3].map(() => pullFile(want, [source], options)));
    expect(waited).toBe(2);
    expect(server.asked).toHaveLength(2);
    await expectWhole();
  });

  it('takes over from one that was killed, and not from one that lives', async () => {
    const signal = AbortSignal.timeout(3000);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(`${file}.part.lock`, '4711');
    await (await holdPart(file, { signal, staleMs: 60 }))();
    expect(await readdir(path.dirname(file))).toEqual([]);
    await writeFile(`${file}.part.lock`, '4711');
    const beating = setInterval(() => utimes(`${file}.part.lock`, new Date(), new Date()).catch(() => undefined), 20);
    const waiting = holdPart(file, { signal: AbortSignal.timeout(800), staleMs: 150 });
    await expect(waiting).rejects.toThrow('aborted');
    clearInterval(beating);
  });

  it('takes the file from a folder, and goes on with a part that came from elsewhere', async () => {
    const stick = path.join(root, 'stick.onnx');
    await writeFile(stick, bytes);
    expect(await failure([give(bytes, { breakAfter: 200_000 }), answer(404)])).toMatchObject({ code: 'pull-refused' });
    const want = { file, bytes: bytes.length, sha256 };
    await pullFile(want, [createFileSource('/nowhere'), createFileSource(stick)], {
      signal: new AbortController().signal,
    });
    await expectWhole();
  });
});
