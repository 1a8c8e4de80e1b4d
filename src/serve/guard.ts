import { createHash, timingSafeEqual } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';
import { ServiceError } from '../errors.ts';

const localNames = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * Lets only this machine's own pages and programs in: a foreign name in Host is DNS rebinding,
 * a foreign Origin is another site's page writing to us.
 * @throws ServiceError host-refused, origin-refused
 */
export function refuseForeigners(request: Request, _response: Response, next: NextFunction): void {
  const host = request.headers.host ?? '';
  if (!localNames.has(host.replace(/:\d+$/, ''))) throw new ServiceError('host-refused', { host });
  const { origin } = request.headers;
  if (origin !== undefined && origin !== `http://${host}`) throw new ServiceError('origin-refused', { origin });
  next();
}

/**
 * Lets only those in who know the token: `Bearer TOKEN`, or Basic with any user and the token as password, which is what
 * browsers and QGIS can send. Undefined: everybody on this machine.
 * @throws ServiceError token-missing, token-wrong
 */
export function refuseWithoutToken(
  token: string | undefined,
): (request: Request, response: Response, next: NextFunction) => void {
  if (token === undefined) return (_request, _response, next) => next();
  const expected = digest(token);
  return (request, response, next) => {
    const sent = readToken(request.headers.authorization);
    if (sent !== undefined && timingSafeEqual(digest(sent), expected)) return next();
    response.set('WWW-Authenticate', 'Basic realm="Rivage", charset="UTF-8"');
    throw new ServiceError(sent === undefined ? 'token-missing' : 'token-wrong');
  };
}

/** What a request gives as its token. Source: RFC 6750, 2.1; RFC 7617, 2. */
function readToken(authorization = ''): string | undefined {
  const [, scheme = '', credentials = ''] = /^(\w+) +(\S+)$/.exec(authorization.trim()) ?? [];
  if (scheme.toLowerCase() === 'bearer') return credentials;
  if (scheme.toLowerCase() !== 'basic') return undefined;
  const [, password] = /^[^:]*:(.*)$/s.exec(Buffer.from(credentials, 'base64').toString('utf8')) ?? [];
  return password;
}

/** Of one length, whatever its text: comparing tells nothing of it. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** Headers of every answer: nothing from outside may load, nobody may frame or guess types. */
export function addSecurityHeaders(policy: string): (request: Request, response: Response, next: NextFunction) => void {
  return (_request, response, next) => {
    response.set({
      'Content-Security-Policy': policy,
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
      'Cross-Origin-Resource-Policy': 'same-origin',
    });
    next();
  };
}
