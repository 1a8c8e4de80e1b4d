import type { ErrorEntry } from './entry.ts';

/** Errors of networks and their weights. */
export const modelsErrors = {
  'model-unknown': {
    status: 404,
    en: 'There is no model {id}. Models that are here: {known}.',
    fr: "Le modèle {id} n'existe pas. Modèles présents : {known}.",
  },
  'model-no-detector': {
    status: 422,
    en: 'Model {id} says what a crop shows and finds nothing by itself: detectors name it in "check". Choose a detector; rivage models list shows them.',
    fr: 'Le modèle {id} dit ce que montre un extrait et ne trouve rien seul : des détecteurs le nomment dans « check ». Choisissez un détecteur ; rivage models list les montre.',
  },
  'model-check-missing': {
    status: 500,
    en: 'The manifest {file} names the model {check} in "check", and it is not here. Put that model into a folder of models, or take "check" out of the manifest.',
    fr: "Le manifeste {file} nomme le modèle {check} dans « check », et il n'est pas ici. Placez ce modèle dans un dossier de modèles, ou retirez « check » du manifeste.",
  },
  'model-check-unfit': {
    status: 500,
    en: 'The manifest {file} names the model {check} in "check", and that one cannot check it: {why}. Correct "check", or take it out.',
    fr: 'Le manifeste {file} nomme le modèle {check} dans « check », et celui-ci ne peut pas le contrôler : {why}. Corrigez « check », ou retirez-le.',
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
  'model-twice': {
    status: 500,
    en: 'Two models have the id {id}: {one} and {other}. Give one of them another id and folder name.',
    fr: "Deux modèles portent l'identifiant {id} : {one} et {other}. Donnez à l'un d'eux un autre identifiant et un autre nom de dossier.",
  },
  'model-exists': {
    status: 409,
    en: 'There is a model {id} already, in {folder}; nothing was overwritten. Give another --name, or remove that folder.',
    fr: "Le modèle {id} existe déjà, dans {folder} ; rien n'a été écrasé. Donnez un autre --name, ou supprimez ce dossier.",
  },
  'model-calibrated': {
    status: 409,
    en: 'The confidence of model {id} was calibrated already. Calibrate the model that it was made of: {model}.',
    fr: 'La confiance du modèle {id} a déjà été étalonnée. Étalonnez le modèle dont il est issu : {model}.',
  },
  'confidence-untaught': {
    status: 422,
    en: 'The labels of {dataset} do not teach how sure the model may be: {why}. Nothing was written; label more photos.',
    fr: "Les étiquettes de {dataset} n'apprennent pas à quel point le modèle peut être sûr : {why}. Rien n'a été écrit ; étiquetez plus de photos.",
  },
  'model-not-pulled': {
    status: 409,
    en: 'The weights of model {id} are not on this machine. Get them with: rivage models pull {id}',
    fr: 'Les poids du modèle {id} ne sont pas sur cette machine. Pour les obtenir : rivage models pull {id}',
  },
  'models-damaged': {
    status: 500,
    en: 'The weights of these models are missing or not the ones that were tested: {ids}. {mend}',
    fr: 'Les poids de ces modèles manquent ou ne sont pas ceux qui ont été testés : {ids}. {mend}',
  },
  'weights-missing': {
    status: 500,
    en: 'The weights {file} of model {model} are not there. {mend}',
    fr: 'Les poids {file} du modèle {model} sont absents. {mend}',
  },
  'weights-mismatch': {
    status: 500,
    en: 'The weights {file} are not the ones that were tested: SHA-256 {expected} expected, {found} found. {mend}',
    fr: 'Les poids {file} ne sont pas ceux qui ont été testés : SHA-256 {expected} attendu, {found} trouvé. {mend}',
  },
} as const satisfies Record<string, ErrorEntry>;
