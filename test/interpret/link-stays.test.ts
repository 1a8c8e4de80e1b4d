import { describe, expect, it } from 'vitest';
import { linkStays, tentRules } from '../../src/interpret/link-stays.ts';
import type { StayFrame } from '../../src/interpret/stay.ts';

const metre = 1 / 111_195;
const covariance = { eeM2: 1, enM2: 0, nnM2: 1 };
const start = Date.UTC(2026, 6, 14, 17);

/** Frames half an hour apart; each lists the tents' places, m north of a fixed point. */
function framesOf(...places: readonly (readonly number[])[]): StayFrame[] {
  let key = 0;
  return places.map((northM, i) => ({
    takenAt: new Date(start + i * 1_800_000),
    sightings: northM.map((m) => ({
      key: key++,
      sighting: { point: { lng: 6.4, lat: 44.9 + m * metre }, covariance },
    })),
  }));
}

describe('linkStays', () => {
  it('joins a tent seen again within its error ellipse', () => {
    const [stay, ...rest] = linkStays(framesOf([0], [1.5], [-0.5]), tentRules);
    expect(rest).toEqual([]);
    expect(stay?.keys).toEqual([0, 1, 2]);
    expect(stay?.firstSeen).toEqual(new Date(start));
    expect(stay?.lastSeen).toEqual(new Date(start + 3_600_000));
  });

  it('does not confirm a thing that one frame alone saw', () => {
    expect(linkStays(framesOf([0], [], []), tentRules)).toEqual([]);
  });

  it('keeps two neighbours apart, one sighting of a frame each', () => {
    const stays = linkStays(framesOf([0, 3], [2.8, 0.2]), tentRules);
    expect(stays.map(({ keys }) => [...keys]).sort()).toEqual([
      [0, 3],
      [1, 2],
    ]);
  });

  it('survives two missed frames and ends at the third', () => {
    expect(linkStays(framesOf([0], [], [], [0]), tentRules)).toHaveLength(1);
    expect(linkStays(framesOf([0], [], [], [], [0]), tentRules)).toEqual([]);
  });

  it('opens a new stay beyond the ellipse: 99 % of a shared place lies within 4.3 m here', () => {
    expect(linkStays(framesOf([0], [4.2]), tentRules)).toHaveLength(1);
    expect(linkStays(framesOf([0], [4.4]), tentRules)).toEqual([]);
  });

  it('does not shrink the covariance with more frames, since the calibration errs alike in each', () => {
    const [stay] = linkStays(framesOf(...Array.from({ length: 9 }, () => [0])), tentRules);
    expect(stay?.covariance.eeM2).toBeCloseTo(1, 12);
  });

  it('takes frames in any order', () => {
    expect(linkStays(framesOf([0], [1], [0]).toReversed(), tentRules)[0]?.keys).toEqual([0, 1, 2]);
  });
});
