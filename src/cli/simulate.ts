import path from 'node:path';
import type { Command } from 'commander';
import { ServiceError } from '../errors.ts';
import { defaultOptions } from '../simulate/options.ts';
import { simulateWorkspace } from '../simulate/simulate-workspace.ts';
import { truthFile } from '../simulate/truth.ts';
import type { CliContext } from './context.ts';
import { createProgress } from './progress.ts';

interface SimulateFlags {
  readonly seed: number;
  readonly days: number;
  readonly cameras: number;
  readonly interval: number;
  readonly from: string;
  readonly visitors: number;
  readonly size: string;
  readonly json?: boolean;
}

/** `rivage simulate`: a whole workspace of a lake that does not exist, with what is true of it. */
export function registerSimulate(program: Command, context: CliContext): void {
  const { say } = context;
  program
    .command('simulate <folder>')
    .summary(say({ en: 'draw a season of a lake that does not exist', fr: "dessiner la saison d'un lac imaginaire" }))
    .description(
      say({
        en: 'Writes a workspace with map, DEM, cameras, GCPs and photos of simulated visitors and tents. What is true of each photo lies in truth/, apart from it. The same options give the same bytes.',
        fr: 'Écrit un espace de travail avec carte, MNT, appareils, points d’appui et photos de visiteurs et de tentes simulés. La vérité de chaque photo est à part, dans truth/. Les mêmes options donnent les mêmes octets.',
      }),
    )
    .option(
      '--seed <n>',
      say({ en: 'another number, another lake', fr: 'un autre nombre, un autre lac' }),
      toNumber('--seed'),
      defaultOptions.seed,
    )
    .option(
      '--days <n>',
      say({ en: 'length of the season', fr: 'durée de la saison' }),
      toNumber('--days'),
      defaultOptions.days,
    )
    .option('--cameras <n>', say({ en: '1 to 3', fr: '1 à 3' }), toNumber('--cameras'), defaultOptions.cameras)
    .option(
      '--interval <minutes>',
      say({ en: 'between two photos', fr: 'entre deux photos' }),
      toNumber('--interval'),
      defaultOptions.intervalMin,
    )
    .option(
      '--from <day>',
      say({ en: 'first day, YYYY-MM-DD', fr: 'premier jour, AAAA-MM-JJ' }),
      defaultOptions.firstDay,
    )
    .option(
      '--visitors <n>',
      say({ en: 'people on a fine day', fr: 'personnes un jour de beau temps' }),
      toNumber('--visitors'),
      defaultOptions.visitorsPerDay,
    )
    .option('--size <WxH>', say({ en: 'of the photos, px', fr: 'des photos, px' }), '1920x1080')
    .option('--json', say({ en: 'answer as JSON', fr: 'répondre en JSON' }))
    .addHelpText('after', `\n  rivage simulate my-lake\n  rivage simulate my-lake --days 10 --seed 7 --interval 30`)
    .action((folder: string, flags: SimulateFlags) => runSimulate(folder, flags, context));
}

async function runSimulate(folder: string, flags: SimulateFlags, context: CliContext): Promise<void> {
  const { seed, days, cameras, from, visitors, json } = flags;
  const target = path.resolve(context.cwd, folder);
  const [widthPx, heightPx] = parseSize(flags.size);
  const title = { en: 'Drawing', fr: 'Dessin' };
  let bar: ReturnType<typeof createProgress> | undefined;
  try {
    const truth = await simulateWorkspace(target, {
      seed,
      days,
      cameras,
      intervalMin: flags.interval,
      firstDay: parseDay(from),
      visitorsPerDay: visitors,
      sizePx: { widthPx, heightPx },
      signal: context.signal,
      onPhoto: (_, total) => {
        bar ??= createProgress(context, total, title, { quiet: json ?? false });
        bar.advance();
      },
    });
    const objects = truth.photos.reduce((sum, photo) => sum + photo.objects.length, 0);
    const summary = {
      folder: target,
      cameras: truth.cameras.length,
      photos: truth.photos.length,
      objects,
      tents: truth.tents.length,
    };
    if (json) context.print(JSON.stringify(summary));
    else context.print(context.say(sentence(summary)));
  } finally {
    bar?.stop();
  }
}

function sentence(to: { folder: string; cameras: number; photos: number; objects: number }): {
  en: string;
  fr: string;
} {
  return {
    en: `${to.photos} photos of ${to.cameras} cameras in ${to.folder}; ${to.objects} persons, tents and boats are told in ${truthFile}.`,
    fr: `${to.photos} photos de ${to.cameras} appareils dans ${to.folder} ; ${to.objects} personnes, tentes et bateaux sont décrits dans ${truthFile}.`,
  };
}

function toNumber(option: string): (value: string) => number {
  return (value) => {
    const number = Number(value);
    if (value.trim() !== '' && Number.isInteger(number) && number >= 0) return number;
    throw new ServiceError('bad-option', { option, value, why: 'a whole number is needed' });
  };
}

function parseSize(value: string): readonly [number, number] {
  const [, width, height] = /^(\d{3,4})x(\d{3,4})$/.exec(value) ?? [];
  if (width !== undefined && height !== undefined) return [Number(width), Number(height)];
  throw new ServiceError('bad-option', { option: '--size', value, why: 'WIDTHxHEIGHT such as 1920x1080 is needed' });
}

function parseDay(value: string): string {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(`${value}T00:00:00Z`));
  if (isDay) return value;
  throw new ServiceError('bad-option', { option: '--from', value, why: 'a day such as 2025-08-08 is needed' });
}
