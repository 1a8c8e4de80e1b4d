import { findCheck } from '../detect/check/find-check.ts';
import type { Detector } from '../detect/detector.ts';
import type { ModelEntry } from '../detect/registry.ts';
import type { CliContext } from './context.ts';

/**
 * Loads a model as the configuration says; where it says no number of threads, with as many as were measured to be best.
 * @throws ServiceError those of createOnnxDetector
 */
export async function openDetector(model: ModelEntry, { config }: Pick<CliContext, 'config'>): Promise<Detector> {
  // what is wrong is told before anything is measured
  findCheck(model);
  const { detectThreads, executionProvider, cacheFolder } = config;
  // loaded here, so that commands without a network, and doctor above all, start without its libraries
  const { createOnnxDetector } = await import('../detect/onnx.ts');
  const threads = detectThreads ?? (executionProvider === 'cpu' ? await measure(model, cacheFolder) : 0);
  return createOnnxDetector(model, threads, executionProvider);
}

async function measure(model: ModelEntry, cacheFolder: string): Promise<number> {
  const { measuredThreads } = await import('../detect/network/measured-threads.ts');
  return (await measuredThreads(model, cacheFolder)).threads;
}
