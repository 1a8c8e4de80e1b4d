import { constants as http } from 'node:http2';
import { type Dispatcher, EnvHttpProxyAgent, request } from 'undici';
import type { ProxyConfig } from '../../config.ts';
import { type Bilingual, ServiceError } from '../../errors.ts';
import { type Arrival, DropError, type PullRequest, type PullSource } from './pull-source.ts';

/** The only door to undici: files from web servers. Node 20's own fetch knows no proxy. */

/** Connections that downloads share. */
export interface HttpClient {
  /** A file of a web server. A name and a password in the address are sent to that server alone. */
  readonly source: (url: URL) => PullSource;
  readonly close: () => Promise<void>;
}

const maxRedirects = 10;
const maxRestMs = 60_000;

/** @throws ServiceError bad-option */
export function openHttpClient(proxy: ProxyConfig): HttpClient {
  const dispatcher = new EnvHttpProxyAgent({
    httpProxy: parseProxy('HTTP_PROXY', proxy.http),
    httpsProxy: parseProxy('HTTPS_PROXY', proxy.https),
    noProxy: proxy.except,
    // plain http is asked of the proxy itself: many allow CONNECT to port 443 alone
    proxyTunnel: false,
    // who asks watches for stalls, through proxies too
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  return {
    source: (url) => {
      const name = nameOf(url);
      return { name, open: (wish) => follow(url, wish, dispatcher) };
    },
    close: () => dispatcher.destroy(),
  };
}

/** An address without its name, password and query: those may be secrets. */
function nameOf({ origin, pathname }: URL): string {
  return `${origin}${pathname}`;
}

function parseProxy(option: string, value: string): string {
  if (value === '') return '';
  const address = value.includes('://') ? value : `http://${value}`;
  if (/^https?:$/.test(URL.canParse(address) ? new URL(address).protocol : '')) return address;
  const why = {
    en: 'a proxy such as http://host:3128 is needed (SOCKS is not supported)',
    fr: 'il faut un mandataire comme http://hôte:3128 (SOCKS n’est pas géré)',
  };
  throw new ServiceError('bad-option', { option, value: '…', why });
}

async function follow(url: URL, wish: PullRequest, dispatcher: Dispatcher): Promise<Arrival> {
  let at = url;
  for (let hop = 0; hop <= maxRedirects; hop++) {
    const response = await ask(at, wish, dispatcher).catch((thrown: unknown) => {
      throw explain(thrown, nameOf(url));
    });
    const target = redirectOf(response, at);
    if (!target) return accept(response, nameOf(url), wish);
    response.body.destroy();
    if (target.protocol !== 'https:' && (at.protocol === 'https:' || target.protocol !== 'http:')) {
      throw new ServiceError('pull-unsafe', { source: nameOf(url), target: nameOf(target) });
    }
    at = target;
  }
  const why = { en: `it redirects more than ${maxRedirects} times`, fr: `plus de ${maxRedirects} redirections` };
  throw new ServiceError('pull-refused', { source: nameOf(url), why });
}

async function ask(
  url: URL,
  { offset, validator, signal }: PullRequest,
  dispatcher: Dispatcher,
): Promise<Dispatcher.ResponseData> {
  const { username, password } = url;
  const login = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64');
  const headers = {
    'user-agent': 'rivage',
    'accept-encoding': 'identity',
    ...(offset > 0 ? { range: `bytes=${offset}-` } : {}),
    ...(offset > 0 && validator !== undefined ? { 'if-range': validator } : {}),
    ...(username ? { authorization: `Basic ${login}` } : {}),
  };
  const response = await request(`${url.origin}${url.pathname}${url.search}`, { dispatcher, headers, signal });
  // a body that nobody reads yet may still break; who reads it is told
  response.body.on('error', () => undefined);
  return response;
}

function redirectOf({ statusCode, headers }: Dispatcher.ResponseData, at: URL): URL | undefined {
  const { location } = headers;
  if (statusCode < http.HTTP_STATUS_MULTIPLE_CHOICES || statusCode >= http.HTTP_STATUS_BAD_REQUEST) return undefined;
  return typeof location === 'string' && URL.canParse(location, at.href) ? new URL(location, at.href) : undefined;
}

/** The body of an answer, when it is of the file. */
function accept(response: Dispatcher.ResponseData, source: string, { offset, bytes }: PullRequest): Arrival {
  const { statusCode, headers, body } = response;
  const refuse = (error: Error): never => {
    body.destroy();
    throw error;
  };
  const validator = validatorOf(headers);
  if (statusCode === http.HTTP_STATUS_PARTIAL_CONTENT && offset > 0) {
    const [, start, total] = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(String(headers['content-range'])) ?? [];
    if (Number(start) === offset && (total === '*' || Number(total) === bytes)) return { offset, validator, body };
    return refuse(notOfThisFile());
  }
  if (statusCode === http.HTTP_STATUS_RANGE_NOT_SATISFIABLE && offset > 0) return refuse(notOfThisFile());
  if (statusCode !== http.HTTP_STATUS_OK) return refuse(refusalOf(statusCode, headers, source));
  const length = headers['content-length'];
  if (/^text\/html\b/i.test(String(headers['content-type']))) {
    const why = { en: 'a web page came', fr: "c'est une page web" };
    return refuse(new ServiceError('pull-other-file', { source, why }));
  }
  if (length !== undefined && Number(length) !== bytes) {
    const why = { en: `${length} bytes instead of ${bytes}`, fr: `${length} octets au lieu de ${bytes}` };
    return refuse(new ServiceError('pull-other-file', { source, why }));
  }
  return { offset: 0, validator, body };
}

function notOfThisFile(): DropError {
  const why = { en: 'the file has another size now', fr: "le fichier n'a plus la même taille" };
  return new DropError(why, { startOver: true });
}

/** Only what RFC 9110 § 13.1.5 allows in If-Range: a strong ETag, else the date. */
function validatorOf({ etag, 'last-modified': date }: Dispatcher.ResponseData['headers']): string | undefined {
  if (typeof etag === 'string' && etag.startsWith('"')) return etag;
  return typeof date === 'string' ? date : undefined;
}

const worthAnotherTry: readonly number[] = [http.HTTP_STATUS_REQUEST_TIMEOUT, http.HTTP_STATUS_TOO_MANY_REQUESTS];

function refusalOf(answer: number, headers: Dispatcher.ResponseData['headers'], source: string): Error {
  const why: Bilingual = { en: `the server answers ${answer}`, fr: `le serveur répond ${answer}` };
  if (answer < http.HTTP_STATUS_INTERNAL_SERVER_ERROR && !worthAnotherTry.includes(answer)) {
    return new ServiceError('pull-refused', { source, why });
  }
  const rest = Number(headers['retry-after']) * 1000;
  return new DropError(why, rest > 0 ? { afterMs: Math.min(rest, maxRestMs) } : {});
}

/** What a failed connection means. */
function explain(thrown: unknown, source: string): Error {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const code = 'code' in error ? String(error.code) : '';
  // undici tells a proxy's refusal in words alone, for a tunnel and for plain http in its own way each
  const [, tunnel] = /^Proxy response \((\d+)\)/.exec(error.message) ?? [];
  const answer = /^Proxy Authentication Required/.test(error.message) ? '407' : tunnel;
  if (answer !== undefined) {
    if (Number(answer) >= http.HTTP_STATUS_INTERNAL_SERVER_ERROR) {
      return new DropError({ en: `the proxy answers ${answer}`, fr: `le mandataire répond ${answer}` });
    }
    return new ServiceError('pull-proxy', { source, why: { en: `it answers ${answer}`, fr: `il répond ${answer}` } });
  }
  if (/CERT|SELF_SIGNED|UNABLE_TO_|TLS_/.test(code)) return new ServiceError('pull-untrusted', { source, why: code });
  const short = code || error.message;
  return new DropError({ en: `no connection (${short})`, fr: `pas de connexion (${short})` });
}
