import type { ErrorEntry } from './entry.ts';

/** Errors of ground control points that were misread, doubled or badly placed. */
export const gcpsErrors = {
  'gcps-elsewhere': {
    status: 422,
    en: 'The {count} ground control points of {source} {why}. {mend}',
    fr: "Les {count} points d'appui de {source} {why}. {mend}",
  },
  'camera-without-gcps': {
    status: 422,
    en: 'Camera {camera} has no ground control points, so nothing is known of its ground. Give it some under "gcps" of its file, or leave --camera out.',
    fr: "L'appareil {camera} n'a pas de points d'appui : rien n'est connu de son sol. Donnez-lui-en sous « gcps » de son fichier, ou omettez --camera.",
  },
  'gcps-pixels-exchanged': {
    status: 422,
    en: '{outside} of the {count} ground control points lie outside the picture of {size} px ({name} at {pixel}), and none does with {how}. {mend}',
    fr: "{outside} des {count} points d'appui sont hors de la photo de {size} px ({name} en {pixel}), et aucun ne l'est avec {how}. {mend}",
  },
  'gcp-doubled': {
    status: 422,
    en: 'Ground control points {name} and {other} are {what}. Remove one of them, or correct it: a point counted twice makes the camera look surer than it is.',
    fr: "Les points d'appui {name} et {other} sont {what}. Retirez l'un des deux, ou corrigez-le : un point compté deux fois fait croire l'appareil plus sûr qu'il ne l'est.",
  },
  'held-unknown': {
    status: 422,
    en: 'What is to be solved leaves out {names}, of which nothing is known. Solve {names} too, or say what it is (position, focal length; angles are always solved).',
    fr: "Ce qu'il faut résoudre omet {names}, dont rien n'est connu. Résolvez aussi {names}, ou dites sa valeur (position, focale ; les angles sont toujours résolus).",
  },
  'gcps-ill-placed': {
    status: 422,
    en: 'The {count} ground control points {why}, too little to fix {free}: {doubt}. Add points where there are none (near and far, left and right), say what else is known (position, focal length), or free less.',
    fr: "Les {count} points d'appui {why}, trop peu pour déterminer {free} : {doubt}. Ajoutez des points là où il n'y en a pas (près et loin, à gauche et à droite), dites ce que vous savez d'autre (position, focale), ou libérez moins de paramètres.",
  },
  'gcps-misread': {
    status: 422,
    en: 'The {count} ground control points fit no camera as they are written (RMS {asGiven} px), but fit one to {mended} px with {how}. {mend}',
    fr: "Les {count} points d'appui ne conviennent à aucun appareil tels qu'écrits (EQM {asGiven} px), mais conviennent à {mended} px près avec {how}. {mend}",
  },
  'calibration-of-file': {
    status: 409,
    en: 'Calibration {id} comes from a file of the workspace and would come back with the next run. Correct or remove its entry under "gcps" in {file}.',
    fr: "La calibration {id} vient d'un fichier du dossier et reviendrait au prochain traitement. Corrigez ou retirez son entrée sous « gcps » dans {file}.",
  },
  'calibration-without-points': {
    status: 409,
    en: 'Calibration {id} was stored by an older version, which did not keep where its points are: it cannot be checked or drawn. Process or locate anew to solve {camera} again.',
    fr: 'La calibration {id} a été stockée par une ancienne version, qui ne gardait pas la place de ses points : on ne peut ni la vérifier ni la dessiner. Relancez le traitement ou la localisation pour résoudre {camera} à nouveau.',
  },
} as const satisfies Record<string, ErrorEntry>;
