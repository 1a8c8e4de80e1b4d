import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { summarize } from './measure.ts';

interface PeerDocument {
  readonly peer: string;
  /** Points a second, each sample. */
  readonly pinhole: readonly number[];
  readonly distorted: readonly number[];
}

/** The plane points of CameraTransform in the same run, where python3 has it. */
export function peerRows() {
  const script = fileURLToPath(new URL('peers/cameratransform_plane.py', import.meta.url));
  let document: PeerDocument;
  try {
    document = JSON.parse(execFileSync('python3', [script], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
  } catch {
    return [{ what: 'plane points, CameraTransform', absent: 'python3 with cameratransform' }];
  }
  return [
    summarize(`plane points, ${document.peer}, pinhole`, 'points/s', document.pinhole),
    summarize(`plane points, ${document.peer}, k1, k2`, 'points/s', document.distorted),
  ];
}
