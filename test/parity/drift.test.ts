import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { Camera } from '../../src/camera/camera.ts';
import type { DriftOutcome } from '../../src/drift/drift.ts';
import { measureDrift } from '../../src/drift/measure.ts';
import { type DriftReference, prepareReference } from '../../src/drift/reference.ts';
import { decodePicture } from '../../src/picture/codec.ts';
import { cropImage } from '../../src/picture/crop.ts';
import type { GreyImage } from '../../src/picture/grey.ts';
import { toGrey } from '../../src/picture/grey.ts';
import { describeWithReferenceData, referencePath } from '../support/reference-data.ts';

/** The Finse camera as own_prior_solution.json has it. Its plane is of no matter here. */
const finse: Camera = {
  origin: { lng: 7.5, lat: 60.6, heightM: 1215 },
  pose: { position: { eastM: 0, northM: 0, upM: 0 }, headingDeg: 63.233185, pitchDeg: -7.495043, rollDeg: -0.706597 },
  lens: {
    kind: 'brown-conrady',
    focalPx: 1442.162537,
    centre: { u: 984.509331, v: 548.206656 },
    k1: -0.347685723,
    k2: 0.117956761,
    k3: 0,
    p1: 0,
    p2: 0,
  },
  sizePx: { widthPx: 1920, heightPx: 1080 },
};

async function readGrey(name: string): Promise<GreyImage> {
  return toGrey(await decodePicture(referencePath(name)));
}

function expectTurn(outcome: DriftOutcome, rollDeg: number): void {
  expect(outcome.kind).toBe('steady');
  const { drift } = outcome;
  expect(Math.abs((drift?.rollDeg ?? 0) - rollDeg)).toBeLessThan(0.03);
  expect(Math.abs(drift?.headingDeg ?? 1)).toBeLessThan(0.03);
  expect(Math.abs(drift?.pitchDeg ?? 1)).toBeLessThan(0.03);
  expect(drift?.agreeing).toBeGreaterThan(30);
}

describeWithReferenceData(
  'the Finse camera, snow in 2019, green in 2022 (SIFT 1.244°, NCC 1.237°)',
  'data/finse_webcam',
  () => {
    const before = 'data/finse_webcam/2019-05-24_12-00_ori.jpg';
    const after = 'data/finse_webcam/2022-07-08.jpg';

    it('has rolled by 1.24 ± 0.03° and turned less than 0.03°', async () => {
      expectTurn(measureDrift(prepareReference(await readGrey(before), finse), await readGrey(after)), 1.24);
    });

    it('has rolled by as much the other way, seen from 2022', async () => {
      expectTurn(measureDrift(prepareReference(await readGrey(after), finse), await readGrey(before)), -1.24);
    });

    it('has rolled by as much where each photo lost its 60 uppermost rows', async () => {
      const crop = { x: 0, y: 60, w: 1920, h: 1020 };
      const [one, two] = await Promise.all(
        [before, after].map(async (name) => {
          const image = cropImage(await decodePicture(referencePath(name)), crop);
          if (!image) throw new Error(name);
          return toGrey(image);
        }),
      );
      if (!one || !two) throw new Error('no photos');
      const { lens } = finse;
      const cut = { ...finse, lens: { ...lens, centre: { ...lens.centre, v: lens.centre.v - 60 } }, sizePx: crop };
      const camera = { ...cut, sizePx: { widthPx: crop.w, heightPx: crop.h } };
      expectTurn(measureDrift(prepareReference(one, camera), two), 1.24);
    });
  },
);

/** A fixed camera of which nothing is known; it serves where it does not turn. */
function someCamera({ sizePx, factor }: GreyImage): Camera {
  const [widthPx, heightPx] = [sizePx.widthPx * factor, sizePx.heightPx * factor];
  const lens = { ...finse.lens, focalPx: 0.8 * widthPx, centre: { u: widthPx / 2, v: heightPx / 2 }, k1: 0, k2: 0 };
  return { ...finse, lens, sizePx: { widthPx, heightPx } };
}

async function readReference(name: string): Promise<DriftReference> {
  const grey = await readGrey(name);
  return prepareReference(grey, someCamera(grey));
}

describeWithReferenceData('fixed cameras with people, shadows and haze', 'data/photos', () => {
  it.each([
    { folder: 'data/photos/beach_fixed_camera/images', names: /jpg$/, reference: '3.jpg' },
    { folder: 'data/photos/alpine_fixed', names: /^cypress/, reference: 'cypress_1.jpg' },
  ])('have not moved: $folder', async ({ folder, names, reference }) => {
    const watched = await readReference(`${folder}/${reference}`);
    const files = readdirSync(referencePath(folder)).filter((name) => names.test(name));
    expect(files.length).toBeGreaterThan(8);
    for (const file of files) {
      const { kind, drift } = measureDrift(watched, await readGrey(`${folder}/${file}`));
      expect([file, kind]).toEqual([file, 'steady']);
      const angles = [drift?.headingDeg, drift?.pitchDeg, drift?.rollDeg].map((angle) => Math.abs(angle ?? 1));
      expect(Math.max(...angles)).toBeLessThan(0.02);
    }
  });

  it('have moved where the photo is another camera’s', async () => {
    const watched = await readReference('data/photos/beach_fixed_camera/images/3.jpg');
    const elsewhere = await readGrey('data/finse_webcam/2022-07-08.jpg');
    expect(measureDrift(watched, elsewhere)).toMatchObject({ kind: 'moved', reason: 'weak-consensus' });
  });
});
