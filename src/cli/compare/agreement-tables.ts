import type { LagSearch } from '../../evaluate/agreement-lag.ts';
import type { RateRow } from '../../evaluate/agreement-rates.ts';
import type { Estimate } from '../../evaluate/bootstrap.ts';
import type { Say, Table } from '../evaluation/tables.ts';
import type { CompareDocument } from './document.ts';

/** Every figure with its interval. */
export function figureTable({ agreement, counterpart }: CompareDocument, say: Say): Table {
  const { rate, difference, spearman, lag, lagWithoutCycle } = agreement;
  const isHours = counterpart.bin === 'hour';
  const unit = isHours ? 'h' : say({ en: 'days', fr: 'jours' });
  const cycle = isHours
    ? say({ en: 'the mean day taken out', fr: 'journée moyenne retirée' })
    : say({ en: 'the mean week taken out', fr: 'semaine moyenne retirée' });
  const rows = [
    [say({ en: 'mean of ours', fr: 'moyenne des nôtres' }), figure(rate.ours)],
    [say({ en: 'mean of theirs', fr: 'moyenne des leurs' }), figure(rate.theirs)],
    [say({ en: 'ratio ours / theirs', fr: 'rapport nôtres / leurs' }), figure(rate.ratio)],
    ...(difference
      ? [
          [say({ en: 'bias, ours − theirs', fr: 'biais, nôtres − leurs' }), figure(difference.bias)],
          [
            say({ en: '95 % limits of agreement, lower', fr: "limites d'agrément à 95 %, basse" }),
            figure(difference.lower),
          ],
          [
            say({ en: '95 % limits of agreement, upper', fr: "limites d'agrément à 95 %, haute" }),
            figure(difference.upper),
          ],
          [
            say({ en: 'rank correlation of |difference| and mean', fr: 'corrélation de rang |écart| et moyenne' }),
            figure(difference.growth),
          ],
        ]
      : []),
    [say({ en: "Spearman's rank correlation", fr: 'corrélation de rang de Spearman' }), figure(spearman)],
    [say({ en: `lag of theirs, ${unit}`, fr: `décalage des leurs, ${unit}` }), lagText(lag, say)],
    [
      say({ en: `lag of theirs, ${cycle}, ${unit}`, fr: `décalage des leurs, ${cycle}, ${unit}` }),
      lagText(lagWithoutCycle, say),
    ],
  ];
  return { head: [say({ en: 'figure', fr: 'mesure' }), say({ en: 'value [95 %]', fr: 'valeur [95 %]' })], rows };
}

/** Means and ratios by hour of the local day. */
export function hourTable({ agreement }: CompareDocument, say: Say): Table {
  return rateTable(say({ en: 'hour', fr: 'heure' }), agreement.byHour, hourName, say);
}

/** Means and ratios by weekday. */
export function weekdayTable({ agreement }: CompareDocument, say: Say): Table {
  return rateTable(say({ en: 'weekday', fr: 'jour' }), agreement.byWeekday, (part) => weekdayName(part, say), say);
}

export function hourName(hour: number): string {
  return `${hour}–${hour + 1}`;
}

/** @param weekday 1 (Monday) to 7. */
export function weekdayName(weekday: number, say: Say): string {
  const names = say({ en: 'Mon Tue Wed Thu Fri Sat Sun', fr: 'lun mar mer jeu ven sam dim' }).split(' ');
  return names[weekday - 1] ?? '';
}

/** A figure with its interval, with a minus sign of its own; a dash where it cannot be said. */
export function figure(estimate: Estimate | undefined): string {
  if (!estimate) return '–';
  const { value, low, high } = estimate;
  const write = (of: number) =>
    of === Infinity
      ? '∞'
      : of
          .toFixed(2)
          .replace(/^-(0\.00)$/, '$1')
          .replace('-', '−');
  return low === undefined || high === undefined ? write(value) : `${write(value)} [${write(low)}, ${write(high)}]`;
}

function rateTable(part: string, rows: readonly RateRow[], nameOf: (part: number) => string, say: Say): Table {
  return {
    head: [
      part,
      say({ en: 'pairs', fr: 'paires' }),
      say({ en: 'days', fr: 'jours' }),
      say({ en: 'ours', fr: 'nôtres' }),
      say({ en: 'theirs', fr: 'leurs' }),
      say({ en: 'ours / theirs', fr: 'nôtres / leurs' }),
    ],
    rows: rows.map((row) => [
      nameOf(row.part),
      String(row.pairs),
      String(row.days),
      figure(row.ours),
      figure(row.theirs),
      figure(row.ratio),
    ]),
  };
}

function lagText(search: LagSearch | undefined, say: Say): string {
  if (!search) return '–';
  const { best, low, high, curve } = search;
  const write = (lag: number) => (lag > 0 ? `+${lag}` : String(lag).replace('-', '−'));
  const at = (lag: number) =>
    curve
      .find((point) => point.lag === lag)
      ?.correlation?.toFixed(2)
      .replace('-', '−') ?? '–';
  const interval = low === undefined || high === undefined ? '' : ` [${write(low)}, ${write(high)}]`;
  return `${write(best)}${interval}, r = ${at(best)}${best === 0 ? '' : say({ en: ` (at 0: r = ${at(0)})`, fr: ` (à 0 : r = ${at(0)})` })}`;
}
