import type { ErrorEntry } from './entry.ts';

/** Errors of labelled photos and of comparing models on them. */
export const datasetsErrors = {
  'dataset-unknown': {
    status: 422,
    en: 'No labels are known in {dataset}: needed is a COCO file (.json), labels of YOLO (.txt) or points (.csv). --format says which it is.',
    fr: "Aucune étiquette reconnue dans {dataset} : il faut un fichier COCO (.json), des étiquettes YOLO (.txt) ou des points (.csv). --format dit lequel c'est.",
  },
  'dataset-empty': {
    status: 422,
    en: 'No labels of {dataset} belong to a photo ({photos} photos were found). --photos names their folder; labels are named like their photo.',
    fr: "Aucune étiquette de {dataset} ne correspond à une photo ({photos} photos trouvées). --photos donne leur dossier ; les étiquettes s'appellent comme leur photo.",
  },
  'dataset-photo-missing': {
    status: 404,
    en: 'The labels name the photo {photo}, which is not there. --photos names the folder of the photos.',
    fr: 'Les étiquettes nomment la photo {photo}, qui est absente. --photos donne le dossier des photos.',
  },
  'dataset-without-labels': {
    status: 422,
    en: 'Nothing in {dataset} has a label that is compared; its classes are: {classes}. --labels says which label of Rivage each one is.',
    fr: "Rien dans {dataset} n'a de label à comparer ; ses classes : {classes}. --labels dit à quel label de Rivage chacune correspond.",
  },
  'evaluation-stopped': {
    status: 500,
    en: 'Stopped before all photos were looked at: nothing was compared.',
    fr: "Arrêt avant la fin des photos : rien n'a été comparé.",
  },
} as const satisfies Record<string, ErrorEntry>;
