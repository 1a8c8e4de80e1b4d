import type { Detection } from '../../src/detect/detection.ts';
import { planLooks } from '../../src/detect/slices/detect-on-slices.ts';
import { iouOf } from '../../src/geo/box-overlap.ts';
import type { Box } from '../../src/geo/frames.ts';
import { bench, summarize } from './measure.ts';
import { type Canvas, paintCanvases } from './tents/canvases.ts';
import { minIou } from './tents/judge.ts';
import { openProposals, scales, shrinkBox } from './tents/proposals.ts';
import { hasTentPhotos, readTentPhotos } from './tents/truth.ts';

/**
 * How many real tents, shrunk, the default network has any box on, whatever it calls them: no second look at its boxes
 * can find more.
 */

const widthsPx = [16, 24, 32, 48, 64, 96];
const sidesPx = [320, 480, 600, 640];
const confidences = [0.03, 0.06, 0.1];

bench('tents-proposals', async function* () {
  if (!hasTentPhotos) {
    yield { what: 'proposals on tents', absent: '../shared/data/photos' };
    return;
  }
  const detector = await openProposals();
  const looks: {
    readonly canvas: Omit<Canvas, 'image'>;
    readonly sidePx: number;
    readonly found: readonly Detection[];
  }[] = [];
  for await (const { image, ...canvas } of paintCanvases(readTentPhotos(), widthsPx, 1)) {
    for (const sidePx of sidesPx) {
      const slices = planLooks(image.sizePx, { ...detector.manifest.slice, sidePx });
      looks.push({
        canvas,
        sidePx,
        found: await detector.detect(image, { minConfidence: confidences[0] ?? 0, slices }),
      });
    }
  }
  await detector.close();
  for (const sidePx of sidesPx) {
    const own = looks.filter((look) => look.sidePx === sidePx);
    for (const from of confidences) {
      for (const widthPx of widthsPx) {
        const tents = own
          .filter(({ canvas }) => canvas.tentWidthPx === widthPx)
          .flatMap(({ canvas, found }) =>
            canvas.tents.map((tent) => ({ ...tent, ious: iousOf(tent.box, found, from) })),
          );
        const share = (of: typeof tents, sizes: number) =>
          of.filter(({ ious }) => ious.slice(0, sizes).some((iou) => iou >= minIou)).length / of.length;
        const alone = tents.filter((tent) => tent.alone);
        const what = `slices of ${sidePx} px, from ${from}: share of tents ${widthPx} px wide`;
        yield summarize(`${what}, ${tents.length} in all`, '1', [share(tents, 1)]);
        yield summarize(`${what}, ${alone.length} that stand alone`, '1', [share(alone, 1)]);
        yield summarize(`${what}, ${tents.length} in all, boxes in sizes ${scales}`, '1', [
          share(tents, scales.length),
        ]);
      }
      const counts = own.map(({ found }) => found.filter(({ confidence }) => confidence >= from).length);
      yield summarize(`slices of ${sidePx} px, from ${from}: boxes a photo`, '1', counts);
    }
  }
});

/** The best overlap of any box, by size of the boxes. */
function iousOf(tent: Box, found: readonly Detection[], from: number): readonly number[] {
  const sure = found.filter(({ confidence }) => confidence >= from);
  return scales.map((scale) => Math.max(0, ...sure.map(({ box }) => iouOf(shrinkBox(box, scale), tent))));
}
