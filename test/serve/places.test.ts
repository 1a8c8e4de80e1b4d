import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readElevations, writeDemGeotiff } from '../../src/dem/geotiff.ts';
import { createApp } from '../../src/serve/app.ts';
import { type Listening, listen } from '../../src/serve/listen.ts';
import { type RunningService, startService } from './running-service.ts';

interface Day {
  readonly day: string | null;
  readonly expected: number | null;
  readonly received: number;
  readonly unreadable: number;
  readonly usable: number;
}

let service: RunningService;
/** The same service with a DEM: a plane of 2,100 m that rises 1 m for each 0.001° to the north. */
let withDem: Listening;
beforeAll(async () => {
  service = await startService({ withTents: false });
  const file = path.join(service.fixture.folder, 'dem.tif');
  const heights = Float64Array.from({ length: 100 }, (_, at) => 2100 - Math.floor(at / 10));
  await writeDemGeotiff(file, { cols: 10, rows: 10, x0: 6.09, y0: 44.955, stepX: 0.001, stepY: 0.001, heights }, 4326);
  const findHeights = (places: Parameters<typeof readElevations>[1]) => readElevations({ file, epsg: 4326 }, places);
  withDem = await listen(createApp({ ...service.deps, findHeights }), 0);
});
afterAll(async () => {
  await withDem.close();
  await service.close();
});

describe('the days of a camera', () => {
  it('are those of photo_status, in order, with files of unknown time at the end', async () => {
    const response = await fetch(`${service.url}/api/cameras/nord/days`);
    const { days } = (await response.json()) as { days: Day[] };
    const known = days.filter(({ day }) => day !== null).map(({ day }) => day);
    expect(known).toEqual(known.toSorted());
    expect(known).toContain('2025-07-14');
    expect(days.at(-1)).toMatchObject({ day: null, expected: null, received: 1, unreadable: 1, usable: 0 });
    expect(days.reduce((sum, { received }) => sum + received, 0)).toBe(169);
    const rows = await service.fixture.db.query(
      `select day, expected, received, unreadable, dark, fog, blocked, wet, usable, analysed
       from rivage.photo_status where camera_id = 'nord' order by day nulls last`,
    );
    expect(days).toEqual(rows);
  });

  it('of a camera that does not exist are refused with the list of those that do', async () => {
    const response = await fetch(`${service.url}/api/cameras/sud/days`);
    expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([404, 'not-found']);
  });
});

describe('elevations', () => {
  async function ask(url: string, points: unknown) {
    const response = await fetch(`${url}/api/elevations`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Accept-Language': 'fr' },
      body: JSON.stringify({ points }),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }

  it('are those of the DEM, null where it has none', async () => {
    const { body } = await ask(withDem.url, [
      { lng: 6.0933, lat: 44.9528 },
      { lng: 7, lat: 45 },
    ]);
    const [inside, outside] = body.heights as { heightM: number | null }[];
    expect(inside?.heightM).toBeCloseTo(2100 - 2.2, 6);
    expect(outside).toEqual({ heightM: null });
  });

  it('of a workspace without a DEM are refused, with what to do', async () => {
    const { status, body } = await ask(service.url, [{ lng: 6.0933, lat: 44.9528 }]);
    expect([status, body.code]).toEqual([409, 'dem-absent']);
    expect(body.detail).toContain('rivage.json');
  });

  it('are given for 1,000 places and refused for more, for none, and for what is no place', async () => {
    const point = { lng: 6.093_312_345_678_9, lat: 44.952_812_345_678_9 };
    const many = await ask(withDem.url, Array(1000).fill(point));
    expect((many.body.heights as unknown[]).length).toBe(1000);
    for (const points of [Array(1001).fill(point), [], [{ lng: 6, lat: 95 }]]) {
      expect((await ask(withDem.url, points)).body.code).toBe('body-invalid');
    }
  });
});
