import { expect, it } from 'vitest';
import { readNetwork } from '../../src/detect/network/network.ts';
import { startNetwork } from '../../src/detect/network/network-thread.ts';
import type { Network } from '../../src/detect/network/onnx-session.ts';
import { getModel } from '../../src/detect/registry.ts';

async function startDefault(): Promise<{ readonly network: Network; readonly picture: () => Float32Array }> {
  const model = await getModel(undefined);
  const { manifest } = model;
  const { widthPx, heightPx } = manifest.input;
  const network = await startNetwork({ network: await readNetwork(model), manifest, threads: 1, provider: 'cpu' });
  return { network, picture: () => new Float32Array(3 * widthPx * heightPx) };
}

it('lets the service go on while the network looks', async () => {
  const { network, picture } = await startDefault();
  let [turns, done] = [0, false];
  const looked = network.look(picture(), 0.5).finally(() => {
    done = true;
  });
  while (!done) {
    await new Promise((resolve) => setImmediate(resolve));
    turns++;
  }
  expect(await looked).toEqual([]);
  expect(turns).toBeGreaterThan(100);
  await network.close();
});

it('looks at what it was given before it closes, and at nothing after', async () => {
  const { network, picture } = await startDefault();
  const looks = [network.look(picture(), 0.5), network.look(picture(), 0.5)];
  await network.close();
  expect(await Promise.all(looks)).toEqual([[], []]);
  await expect(network.look(picture(), 0.5)).rejects.toMatchObject({ code: 'model-run' });
});

it('fails a picture that is no input, with what the network says, and goes on with the next', async () => {
  const { network, picture } = await startDefault();
  await expect(network.look(new Float32Array(5), 0.5)).rejects.toMatchObject({ code: 'internal' });
  expect(await network.look(picture(), 0.5)).toEqual([]);
  await network.close();
});
