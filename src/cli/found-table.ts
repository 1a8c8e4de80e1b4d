import type { Bilingual } from '../errors.ts';
import type { FoundAgainstTruth, FoundRow, GroundErrorRow } from '../evaluate/found-against-truth.ts';
import type { BivouacNight } from '../store/bivouac-nights.ts';

type Say = (text: Bilingual) => string;

/** The demo's answer: what was found of what was there, and how far off it was put on the ground. */
export function drawFoundTable(result: FoundAgainstTruth, say: Say): string {
  return [
    say({ en: 'Found against truth (usable photos)', fr: 'Trouvé et réalité (photos exploitables)' }),
    table(
      [
        say({ en: 'what', fr: 'quoi' }),
        say({ en: 'height px', fr: 'hauteur px' }),
        say({ en: 'there', fr: 'présents' }),
        say({ en: 'found', fr: 'trouvés' }),
        say({ en: 'share', fr: 'part' }),
      ],
      result.rows.map((row) => foundCells(row, say)),
    ),
    `${say({ en: 'False alarms', fr: 'Fausses alertes' })}: ${falseAlarms(result, say)}`,
    '',
    say({ en: 'Place on the ground against truth', fr: 'Position au sol et réalité' }),
    table(
      [
        say({ en: 'range m', fr: 'distance m' }),
        say({ en: 'sightings', fr: 'observations' }),
        say({ en: 'no place', fr: 'sans position' }),
        say({ en: 'median error', fr: 'erreur médiane' }),
        say({ en: '95th percentile', fr: '95e centile' }),
        say({ en: 'inside their 95 % ellipse', fr: 'dans leur ellipse à 95 %' }),
      ],
      result.ground.filter(({ sightings, unplaced }) => sightings + unplaced > 0).map(groundCells),
    ),
  ].join('\n');
}

/** Tents of each night of the whole lake: what stood there, hidden tents too, and what the view bivouac_night counts. */
export function drawNightTable(nights: readonly BivouacNight[], say: Say): string {
  return [
    say({ en: 'Bivouac nights against truth', fr: 'Nuits de bivouac et réalité' }),
    table(
      [
        say({ en: 'night', fr: 'nuit' }),
        say({ en: 'tents there', fr: 'tentes présentes' }),
        say({ en: 'counted', fr: 'comptées' }),
        say({ en: 'photos at dusk and dawn', fr: "photos au crépuscule et à l'aube" }),
      ],
      nights.map(({ night, there, counted, frames }) => [
        night,
        String(there),
        counted === undefined ? say({ en: 'unknown', fr: 'inconnu' }) : String(counted),
        String(frames),
      ]),
    ),
  ].join('\n');
}

function foundCells({ label, heightPx, truths, found }: FoundRow, say: Say): readonly string[] {
  const unknown = say({ en: 'not looked for', fr: 'non recherché' });
  if (found === undefined) return [label, band(heightPx), String(truths), unknown, '–'];
  return [label, band(heightPx), String(truths), String(found), percent(found / truths)];
}

function groundCells(row: GroundErrorRow): readonly string[] {
  const { rangeM, sightings, unplaced, medianM, p95M, insideEllipse } = row;
  const counts = [String(sightings), String(unplaced)];
  return [band(rangeM), ...counts, metres(medianM), metres(p95M), percent(insideEllipse)];
}

function falseAlarms({ falseAlarms: counts }: FoundAgainstTruth, say: Say): string {
  const parts = Object.entries(counts).map(([label, count]) => `${label} ${count}`);
  return parts.length > 0 ? parts.join(', ') : say({ en: 'none', fr: 'aucune' });
}

function band([from, to]: readonly [number, number]): string {
  return Number.isFinite(to) ? `${from}–${to}` : `≥ ${from}`;
}

function metres(value: number | undefined): string {
  return value === undefined ? '–' : `${value.toFixed(1)} m`;
}

function percent(share: number | undefined): string {
  return share === undefined ? '–' : `${Math.round(share * 100)} %`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    `  ${cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  ')}`;
  return [line(head), line(widths.map((width) => '─'.repeat(width))), ...rows.map(line)].join('\n');
}
