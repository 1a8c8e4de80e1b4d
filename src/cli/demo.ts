import { rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import { foundLabels } from '../detect/manifest.ts';
import { foundAgainstTruth } from '../evaluate/found-against-truth.ts';
import type { Tools } from '../pipeline/tools.ts';
import { defaultOptions } from '../simulate/options.ts';
import { simulateWorkspace } from '../simulate/simulate-workspace.ts';
import { readTruth, type Truth, truthFile } from '../simulate/truth.ts';
import { compareBivouacNights } from '../store/bivouac-nights.ts';
import { readShown } from '../store/shown.ts';
import type { CliContext } from './context.ts';
import { drawFoundTable, drawNightTable } from './found-table.ts';
import { describeReport, processWithProgress } from './process.ts';
import { createProgress, type Progress } from './progress.ts';
import { serveWorkspace } from './serve.ts';
import { openTools, openWorkspace } from './wire.ts';

interface DemoOptions {
  readonly folder: string;
  readonly once?: boolean;
}

/** `rivage demo`: a simulated lake, processed, held against its own truth, and served. */
export function registerDemo(program: Command, context: CliContext): void {
  const { say, print } = context;
  program
    .command('demo')
    .summary(
      say({ en: 'simulate a lake, process it, show the map', fr: 'simuler un lac, le traiter, montrer la carte' }),
    )
    .option('--once', say({ en: 'end after the table', fr: 'finir après le tableau' }))
    .option(
      '--folder <folder>',
      say({ en: 'where the simulated workspace goes', fr: "où va l'espace simulé" }),
      'rivage-demo',
    )
    .addHelpText('after', '\n  npm run demo\n  npm run demo -- --once')
    .action(async (options: DemoOptions) => {
      const folder = path.resolve(context.cwd, options.folder);
      await simulateOnce(folder, context);
      await processDemo(folder, context);
      print(say({ en: `The workspace is in ${folder}.`, fr: `L'espace de travail est dans ${folder}.` }));
      if (!options.once) await serveWorkspace({ workspace: folder }, context);
    });
}

/** Simulates unless an earlier demo did; its truth is written last, so a half-made lake has none and is made anew. */
async function simulateOnce(folder: string, context: CliContext): Promise<void> {
  const exists = (file: string) =>
    stat(file).then(
      () => true,
      () => false,
    );
  if (await exists(path.join(folder, truthFile))) return;
  if (await exists(path.join(folder, 'rivage.json'))) await rm(folder, { recursive: true });
  const { days, intervalMin } = defaultOptions;
  context.print(
    context.say({
      en: `Simulating a lake: ${days} days, 2 cameras, a photo every ${intervalMin} minutes by day.`,
      fr: `Simulation d'un lac : ${days} jours, 2 appareils, une photo toutes les ${intervalMin} minutes le jour.`,
    }),
  );
  let bar: Progress | undefined;
  const onPhoto = (_done: number, total: number) => {
    bar ??= createProgress(context, total, { en: 'Simulating', fr: 'Simulation' });
    bar.advance();
  };
  await simulateWorkspace(folder, { onPhoto, signal: context.signal }).finally(() => bar?.stop());
}

async function processDemo(folder: string, context: CliContext): Promise<void> {
  const open = await openWorkspace(folder, context);
  try {
    const tools = await openTools(open, undefined, context);
    const everything = { cameraIds: undefined, from: undefined, to: undefined };
    const report = await processWithProgress(tools, everything, { context, quiet: false }).finally(() =>
      tools.detector.close(),
    );
    context.print(describeReport(report, context));
    context.print('');
    context.print(await compareWithTruth(tools, await readTruth(folder), context));
  } finally {
    await open.close();
  }
}

/** The truth is read here, after everything is stored: nothing before this line knows of it. */
async function compareWithTruth({ db, detector }: Tools, truth: Truth, context: CliContext): Promise<string> {
  const shown = await readShown(db);
  const usable = truth.photos.filter(({ visibility }) => visibility === 'usable');
  const photos = usable.map((photo) => ({
    found: shown.filter((detection) => detection.path === photo.path),
    truth: photo.objects,
  }));
  const nights = await compareBivouacNights(
    db,
    truth.tents.map(({ pitchedAt }) => pitchedAt),
  );
  const found = drawFoundTable(foundAgainstTruth(photos, foundLabels(detector.manifest)), context.say);
  return `${found}\n\n${drawNightTable(nights, context.say)}`;
}
