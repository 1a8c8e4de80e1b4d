import path from 'node:path';
import type { Command } from 'commander';
import { type RelocateReport, relocateRun } from '../pipeline/relocate-run.ts';
import type { CliContext } from './context.ts';
import { addRunSelection, describeProblems, type RunSelection, reportToJson, runWithProgress } from './run-options.ts';
import { openWorkspace, refuseEmpty } from './wire.ts';

/** `rivage relocate`: what was detected before is put on the ground anew. */
export function registerRelocate(program: Command, context: CliContext): void {
  const { say } = context;
  const command = program
    .command('relocate')
    .summary(say({ en: 'locate anew what was detected before', fr: 'replacer ce qui a déjà été détecté' }))
    .description(
      say({
        en: 'Puts stored detections on the ground anew, with the calibrations, terrain, zones and water levels as they are now. Nothing is detected again. Until then old sightings keep the calibration that made them.',
        fr: "Replace sur le terrain les détections enregistrées, avec les calibrations, le relief, les zones et les niveaux d'eau actuels. Rien n'est détecté de nouveau. D'ici là, les anciennes observations gardent la calibration qui les a placées.",
      }),
    );
  addRunSelection(command, context)
    .addHelpText('after', '\n  rivage relocate -w my-lake --camera north --from 2025-08-03T14:00Z')
    .action(async (options: RunSelection) => {
      const report = await runRelocate(options, context);
      context.print(options.json ? reportToJson(report, context) : describeReport(report, context));
      refuseEmpty(report);
    });
}

async function runRelocate(
  { workspace, camera: cameraIds, from, to, json }: RunSelection,
  context: CliContext,
): Promise<RelocateReport> {
  const open = await openWorkspace(path.resolve(context.cwd, workspace), context);
  const tools = { ...open, log: context.log };
  const label = { en: 'Locating', fr: 'Replacement' };
  return runWithProgress((options) => relocateRun(tools, { cameraIds, from, to }, options), label, {
    context,
    quiet: json ?? false,
  }).finally(() => open.close());
}

function describeReport({ total, done, failed, sightings, problems }: RelocateReport, context: CliContext): string {
  const text = context.say({
    en: `${done} of ${total} analysed photos done: ${sightings} detections are on the ground; ${failed} photos were left as they were.`,
    fr: `${done} photos analysées traitées sur ${total} : ${sightings} détections sont au sol ; ${failed} photos laissées telles quelles.`,
  });
  return [text, ...describeProblems(problems, context)].join('\n');
}
