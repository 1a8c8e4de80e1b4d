import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningService, startService } from '../serve/running-service.ts';
import { isInstalled } from './qgis.ts';

const run = promisify(execFile);

/** GDAL's own reader of OGC API Features: nothing of ours is on its side. */
describe.skipIf(!isInstalled('/usr/bin/ogr2ogr', 'apt-get install gdal-bin'))('GDAL reads the OGC API', () => {
  let service: RunningService;
  beforeAll(async () => {
    service = await startService({ withTents: true });
  });
  afterAll(() => service?.close());

  async function countByGdal(...args: readonly string[]): Promise<number> {
    const address = `OAPIF:${service.url}/ogc`;
    const options = ['-f', 'GeoJSON', '/vsistdout/', '-oo', 'PAGE_SIZE=200', address, 'sighting_map', ...args];
    const { stdout } = await run('ogr2ogr', options, { maxBuffer: 2 ** 26 });
    return (JSON.parse(stdout) as { readonly features: readonly unknown[] }).features.length;
  }

  async function countBySql(condition: string): Promise<number> {
    const [row] = await service.fixture.db.query<{ n: number }>(
      `select count(*) as n from rivage.sighting_map where ${condition}`,
    );
    return row?.n ?? -1;
  }

  it('every page of a layer', async () => {
    const all = await countBySql('true');
    expect(all).toBeGreaterThan(400);
    expect(await countByGdal()).toBe(all);
  });

  it('a box, as SQL finds it', async () => {
    const inside = await countBySql('ST_Intersects(geom, ST_MakeEnvelope(6.0965, 44.949, 6.1, 44.9505, 4326))');
    expect(inside).toBeGreaterThan(10);
    expect(await countByGdal('-spat', '6.0965', '44.949', '6.1', '44.9505')).toBe(inside);
  });

  it('two days, as SQL finds them', async () => {
    const seen = await countBySql("taken_at between '2025-07-15T00:00:00Z' and '2025-07-16T23:59:59Z'");
    expect(seen).toBeGreaterThan(10);
    const where = "taken_at >= '2025/07/15 00:00:00+00' AND taken_at <= '2025/07/16 23:59:59+00'";
    expect(await countByGdal('-where', where)).toBe(seen);
  });

  it('a label, as SQL finds it', async () => {
    const tents = await countBySql("label = 'tent'");
    expect(tents).toBeGreaterThan(10);
    expect(await countByGdal('-where', "label = 'tent'")).toBe(tents);
  });
});
