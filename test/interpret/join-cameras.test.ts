import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CameraStay, joinCameras } from '../../src/interpret/join-cameras.ts';

const metre = 1 / 111_195;
const hour = 3_600_000;
const covariance = { eeM2: 1, enM2: 0, nnM2: 1 };
let key = 0;

/** A stay of a camera, m north of a fixed point, from one hour of the evening to another. */
function stayOf(cameraId: string, northM: number, [from, to]: readonly [number, number] = [20, 22]): CameraStay {
  const at = (hours: number) => new Date(Date.UTC(2026, 6, 14) + hours * hour);
  return {
    key: key++,
    cameraId,
    point: { lng: 6.4, lat: 44.9 + northM * metre },
    covariance,
    firstSeen: at(from),
    lastSeen: at(to),
  };
}

/** The groups by their cameras and places. */
function join(stays: readonly CameraStay[]): string[] {
  const names = new Map(
    stays.map(({ key: of, cameraId, point }) => [of, `${cameraId}${Math.round((point.lat - 44.9) / metre)}`]),
  );
  return joinCameras(stays)
    .map((group) =>
      group
        .map((of) => names.get(of))
        .sort()
        .join('+'),
    )
    .sort();
}

describe('joinCameras', () => {
  it('takes one tent that two cameras see within their joint error for one', () => {
    expect(join([stayOf('a', 0), stayOf('b', 4)])).toEqual(['a0+b4']);
  });

  it('keeps tents apart that are farther away: 99 % of one tent’s pairs lie within 4.3 m here', () => {
    expect(join([stayOf('a', 0), stayOf('b', 5)])).toEqual(['a0', 'b5']);
  });

  it('keeps tents apart that stood one after the other', () => {
    expect(join([stayOf('a', 0, [20, 21]), stayOf('b', 0, [22, 23])])).toEqual(['a0', 'b0']);
  });

  it('gives each of two neighbours its own twin, the nearest first', () => {
    expect(join([stayOf('a', 0), stayOf('a', 3), stayOf('b', 2), stayOf('b', -1)])).toEqual(['a0+b-1', 'a3+b2']);
  });

  it('joins what one camera lost for a while through another that did not', () => {
    expect(join([stayOf('a', 0, [20, 21]), stayOf('a', 1, [22, 23]), stayOf('b', 0, [20, 23])])).toEqual(['a0+a1+b0']);
  });

  it('never joins two tents that one camera saw at once, through whatever a third saw', () => {
    expect(join([stayOf('a', 0), stayOf('a', 4), stayOf('b', 2), stayOf('c', 1)])).toHaveLength(2);
  });

  it('names each stay once, whatever there is', () => {
    const stays = fc.array(
      fc.tuple(
        fc.constantFrom('a', 'b', 'c'),
        fc.integer({ min: -10, max: 10 }),
        fc.integer({ min: 0, max: 20 }),
        fc.integer({ min: 0, max: 5 }),
      ),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(stays, (drawn) => {
        const all = drawn.map(([camera, northM, from, long]) => stayOf(camera, northM, [from, from + long]));
        const groups = joinCameras(all);
        expect(groups.flat().toSorted((a, b) => a - b)).toEqual(all.map((stay) => stay.key));
        for (const group of groups) {
          const members = all.filter((stay) => group.includes(stay.key));
          for (const a of members) {
            for (const b of members) {
              if (a === b || a.cameraId !== b.cameraId) continue;
              expect(a.lastSeen < b.firstSeen || b.lastSeen < a.firstSeen).toBe(true);
            }
          }
        }
      }),
    );
  });
});
