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
