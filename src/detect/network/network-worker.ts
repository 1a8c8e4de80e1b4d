/** The thread that runs a network, so that it never stops the service. Started by network-thread.ts. */
import { parentPort, workerData } from 'node:worker_threads';
import { type ErrorCode, type ErrorParams, toServiceError } from '../../errors.ts';
import type { RawDetection } from '../decoders/raw-detection.ts';
import { type NetworkStart, openNetwork } from './onnx-session.ts';

/** What network-thread.ts asks of the thread; without a picture: to close. */
export interface WorkerRequest {
  readonly id: number;
  readonly picture?: Float32Array;
  readonly minConfidence: number;
}

/** What the thread answers; id 0 says that the network is open, or why not. */
export type WorkerAnswer =
  | { readonly id: number; readonly found: readonly RawDetection[] }
  | { readonly id: number; readonly failure: WorkerFailure };

/** A coded error as plain values: they alone cross to the other thread. */
export interface WorkerFailure {
  readonly code: ErrorCode;
  readonly params: ErrorParams;
}

const port = parentPort;
if (!port) throw new Error('network-worker.ts runs only as a worker thread');
const opening = openNetwork(workerData as NetworkStart);

async function answer(id: number, work: () => Promise<readonly RawDetection[]>): Promise<void> {
  let message: WorkerAnswer;
  try {
    message = { id, found: await work() };
  } catch (thrown) {
    const { code, params } = toServiceError(thrown);
    message = { id, failure: { code, params } };
  }
  port?.postMessage(message);
}

async function perform({ picture, minConfidence }: WorkerRequest): Promise<readonly RawDetection[]> {
  const network = await opening;
  if (picture) return network.look(picture, minConfidence);
  await network.close();
  return [];
}

// one after the other, so that the network closes when it has looked at all that was given before
let last = answer(0, () => opening.then(() => []));
port.on('message', (request: WorkerRequest) => {
  last = last.then(() => answer(request.id, () => perform(request)));
});
