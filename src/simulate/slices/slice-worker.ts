import { parentPort, workerData } from 'node:worker_threads';
import { type SliceTask, shootSlices } from './shoot-slices.ts';

/** One of the threads that draw slices: its task comes as workerData, the truth of each picture goes back as a message. */
const port = parentPort;
if (!port) throw new Error('slice-worker.ts runs only as a worker thread');
await shootSlices(workerData as SliceTask, (picture) => port.postMessage(picture));
