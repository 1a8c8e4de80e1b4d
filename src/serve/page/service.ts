import { language, say } from './text.ts';

/** A failure as the service told it: `message` says what, which and what to do, in the reader's language. */
export class ServiceProblem extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** Asks the service. @throws ServiceProblem */
export async function ask<Answer>(
  path: string,
  method: 'GET' | 'POST' | 'DELETE' = 'GET',
  body?: unknown,
): Promise<Answer> {
  const headers: Record<string, string> = { Accept: 'application/json', 'Accept-Language': language() };
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  const response = await fetch(path, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }).catch(() => undefined);
  if (!response) throw new ServiceProblem('no-answer', say('noAnswer'));
  const answer: unknown = await response.json().catch(() => undefined);
  if (response.ok) return answer as Answer;
  const { code = 'internal', detail = response.statusText } = (answer ?? {}) as { code?: string; detail?: string };
  throw new ServiceProblem(code, detail);
}
