import { execFile, execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Detection } from '../../src/detect/detection.ts';
import { compareModels } from '../../src/evaluate/compare-models.ts';
import type { LabelledPhoto, ModelFindings } from '../../src/evaluate/labelled-photo.ts';
import { createRandom } from '../../src/simulate/random.ts';
import { type BoxScene, drawBoxScene, toCocoFiles } from '../evaluate/random-coco.ts';
import { maxDetectionsOfSeed, sceneOfSeed, twelveFigures } from '../evaluate/twelve-figures.ts';
import { bench, msOf, summarize } from './measure.ts';

const peers = fileURLToPath(new URL('peers/', import.meta.url));
const seeds = Array.from({ length: 60 }, (_, seed) => seed);
/** Of the benchmark of COCO's size: 2,000 photos of 100 detections, 80 labels. */
const largeShape = { photos: 2000, labels: 81, objects: 150 };
const tolerance = 1e-6;

interface PeerCase {
  readonly scene: BoxScene;
  readonly maxDetections: number;
}

interface PeerAnswer {
  readonly figures: readonly number[];
  readonly seconds: number;
}

/** A Python that has pycocotools: the machine's own, or one made for it in the temporary folder; undefined: neither can be had. */
function findPeer(): string | undefined {
  const requirements = readFileSync(`${peers}requirements-coco.txt`, 'utf8');
  const place = path.join(
    tmpdir(),
    `rivage-peer-coco-${createHash('sha256').update(requirements).digest('hex').slice(0, 8)}`,
  );
  const made = path.join(place, 'bin/python');
  const has = (python: string) => {
    try {
      execFileSync(python, ['-c', 'import pycocotools.mask'], { stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  };
  if (has('python3')) return 'python3';
  if (existsSync(made) && has(made)) return made;
  try {
    execFileSync('python3', ['-m', 'venv', place], { stdio: 'ignore' });
    execFileSync(made, ['-m', 'pip', 'install', '-q', '-r', `${peers}requirements-coco.txt`], { stdio: 'ignore' });
    return has(made) ? made : undefined;
  } catch {
    return undefined;
  }
}

function askPeer(python: string, cases: readonly PeerCase[]): Promise<readonly PeerAnswer[]> {
  return new Promise((resolve, reject) => {
    const child = execFile(python, [`${peers}coco_metrics.py`], { maxBuffer: 2 ** 28 }, (error, stdout) => {
      if (error) reject(error);
      else
        resolve(
          stdout
            .trim()
            .split('\n')
            .map((line): PeerAnswer => JSON.parse(line)),
        );
    });
    for (const { scene, maxDetections } of cases)
      child.stdin?.write(`${JSON.stringify({ ...toCocoFiles(scene), maxDets: maxDetections })}\n`);
    child.stdin?.end();
  });
}

/** The largest difference between the twelve numbers of both, and the peer's time. */
async function compareWithPeer(python: string, cases: readonly PeerCase[]) {
  const answers = await askPeer(python, cases);
  let worst = 0;
  cases.forEach(({ scene, maxDetections }, at) => {
    twelveFigures(scene, maxDetections).forEach((figure, index) => {
      worst = Math.max(worst, Math.abs(figure - (answers[at]?.figures[index] ?? Number.NaN)));
    });
  });
  if (!(worst <= tolerance)) throw new Error(`the twelve numbers differ from pycocotools by ${worst}`);
  return { worst, seconds: answers.reduce((sum, { seconds }) => sum + seconds, 0) };
}

function asPhotos({ truths }: BoxScene): readonly LabelledPhoto[] {
  const sizePx = { widthPx: 1000, heightPx: 1000 };
  return truths.map((boxes, at) => ({
    ...{ id: at + 1, name: `${at + 1}.jpg`, sizePx, boxes, points: [] },
    ...{ camera: at % 2 ? 'north' : 'south', light: undefined },
  }));
}

function asModel(name: string, labels: readonly string[], found: readonly (readonly Detection[])[]): ModelFindings {
  const thresholds = Object.fromEntries(labels.map((label) => [label, 0.3]));
  return { name, labels, thresholds, found, msPerPhoto: undefined };
}

bench('evaluate', async function* () {
  const python = findPeer();
  const absent = 'python3 with pycocotools, and no PyPI to get it from';
  const large = drawBoxScene(1, largeShape);
  const detections = large.found.reduce((sum, found) => sum + found.length, 0);
  const what = `the twelve numbers of COCO, ${largeShape.photos} photos, ${detections} detections, 80 labels`;
  if (python) {
    const cases = seeds.map((seed) => ({ scene: sceneOfSeed(seed), maxDetections: maxDetectionsOfSeed(seed) }));
    const { worst } = await compareWithPeer(python, cases);
    yield summarize(`largest difference from pycocotools, ${cases.length} random scenes`, 'AP', [worst]);
    const peer = await compareWithPeer(python, [{ scene: large, maxDetections: 100 }]);
    yield summarize(`${what}, pycocotools`, 'ms', [1000 * peer.seconds]);
  } else yield { what: 'largest difference from pycocotools', absent };
  const times: number[] = [];
  for (let at = 0; at < 3; at++) times.push(await msOf(() => twelveFigures(large, 100)));
  yield summarize(what, 'ms', times);
  const unit = createRandom(1, 'resamples').unit;
  const settings = { truth: 'boxes', maxDetections: 100, resamples: 100, unit } as const;
  const models = [asModel('one', large.labels, large.found)];
  yield summarize('all figures of one model on them, with 100 resamples', 'ms', [
    await msOf(() => compareModels(asPhotos(large), large.labels, models, settings)),
  ]);
});
