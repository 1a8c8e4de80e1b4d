import { expect, it } from 'vitest';
import type { KnownCamera } from '../../src/camera/known-camera.ts';
import { planLooks, planThoroughLooks } from '../../src/detect/slices/detect-on-slices.ts';
import type { DriftOutcome } from '../../src/drift/drift.ts';
import { buildPlaneGround } from '../../src/locate/ground.ts';
import { createSlicePlans } from '../../src/pipeline/slice-plans.ts';
import { fakeDetector, trueCamera } from '../support/small-workspace.ts';

const camera = {
  ...trueCamera,
  sizePx: { widthPx: 1920, heightPx: 1440 },
  lens: { ...trueCamera.lens, focalPx: 1500, centre: { u: 960, v: 720 } },
};
const known: KnownCamera = { camera, free: [], covariance: [] };
const fake = fakeDetector([]).manifest;
/** Small plain slices, so that those of the ground, larger where people are near, are fewer. */
const manifest = {
  ...fake,
  input: { ...fake.input, widthPx: 512, heightPx: 512 },
  slice: { sidePx: 320, overlapRatio: 0.2 },
};
const plans = createSlicePlans(buildPlaneGround(known, 2200, 0.1, 3000), []);

function turned(pitchDeg: number, kind: DriftOutcome['kind'] = 'steady'): DriftOutcome {
  const drift = { headingDeg: 0, pitchDeg, rollDeg: 0, covariance: new Array(9).fill(0), agreeing: 9, looked: 9 };
  return kind === 'moved' ? { kind, reason: 'large-jump', drift } : { kind, drift };
}

it('plans once for drifts that are nearly the same, and anew for others', () => {
  const plan = plans(manifest, turned(0.03));
  expect(plan?.length).toBeGreaterThan(1);
  expect(plans(manifest, turned(-0.05))).toBe(plan);
  expect(plans(manifest, turned(1))).not.toEqual(plan);
});

it('follows a camera that turned up: the far shore lies lower in its photos', () => {
  const top = (drift: DriftOutcome | undefined) =>
    Math.min(...(plans(manifest, drift) ?? []).map(({ y, w }) => (w === 320 ? y : Infinity)));
  expect(top(turned(1.6)) - top(turned(-1.6))).toBeGreaterThan(50);
});

it('says nothing of a camera that moved, or may have', () => {
  expect(plans(manifest, turned(3, 'moved'))).toBeUndefined();
  expect(plans(manifest, { kind: 'unclear', drift: undefined })).toBeUndefined();
});

it('takes plain slices where the ground would save less than a quarter of them', () => {
  const few = { ...manifest, slice: { sidePx: 1920, overlapRatio: 0.2 } };
  const plain = planLooks(camera.sizePx, few.slice);
  expect(plans(few, undefined)).toEqual(plain);
});

it('keeps to three scales where the manifest wants them: what its confidence was learned on', () => {
  const thorough = { ...manifest, id: 'other', slice: { ...manifest.slice, look: 'thorough' as const } };
  expect(plans(thorough, turned(0))).toEqual(planThoroughLooks(camera.sizePx, manifest.slice));
});
