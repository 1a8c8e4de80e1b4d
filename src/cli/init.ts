import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import { type Bilingual, ServiceError } from '../errors.ts';
import type { LngLat } from '../geo/frames.ts';
import { createStartingFiles, type FirstLake, firstCameraId } from '../workspace/starting-files.ts';
import type { CliContext } from './context.ts';

interface InitOptions {
  readonly name?: string;
  readonly lake?: string;
  readonly at?: string;
  readonly waterLevel?: string;
}

/** `rivage init`: a small valid workspace to start from. */
export function registerInit(program: Command, context: CliContext): void {
  const { say, print } = context;
  program
    .command('init <folder>')
    .summary(say({ en: 'write a workspace to start from', fr: 'écrire un espace de travail de départ' }))
    .option('--name <name>', say({ en: "the workspace's name", fr: "nom de l'espace de travail" }))
    .option('--lake <name>', say({ en: 'the first lake', fr: 'le premier lac' }))
    .option('--at <lng,lat>', say({ en: "the lake's middle, degrees", fr: 'le milieu du lac, en degrés' }))
    .option('--water-level <m>', say({ en: 'height of its water, m', fr: "altitude de l'eau, m" }))
    .addHelpText(
      'after',
      '\n  rivage init my-lake\n  rivage init ecrins --lake "Lac Lauvitel" --at 6.066,44.970 --water-level 1500',
    )
    .action(async (name: string, options: InitOptions) => {
      const folder = path.resolve(context.cwd, name);
      const written = await writeStartingFiles(folder, options, context);
      print(say({ en: `In ${folder}:`, fr: `Dans ${folder} :` }));
      for (const file of written) print(`  ${file}`);
      print(
        say({
          en: 'README.md says what to fill in; rivage doctor says what is missing.',
          fr: 'README.md dit quoi remplir ; rivage doctor dit ce qui manque.',
        }),
      );
    });
}

/** Writes what is missing, never over a file; refuses when nothing is. Returns the paths written. */
async function writeStartingFiles(
  folder: string,
  options: InitOptions,
  context: CliContext,
): Promise<readonly string[]> {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const files = createStartingFiles({
    name: options.name ?? path.basename(folder),
    lake: parseLake(options),
    timeZone,
  });
  const before = await readdir(folder).catch((): string[] => []);
  const written: string[] = [];
  for (const [file, text] of files) {
    // A workspace that has cameras needs no example of one.
    if (file.startsWith('cameras/') && before.includes('cameras')) continue;
    if (await writeNew(path.join(folder, file), context.say(text))) written.push(file);
  }
  if (written.length === 0)
    throw new ServiceError('folder-not-empty', { folder, found: before.slice(0, 3).join(', ') });
  if (written.includes(`cameras/${firstCameraId}.json`)) {
    await mkdir(path.join(folder, 'photos', firstCameraId), { recursive: true });
  }
  return written;
}

async function writeNew(file: string, text: string): Promise<boolean> {
  await mkdir(path.dirname(file), { recursive: true });
  try {
    await writeFile(file, text, { flag: 'wx' });
    return true;
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'EEXIST') return false;
    throw cause;
  }
}

function parseLake({ lake, at, waterLevel }: InitOptions): FirstLake | undefined {
  if (lake === undefined && at === undefined && waterLevel === undefined) return undefined;
  const together = {
    en: '--lake, --at and --water-level go together',
    fr: '--lake, --at et --water-level vont ensemble',
  };
  if (lake === undefined) throw badOption('--lake', '', together);
  if (at === undefined) throw badOption('--at', '', together);
  if (waterLevel === undefined) throw badOption('--water-level', '', together);
  const waterLevelM = parseNumber(waterLevel);
  if (waterLevelM === undefined || Math.abs(waterLevelM) > 9000) {
    const why = { en: 'metres above the sea are needed', fr: 'il faut une altitude en mètres' };
    throw badOption('--water-level', waterLevel, why);
  }
  return { name: lake, at: parseLngLat(at), waterLevelM };
}

function parseLngLat(text: string): LngLat {
  const [lng, lat, ...others] = text.split(',').map(parseNumber);
  const isPlace = lng !== undefined && lat !== undefined && Math.abs(lng) <= 180 && Math.abs(lat) <= 90;
  if (isPlace && others.length === 0) return { lng, lat };
  throw badOption('--at', text, {
    en: 'longitude and latitude in degrees are needed, such as 6.066,44.970',
    fr: 'il faut longitude et latitude en degrés, par exemple 6.066,44.970',
  });
}

function parseNumber(text: string): number | undefined {
  const number = Number(text);
  return text.trim() === '' || !Number.isFinite(number) ? undefined : number;
}

function badOption(option: string, value: string, why: Bilingual): ServiceError {
  return new ServiceError('bad-option', { option, value, why });
}
