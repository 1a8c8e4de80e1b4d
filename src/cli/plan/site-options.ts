import type { Command } from 'commander';
import type { CliContext } from '../context.ts';
import { numberOption, sizeOption, wholeOption } from '../number-options.ts';
import { addWorkspaceOption } from '../run-options.ts';
import { parsePose, spanOption } from './pose-option.ts';
import type { SiteWish } from './read-site.ts';

/** The options of `rivage plan site`. */
export interface SiteOptions extends SiteWish {
  readonly model?: string;
  readonly personPx?: number;
  readonly tentPx?: number;
  readonly months: readonly [number, number];
  readonly hours?: readonly [number, number];
  readonly timeZone: string;
  /** Per cent. */
  readonly mostSun: number;
  readonly out?: string;
  readonly json?: boolean;
}

/** Adds the options of SiteOptions. */
export function addSiteOptions(command: Command, context: CliContext): Command {
  const { say } = context;
  const pose = say({
    en: "a camera's id, or x,y,z,heading,pitch (then roll) in --epsg; z as +3: over the ground",
    fr: "identifiant d'un appareil, ou x,y,z,cap,site (puis roulis) dans --epsg ; z comme +3 : au-dessus du sol",
  });
  addWorkspaceOption(command.requiredOption('--pose <pose>', pose, parsePose), context);
  addLensOptions(command, context);
  addGroundOptions(command, context);
  addSunOptions(command, context);
  return command
    .option('-m, --model <id>', say({ en: 'whose sizes count', fr: 'dont les tailles comptent' }))
    .option(
      '--person-px <px>',
      say({ en: 'height from which it finds persons', fr: 'hauteur dès laquelle il trouve une personne' }),
      wholeOption('--person-px'),
    )
    .option(
      '--tent-px <px>',
      say({ en: 'height from which it finds tents', fr: 'hauteur dès laquelle il trouve une tente' }),
      wholeOption('--tent-px'),
    )
    .option('--out <folder>', say({ en: 'write site.png, .geojson, .md', fr: 'écrire site.png, .geojson, .md' }))
    .option('--json', say({ en: 'answer as JSON', fr: 'répondre en JSON' }))
    .addHelpText(
      'after',
      '\n  rivage plan site -w my-lake --pose north --hours 18-21\n  rivage plan site --pose 6.4,44.9,+3,15,-8 --fov 60 --size 1920x1080 --dem dem.tif --zones zones.geojson',
    );
}

function addLensOptions(command: Command, { say }: CliContext): Command {
  return command
    .option(
      '--heading <deg>',
      say({ en: "turned there, in place of the pose's own", fr: 'tourné là, à la place du cap de la pose' }),
      numberOption('--heading', -360, 360),
    )
    .option('--size <WxH>', say({ en: 'size of the photos, px', fr: 'taille des photos, px' }), sizeOption('--size'))
    .option(
      '--fov <deg>',
      say({ en: 'horizontal field of view', fr: 'champ horizontal' }),
      numberOption('--fov', 1, 150),
    )
    .option('--focal-px <f>', say({ en: 'focal length, px', fr: 'focale, px' }), numberOption('--focal-px', 10, 1e6))
    .option('--focal-mm <f>', say({ en: 'focal length, mm', fr: 'focale, mm' }), numberOption('--focal-mm', 0.5, 5000))
    .option(
      '--sensor-mm <w>',
      say({ en: 'width of the sensor, mm', fr: 'largeur du capteur, mm' }),
      numberOption('--sensor-mm', 1, 200),
    );
}

function addGroundOptions(command: Command, { say }: CliContext): Command {
  return command
    .option('--epsg <code>', say({ en: 'CRS of the pose', fr: 'SCR de la pose' }), wholeOption('--epsg'), 4326)
    .option(
      '--dem <file>',
      say({ en: "in place of the workspace's", fr: "à la place de celui de l'espace de travail" }),
    )
    .option(
      '--dem-epsg <code>',
      say({ en: 'where the file does not say it', fr: 'si le fichier ne le dit pas' }),
      wholeOption('--dem-epsg'),
    )
    .option('--zones <file>', say({ en: 'GeoJSON like zones.geojson', fr: 'GeoJSON comme zones.geojson' }))
    .option('--lake <id>', say({ en: 'whose water it is', fr: "dont c'est l'eau" }));
}

function addSunOptions(command: Command, { say }: CliContext): Command {
  return command
    .option('--months <m-n>', say({ en: 'of interest', fr: "d'intérêt" }), spanOption('--months', 1, 12), [
      6, 10,
    ] as const)
    .option(
      '--hours <h-h>',
      say({
        en: 'of interest, local: the sun must not face the lens then',
        fr: "d'intérêt, locales : le soleil ne doit pas y faire face",
      }),
      spanOption('--hours', 0, 24),
    )
    .option(
      '--most-sun <percent>',
      say({ en: 'share of those hours, in any month, that is allowed', fr: 'part admise de ces heures, chaque mois' }),
      numberOption('--most-sun', 0, 100),
      5,
    )
    .option('--time-zone <name>', say({ en: 'without a lake', fr: 'sans lac' }), 'Europe/Paris');
}
