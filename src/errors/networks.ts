import type { ErrorEntry } from './entry.ts';

/** Networks that are not what their manifest says, or that cannot run here. */
export const networksErrors = {
  'model-not-onnx': {
    status: 500,
    en: 'The weights of model {model} are no ONNX file, or only a part of one. Export the network as ONNX, or set "format" in model.json.',
    fr: 'Les poids du modèle {model} ne sont pas un fichier ONNX, ou seulement une partie. Exportez le réseau au format ONNX, ou corrigez « format » dans model.json.',
  },
  'model-opset': {
    status: 500,
    en: 'Model {model} is of {what} version {version}; up to {newest} can be read here. Export it with an older version, for example opset 17.',
    fr: "Le modèle {model} est en version {what} {version} ; on lit ici jusqu'à {newest}. Exportez-le dans une version plus ancienne, par exemple opset 17.",
  },
  'model-value-missing': {
    status: 500,
    en: 'model.json of {model} names "{name}", which the network does not have. It has: {known}. Correct the name.',
    fr: "Le model.json de {model} nomme « {name} », que le réseau n'a pas. Il a : {known}. Corrigez le nom.",
  },
  'model-value-unknown': {
    status: 500,
    en: 'The network of model {model} wants an input "{name}" that model.json does not name. If it wants a width and a height, write it as input.sizes; else export the network without it.',
    fr: 'Le réseau du modèle {model} attend une entrée « {name} » que model.json ne nomme pas. Si elle attend une largeur et une hauteur, indiquez-la dans input.sizes ; sinon, exportez le réseau sans elle.',
  },
  'model-shape': {
    status: 500,
    en: '"{name}" of model {model} is {found}, and model.json says {expected}. Correct the size of the input, the list of classes or the decoder in model.json.',
    fr: "« {name} » du modèle {model} est {found}, alors que model.json annonce {expected}. Corrigez la taille de l'entrée, la liste des classes ou le décodeur dans model.json.",
  },
  'model-class-unknown': {
    status: 500,
    en: 'Model {model} found an object of class number {index}, and model.json lists {count} classes, from 0. Give every class of the network, in its order.',
    fr: 'Le modèle {model} a trouvé un objet de la classe numéro {index}, et model.json liste {count} classes, à partir de 0. Donnez toutes les classes du réseau, dans son ordre.',
  },
  'model-not-finite': {
    status: 500,
    en: 'Model {model} gave {count} of {of} values of "{name}" that are no numbers (NaN or infinite) for this photo. Nothing was kept of it. Check mean and std in model.json, or export the network with 32-bit numbers.',
    fr: "Pour cette photo, le modèle {model} a donné {count} valeurs de « {name} » sur {of} qui ne sont pas des nombres (NaN ou infini). Rien n'en a été gardé. Vérifiez mean et std dans model.json, ou exportez le réseau en nombres de 32 bits.",
  },
  'model-not-probability': {
    status: 500,
    en: 'The classifier {model} gave {value} for "{name}", and a probability from 0 to 1 is needed. Nothing was kept of this photo. If the network gives logits, write "activation": "softmax" in its model.json.',
    fr: 'Le classifieur {model} a donné {value} pour « {name} », et il faut une probabilité de 0 à 1. Rien n\'a été gardé de cette photo. Si le réseau donne des logits, écrivez « "activation": "softmax" » dans son model.json.',
  },
  'model-run': {
    status: 500,
    en: 'The network of model {model} stopped: {why}. Check the size of the input in model.json, or use another model.',
    fr: "Le réseau du modèle {model} s'est arrêté : {why}. Vérifiez la taille de l'entrée dans model.json, ou prenez un autre modèle.",
  },
  'provider-missing': {
    status: 500,
    en: 'RIVAGE_EXECUTION_PROVIDER is {provider}, which cannot be used on this machine: {why}. Known here: {known}. Install its libraries, or leave the variable out to compute on the processor.',
    fr: 'RIVAGE_EXECUTION_PROVIDER vaut {provider}, inutilisable sur cette machine : {why}. Connus ici : {known}. Installez ses bibliothèques, ou retirez la variable pour calculer sur le processeur.',
  },
} as const satisfies Record<string, ErrorEntry>;
