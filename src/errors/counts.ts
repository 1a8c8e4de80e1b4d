import type { ErrorEntry } from './entry.ts';

/** Errors of counts by other instruments and people that ours are held together with. */
export const countsErrors = {
  'counts-column-unknown': {
    status: 422,
    en: '{file} has no column "{column}". Its columns are: {columns}. Where the header is not the first line, --skip-lines passes over those before it.',
    fr: "{file} n'a pas de colonne « {column} ». Ses colonnes : {columns}. Si l'en-tête n'est pas la première ligne, --skip-lines saute celles qui précèdent.",
  },
  'counts-time-unreadable': {
    status: 422,
    en: '{file}, line {line}: "{value}" is not a time that can be read. {mend}',
    fr: '{file}, ligne {line} : « {value} » ne se lit pas comme une heure. {mend}',
  },
  'counts-time-skipped': {
    status: 422,
    en: '{file}, line {line}: {value} did not exist in {zone}: clocks were put forward. A counter that stays on winter time all year has another zone, in France --time-zone Etc/GMT-1.',
    fr: "{file}, ligne {line} : {value} n'a pas existé en {zone} : passage à l'heure d'été. Un compteur qui reste à l'heure d'hiver toute l'année a un autre fuseau, en France --time-zone Etc/GMT-1.",
  },
  'counts-time-twice': {
    status: 422,
    en: '{file}, line {line}: the time {value} is there twice. Leave one of the two; the counts of several sensors go into columns of their own, and --count adds them.',
    fr: "{file}, ligne {line} : l'heure {value} y est deux fois. N'en laissez qu'une ; les comptes de plusieurs capteurs vont dans des colonnes à part, que --count additionne.",
  },
  'counts-time-off': {
    status: 422,
    en: '{file}, line {line}: {value} is not where a count of {minutes} min begins. --bin says how long a count is, in minutes; for counts of whole days choose a daily --quantity.',
    fr: "{file}, ligne {line} : à {value} ne commence aucun comptage de {minutes} min. --bin donne la durée d'un comptage, en minutes ; pour des comptes de jours entiers, choisissez une --quantity journalière.",
  },
  'counts-number-unreadable': {
    status: 422,
    en: '{file}, line {line}: the column "{column}" holds "{value}". A number is needed there, or nothing where nobody counted.',
    fr: "{file}, ligne {line} : la colonne « {column} » contient « {value} ». Il y faut un nombre, ou rien si personne n'a compté.",
  },
  'counts-negative': {
    status: 422,
    en: '{file}, line {line}: the column "{column}" holds {value}, and a count is never below 0. Leave the cell empty where nobody counted.',
    fr: "{file}, ligne {line} : la colonne « {column} » contient {value}, or un compte n'est jamais inférieur à 0. Laissez la case vide si personne n'a compté.",
  },
  'counts-empty': {
    status: 422,
    en: '{file} holds no count: {rows} rows, {blank} of them without a number. Check --count.',
    fr: '{file} ne contient aucun compte : {rows} lignes, dont {blank} sans nombre. Vérifiez --count.',
  },
  'counts-ours-missing': {
    status: 422,
    en: 'Camera {camera} has nothing of "{label}" to compare: no frame of it is usable and analysed by a model that shows this label, or no day was watched for {hours} h. Run rivage process, or lower --watched-hours.',
    fr: "L'appareil {camera} n'a rien de « {label} » à comparer : aucune photo exploitable et analysée par un modèle qui montre ce label, ou aucun jour surveillé {hours} h. Lancez rivage process, ou baissez --watched-hours.",
  },
  'counts-apart': {
    status: 422,
    en: 'No time is in both: ours are from {from} to {to}, those of {file} from {fromTheirs} to {toTheirs} (UTC). Check --time-zone, --date-order and the camera.',
    fr: "Aucune heure commune : les nôtres vont de {from} à {to}, ceux de {file} de {fromTheirs} à {toTheirs} (UTC). Vérifiez --time-zone, --date-order et l'appareil.",
  },
  'mapping-unknown': {
    status: 404,
    en: 'No mapping of counts is called "{name}". Those of the workspace: {known}. --save-mapping makes one.',
    fr: "Aucune correspondance de comptes ne s'appelle « {name} ». Celles de l'espace de travail : {known}. --save-mapping en crée une.",
  },
} as const satisfies Record<string, ErrorEntry>;
