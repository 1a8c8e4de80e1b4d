import type { Estimate } from '../../evaluate/bootstrap.ts';
import type { Say, Table } from '../evaluation/tables.ts';
import { fewestDays, type IntervalReport } from './replay-camera.ts';

/** One row an activity and interval. */
export function intervalTable({ label, rows }: IntervalReport, say: Say): Table {
  const head = [
    label,
    'min',
    say({ en: 'days', fr: 'jours' }),
    say({ en: 'hours', fr: 'heures' }),
    say({ en: 'bias of hours', fr: 'biais des heures' }),
    say({ en: 'sd of a day', fr: "écart-type d'un jour" }),
    say({ en: 'daily maximum seen', fr: 'maximum du jour vu' }),
    say({ en: 'stays', fr: 'séjours' }),
    say({ en: 'seen once', fr: 'vus une fois' }),
    say({ en: 'seen twice', fr: 'vus deux fois' }),
  ];
  const all = say({ en: '(all)', fr: '(tous)' });
  return {
    head,
    rows: rows.map((row) => [
      row.activity ?? all,
      String(row.minutes),
      String(row.days),
      row.hours.toFixed(1),
      percent(row.bias),
      percent(row.sd),
      percent(row.mostSeen),
      String(row.stays),
      percent(row.seenOnce),
      percent(row.seenTwice),
    ]),
  };
}

/** What the table was made from, and what it does not say. */
export function sayIntervals(report: IntervalReport, say: Say): readonly string[] {
  const { cameraId, intervalMin, frames, from, to } = report;
  const [first, last] = [from, to].map((at) => at.toISOString().slice(0, 10));
  return [
    say({
      en: `${frames} valid frames of ${cameraId}, every ${intervalMin} min, ${first} to ${last}. In brackets, from ${fewestDays} days with somebody on: 95 % over days drawn again.`,
      fr: `${frames} photos valides de ${cameraId}, toutes les ${intervalMin} min, du ${first} au ${last}. Entre crochets, à partir de ${fewestDays} jours fréquentés : 95 % par tirage des jours.`,
    }),
    say({
      en: 'Bias is what is lost at both ends of the time that was watched: frames there stand for less. Seen twice: of the stays that were in two frames or more.',
      fr: 'Le biais est ce qui se perd aux deux bouts du temps observé : les photos y comptent pour moins. Vus deux fois : parmi les séjours vus sur deux photos ou plus.',
    }),
    say({
      en: `Compared with ${intervalMin} min, not with the truth: what happened between two frames is not in it, and nothing is corrected for what the network missed or made up: a false find is a short stay, and a stay with frames missed falls into short ones, so stays look more easily lost than they are. Who moves on begins another stay.`,
      fr: `Par rapport à ${intervalMin} min, non à la vérité : ce qui s'est passé entre deux photos n'y est pas, et rien n'est corrigé de ce que le réseau a manqué ou inventé : une fausse détection est un court séjour, et un séjour manqué sur quelques photos se casse en plusieurs, donc les séjours semblent plus faciles à perdre qu'ils ne sont. Qui se déplace commence un autre séjour.`,
    }),
  ];
}

function percent(estimate: Estimate | undefined): string {
  if (!estimate) return '–';
  const { value, low, high } = estimate;
  const say = (share: number) => (Math.abs(share) < 0.0005 ? '0.0' : (100 * share).toFixed(1));
  return `${say(value)} %${low === undefined || high === undefined ? '' : ` [${say(low)}, ${say(high)}]`}`;
}
