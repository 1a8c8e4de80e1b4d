import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Manifest } from '../../src/detect/manifest.ts';

/** What SAHI took for one photo, from the file to the boxes; s. */
export interface SahiRow {
  readonly seconds: readonly number[];
  /** Of them, in the network. */
  readonly inNetwork: readonly number[];
  /** How often the network ran, and how many boxes it found. */
  readonly runs: number;
  readonly found: number;
}

export interface SahiWish {
  /** The bytes of an ONNX file. */
  readonly network: Uint8Array;
  readonly manifest: Manifest;
  readonly threads: number;
  readonly minConfidence: number;
  readonly samples: number;
  readonly photos: readonly string[];
}

/** The photos by SAHI, where python3 has it; undefined: it has not. */
export function runSahi({ network, manifest, ...wish }: SahiWish): { peer: string; rows: SahiRow[] } | undefined {
  const { input, decoder, classes, labels, slice } = manifest;
  const wanted = classes.flatMap((name, index) => (name in labels ? [index] : []));
  const folder = mkdtempSync(path.join(tmpdir(), 'rivage-bench-'));
  const file = path.join(folder, 'network.onnx');
  try {
    writeFileSync(file, network);
    const script = fileURLToPath(new URL('peers/sahi_slices.py', import.meta.url));
    const document = JSON.stringify({ ...wish, network: file, input, decoder, classes, wanted, slice });
    const text = execFileSync('python3', [script], { input: document, encoding: 'utf8', stdio: 'pipe' });
    return JSON.parse(text);
  } catch {
    return undefined;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
