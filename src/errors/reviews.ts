import type { ErrorEntry } from './entry.ts';

/** Errors of photos that people review. */
export const reviewsErrors = {
  'review-nothing': {
    status: 422,
    en: 'No photo can be reviewed: none of those asked for is usable, was processed and was not handed out yet. Run rivage process, choose other cameras and times, or add --again where a folder was lost.',
    fr: "Aucune photo à relire : aucune de celles demandées n'est exploitable, traitée et pas encore remise. Lancez rivage process, choisissez d'autres appareils et dates, ou ajoutez --again si un dossier est perdu.",
  },
  'review-too-few': {
    status: 422,
    en: '{count} photos are too few: they differ by camera, light and finds in {strata} ways, and one of each is needed. Give --count {strata} or more, or name fewer cameras.',
    fr: '{count} photos ne suffisent pas : par appareil, lumière et détections, elles forment {strata} groupes, et il en faut une de chacun. Donnez --count {strata} ou plus, ou moins d’appareils.',
  },
  'review-photo-unknown': {
    status: 422,
    en: '{file} names the photo {photo}, which no review of this workspace handed out. Check the workspace (-w), or take the photo out of the file.',
    fr: '{file} nomme la photo {photo}, qui ne provient d’aucune relecture de cet espace de travail. Vérifiez l’espace de travail (-w) ou retirez la photo du fichier.',
  },
  'review-photo-twice': {
    status: 422,
    en: '{file} names the photo {photo} twice. Leave one of the two.',
    fr: '{file} nomme deux fois la photo {photo}. N’en laissez qu’une.',
  },
  'review-photo-size': {
    status: 422,
    en: '{file} says that {photo} has {size} pixels, but it was handed out with {handed}. Boxes must be in the pixels of the photo as it was handed out.',
    fr: '{file} donne {size} pixels à {photo}, remise avec {handed}. Les boîtes doivent être en pixels de la photo telle que remise.',
  },
  'review-label-unknown': {
    status: 422,
    en: '{file}: an object of {photo} is called "{label}"; a review knows {labels}. Choose one of these, or take the object out.',
    fr: '{file} : un objet de {photo} est appelé « {label} » ; une relecture connaît {labels}. Choisissez l’un d’eux ou retirez l’objet.',
  },
  'review-box-outside': {
    status: 422,
    en: '{file}: the box {box} of {photo} lies outside the photo ({size}) or has no area. Correct it.',
    fr: '{file} : la boîte {box} de {photo} est hors de la photo ({size}) ou sans surface. Corrigez-la.',
  },
  'review-unchanged': {
    status: 409,
    en: '{file} is as it was handed out. Save what was corrected under this name; if somebody looked at every photo and all was right, add --all-right.',
    fr: '{file} est tel que remis. Enregistrez la version corrigée sous ce nom ; si chaque photo a été regardée et que tout était juste, ajoutez --all-right.',
  },
  'review-stopped': {
    status: 500,
    en: 'Stopped before all photos were written: what was in {folder} is gone again, and nothing was stored.',
    fr: "Arrêt avant l'écriture de toutes les photos : ce qui était dans {folder} est retiré et rien n'est enregistré.",
  },
} as const satisfies Record<string, ErrorEntry>;
