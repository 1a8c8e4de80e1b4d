import { describe, expect, it } from 'vitest';
import { type ComparedPhoto, foundAgainstTruth } from '../../src/evaluate/found-against-truth.ts';
import { matchBoxes } from '../../src/evaluate/match-boxes.ts';
import { iouOf } from '../../src/geo/box-overlap.ts';

const place = { lng: 6.4, lat: 44.9 };
const covariance = { eeM2: 1, enM2: 0, nnM2: 1 };
const truthOf = (x: number, h: number, more: object = {}) => ({
  label: 'person' as const,
  box: { x, y: 0, w: h / 2, h },
  visibleShare: 1,
  contrastLeft: 1,
  ground: { ...place, heightM: 2200 },
  rangeM: 70,
  ...more,
});
const foundOf = (x: number, h: number, more: object = {}) => ({
  label: 'person',
  confidence: 0.5,
  box: { x, y: 0, w: h / 2, h },
  place: { point: place, covariance },
  ...more,
});
const compare = (found: ComparedPhoto['found'], truth: ComparedPhoto['truth'], labels = ['person']) =>
  foundAgainstTruth([{ found, truth }], labels);

describe('matchBoxes', () => {
  it('measures overlap as intersection over union', () => {
    expect(iouOf({ x: 0, y: 0, w: 2, h: 2 }, { x: 1, y: 0, w: 2, h: 2 })).toBeCloseTo(1 / 3, 12);
    expect(iouOf({ x: 0, y: 0, w: 1, h: 1 }, { x: 1, y: 0, w: 1, h: 1 })).toBe(0);
  });

  it('gives a truth to the most confident detection, and to one only', () => {
    const found = [foundOf(0, 20), foundOf(1, 20, { confidence: 0.9 })];
    expect(matchBoxes(found, [truthOf(0, 20)], 0.3).map((match) => match.found.confidence)).toEqual([0.9]);
  });
});

describe('foundAgainstTruth', () => {
  it('counts what was found by pixel height', () => {
    const { rows, falseAlarms } = compare([foundOf(0, 20)], [truthOf(0, 20), truthOf(100, 40)]);
    expect(rows).toEqual([
      { label: 'person', heightPx: [16, 32], truths: 1, found: 1 },
      { label: 'person', heightPx: [32, 64], truths: 1, found: 0 },
    ]);
    expect(falseAlarms).toEqual({});
  });

  it('says nothing was looked for, not zero, where the model lacks the label', () => {
    expect(compare([], [truthOf(0, 20, { label: 'tent' })]).rows[0]?.found).toBeUndefined();
  });

  it('calls a detection of another label false', () => {
    const { falseAlarms, rows } = compare([foundOf(0, 20, { label: 'boat' })], [truthOf(0, 20)], ['person', 'boat']);
    expect(falseAlarms).toEqual({ boat: 1 });
    expect(rows[0]?.found).toBe(0);
  });

  it('neither asks for a thing that is mostly hidden nor blames whoever finds it', () => {
    const { rows, falseAlarms } = compare([foundOf(0, 20)], [truthOf(0, 20, { visibleShare: 0.1 })]);
    expect(rows).toEqual([]);
    expect(falseAlarms).toEqual({});
  });

  it('measures ground error by range, and the share inside the 95 % ellipses', () => {
    const north = (m: number) => ({ lng: place.lng, lat: place.lat + m / 111_132 });
    const found = [0, 100, 200].map((x, i) =>
      foundOf(x, 20, { place: { point: north([1, 2, 3][i] ?? 0), covariance } }),
    );
    const { ground } = compare(found, [truthOf(0, 20), truthOf(100, 20), truthOf(200, 20)]);
    const row = ground.find(({ rangeM }) => rangeM[0] === 50);
    expect(row?.sightings).toBe(3);
    expect(row?.medianM).toBeCloseTo(2, 2);
    expect(row?.insideEllipse).toBeCloseTo(2 / 3, 12);
    expect(ground.find(({ rangeM }) => rangeM[0] === 0)?.medianM).toBeUndefined();
  });

  it('has a band for 400 to 800 m, and counts what was found but has no place', () => {
    const far = { rangeM: 500 };
    const found = [foundOf(0, 20), foundOf(100, 20, { place: undefined })];
    const { ground } = compare(found, [truthOf(0, 20, far), truthOf(100, 20, far)]);
    expect(ground.find(({ rangeM }) => rangeM[1] === 800)).toMatchObject({
      rangeM: [400, 800],
      sightings: 1,
      unplaced: 1,
      insideEllipse: 1,
    });
  });
});
