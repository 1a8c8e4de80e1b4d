import { Worker } from 'node:worker_threads';
import { ServiceError } from '../../errors.ts';
import type { RawDetection } from '../decoders/raw-detection.ts';
import type { WorkerAnswer, WorkerRequest } from './network-worker.ts';
import type { Network, NetworkStart } from './onnx-session.ts';

const workerFile = new URL('../../../dist/detect/network/network-worker.js', import.meta.url);

interface Waiting {
  readonly resolve: (found: readonly RawDetection[]) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Opens a network in a thread of its own: it looks at one picture after the other, while this thread prepares the next
 * ones and answers whom it serves. A picture that is given is gone from this thread.
 * @throws ServiceError those of openNetwork
 */
export async function startNetwork(start: NetworkStart): Promise<Network> {
  const worker = new Worker(workerFile, { workerData: start, execArgv: [] });
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let dead: ServiceError | undefined;
  const die = (cause: unknown): void => {
    const why = cause instanceof Error ? cause.message : 'its thread has ended';
    dead ??= new ServiceError('model-run', { model: start.manifest.id, why }, { cause });
    for (const { reject } of waiting.values()) reject(dead);
    waiting.clear();
  };
  worker.on('error', die);
  worker.on('exit', die);
  worker.on('message', (answer: WorkerAnswer) => {
    const caller = waiting.get(answer.id);
    waiting.delete(answer.id);
    // a thread that has nothing to do keeps no program from ending
    if (waiting.size === 0) worker.unref();
    if ('found' in answer) caller?.resolve(answer.found);
    else caller?.reject(new ServiceError(answer.failure.code, answer.failure.params));
  });
  const expect = (id: number): Promise<readonly RawDetection[]> => {
    worker.ref();
    return new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
  };
  const ask = (request: WorkerRequest): Promise<readonly RawDetection[]> => {
    if (dead) return Promise.reject(dead);
    const answer = expect(request.id);
    worker.postMessage(request, request.picture ? [request.picture.buffer as ArrayBuffer] : []);
    return answer;
  };
  await expect(0).catch(async (error: unknown) => {
    await worker.terminate();
    throw error;
  });
  return {
    look: (picture, minConfidence) => ask({ id: ++lastId, picture, minConfidence }),
    close: async () => {
      if (dead) return;
      await ask({ id: ++lastId, minConfidence: 1 });
      await worker.terminate();
    },
  };
}
