import type { Bilingual } from '../errors.ts';
import type { CountEstimate, UsedCorrection } from './estimate.ts';
import { type CorrectionSource, type Light, leastReviewed } from './estimate-correction.ts';
import { leastDaysOfHour } from './estimate-sums.ts';

/** Something that an estimate leaves as it was counted. */
export interface Uncorrected {
  readonly code: 'light' | 'zone' | 'unwatched' | 'hour-of-day' | 'stay' | 'interval';
  readonly text: Bilingual;
}

/** What was asked for beside a label and a camera. */
interface Asked {
  readonly inZone: boolean;
  readonly meanStay: { readonly sdMin: number } | undefined;
}

const lightNames: Readonly<Record<Light, Bilingual>> = {
  day: { en: 'by day', fr: 'de jour' },
  dim: { en: 'at dusk and dawn', fr: "au crépuscule et à l'aube" },
  dark: { en: 'in the dark', fr: 'dans le noir' },
};

const sourceNames: Readonly<Record<CorrectionSource, Bilingual>> = {
  camera: { en: 'of this camera in this light', fr: 'de cet appareil sous cette lumière' },
  light: { en: 'of all cameras in this light (borrowed)', fr: 'de tous les appareils sous cette lumière (emprunt)' },
  label: { en: 'of all cameras in any light (borrowed)', fr: 'de tous les appareils, toutes lumières (emprunt)' },
};

/** Each thing that the figures were not corrected for: where nothing is said, it was. */
export function listUncorrected(estimate: CountEstimate, asked: Asked): readonly Uncorrected[] {
  const { corrections, hoursOfDay, objectHours, days } = estimate;
  const notes: Uncorrected[] = corrections
    .filter(({ source }) => source === undefined)
    .map(({ light, share }) => ({ code: 'light', text: sayUnreviewed(light, share) }));
  if (asked.inZone && corrections.some(({ source }) => source !== undefined)) notes.push(zoneNote);
  if (hoursOfDay === undefined) notes.push(unwatchedNote);
  else if (hoursOfDay.length < 24) notes.push({ code: 'hour-of-day', text: sayHours(hoursOfDay) });
  if (asked.meanStay?.sdMin === 0) notes.push(stayNote);
  if (objectHours && objectHours.low === undefined) notes.push({ code: 'interval', text: sayNoInterval(days) });
  return notes;
}

/** How the figures were made, in sentences. */
export function describeMethod(estimate: CountEstimate, resamples: number): Bilingual {
  const { corrections, objectHours, hoursOfDay } = estimate;
  const used = corrections.filter(({ source }) => source !== undefined);
  const sentences: readonly Bilingual[] = [
    sayTime(hoursOfDay),
    ...used.map(sayCorrection),
    ...(objectHours?.low === undefined ? [] : [sayInterval(resamples, used.length > 0)]),
  ];
  return {
    en: sentences.map(({ en }) => en).join(' '),
    fr: sentences.map(({ fr }) => fr).join(' '),
  };
}

function sayTime(hoursOfDay: readonly number[] | undefined): Bilingual {
  if (hoursOfDay === undefined) {
    return {
      en: 'Objects in each valid frame, times the time that it stands for (half of the gaps to its neighbours, those longer than two intervals left out), by the time watched.',
      fr: "Objets de chaque image exploitable, multipliés par le temps qu'elle représente (la moitié des intervalles jusqu'à ses voisines, sans ceux de plus de deux cadences), par temps observé.",
    };
  }
  return {
    en: 'Objects in each valid frame by the time watched, for each local hour of the day; hours that nobody watched take the mean of that hour on the days when somebody did (extrapolated).',
    fr: "Objets de chaque image exploitable par temps observé, pour chaque heure locale ; les heures non observées prennent la moyenne de cette heure aux jours où elle l'a été (extrapolation).",
  };
}

function sayCorrection({ light, source, precision, recall, factor, reviewed }: UsedCorrection): Bilingual {
  const from = source && sourceNames[source];
  const [p, r, f] = [precision ?? 0, recall ?? 0, factor].map((value) => value.toFixed(2));
  return {
    en: `What was found ${lightNames[light].en} counts ${f} times: precision ${p} / recall ${r} in ${reviewed} reviewed photos ${from?.en}.`,
    fr: `Ce qui est détecté ${lightNames[light].fr} compte ${f} fois : précision ${p} / rappel ${r} sur ${reviewed} photos relues ${from?.fr}.`,
  };
}

function sayInterval(resamples: number, isCorrected: boolean): Bilingual {
  return {
    en: `95 % interval: days drawn again ${resamples} times in runs of neighbours${isCorrected ? ', and their reviewed photos with them' : ''}; Student's t, on a logarithmic scale. It says how far the mean of other days like these may be, so it can be compared with another year or lake.${isCorrected ? '' : ' It knows nothing of the errors of detection.'}`,
    fr: `Intervalle à 95 % : jours retirés au sort ${resamples} fois par suites de voisins${isCorrected ? ', avec leurs photos relues' : ''} ; t de Student, échelle logarithmique. Il dit où pourrait être la moyenne d'autres jours semblables, et se compare donc à une autre année ou à un autre lac.${isCorrected ? '' : ' Il ignore les erreurs de détection.'}`,
  };
}

function sayUnreviewed(light: Light, share: number): Bilingual {
  const percent = Math.round(100 * share);
  return {
    en: `What was found ${lightNames[light].en} (${percent} % of all) is not corrected for misses and false detections: reviewed photos show fewer than ${leastReviewed} objects, or fewer than ${leastReviewed} detections. Review more with rivage review.`,
    fr: `Ce qui est détecté ${lightNames[light].fr} (${percent} % du total) n'est pas corrigé des oublis et fausses détections : les photos relues montrent moins de ${leastReviewed} objets, ou moins de ${leastReviewed} détections. Relisez-en plus avec rivage review.`,
  };
}

const zoneNote: Uncorrected = {
  code: 'zone',
  text: {
    en: 'Precision and recall are those of the whole picture: in this zone they may be others, and places near its edge may be on the other side.',
    fr: "Précision et rappel sont ceux de l'image entière : ils peuvent différer dans cette zone, et un lieu proche du bord peut être de l'autre côté.",
  },
};

const unwatchedNote: Uncorrected = {
  code: 'unwatched',
  text: {
    en: 'Hours that nobody watched (night, fog, gaps) are left out of object-hours and visits: these are those of the time watched. Ask for whole days to extrapolate.',
    fr: 'Les heures non observées (nuit, brouillard, trous) ne sont pas dans les heures-objets ni dans les visites, qui sont celles du temps observé. Demandez les journées entières pour extrapoler.',
  },
};

const stayNote: Uncorrected = {
  code: 'stay',
  text: {
    en: 'The mean stay is taken as exact: no standard deviation was given for it.',
    fr: "La durée moyenne de séjour est prise comme exacte : aucun écart-type n'est donné.",
  },
};

function sayHours(hours: readonly number[]): Bilingual {
  const list = Array.from({ length: 24 }, (_, hour) => hour).filter((hour) => !hours.includes(hour));
  return {
    en: `The local hours ${sayRuns(list)} were watched on fewer than ${leastDaysOfHour} days: nothing is said of them, and they are not in the figures.`,
    fr: `Les heures locales ${sayRuns(list)} ont été observées moins de ${leastDaysOfHour} jours : on n'en dit rien, et elles ne sont pas dans les chiffres.`,
  };
}

/** 0, 1, 2, 22 → '0–3, 22–23': hours as what they last. */
function sayRuns(hours: readonly number[]): string {
  const starts = hours.filter((hour) => !hours.includes(hour - 1));
  const ends = hours.filter((hour) => !hours.includes(hour + 1));
  return starts.map((start, at) => `${start}–${(ends[at] ?? start) + 1}`).join(', ');
}

function sayNoInterval(days: number): Bilingual {
  if (days < 2) {
    return {
      en: 'One day alone says nothing of how days differ: there is no interval.',
      fr: "Un seul jour ne dit rien de l'écart entre jours : pas d'intervalle.",
    };
  }
  return {
    en: 'There is no interval: nothing was found, or on too few days.',
    fr: "Pas d'intervalle : rien n'a été détecté, ou sur trop peu de jours.",
  };
}
