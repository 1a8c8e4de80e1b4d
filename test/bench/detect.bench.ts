import { createOnnxDetector } from '../../src/detect/onnx.ts';
import { getModel } from '../../src/detect/registry.ts';
import { bench, measure, msOf } from './measure.ts';
import { makeImage } from './pictures.ts';

const minConfidence = 0.05;

bench('detect', async function* () {
  const model = await getModel(undefined);
  yield await measure('network loaded', 'ms', async () => {
    let close = async () => {};
    const ms = await msOf(async () => {
      ({ close } = await createOnnxDetector(model, 1));
    });
    await close();
    return ms;
  });
  const image = makeImage(1);
  for (const threads of [1, 2]) {
    const detector = await createOnnxDetector(model, threads);
    const what = `1080p photo, ${threads === 1 ? 'one thread' : 'two threads'}`;
    yield await measure(what, 'ms', () => msOf(() => detector.detect(image, { minConfidence })), 5);
    await detector.close();
  }
});
