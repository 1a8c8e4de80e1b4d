import type { Camera } from '../../src/camera/camera.ts';
import type { DriftOutcome } from '../../src/drift/drift.ts';
import { measureDrift } from '../../src/drift/measure.ts';
import { prepareReference } from '../../src/drift/reference.ts';
import type { SizePx } from '../../src/geo/frames.ts';
import { resize } from '../../src/picture/codec.ts';
import { toGrey } from '../../src/picture/grey.ts';
import type { Image } from '../../src/picture/image.ts';
import { bench, measure, msOf, summarize } from './measure.ts';
import { type TurnedPhoto, type WatchedCamera, watchCamera } from './simulated-drift.ts';

interface Judged extends TurnedPhoto {
  readonly outcome: DriftOutcome;
}

/** All photos of a camera in which one can count, without their pixels. */
async function judgeAll({ camera, reference, isStable, photos }: WatchedCamera): Promise<readonly Judged[]> {
  const watched = prepareReference(toGrey(reference), camera, isStable);
  const judged: Judged[] = [];
  for await (const photo of photos()) {
    if (!photo.isUsable) continue;
    judged.push({
      ...photo,
      image: { ...photo.image, rgb: noBytes },
      outcome: measureDrift(watched, toGrey(photo.image)),
    });
  }
  return judged;
}

const noBytes = new Uint8Array();

const angles = ['headingDeg', 'pitchDeg', 'rollDeg'] as const;

/** Errors of an angle, deg, and over its own σ. */
function errorsOf(judged: readonly Judged[], at: number): readonly { deg: number; sigmas: number }[] {
  return judged.flatMap(({ outcome, turned }) => {
    if (outcome.kind !== 'steady') return [];
    const deg = Math.abs(outcome.drift[angles[at] ?? 'rollDeg'] - (turned[at] ?? 0));
    return [{ deg, sigmas: deg / Math.sqrt(outcome.drift.covariance[4 * at] ?? 0) }];
  });
}

/** Per camera, the share of some of its photos of which something is so. */
function share(cameras: readonly (readonly Judged[])[], of: (one: Judged) => boolean, is: (one: Judged) => boolean) {
  return cameras.map((judged) => judged.filter(of).filter(is).length / judged.filter(of).length);
}

const isKind = (kind: DriftOutcome['kind']) => (one: Judged) => one.outcome.kind === kind;

bench('drift', async function* () {
  const watched = await watchCamera(51, 0);
  for (const wider of [1, 2.4]) yield* measureTimes(watched, wider);

  const cameras = [await judgeAll(watched)];
  for (const index of [1, 2]) cameras.push(await judgeAll(await watchCamera(51 + index, index)));
  const all = cameras.flat();
  for (const [at, name] of ['heading', 'pitch', 'roll'].entries()) {
    const errors = errorsOf(all, at);
    yield summarize(
      `error of ${name}`,
      'deg',
      errors.map(({ deg }) => deg),
    );
    yield summarize(
      `error of ${name} over its σ`,
      'σ',
      errors.map(({ sigmas }) => sigmas),
    );
  }
  const still = (one: Judged) => one.turned.every((angle) => angle === 0);
  yield summarize('photos of a still camera called moved', 'share', share(cameras, still, isKind('moved')));
  yield summarize('photos of a still camera called unclear', 'share', share(cameras, still, isKind('unclear')));
  const knocked = (least: number, most: number) => (one: Judged) =>
    one.knockedDeg !== undefined && one.knockedDeg >= least && one.knockedDeg <= most;
  yield summarize('knocked by 3° or 10°: called moved', 'share', share(cameras, knocked(3, 10), isKind('moved')));
  yield summarize('knocked by 0.5° or 1°: corrected', 'share', share(cameras, knocked(0, 1), isKind('steady')));
});

/** Times at 1080p, or at as many times its width and height. */
async function* measureTimes({ camera, reference, isStable }: WatchedCamera, wider: number) {
  const sizePx = { widthPx: camera.sizePx.widthPx * wider, heightPx: camera.sizePx.heightPx * wider };
  const [image, larger] = [await resize(reference, sizePx), enlarge(camera, sizePx)];
  const [u, v] = [camera.sizePx.widthPx / sizePx.widthPx, camera.sizePx.heightPx / sizePx.heightPx];
  const isStill = (pixel: { u: number; v: number }) => isStable({ u: pixel.u * u, v: pixel.v * v });
  const name = `${Math.round((sizePx.widthPx * sizePx.heightPx) / 1e6)} megapixels`;
  const prepare = (of: Image) => prepareReference(toGrey(of), larger, isStill);
  yield await measure(`reference prepared, ${name}`, 'ms', () => msOf(() => prepare(image)));
  const watched = prepare(image);
  yield await measure(`photo compared, ${name}`, 'ms', () => msOf(() => measureDrift(watched, toGrey(image))), 21);
}

function enlarge(camera: Camera, sizePx: SizePx): Camera {
  const times = sizePx.widthPx / camera.sizePx.widthPx;
  const { lens } = camera;
  const centre = { u: lens.centre.u * times, v: lens.centre.v * times };
  return { ...camera, sizePx, lens: { ...lens, focalPx: lens.focalPx * times, centre } };
}
