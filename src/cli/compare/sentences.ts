import type { Bilingual } from '../../errors.ts';
import type { Quantity } from '../../evaluate/agreement.ts';
import { isClear } from '../../evaluate/bootstrap.ts';
import type { Say } from '../evaluation/tables.ts';
import { type CompareDocument, nameOf } from './document.ts';

/** Below so many days, intervals of the limits hold them too seldom: npm run bench -- agreement. */
const fewDays = 100;

/** What is counted, with its unit. */
const theirs: Readonly<Record<Quantity, Bilingual>> = {
  occupancy: { en: 'occupancy (objects present, mean of an hour)', fr: 'présents (moyenne par heure)' },
  passages: { en: 'passages an hour', fr: 'passages par heure' },
  'daily-total': { en: 'total of a day', fr: 'total du jour' },
  'daily-visitor-hours': { en: 'visitor-hours a day', fr: 'heures-visiteurs par jour' },
  'daily-maximum': { en: 'most at once in a day', fr: 'maximum simultané du jour' },
};
const ours: Readonly<Record<CompareDocument['counterpart']['ours'], Bilingual>> = {
  occupancy: { en: 'occupancy (objects per valid frame, by hour)', fr: 'présents (par photo valide, par heure)' },
  'visitor-hours': { en: 'visitor-hours a day', fr: 'heures-visiteurs par jour' },
  'daily-maximum': { en: 'most in one valid frame of a day', fr: 'maximum du jour sur une photo valide' },
};

/** Units for axes. */
const units: Readonly<Record<Quantity | 'visitor-hours', Bilingual>> = {
  occupancy: { en: 'objects present', fr: 'objets présents' },
  passages: { en: 'passages an hour', fr: 'passages par heure' },
  'daily-total': { en: 'total of a day', fr: 'total du jour' },
  'daily-visitor-hours': { en: 'visitor-hours', fr: 'heures-visiteurs' },
  'visitor-hours': { en: 'visitor-hours', fr: 'heures-visiteurs' },
  'daily-maximum': { en: 'most at once', fr: 'maximum simultané' },
};

/** Names of both sides for a plot, with and without what they count. */
export function nameSides(document: CompareDocument, say: Say) {
  const { camera, counterpart, quantity } = document;
  const name = nameOf(document).split(/[\\/]/).at(-1) ?? '';
  const sides = {
    ours: `${say({ en: 'ours', fr: 'nôtres' })} (${camera})`,
    theirs: `${say({ en: 'theirs', fr: 'leurs' })} (${name})`,
  };
  return {
    ...sides,
    oursWithUnit: `${sides.ours}, ${say(units[counterpart.ours])}`,
    theirsWithUnit: `${sides.theirs}, ${say(units[quantity])}`,
  };
}

/** What is held together, and how much of it. */
export function sayWhat(document: CompareDocument, say: Say): readonly string[] {
  const { camera, zone, label, counterpart, quantity, agreement, read } = document;
  const { pairs, days, oursAlone, theirsAlone } = agreement;
  const isHours = counterpart.bin === 'hour';
  const place = zone === null ? camera : `${camera}, ${zone}`;
  const bins = isHours ? say({ en: 'hours', fr: 'heures' }) : say({ en: 'days', fr: 'jours' });
  const lines = [
    `${say({ en: 'Ours', fr: 'Nôtres' })}: ${place}, ${label}: ${say(ours[counterpart.ours])}`,
    `${say({ en: 'Theirs', fr: 'Leurs' })}: ${nameOf(document)}: ${say('camera' in document.with ? ours[counterpart.ours] : theirs[quantity])}`,
    say({
      en: `${pairs.length} ${bins} in both, on ${days} days. Left out, not taken for 0: ${oursAlone} ${bins} of ours alone, ${theirsAlone} of theirs alone.`,
      fr: `${pairs.length} ${bins} communes, sur ${days} jours. Écartées, jamais prises pour 0 : ${oursAlone} chez nous seuls, ${theirsAlone} chez eux seuls.`,
    }),
  ];
  if (read && read.blank + read.partHours > 0) {
    lines.push(
      say({
        en: `Of ${read.rows} rows ${read.blank} hold no count; ${read.partHours} hours are there only in part and are left out.`,
        fr: `Sur ${read.rows} lignes, ${read.blank} sont sans compte ; ${read.partHours} heures incomplètes sont écartées.`,
      }),
    );
  }
  return lines;
}

/** How the figures are to be taken. */
export function sayHow(document: CompareDocument, say: Say): readonly string[] {
  const { counterpart, quantity, agreement, resamples, watchedHours } = document;
  const notes: (Bilingual | undefined)[] = [
    {
      en: 'Two instruments, neither the truth: a difference does not say which of the two it comes from. Ours are as detected, not corrected for what the detector misses or makes up.',
      fr: "Deux instruments, aucun n'est la vérité : un écart ne dit pas duquel il vient. Les nôtres sont tels que détectés, sans correction de ce que le détecteur manque ou invente.",
    },
    counterpart.same ? undefined : sayOther(quantity),
    sayIntervals(agreement.days, resamples, counterpart.same),
    sayLag(counterpart.bin),
    growthNote(document),
    watchedHours === null
      ? undefined
      : {
          en: `Our days are those watched for ${watchedHours} h or more; what happened outside the watched hours is not in them.`,
          fr: `Nos jours sont ceux surveillés ${watchedHours} h ou plus ; ce qui s'est passé hors des heures surveillées n'y est pas.`,
        },
    quantity === 'daily-maximum'
      ? {
          en: 'A daily maximum is a lower bound on either side: who looks less often sees a lower one.',
          fr: 'Un maximum du jour est une borne basse des deux côtés : qui regarde moins souvent en voit un plus faible.',
        }
      : undefined,
    'camera' in document.with
      ? {
          en: 'The two cameras may see different ground: --zone takes what lies in a zone that both watch.',
          fr: 'Les deux appareils peuvent voir des terrains différents : --zone se limite à une zone surveillée par les deux.',
        }
      : undefined,
  ];
  return notes.flatMap((note) => (note ? [say(note)] : []));
}

function sayIntervals(days: number, resamples: number, hasLimits: boolean): Bilingual {
  if (days < 5) {
    return {
      en: `${days} days: what other days would say is not to be seen in them, so there are no intervals, and a lag is a guess.`,
      fr: `${days} jours : ce que diraient d'autres jours ne s'y voit pas, donc pas d'intervalles, et un décalage n'est qu'une supposition.`,
    };
  }
  const few = hasLimits && days < fewDays;
  return {
    en: `In brackets: 95 % where days are drawn again as wholes, ${resamples} times (BCa).${few ? ` ${days} days are few for limits: their intervals are somewhat too narrow.` : ''}`,
    fr: `Entre crochets : 95 % par tirage de jours entiers, ${resamples} fois (BCa).${few ? ` ${days} jours, c'est peu pour des limites : leurs intervalles sont un peu trop étroits.` : ''}`,
  };
}

function sayOther(quantity: Quantity): Bilingual {
  const what = quantity === 'passages' ? { en: 'Passages', fr: 'Des passages' } : { en: 'A total', fr: 'Un total' };
  const is =
    quantity === 'passages'
      ? { en: 'are not occupancy', fr: 'ne sont pas des présents' }
      : { en: 'is not visitor-hours', fr: "n'est pas des heures-visiteurs" };
  return {
    en: `${what.en} ${is.en}: one counts who goes by, the other who is there and for how long. So there is no bias and there are no limits; order (Spearman), lag and ratio are left, and the ratio changes with how long people stay.`,
    fr: `${what.fr} ${is.fr} : l'un compte qui passe, l'autre qui est là et combien de temps. Donc ni biais ni limites ; restent l'ordre (Spearman), le décalage et le rapport, qui change avec la durée du séjour.`,
  };
}

function sayLag(bin: 'hour' | 'day'): Bilingual {
  return bin === 'hour'
    ? {
        en: 'Lag: by how much later theirs shows the same (Pearson’s r). All lakes fill by day and empty by night, so a high r says little; with the mean day taken out, what single hours have beyond their usual is left. One hour may be a clock on winter time, or an hour on foot: the figures do not say which.',
        fr: 'Décalage : de combien les leurs montrent la même chose plus tard (r de Pearson). Tout lac se remplit le jour et se vide la nuit : un r élevé dit peu ; journée moyenne retirée, il reste ce que chaque heure a de plus que d’habitude. Une heure peut être une horloge à l’heure d’hiver ou une heure de marche : les chiffres ne disent pas laquelle.',
      }
    : {
        en: 'Lag: by how many days later theirs shows the same (Pearson’s r). Weekends alone make days alike; with the mean week taken out, what single days have beyond their usual is left.',
        fr: 'Décalage : de combien de jours les leurs montrent la même chose plus tard (r de Pearson). Les fins de semaine suffisent à rendre les jours semblables ; semaine moyenne retirée, il reste ce que chaque jour a de plus que d’habitude.',
      };
}

function growthNote({ agreement }: CompareDocument): Bilingual | undefined {
  const growth = agreement.difference?.growth;
  if (!growth || growth.value <= 0 || !isClear(growth)) return undefined;
  return {
    en: 'Differences grow with the count: the limits are too wide where few are there, and too narrow where many are.',
    fr: 'Les écarts croissent avec le compte : les limites sont trop larges quand il y a peu de monde, trop étroites quand il y en a beaucoup.',
  };
}
