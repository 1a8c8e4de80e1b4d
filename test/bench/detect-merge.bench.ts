import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Detection } from '../../src/detect/detection.ts';
import { mergeDetections } from '../../src/detect/merge/merge.ts';
import { bench, measure, msOf, summarize } from './measure.ts';

const count = 33_000;

/** A shore full of people of 8–60 px, each seen three times with a little noise; the same at each run. */
function makeCrowd(): readonly Detection[] {
  let state = 1;
  const random = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  return Array.from({ length: count / 3 }, () => {
    const h = 8 + 52 * random() ** 2;
    const [x, y] = [6000 * random(), 4000 * random()];
    return Array.from({ length: 3 }, () => ({
      label: 'person',
      confidence: 0.05 + 0.9 * random(),
      box: { x: x + 2 * random(), y: y + 2 * random(), w: 0.4 * h, h: h * (0.9 + 0.2 * random()) },
    }));
  }).flat();
}

function peerRows(crowd: readonly Detection[]) {
  const folder = mkdtempSync(path.join(tmpdir(), 'rivage-bench-'));
  const file = path.join(folder, 'boxes.json');
  writeFileSync(file, JSON.stringify(crowd.map(({ box: { x, y, w, h }, confidence }) => [x, y, w, h, confidence])));
  try {
    const script = fileURLToPath(new URL('peers/sahi_merge.py', import.meta.url));
    const text = execFileSync('python3', [script, file], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    const peer: { peer: string; nms: readonly number[]; nmm: readonly number[] } = JSON.parse(text);
    return [
      summarize(`33,000 boxes, ${peer.peer}, NMS`, 'ms', peer.nms),
      summarize(`33,000 boxes, ${peer.peer}, greedy NMM`, 'ms', peer.nmm),
    ];
  } catch {
    return [{ what: '33,000 boxes, SAHI', absent: 'python3 with sahi' }];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

bench('detect-merge', async function* () {
  const crowd = makeCrowd();
  const shows = () => true;
  const views = [0, 1, 2].map((view) => ({ found: crowd.filter((_, at) => at % 3 === view), shows }));
  yield await measure('33,000 boxes, NMS', 'ms', () =>
    msOf(() => mergeDetections([{ found: crowd, shows }], { iou: 0.35 })),
  );
  yield await measure('33,000 boxes of three views, voting', 'ms', () =>
    msOf(() => mergeDetections(views, { iou: 0.35, method: 'vote' })),
  );
  for (const row of peerRows(crowd)) yield row;
});
