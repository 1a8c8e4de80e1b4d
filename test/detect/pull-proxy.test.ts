import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ProxyConfig } from '../../src/config.ts';
import { pullFile } from '../../src/detect/pull/pull-file.ts';
import { openHttpClient } from '../../src/detect/pull/pull-http.ts';
import { type Answer, answer, type FileServer, give, serveAnswers } from '../support/file-server.ts';
import { type ForwardProxy, openForwardProxy } from '../support/forward-proxy.ts';

const bytes = randomBytes(100_000);
const sha256 = createHash('sha256').update(bytes).digest('hex');

let folder: string;
let tls: { key: string; cert: string } | undefined;
let closing: (() => Promise<void>)[] = [];
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'rivage-proxy-'));
  tls = await makeCertificate();
});
afterAll(() => rm(folder, { recursive: true }));
afterEach(async () => {
  for (const close of closing) await close();
  closing = [];
  delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
});

/** A certificate that nobody trusts; undefined where openssl is not there. */
async function makeCertificate() {
  const [key, cert] = [path.join(folder, 'key.pem'), path.join(folder, 'cert.pem')];
  const name = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
  try {
    const args = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', cert, ...name];
    execFileSync('openssl', args, { stdio: 'ignore' });
    return { key: await readFile(key, 'utf8'), cert: await readFile(cert, 'utf8') };
  } catch {
    return undefined;
  }
}

async function serve(answers: readonly Answer[], secure?: typeof tls): Promise<FileServer> {
  const server = await serveAnswers(answers, secure);
  closing.push(server.close);
  return server;
}

async function openProxy(login?: string): Promise<ForwardProxy> {
  const proxy = await openForwardProxy(login);
  closing.push(proxy.close);
  return proxy;
}

/** Pulls an address: the bytes that came. */
async function pull(url: string, wish: Partial<ProxyConfig> = {}): Promise<Buffer> {
  const client = openHttpClient({ http: '', https: '', except: '', ...wish });
  closing.push(client.close);
  const file = path.join(await mkdtemp(path.join(folder, 'w-')), sha256);
  const options = { signal: new AbortController().signal, patience: { stallMs: 2000, restsMs: [5] } };
  await pullFile({ file, bytes: bytes.length, sha256 }, [client.source(new URL(url))], options);
  return readFile(file);
}

describe('through a proxy', () => {
  it('plain http is asked of the proxy itself, which goes on with a broken file too', async () => {
    const { url, asked } = await serve([give(bytes, { breakAfter: 40_000 }), give(bytes)]);
    const proxy = await openProxy();
    expect((await pull(`${url}/a.onnx`, { http: `http://${proxy.address}` })).equals(bytes)).toBe(true);
    expect(proxy.asked).toEqual([`GET ${url}/a.onnx`, `GET ${url}/a.onnx`]);
    expect(asked).toHaveLength(2);
  });

  it('https goes by a tunnel, which HTTP_PROXY alone is enough for', async ({ skip }) => {
    if (!tls) return skip('openssl is not here');
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
    const { url } = await serve([give(bytes)], tls);
    for (const scheme of ['https', 'http']) {
      const proxy = await openProxy();
      expect((await pull(url, { [scheme]: proxy.address })).equals(bytes)).toBe(true);
      expect(proxy.asked).toEqual([`CONNECT ${new URL(url).host}`]);
    }
  });

  it('not what NO_PROXY names', async () => {
    const { url } = await serve([give(bytes)]);
    const proxy = await openProxy();
    await pull(url, { http: proxy.address, except: 'lake.example, 127.0.0.1' });
    expect(proxy.asked).toEqual([]);
  });

  it('a name and a password are given; without them its refusal is told, without a password', async ({ skip }) => {
    if (!tls) return skip('openssl is not here');
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
    const { address } = await openProxy('ana:s3cret');
    for (const { url } of [await serve([give(bytes)]), await serve([give(bytes)], tls)]) {
      const good = `http://ana:s3cret@${address}`;
      expect((await pull(url, { http: good, https: good })).equals(bytes)).toBe(true);
      const bad = `http://ana:wr0ng@${address}`;
      const thrown = await pull(url, { http: bad, https: bad }).catch((error: unknown) => error);
      expect(thrown).toMatchObject({ code: 'pull-proxy', params: { why: { en: 'it answers 407' } } });
      expect(String(thrown)).not.toContain('wr0ng');
    }
  });

  it.each(['socks5://127.0.0.1:1080', 'not an address'])('%s is refused before anything is fetched', (value) => {
    expect(() => openHttpClient({ http: '', https: value, except: '' })).toThrow('HTTPS_PROXY');
  });
});

describe('an address', () => {
  it('with a name and a password gives them to its own server alone, and errors do not repeat them', async () => {
    const cdn = await serve([give(bytes)]);
    const { url, asked } = await serve([answer(302, { location: `${cdn.url}/signed` })]);
    await pull(url.replace('//', '//ana:s3cret@'));
    expect(asked[0]?.headers.authorization).toBe(`Basic ${Buffer.from('ana:s3cret').toString('base64')}`);
    expect(cdn.asked[0]?.headers.authorization).toBeUndefined();
    const closed = (await serve([answer(403)])).url.replace('//', '//ana:s3cret@');
    const thrown = await pull(`${closed}/a.onnx?key=t0ken`).catch((error: unknown) => error);
    expect(thrown).toMatchObject({ code: 'pull-refused' });
    expect(String(thrown)).not.toMatch(/s3cret|t0ken/);
  });

  it('with an unknown certificate is refused at once', async ({ skip }) => {
    if (!tls) return skip('openssl is not here');
    const { url, asked } = await serve([give(bytes)], tls);
    await expect(pull(url)).rejects.toMatchObject({ code: 'pull-untrusted' });
    expect(asked).toEqual([]);
  });

  it('that is encrypted may not lead to one that is not', async ({ skip }) => {
    if (!tls) return skip('openssl is not here');
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
    const plain = await serve([give(bytes)]);
    const { url } = await serve([answer(302, { location: `${plain.url}/a.onnx` })], tls);
    await expect(pull(url)).rejects.toMatchObject({ code: 'pull-unsafe', params: { target: `${plain.url}/a.onnx` } });
    expect(plain.asked).toEqual([]);
  });
});
