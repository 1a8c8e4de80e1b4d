import path from 'node:path';
import type { Command } from 'commander';
import type { Bilingual } from '../errors.ts';
import { processRun, type RunReport, type RunWish } from '../pipeline/process-run.ts';
import type { Tools } from '../pipeline/tools.ts';
import type { CliContext } from './context.ts';
import { addRunSelection, describeProblems, type RunSelection, reportToJson, runWithProgress } from './run-options.ts';
import { openTools, openWorkspace, refuseEmpty } from './wire.ts';

interface ProcessOptions extends RunSelection {
  readonly model?: string;
}

/** `rivage process`: every new photo of a workspace becomes rows. */
export function registerProcess(program: Command, context: CliContext): void {
  const { say } = context;
  const command = program
    .command('process')
    .summary(
      say({ en: 'process the new photos of a workspace', fr: "traiter les nouvelles photos d'un espace de travail" }),
    );
  addRunSelection(command, context)
    .option('-m, --model <id>', say({ en: 'a folder of models/', fr: 'un dossier de models/' }))
    .addHelpText('after', '\n  rivage process -w my-lake\n  rivage process -w my-lake --camera north --json')
    .action(async (options: ProcessOptions) => {
      const report = await runProcess(options, context);
      context.print(options.json ? reportToJson(report, context) : describeReport(report, context));
      refuseEmpty(report);
    });
}

async function runProcess(options: ProcessOptions, context: CliContext): Promise<RunReport> {
  const open = await openWorkspace(path.resolve(context.cwd, options.workspace), context);
  try {
    const tools = await openTools(open, options.model, context);
    const { camera: cameraIds, from, to } = options;
    const wish = { cameraIds, from, to };
    return await processWithProgress(tools, wish, { context, quiet: options.json ?? false }).finally(() =>
      tools.detector.close(),
    );
  } finally {
    await open.close();
  }
}

/** Processes to the end or to Ctrl-C, with a progress bar. */
export async function processWithProgress(
  tools: Tools,
  wish: RunWish,
  shown: { readonly context: CliContext; readonly quiet: boolean },
): Promise<RunReport> {
  return runWithProgress((options) => processRun(tools, wish, options), { en: 'Processing', fr: 'Traitement' }, shown);
}

export function describeReport(report: RunReport, context: CliContext): string {
  const { done, total, failed, detections, sightings, duplicates, moved, problems } = report;
  const lines = [
    context.say({
      en: `${done} of ${total} new photos done: ${detections} detections, ${sightings} of them on the ground; ${failed} photos unreadable, ${duplicates} known under another name.`,
      fr: `${done} nouvelles photos traitées sur ${total} : ${detections} détections, dont ${sightings} au sol ; ${failed} photos illisibles, ${duplicates} déjà connues sous un autre nom.`,
    }),
    ...moved.map((camera) => context.say(sayMoved(camera))),
    ...describeProblems(problems, context),
  ];
  return lines.join('\n');
}

function sayMoved({ cameraId, photos, since }: RunReport['moved'][number]): Bilingual {
  const from = since.toISOString().slice(0, 16);
  return {
    en: `${cameraId}: in ${photos} photos from ${from}Z on the camera looks elsewhere than when it was calibrated. What they show is counted but not on the map: click ground control points in one of them, and give them a validFrom.`,
    fr: `${cameraId} : sur ${photos} photos à partir du ${from}Z, l'appareil ne vise plus comme lors de la calibration. Ce qu'elles montrent est compté mais absent de la carte : cliquez des points d'appui sur l'une d'elles, avec un validFrom.`,
  };
}
