import { parentPort, workerData } from 'node:worker_threads';
import { type CameraTask, photograph } from './photograph.ts';

/** The thread of one camera: its task comes as workerData, the truth of each photo goes back as a message. */
const port = parentPort;
if (!port) throw new Error('camera-worker.ts runs only as a worker thread');
await photograph(workerData as CameraTask, (truth) => port.postMessage(truth));
