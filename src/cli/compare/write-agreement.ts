import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ServiceError } from '../../errors.ts';
import { drawDifferences, drawLags, drawProfile, drawScatter } from '../../evaluate/draw-agreement.ts';
import { type Say, toMarkdown } from '../evaluation/tables.ts';
import { figure, figureTable, hourName, hourTable, weekdayName, weekdayTable } from './agreement-tables.ts';
import type { CompareDocument } from './document.ts';
import { nameSides, sayHow, sayWhat } from './sentences.ts';

/** Writes agreement.json, agreement.md, pairs.csv and the plots. @throws ServiceError file-not-written */
export async function writeAgreement(folder: string, document: CompareDocument, say: Say): Promise<void> {
  const plots = drawPlots(document, say);
  await mkdir(folder, { recursive: true }).catch(refuse(folder));
  const files = {
    'agreement.json': `${JSON.stringify(document, null, 1)}\n`,
    'pairs.csv': toCsv(document),
    ...Object.fromEntries(plots),
    'agreement.md': toReport(document, [...plots.keys()], say),
  };
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, name);
    await writeFile(file, text).catch(refuse(file));
  }
}

function toReport(document: CompareDocument, plots: readonly string[], say: Say): string {
  const tables = [
    { title: say({ en: 'Figures', fr: 'Mesures' }), table: figureTable(document, say) },
    { title: say({ en: 'By hour of the day', fr: 'Par heure du jour' }), table: hourTable(document, say) },
    { title: say({ en: 'By weekday', fr: 'Par jour de la semaine' }), table: weekdayTable(document, say) },
  ].filter(({ table }) => table.rows.length > 0);
  return [
    `# ${say({ en: 'Two counts held together', fr: 'Deux comptages confrontés' })}`,
    '',
    ...sayWhat(document, say).map((line) => `- ${line}`),
    '',
    ...tables.flatMap(({ title, table }) => [`## ${title}`, '', ...toMarkdown(table), '']),
    ...plots.flatMap((name) => [`![](${name})`, '']),
    ...sayHow(document, say).flatMap((line) => [line, '']),
  ].join('\n');
}

function drawPlots(document: CompareDocument, say: Say): ReadonlyMap<string, string> {
  const { agreement, counterpart } = document;
  const { pairs, difference, rate, byHour, byWeekday } = agreement;
  const { ours, theirs, oursWithUnit, theirsWithUnit } = nameSides(document, say);
  const isHours = counterpart.bin === 'hour';
  const plots = new Map<string, string>();
  if (difference) {
    plots.set(
      'differences.svg',
      drawDifferences(pairs, difference, {
        title: isHours
          ? say({ en: 'Differences, hour by hour', fr: 'Écarts, heure par heure' })
          : say({ en: 'Differences, day by day', fr: 'Écarts, jour par jour' }),
        across: say({ en: 'mean of both counts', fr: 'moyenne des deux comptes' }),
        up: `${ours} − ${theirs}`,
        bias: `${say({ en: 'bias', fr: 'biais' })} ${figure(difference.bias)}`,
        lower: `${say({ en: 'lower limit', fr: 'limite basse' })} ${figure(difference.lower)}`,
        upper: `${say({ en: 'upper limit', fr: 'limite haute' })} ${figure(difference.upper)}`,
        none: say({ en: 'no difference', fr: 'aucun écart' }),
      }),
    );
  }
  plots.set(
    'scatter.svg',
    drawScatter(pairs, rate.ratio?.value, {
      title: isHours
        ? say({ en: 'Counts, hour by hour', fr: 'Comptes, heure par heure' })
        : say({ en: 'Counts, day by day', fr: 'Comptes, jour par jour' }),
      across: theirsWithUnit,
      up: oursWithUnit,
      equal: counterpart.same ? say({ en: 'equal counts', fr: 'comptes égaux' }) : undefined,
      ratio: `${say({ en: 'ratio of sums', fr: 'rapport des sommes' })} ${figure(rate.ratio)}`,
    }),
  );
  if (byHour.length > 0) plots.set('hours.svg', drawRates(document, byHour, say));
  plots.set('weekdays.svg', drawRates(document, byWeekday, say));
  plots.set('lag.svg', drawLagPlot(document, say));
  return plots;
}

function drawRates(document: CompareDocument, rows: CompareDocument['agreement']['byHour'], say: Say): string {
  const { counterpart, agreement } = document;
  const { ours, theirs } = nameSides(document, say);
  const isHours = rows === agreement.byHour;
  const { rate } = agreement;
  const scale = counterpart.same ? { ours: 1, theirs: 1 } : { ours: rate.ours.value, theirs: rate.theirs.value };
  const count = counterpart.same
    ? say({ en: 'mean count', fr: 'compte moyen' })
    : say({ en: 'count / its own mean', fr: 'compte / sa propre moyenne' });
  return drawProfile(rows, scale, {
    title: isHours
      ? say({ en: 'The mean day, where both counted', fr: 'La journée moyenne, là où les deux ont compté' })
      : say({ en: 'The mean week, where both counted', fr: 'La semaine moyenne, là où les deux ont compté' }),
    across: isHours ? say({ en: 'local hour', fr: 'heure locale' }) : say({ en: 'weekday', fr: 'jour de la semaine' }),
    up: count,
    ours,
    theirs,
    nameOf: (part) => (isHours ? hourName(part) : weekdayName(part, say)),
  });
}

function drawLagPlot({ agreement, counterpart }: CompareDocument, say: Say): string {
  const isHours = counterpart.bin === 'hour';
  return drawLags(
    { plain: agreement.lag, withoutCycle: agreement.lagWithoutCycle },
    {
      title: say({ en: 'Correlation by lag', fr: 'Corrélation selon le décalage' }),
      across: isHours
        ? say({ en: 'theirs is later by, h', fr: 'retard des leurs, h' })
        : say({ en: 'theirs is later by, days', fr: 'retard des leurs, jours' }),
      up: say({ en: 'correlation (Pearson’s r)', fr: 'corrélation (r de Pearson)' }),
      plain: say({ en: 'as counted', fr: 'tels que comptés' }),
      withoutCycle: isHours
        ? say({ en: 'mean day taken out', fr: 'journée moyenne retirée' })
        : say({ en: 'mean week taken out', fr: 'semaine moyenne retirée' }),
      best: say({ en: 'best lag', fr: 'meilleur décalage' }),
    },
  );
}

const unitOf = {
  ...{ occupancy: 'objects_per_frame', 'visitor-hours': 'visitor_hours', 'daily-maximum': 'most_at_once' },
  ...{ passages: 'passages_per_h', 'daily-total': 'total_per_day', 'daily-visitor-hours': 'visitor_hours' },
} as const;

/** Pairs, for whoever wants to compute on. */
function toCsv({ agreement, counterpart, quantity, hoursStartMin }: CompareDocument): string {
  const isHours = counterpart.bin === 'hour';
  const time = isHours ? ['start_utc', 'local_day', 'local_hour'] : ['local_day'];
  const unit = quantity === 'occupancy' ? 'objects' : unitOf[quantity];
  const rows = agreement.pairs.map(({ bin, day, hour, ours, theirs }) => {
    const start = new Date((bin * 60 + hoursStartMin) * 60_000).toISOString();
    return [...(isHours ? [start, day, hour] : [day]), ours, theirs];
  });
  return `${[[...time, `ours_${unitOf[counterpart.ours]}`, `theirs_${unit}`], ...rows].map((row) => row.join(',')).join('\n')}\n`;
}

function refuse(file: string): (cause: unknown) => never {
  return (cause) => {
    const why = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    throw new ServiceError('file-not-written', { file, why }, { cause });
  };
}
