import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readDemRaster } from '../../src/dem/geotiff.ts';
import { type DemGrid, layFlatDem } from '../../src/dem/grid.ts';
import { firstHit } from '../../src/dem/ray.ts';
import type { Ray } from '../../src/geo/frames.ts';
import { describeWithReferenceData, referencePath } from '../support/reference-data.ts';

const folder = 'data/finse_webcam';

interface TruthRow {
  readonly ray: Ray;
  /** East, north, height of the first hit, m; undefined: no hit. */
  readonly hit: readonly [number, number, number] | undefined;
}

function readTruth(): readonly TruthRow[] {
  const lines = readFileSync(referencePath(`${folder}/ray_dem_truth.csv`), 'utf8')
    .trim()
    .split('\n')
    .slice(1);
  return lines.map((line) => {
    const cells = line.split(',');
    const [eastM, northM, upM, dx, dy, dz] = cells.slice(2, 8).map(Number) as [
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    const hit = cells[8] ? (cells.slice(8, 11).map(Number) as [number, number, number]) : undefined;
    return { ray: { origin: { eastM, northM, upM }, direction: { eastM: dx, northM: dy, upM: dz } }, hit };
  });
}

describeWithReferenceData('rays on the Finse surface model (marching truth, confirmed by weitsicht)', folder, () => {
  const readFinse = async (): Promise<DemGrid> =>
    layFlatDem(
      await readDemRaster({ file: referencePath(`${folder}/time_lapse_finse_DSM_midfilled.tif`), epsg: 32632 }),
      {
        x: 0,
        y: 0,
        heightM: 0,
      },
    );

  it('hits 293 of 293 within 1 mm and says a reason for the other 7', async () => {
    const dem = await readFinse();
    let hits = 0;
    const reasons: string[] = [];
    for (const { ray, hit } of readTruth()) {
      const found = firstHit(ray, dem, 30_000);
      expect(found.kind).toBe(hit ? 'hit' : 'miss');
      if (found.kind === 'miss') reasons.push(found.reason);
      if (found.kind === 'miss' || !hit) continue;
      const { eastM, northM, upM } = found.point;
      if (Math.hypot(eastM - hit[0], northM - hit[1], upM - hit[2]) < 1e-3) hits++;
    }
    expect(hits).toBe(293);
    expect(reasons).toEqual(Array(7).fill('leaves-dem'));
  });
});
