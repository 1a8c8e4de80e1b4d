import { describe, expect, it } from 'vitest';
import {
  byScene,
  falseRate,
  leaveScenesOut,
  meanOfScenes,
  recall,
  type SeenNegative,
  strictThreshold,
} from './figures.ts';
import { judgeBox } from './judge.ts';
import { readNegatives, readTentPhotos } from './truth.ts';

const tent = (scene: string, confidence: number) => ({ scene, light: 'day', widthPx: 32, alone: true, confidence });
const negative = (scene: string, ...confidences: readonly number[]): SeenNegative => {
  return { scene, set: 'shore', light: 'day', confidences };
};
const quiet = Array.from({ length: 19 }, (_, at) => negative(`quiet${at}`));

describe('figures of tents', () => {
  it('allow one false tent in twenty photos, and no more', () => {
    expect(strictThreshold([...quiet, negative('loud', 0.62)])).toBe(0.05);
    expect(strictThreshold([...quiet, negative('loud', 0.62, 0.31)])).toBe(0.32);
    expect(strictThreshold([negative('loud', 0.62)])).toBe(0.63);
    expect(falseRate([...quiet, negative('loud', 0.62, 0.31)], 0.31)).toBeCloseTo(0.1);
  });

  it('choose no threshold on the photos that it is used on', () => {
    const scenes = ['a', 'b', 'c', 'd', 'e'];
    const loud = scenes.map((scene, at) => negative(scene, at === 0 ? 0.9 : 0.4));
    const { thresholds, negatives, tents } = leaveScenesOut([tent('a', 0.5), tent('b', 0.5)], loud);
    expect(thresholds).toEqual([0.41, 0.91, 0.91, 0.91, 0.91]);
    expect(negatives.map(({ confidences }) => confidences)).toEqual([[0.9], [], [], [], []]);
    expect(tents.map(({ found }) => found)).toEqual([true, false]);
  });

  it('have intervals of scenes: more photos of one scene make nothing surer', () => {
    const figure = (seen: readonly ReturnType<typeof tent>[]) => recall(seen, 0.5);
    const few = byScene([tent('a', 1), tent('b', 0)], figure);
    const many = byScene(
      [...Array.from({ length: 50 }, () => tent('a', 1)), ...Array.from({ length: 50 }, () => tent('b', 0))],
      figure,
    );
    expect(few).toEqual({ value: 0.5, low: 0, high: 1 });
    expect(many).toEqual(few);
    expect(byScene([], figure)).toBeUndefined();
    const camp = [tent('a', 1), tent('a', 1), tent('a', 1), tent('b', 0)];
    expect([byScene(camp, figure)?.value, meanOfScenes(camp, figure)?.value]).toEqual([0.75, 0.5]);
    expect(meanOfScenes(camp, figure)).toMatchObject({ low: 0, high: 1 });
  });

  it('tell a tent from a part of it, from what counts neither way, and from nothing', () => {
    const box = { x: 0, y: 0, w: 40, h: 20 };
    const other = { x: 100, y: 0, w: 40, h: 20 };
    const judge = (x: number, w: number, h: number) => judgeBox({ x, y: 0, w, h }, [box], [other]);
    expect(judge(5, 40, 20)).toEqual({ kind: 'tent', tent: 0 });
    expect(judge(0, 10, 10)).toEqual({ kind: 'part' });
    expect(judge(0, 90, 90)).toEqual({ kind: 'part' });
    expect(judge(110, 10, 10)).toEqual({ kind: 'ignored' });
    expect(judge(60, 20, 20)).toEqual({ kind: 'not' });
  });
});

it('has the tents that were boxed, and lists no photo twice', () => {
  const photos = readTentPhotos();
  expect(photos.flatMap(({ tents }) => tents)).toHaveLength(51);
  const paths = [...photos, ...readNegatives()].map(({ path }) => path);
  expect(new Set(paths).size).toBe(paths.length);
});
