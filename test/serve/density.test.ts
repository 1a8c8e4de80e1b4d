import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allRoutes } from '../../src/serve/app.ts';
import { type RunningService, startService } from './running-service.ts';

let service: RunningService;
beforeAll(async () => {
  service = await startService({ withTents: true });
});
afterAll(() => service.close());

async function ask(query: string, language = 'en') {
  const response = await fetch(`${service.url}/api/lakes/muzelle/density?${query}`, {
    headers: { 'Accept-Language': language },
  });
  // biome-ignore lint/suspicious/noExplicitAny: GeoJSON or a problem
  const answer: any = await response.json();
  return { status: response.status, type: response.headers.get('content-type'), answer };
}

describe('density over HTTP', () => {
  it('is GeoJSON as it is documented, with every sighting in one hexagon', async () => {
    const { status, type, answer } = await ask('label=person');
    expect({ status, type }).toEqual({ status: 200, type: 'application/geo+json' });
    const route = allRoutes(service.deps).find(({ path }) => path === '/api/lakes/{lakeId}/density');
    expect(route?.answers[0]?.schema?.parse(answer)).toEqual(answer);
    const counts: (number | null)[] = answer.features.map(
      ({ properties }: never) => (properties as { count: null }).count,
    );
    expect(counts.reduce((sum: number, count) => sum + (count ?? 0), 0)).toBe(service.fixture.counts.person);
    // no calibration of the fixture has a viewshed: where nothing was seen, nobody knows
    expect(counts).toContain(null);
  });

  it('counts less where less is asked for, and wider hexagons are fewer', async () => {
    const { answer: all } = await ask('label=person&cellM=30');
    const { answer: some } = await ask('label=person&cellM=60&from=2025-07-15&to=2025-07-15&hourFrom=19&hourTo=9');
    expect(some.features.length).toBeLessThan(all.features.length / 3);
    expect((await ask('label=tent')).answer.features[0].properties).toMatchObject({ frames: null, widthM: 20 });
  });

  it.each([
    ['label=persn', 404, 'not-found', '/api/models'],
    ['label=person&cellM=1', 422, 'cells-too-many', 'm wide or wider'],
    ['label=person&from=2025-07-15&to=2025-07-14', 400, 'parameter-invalid', 'before from'],
    ['label=person&hourFrom=25', 400, 'parameter-invalid', 'hourFrom'],
    ['label=person&from=tomorrow', 400, 'parameter-invalid', 'from'],
    ['', 400, 'parameter-invalid', 'label'],
  ])('refuses %s', async (query, status, code, sentence) => {
    const { answer } = await ask(query);
    expect(answer).toMatchObject({ status, code });
    expect(answer.detail).toContain(sentence);
  });
});
