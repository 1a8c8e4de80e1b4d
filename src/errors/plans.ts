import type { ErrorEntry } from './entry.ts';

/** Errors of planning cameras. */
export const plansErrors = {
  'replay-empty': {
    status: 409,
    en: 'The camera {camera} has no valid frame in which {label} was looked for, so nothing can be replayed. Process its photos first (rivage process), or name another label with --label.',
    fr: "L'appareil {camera} n'a aucune photo valide où {label} a été recherché : rien à rejouer. Traitez d'abord ses photos (rivage process), ou donnez un autre label par --label.",
  },
  'replay-not-longer': {
    status: 422,
    en: 'The camera {camera} shoots every {own} min: only longer intervals that are multiples of it can be replayed, and {asked} are none. Name some with --minutes, such as {example}.',
    fr: "L'appareil {camera} prend une photo toutes les {own} min : seuls des intervalles plus longs, multiples de celui-ci, peuvent être rejoués, et {asked} n'en sont pas. Donnez-en par --minutes, par exemple {example}.",
  },
  'site-faces-sun': {
    status: 422,
    en: 'The sun faces the lens in {share} % of the time asked for in month {month} (at most {most} % is allowed): it stands in the picture, beside it or low over it around {time}. {mend}',
    fr: "Le soleil fait face à l'objectif pendant {share} % du temps demandé au mois {month} (au plus {most} % est admis) : il est dans l'image, à côté ou bas au-dessus vers {time}. {mend}",
  },
  'pose-underground': {
    status: 422,
    en: 'The pose is {below} m below the ground, which the elevation model has at {ground} m there. Give the height of the lens in the datum of the elevation model, or over the ground as +3.',
    fr: "La pose est à {below} m sous le sol, que le modèle d'altitude place là à {ground} m. Donnez l'altitude de l'objectif dans le système du modèle, ou sa hauteur au-dessus du sol comme +3.",
  },
} as const satisfies Record<string, ErrorEntry>;
