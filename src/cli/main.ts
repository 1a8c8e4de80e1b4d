#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { readConfig } from '../config.ts';
import { describeError, toServiceError } from '../errors.ts';
import { createLog } from '../log.ts';
import { registerCalibrate } from './calibrate.ts';
import { registerCompare } from './compare/compare.ts';
import type { CliContext } from './context.ts';
import { registerDemo } from './demo.ts';
import { registerDetect } from './detect.ts';
import { registerDoctor } from './doctor.ts';
import { registerEstimate } from './estimate.ts';
import { registerEvaluate } from './evaluate.ts';
import { registerImport } from './import.ts';
import { registerInit } from './init.ts';
import { registerLocate } from './locate.ts';
import { registerMigrate } from './migrate.ts';
import { registerModels } from './models.ts';
import { registerPlan } from './plan/plan.ts';
import { registerProcess } from './process.ts';
import { registerRelocate } from './relocate.ts';
import { registerReview } from './review/review.ts';
import { registerServe } from './serve.ts';
import { registerSimulate } from './simulate.ts';
import { registerSimulateSlices } from './simulate-slices.ts';

/** In the order of --help. */
const commands = [
  registerDemo,
  registerInit,
  registerImport,
  registerCalibrate,
  registerDetect,
  registerEvaluate,
  registerLocate,
  registerProcess,
  registerRelocate,
  registerReview,
  registerEstimate,
  registerCompare,
  registerPlan,
  registerServe,
  registerModels,
  registerMigrate,
  registerDoctor,
  registerSimulate,
  registerSimulateSlices,
] satisfies readonly ((program: Command, context: CliContext) => void)[];

async function main(argv: readonly string[]): Promise<number> {
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  process.once('SIGTERM', () => stop.abort());
  const config = readConfig();
  const context: CliContext = {
    config,
    log: createLog(config.logLevel),
    cwd: process.cwd(),
    say: (text) => text[config.language],
    print: (line) => process.stdout.write(`${line}\n`),
    signal: stop.signal,
  };
  const program = new Command('rivage').exitOverride();
  for (const register of commands) register(program, context);
  await program.parseAsync(argv);
  return 0;
}

main(process.argv).then(
  (code) => {
    process.exitCode = code;
  },
  (thrown: unknown) => {
    if (thrown instanceof CommanderError) {
      process.exitCode = thrown.exitCode;
      return;
    }
    const error = toServiceError(thrown);
    process.stderr.write(`rivage: ${describeError(error, readConfig().language)} [${error.code}]\n`);
    process.exitCode = 1;
  },
);
