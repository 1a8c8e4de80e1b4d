import type { ErrorEntry } from './entry.ts';

/** Errors of networks and their weights. */
export const modelsErrors = {
  'model-unknown': {
    status: 404,
    en: 'There is no model {id}. Models that are here: {known}.',
    fr: "Le modèle {id} n'existe pas. Modèles présents : {known}.",
  },
  'model-default': {
    status: 500,
    en: 'The folder {folder} has {count} default models; exactly one is needed. Set "default" in its model.json files.',
    fr: 'Le dossier {folder} contient {count} modèles par défaut ; il en faut exactement un. Réglez « default » dans ses fichiers model.json.',
  },
  'model-invalid': {
    status: 500,
    en: 'The network of model {model} cannot be read: {why}. Use another model, or install Rivage again.',
    fr: 'Le réseau du modèle {model} est illisible : {why}. Choisissez un autre modèle ou réinstallez Rivage.',
  },
  'model-op-unsupported': {
    status: 500,
    en: 'Model {model} has a layer that Rivage cannot convert: {op} at {node}. Give the model as ONNX instead.',
    fr: 'Le modèle {model} contient une couche que Rivage ne sait pas convertir : {op}, nœud {node}. Fournissez le modèle au format ONNX.',
  },
  'weights-missing': {
    status: 500,
    en: 'The weights {file} of model {model} are not there. Run npm ci again.',
    fr: 'Les poids {file} du modèle {model} sont absents. Relancez npm ci.',
  },
  'weights-mismatch': {
    status: 500,
    en: 'The weights {file} are not the ones that were tested: SHA-256 {expected} expected, {found} found. Run npm ci again, and do not use this file.',
    fr: "Les poids {file} ne sont pas ceux qui ont été testés : SHA-256 {expected} attendu, {found} trouvé. Relancez npm ci et n'utilisez pas ce fichier.",
  },
} as const satisfies Record<string, ErrorEntry>;
