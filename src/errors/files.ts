import type { ErrorEntry } from './entry.ts';

/** Errors of files, options and whatever else goes wrong. */
export const filesErrors = {
  internal: {
    status: 500,
    en: 'Something failed inside Rivage: {why}. Please report it with the log.',
    fr: 'Une erreur interne de Rivage est survenue : {why}. Merci de la signaler avec le journal.',
  },
  'bad-request': {
    status: 400,
    en: 'The request is not valid: {why}. Correct it and send it again.',
    fr: "La requête n'est pas valide : {why}. Corrigez-la et renvoyez-la.",
  },
  'not-found': {
    status: 404,
    en: 'There is no {what} named {id}. See the list at {list}.',
    fr: "Il n'existe pas de {what} nommé {id}. Voir la liste : {list}.",
  },
  'bad-option': {
    status: 400,
    en: 'Option {option} has the value "{value}": {why}. See --help.',
    fr: "L'option {option} a la valeur « {value} » : {why}. Voir --help.",
  },
  'option-missing': {
    status: 400,
    en: 'Option {option} is missing: {why}. See --help.',
    fr: "L'option {option} manque : {why}. Voir --help.",
  },
  'option-misplaced': {
    status: 400,
    en: 'Option {option} does not belong here: {why}. See --help.',
    fr: "L'option {option} n'a pas sa place ici : {why}. Voir --help.",
  },
  'file-not-written': {
    status: 500,
    en: 'The file {file} cannot be written ({why}). Check that its folder exists and may be written in.',
    fr: "Le fichier {file} ne peut pas être écrit ({why}). Vérifiez que son dossier existe et qu'on peut y écrire.",
  },
  'file-missing': {
    status: 404,
    en: 'The file {file} does not exist or cannot be read ({why}). Check the path.',
    fr: "Le fichier {file} n'existe pas ou ne peut pas être lu ({why}). Vérifiez le chemin.",
  },
  'file-invalid': {
    status: 422,
    en: '{file}, line {line}: {why}. {mend}',
    fr: '{file}, ligne {line} : {why}. {mend}',
  },
  'outside-folders': {
    status: 403,
    en: 'The file {file} lies outside the workspace and the folders of its cameras, so it is not read. Check cameras/*.json.',
    fr: "Le fichier {file} se trouve hors de l'espace de travail et des dossiers de ses appareils : il n'est pas lu. Vérifiez cameras/*.json.",
  },
  'disk-full': {
    status: 507,
    en: 'The disk of {folder} is full: {done} photos were copied whole and nothing was lost. Make room, then start the import again: it goes on where it stopped.',
    fr: "Le disque de {folder} est plein : {done} photos ont été copiées en entier et rien n'est perdu. Faites de la place, puis relancez l'import : il reprendra où il s'est arrêté.",
  },
  'folder-not-empty': {
    status: 409,
    en: 'The folder {folder} is not empty ({found}, …) and nothing in it is overwritten. Name a new folder.',
    fr: "Le dossier {folder} n'est pas vide ({found}, …) et rien n'y est écrasé. Nommez un nouveau dossier.",
  },
  'folder-without-photos': {
    status: 404,
    en: 'The folder {folder} holds no JPEG or PNG file. Check the path.',
    fr: 'Le dossier {folder} ne contient aucun fichier JPEG ou PNG. Vérifiez le chemin.',
  },
} as const satisfies Record<string, ErrorEntry>;
