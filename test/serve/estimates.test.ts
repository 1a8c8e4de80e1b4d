import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allRoutes } from '../../src/serve/app.ts';
import { type RunningService, startService } from './running-service.ts';

let service: RunningService;
beforeAll(async () => {
  service = await startService({ withTents: true });
});
afterAll(() => service.close());

async function ask(query: string, language = 'en') {
  const response = await fetch(`${service.url}/api/estimates?${query}`, { headers: { 'Accept-Language': language } });
  // biome-ignore lint/suspicious/noExplicitAny: an answer or a problem
  const answer: any = await response.json();
  return { status: response.status, answer };
}

describe('estimates over HTTP', () => {
  it('are as documented, one a camera, in the language asked for', async () => {
    const { status, answer } = await ask('lake=muzelle&meanStayMin=90&meanStaySdMin=20');
    expect(status).toBe(200);
    const route = allRoutes(service.deps).find(({ path }) => path === '/api/estimates');
    expect(route?.answers[0]?.schema?.parse(answer)).toEqual(answer);
    expect(answer.estimates.map(({ cameraId }: { cameraId: string }) => cameraId)).toEqual(['nord', 'ouest']);
    const [{ objectHours, visits, notCorrected }] = answer.estimates;
    expect(objectHours.low).toBeLessThan(objectHours.value);
    expect(visits.value).toBeCloseTo(objectHours.value / 1.5, 9);
    expect(notCorrected[0].text).toContain('not corrected for misses');
    const french = await ask('camera=nord', 'fr');
    expect(french.answer.estimates[0].method).toContain('Intervalle à 95 %');
  });

  it('extrapolate only where whole days are asked for', async () => {
    const [watched, whole] = [await ask('camera=nord'), await ask('camera=nord&wholeDays=true')];
    expect(watched.answer.estimates[0]).toMatchObject({
      hours: watched.answer.estimates[0].watchedH,
      hoursOfDay: null,
    });
    const [{ hours, hoursOfDay }] = whole.answer.estimates;
    expect(hours).toBe(hoursOfDay.length * 7);
  });

  it.each([
    ['label=persn', 404, 'estimate-name-unknown'],
    ['zone=nowhere', 404, 'estimate-name-unknown'],
    ['from=2025-07-15&to=2025-07-14', 400, 'estimate-days-reversed'],
    ['from=tomorrow', 400, 'parameter-invalid'],
    ['meanStayMin=0', 400, 'parameter-invalid'],
  ])('refuses %s', async (query, status, code) => {
    expect((await ask(query)).answer).toMatchObject({ status, code });
  });
});
