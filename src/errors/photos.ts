import type { ErrorEntry } from './entry.ts';

/** Errors of photos. */
export const photosErrors = {
  'photo-empty': {
    status: 422,
    en: 'The photo {photo} has no bytes. Copy it again from the card.',
    fr: 'La photo {photo} est vide (0 octet). Copiez-la de nouveau depuis la carte.',
  },
  'photo-not-a-picture': {
    status: 422,
    en: 'The file {photo} is neither a JPEG nor a PNG, whatever its name says. Remove it from the photo folder.',
    fr: "Le fichier {photo} n'est ni un JPEG ni un PNG, quel que soit son nom. Retirez-le du dossier de photos.",
  },
  'photo-truncated': {
    status: 422,
    en: 'The photo {photo} ends too early: part of its picture is missing. Copy it again from the card.',
    fr: "La photo {photo} s'arrête trop tôt : une partie de l'image manque. Copiez-la de nouveau depuis la carte.",
  },
  'photo-damaged': {
    status: 422,
    en: 'The photo {photo} cannot be decoded ({why}). Copy it again from the card.',
    fr: 'La photo {photo} ne peut pas être décodée ({why}). Copiez-la de nouveau depuis la carte.',
  },
  'photo-too-large': {
    status: 422,
    en: 'The photo {photo} has {size} pixels, more than {maxMegapixels} million. Make it smaller, or remove it.',
    fr: 'La photo {photo} compte {size} pixels, plus de {maxMegapixels} millions. Réduisez-la ou retirez-la.',
  },
  'photo-without-time': {
    status: 422,
    en: 'The photo {photo} does not say when it was taken (no EXIF time). If its file name does, set "timeFromFileName": true in cameras/{camera}.json.',
    fr: 'La photo {photo} ne dit pas quand elle a été prise (pas d\'heure EXIF). Si le nom du fichier le dit, mettez "timeFromFileName": true dans cameras/{camera}.json.',
  },
  'photo-time-implausible': {
    status: 422,
    en: "The photo {photo} says it was taken at {takenAt}: {why}. Its camera's clock was probably reset. Check mountedFrom, mountedTo and clockOffsetS in cameras/{camera}.json.",
    fr: "La photo {photo} dit avoir été prise le {takenAt} : {why}. L'horloge de l'appareil a sans doute été remise à zéro. Vérifiez mountedFrom, mountedTo et clockOffsetS dans cameras/{camera}.json.",
  },
  'photo-file-too-big': {
    status: 422,
    en: 'The file {photo} has {megabytes} MB, more than a photo ever has ({maxMegabytes} MB). Remove it from the photo folder.',
    fr: "Le fichier {photo} fait {megabytes} Mo, plus qu'une photo n'en fait jamais ({maxMegabytes} Mo). Retirez-le du dossier de photos.",
  },
} as const satisfies Record<string, ErrorEntry>;
