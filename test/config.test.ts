import { homedir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../src/config.ts';

describe('the folders of models', () => {
  it.each([
    { what: 'nothing is set', env: { HOME: '/home/ana' }, weights: '/home/ana/.local/share/rivage/weights' },
    { what: 'XDG names a folder', env: { XDG_DATA_HOME: '/data' }, weights: '/data/rivage/weights' },
    {
      what: 'XDG breaks its own rule',
      env: { XDG_DATA_HOME: 'data', HOME: '/h' },
      weights: '/h/.local/share/rivage/weights',
    },
    { what: 'there is no HOME', env: {}, weights: path.join(homedir(), '.local/share/rivage/weights') },
    { what: 'Rivage is told', env: { RIVAGE_WEIGHTS: '/mnt/w', XDG_DATA_HOME: '/data' }, weights: '/mnt/w' },
    { what: 'the folder is relative', env: { RIVAGE_WEIGHTS: 'w' }, weights: path.resolve('w') },
  ])('keep weights in $weights when $what', ({ env, weights }) => {
    expect(readConfig(env).weightsFolder).toBe(weights);
  });

  it("have the user's own beside them only when it is named", () => {
    expect(readConfig({}).modelsFolder).toBeUndefined();
    expect(readConfig({ RIVAGE_MODELS: 'mine' }).modelsFolder).toBe(path.resolve('mine'));
  });
});

describe('the proxy', () => {
  it('is read in lower case first, as other programs do', () => {
    const env = {
      HTTPS_PROXY: 'http://a:1',
      https_proxy: 'http://b:2',
      HTTP_PROXY: 'http://c:3',
      NO_PROXY: 'lake.example',
    };
    expect(readConfig(env).proxy).toEqual({ https: 'http://b:2', http: 'http://c:3', except: 'lake.example' });
    expect(readConfig({}).proxy).toEqual({ https: '', http: '', except: '' });
  });
});

it('computes on the processor unless another provider is named, in any case of letters', () => {
  expect(readConfig({}).executionProvider).toBe('cpu');
  expect(readConfig({ RIVAGE_EXECUTION_PROVIDER: '' }).executionProvider).toBe('cpu');
  expect(readConfig({ RIVAGE_EXECUTION_PROVIDER: 'CUDA' }).executionProvider).toBe('cuda');
});

it('leaves the number of threads to be measured unless it is told', () => {
  expect(readConfig({}).detectThreads).toBeUndefined();
  expect(readConfig({ RIVAGE_DETECT_THREADS: '' }).detectThreads).toBeUndefined();
  expect(readConfig({ RIVAGE_DETECT_THREADS: '0' }).detectThreads).toBe(0);
  expect(readConfig({ RIVAGE_DETECT_THREADS: '3' }).detectThreads).toBe(3);
});

it.each([
  { env: { HOME: '/home/ana' }, folder: '/home/ana/.cache/rivage' },
  { env: { HOME: '/home/ana', XDG_CACHE_HOME: '/fast' }, folder: '/fast/rivage' },
  { env: { HOME: '/home/ana', XDG_CACHE_HOME: 'fast' }, folder: '/home/ana/.cache/rivage' },
])('keeps what it measured in $folder', ({ env, folder }) => {
  expect(readConfig(env).cacheFolder).toBe(folder);
});
