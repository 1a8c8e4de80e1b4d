import type { Command } from 'commander';
import { parseCsv } from '../../csv.ts';
import { type Bilingual, ServiceError } from '../../errors.ts';
import { type Quantity, quantities } from '../../evaluate/agreement.ts';
import { type CountMapping, readCountMapping } from '../../workspace/count-mapping.ts';
import { findTimeZoneFault } from '../../workspace/time-zone.ts';
import type { CliContext } from '../context.ts';
import { nameOption, numberOption, wholeOption } from '../number-options.ts';

/** How a CSV of counts is to be read, as options say; what they leave open a stored mapping says. */
export interface MappingOptions {
  readonly quantity?: Quantity;
  readonly time?: string;
  readonly timeOfDay?: string;
  readonly count?: readonly string[];
  readonly timeZone?: string;
  readonly dateOrder?: 'dmy' | 'mdy';
  readonly bin?: number;
  readonly binEnds?: boolean;
  readonly skipLines?: number;
  readonly mapping?: string;
  readonly saveMapping?: string;
}

/** Adds the options of MappingOptions. */
export function addMappingOptions(command: Command, { say }: Pick<CliContext, 'say'>): Command {
  command
    .option(
      '-q, --quantity <name>',
      say({ en: `what is counted: ${quantities.join(', ')}`, fr: `ce qui est compté : ${quantities.join(', ')}` }),
      nameOption('--quantity', quantities),
    )
    .option('--time <column>', say({ en: 'column of the time, or of the day', fr: "colonne de l'heure ou du jour" }))
    .option(
      '--time-of-day <column>',
      say({ en: 'column of the hour, where it has its own', fr: "colonne de l'heure, si elle est à part" }),
    )
    .option(
      '--count <column...>',
      say({ en: 'column of the count; several are added', fr: 'colonne du compte ; plusieurs sont additionnées' }),
    )
    .option(
      '--time-zone <zone>',
      say({ en: "of the counter's clock, as Europe/Paris", fr: "de l'horloge du compteur, comme Europe/Paris" }),
      zoneOption,
    );
  return addReadingOptions(command, { say });
}

/** How cells are to be read. */
function addReadingOptions(command: Command, { say }: Pick<CliContext, 'say'>): Command {
  return command
    .option(
      '--date-order <order>',
      say({ en: 'of 14/07/2025: dmy or mdy', fr: 'de 14/07/2025 : dmy ou mdy' }),
      nameOption('--date-order', ['dmy', 'mdy']),
    )
    .option(
      '--bin <minutes>',
      say({
        en: 'how long a count of passages is: a part of an hour (default: 60)',
        fr: "durée d'un comptage de passages : une part d'heure (par défaut : 60)",
      }),
      binOption,
    )
    .option(
      '--bin-ends',
      say({ en: 'times are when a count of passages ended', fr: 'les heures sont celles de la fin du comptage' }),
    )
    .option(
      '--skip-lines <n>',
      say({ en: 'lines before the header', fr: "lignes avant l'en-tête" }),
      numberOption('--skip-lines', 0, 1000),
    )
    .option(
      '--mapping <name>',
      say({ en: 'stored options of this kind', fr: 'options de ce genre, enregistrées' }),
      nameOfMapping('--mapping'),
    )
    .option(
      '--save-mapping <name>',
      say({ en: 'store them in counts/ of the workspace', fr: "les enregistrer dans counts/ de l'espace de travail" }),
      nameOfMapping('--save-mapping'),
    );
}

/**
 * The mapping of a file: options first, then the stored one. Nothing that could be guessed wrongly is guessed.
 * @throws ServiceError option-missing, mapping-unknown
 */
export async function getMapping(
  options: MappingOptions,
  { workspaceFolder, file, text }: { readonly workspaceFolder: string; readonly file: string; readonly text: string },
): Promise<CountMapping> {
  const stored = options.mapping === undefined ? undefined : await readCountMapping(workspaceFolder, options.mapping);
  const skipLines = options.skipLines ?? stored?.skipLines ?? 0;
  const timeOfDay = options.timeOfDay ?? stored?.timeOfDay;
  const columns = () => parseCsv(text.split('\n').slice(skipLines).join('\n'), file).columns.join(', ');
  return {
    quantity: options.quantity ?? stored?.quantity ?? refuse('--quantity', needsQuantity),
    time: options.time ?? stored?.time ?? refuse('--time', columnsOf(file, columns())),
    ...(timeOfDay === undefined ? {} : { timeOfDay }),
    count: [...(options.count ?? stored?.count ?? refuse('--count', columnsOf(file, columns())))],
    timeZone: options.timeZone ?? stored?.timeZone ?? refuse('--time-zone', needsZone),
    dateOrder: options.dateOrder ?? stored?.dateOrder ?? 'ymd',
    binMin: options.bin ?? stored?.binMin ?? 60,
    binEnds: options.binEnds ?? stored?.binEnds ?? false,
    skipLines,
  };
}

const needsQuantity: Bilingual = {
  en: `what does the file count? One of ${quantities.join(', ')}`,
  fr: `que compte le fichier ? L'un de ${quantities.join(', ')}`,
};
const needsZone: Bilingual = {
  en: "in which zone does the counter's clock run? Europe/Paris follows summer time; Etc/GMT-1 is winter time in France all year",
  fr: "dans quel fuseau est l'horloge du compteur ? Europe/Paris suit l'heure d'été ; Etc/GMT-1 est l'heure d'hiver en France toute l'année",
};

function columnsOf(file: string, columns: string): Bilingual {
  return { en: `${file} has the columns ${columns}`, fr: `${file} a les colonnes ${columns}` };
}

function refuse(option: string, why: Bilingual): never {
  throw new ServiceError('option-missing', { option, why });
}

function zoneOption(value: string): string {
  const fault = findTimeZoneFault(value, '--time-zone', 1);
  if (!fault) return value;
  const near = fault.params.near ?? '';
  const why = { en: `no such time zone; did you mean ${near}?`, fr: `fuseau inconnu ; vouliez-vous dire ${near} ?` };
  throw new ServiceError('bad-option', { option: '--time-zone', value, why });
}

function binOption(value: string): number {
  const minutes = wholeOption('--bin')(value);
  if (60 % minutes === 0) return minutes;
  const why = { en: 'an hour must be whole in such bins', fr: 'une heure doit en contenir un nombre entier' };
  throw new ServiceError('bad-option', { option: '--bin', value, why });
}

/** It becomes the name of a file. */
function nameOfMapping(option: string): (value: string) => string {
  return (value) => {
    if (/^[\p{L}\p{N}][\p{L}\p{N}_-]*$/u.test(value)) return value;
    const why = { en: 'letters, numbers, - and _ only', fr: 'lettres, chiffres, - et _ seulement' };
    throw new ServiceError('bad-option', { option, value, why });
  };
}
