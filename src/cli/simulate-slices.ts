import path from 'node:path';
import type { Command } from 'commander';
import { annotationsFile, simulateSlices } from '../simulate/slices/simulate-slices.ts';
import { defaultSlices } from '../simulate/slices/slice-options.ts';
import type { CliContext } from './context.ts';
import { numberOption, wholeOption } from './number-options.ts';
import { createProgress } from './progress.ts';

interface SliceFlags {
  readonly count: number;
  readonly seed: number;
  readonly size: number;
  readonly backgrounds?: string;
  readonly json?: boolean;
}

/** `rivage simulate-slices`: small pictures with exact truth, to teach and to test a network. */
export function registerSimulateSlices(program: Command, context: CliContext): void {
  const { say } = context;
  program
    .command('simulate-slices <folder>')
    .summary(say({ en: 'draw small pictures to train on', fr: "dessiner de petites images d'apprentissage" }))
    .description(
      say({
        en: 'Draws tents, people, boats, animals and things that look like them by lakes that do not exist, in any light and weather, as images/*.jpg; what is in each is told in annotations.json (COCO). The same options give the same bytes.',
        fr: 'Dessine des tentes, des personnes, des bateaux, des animaux et ce qui leur ressemble au bord de lacs imaginaires, par tous les temps et toutes les lumières, dans images/*.jpg ; leur contenu est décrit dans annotations.json (COCO). Les mêmes options donnent les mêmes octets.',
      }),
    )
    .option(
      '--count <n>',
      say({ en: 'how many pictures', fr: "nombre d'images" }),
      wholeOption('--count'),
      defaultSlices.count,
    )
    .option(
      '--seed <n>',
      say({ en: 'another number, other pictures', fr: "un autre nombre, d'autres images" }),
      numberOption('--seed', 0, 999_999),
      defaultSlices.seed,
    )
    .option(
      '--size <px>',
      say({ en: 'width and height of each', fr: 'largeur et hauteur de chacune' }),
      wholeOption('--size'),
      defaultSlices.sidePx,
    )
    .option(
      '--backgrounds <folder>',
      say({
        en: 'photographs to stand behind some of them, with boxes of persons as YOLO text beside',
        fr: 'photographies servant de fond à certaines, avec les personnes en texte YOLO à côté',
      }),
    )
    .option('--json', say({ en: 'answer as JSON', fr: 'répondre en JSON' }))
    .addHelpText('after', '\n  rivage simulate-slices slices --count 4000 --seed 7')
    .action((folder: string, flags: SliceFlags) => runSlices(folder, flags, context));
}

async function runSlices(folder: string, flags: SliceFlags, context: CliContext): Promise<void> {
  const { count, seed, size, json = false } = flags;
  const backgrounds = flags.backgrounds === undefined ? undefined : path.resolve(context.cwd, flags.backgrounds);
  const target = path.resolve(context.cwd, folder);
  const bar = createProgress(context, count, { en: 'Drawing', fr: 'Dessin' }, { quiet: json });
  try {
    const onPicture = () => bar.advance();
    const { signal } = context;
    const pictures = await simulateSlices(target, { count, seed, sidePx: size, backgrounds, signal, onPicture });
    const objects = pictures.reduce((sum, picture) => sum + picture.objects.length, 0);
    const summary = { folder: target, pictures: pictures.length, objects };
    if (json) context.print(JSON.stringify(summary));
    else
      context.print(
        context.say({
          en: `${pictures.length} pictures in ${target}; their ${objects} objects are told in ${annotationsFile}.`,
          fr: `${pictures.length} images dans ${target} ; leurs ${objects} objets sont décrits dans ${annotationsFile}.`,
        }),
      );
  } finally {
    bar.stop();
  }
}
