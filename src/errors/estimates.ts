import type { ErrorEntry } from './entry.ts';

/** Errors of estimates. */
export const estimatesErrors = {
  'estimate-name-unknown': {
    status: 404,
    en: 'There is no {what} "{id}" to estimate for. There are: {known}.',
    fr: 'Pas de {what} « {id} » pour une estimation. Il y a : {known}.',
  },
  'estimate-zone-unseen': {
    status: 422,
    en: 'No camera asked for sees the zone {zone}: no viewshed of its calibration reaches it, and nothing was ever placed there. Choose another zone or camera, or calibrate one that sees it.',
    fr: "Aucun appareil demandé ne voit la zone {zone} : aucune emprise visible ne l'atteint, et rien n'y a jamais été placé. Choisissez une autre zone ou un autre appareil, ou calibrez-en un qui la voit.",
  },
  'estimate-days-reversed': {
    status: 400,
    en: 'The last day {to} is before the first day {from}. Exchange them.',
    fr: 'Le dernier jour {to} est avant le premier {from}. Échangez-les.',
  },
} as const satisfies Record<string, ErrorEntry>;
