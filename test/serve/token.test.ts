import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { ServiceError } from '../../src/errors.ts';
import { type RunningService, startService } from './running-service.ts';

const token = 'b7f1-Lac:blanc';
let service: RunningService;
beforeAll(async () => {
  service = await startService({ withTents: false }, 'en', token);
});
afterAll(() => service.close());

const basic = (user: string, password: string) =>
  `Basic ${Buffer.from(`${user}:${password}`, 'utf8').toString('base64')}`;

async function ask(path: string, authorization?: string, language = 'en') {
  const headers = { 'Accept-Language': language, ...(authorization === undefined ? {} : { authorization }) };
  const response = await fetch(service.url + path, { headers });
  return { status: response.status, challenge: response.headers.get('www-authenticate'), text: await response.text() };
}

const everywhere = ['/', '/page/main.js', '/api', '/api/health', '/ogc', '/ogc/collections', '/nothing'];

describe('a service with a token', () => {
  it.each(everywhere)('answers %s to nobody who does not give it', async (path) => {
    const { status, challenge, text } = await ask(path);
    expect([status, JSON.parse(text).code]).toEqual([401, 'token-missing']);
    expect(challenge).toMatch(/^Basic realm="Rivage"/);
  });

  it.each([
    ['a program', `Bearer ${token}`],
    ['one that writes bearer small', `bearer ${token}`],
    ['QGIS, whose user is qgis', basic('qgis', token)],
    ['a browser without a user', basic('', token)],
  ])('answers %s', async (_, authorization) => {
    expect((await ask('/api/health', authorization)).status).toBe(200);
    expect((await ask('/', authorization)).status).toBe(200);
  });

  it.each([
    ['another token', 'Bearer b7f1-Lac:blan'],
    ['a longer one', `Bearer ${token}x`],
    ['nothing as the password', basic(token, '')],
    ['the token as the user', basic(token, 'x')],
  ])('refuses %s', async (_, authorization) => {
    const { status, challenge, text } = await ask('/api/health', authorization);
    expect([status, JSON.parse(text).code]).toEqual([401, 'token-wrong']);
    expect(challenge).toMatch(/^Basic/);
  });

  it.each(['Bearer', 'Digest x', `Token ${token}`, 'Basic bm9jb2xvbg=='])(
    'takes "%s" for no token at all',
    async (authorization) => {
      expect(JSON.parse((await ask('/api/health', authorization)).text).code).toBe('token-missing');
    },
  );

  it('says what to do in the language of the asker', async () => {
    const { text } = await ask('/api/health', undefined, 'fr');
    expect(JSON.parse(text).detail).toContain('RIVAGE_TOKEN');
    expect(JSON.parse(text).detail).toMatch(/jeton/);
  });

  it('names the two ways in its OpenAPI documents', async () => {
    for (const path of ['/api/openapi.json', '/ogc/api']) {
      const document = JSON.parse((await ask(path, `Bearer ${token}`)).text);
      expect(document.security).toEqual([{ bearer: [] }, { basic: [] }]);
      expect(document.components.securitySchemes).toMatchObject({ bearer: { type: 'http' }, basic: { type: 'http' } });
    }
  });

  it('still refuses the page of another site that knows it', async () => {
    const headers = { Origin: 'https://evil.example', Authorization: `Bearer ${token}` };
    expect((await fetch(`${service.url}/api/health`, { headers })).status).toBe(403);
  });

  it('writes it into no log', async () => {
    await service.fixture.db.exec('alter table rivage.migration rename to migration_gone');
    try {
      expect((await ask('/api/health', `Bearer ${token}`)).status).toBe(500);
    } finally {
      await service.fixture.db.exec('alter table rivage.migration_gone rename to migration');
    }
    expect(service.logged.length).toBeGreaterThan(0);
    expect(service.logged.join('\n')).not.toContain(token);
  });
});

describe('RIVAGE_TOKEN', () => {
  it('is absent when it is empty', () => {
    expect(readConfig({ RIVAGE_TOKEN: '' }).token).toBeUndefined();
    expect(readConfig({ RIVAGE_TOKEN: token }).token).toBe(token);
  });

  it('is refused with signs that headers do not carry, without being repeated', () => {
    for (const secret of ['né à la plage', 'two words', 'line\nbreak']) {
      try {
        readConfig({ RIVAGE_TOKEN: secret });
        expect.unreachable();
      } catch (thrown) {
        expect(thrown).toBeInstanceOf(ServiceError);
        expect(thrown).toMatchObject({ code: 'bad-option' });
        expect((thrown as Error).message).not.toContain(secret);
      }
    }
  });
});
