import type { Bilingual } from '../../errors.ts';
import type { ThingLabel } from '../../plan/coverage.ts';
import type { DayPart } from '../../plan/sun-calendar.ts';
import type { Say, Table } from '../evaluation/tables.ts';
import type { SiteReport } from './site-report.ts';

/** How large people and tents look, by distance. */
export function ringTable({ coverage }: SiteReport, say: Say): Table {
  const rings = coverage.rings.filter(({ px }) => px);
  return {
    head: [
      say({ en: 'distance, m', fr: 'distance, m' }),
      say({ en: 'seen, m²', fr: 'vu, m²' }),
      say({ en: 'person, px', fr: 'personne, px' }),
      say({ en: 'tent, px', fr: 'tente, px' }),
    ],
    rows: rings.map(({ toM, seenM2, px }) => [
      `${coverage.rings.findLast((ring) => ring.toM < toM)?.toM ?? 0}–${toM}`,
      seenM2.toFixed(0),
      px?.person.toFixed(0) ?? '–',
      px?.tent.toFixed(0) ?? '–',
    ]),
  };
}

/** How much of each zone is seen, and large enough for the model. */
export function zoneTable({ zones }: Pick<SiteReport, 'zones'>, say: Say): Table {
  return {
    head: [
      'zone',
      say({ en: 'kind', fr: 'type' }),
      say({ en: 'area, m²', fr: 'aire, m²' }),
      say({ en: 'seen', fr: 'vue' }),
      say({ en: 'persons found', fr: 'personnes trouvées' }),
      say({ en: 'tents found', fr: 'tentes trouvées' }),
      say({ en: 'range, m', fr: 'portée, m' }),
      say({ en: 'person, px', fr: 'personne, px' }),
    ],
    rows: zones.map(({ name, kind, areaM2, seen, found, rangeM, personPx }) => [
      ...[name, kind, areaM2.toFixed(0), percent(seen), percent(found.person), percent(found.tent)],
      rangeM ? `${rangeM.least.toFixed(0)}–${rangeM.most.toFixed(0)}` : '–',
      personPx ? `${personPx.least.toFixed(0)}–${personPx.most.toFixed(0)}` : '–',
    ]),
  };
}

/** When the sun faces the lens, and when people show their shadow sides. */
export function sunTable({ sun }: SiteReport, say: Say): Table {
  return {
    head: [
      say({ en: 'month', fr: 'mois' }),
      say({ en: 'sun faces the lens', fr: "soleil face à l'objectif" }),
      say({ en: 'at', fr: 'heures' }),
      say({ en: 'backlight', fr: 'contre-jour' }),
      say({ en: 'at', fr: 'heures' }),
    ],
    rows: sun.byMonth.map(({ month, faces, facesAt, backlight, backlightAt }) => [
      String(month),
      percent(faces),
      sayParts(facesAt),
      percent(backlight),
      sayParts(backlightAt),
    ]),
  };
}

/** What the tables go by, and what they leave out. */
export function saySite(report: SiteReport, say: Say): readonly string[] {
  const { camera, model, findsFromPx: px, coverage, rangeM, sun } = report;
  const over = camera.overGroundM === undefined ? '–' : `${camera.overGroundM} m`;
  const limit = (value: number | undefined) => (value === undefined ? '–' : `${value} px`);
  const nowhere = { en: 'nowhere', fr: 'nulle part' };
  const reach = (label: ThingLabel) => {
    if (px[label] === undefined) return '–';
    const farM = coverage.reachM[label];
    return farM === undefined ? say(nowhere) : `${farM.toFixed(0)} m`;
  };
  const [h0, h1] = sun.hours;
  return [
    say({
      en: `Camera at ${camera.lng}, ${camera.lat}, ${camera.heightM} m (${over} over the ground), heading ${camera.headingDeg}°, pitch ${camera.pitchDeg}°, ${camera.fieldOfViewDeg}° wide, ${camera.size} px.`,
      fr: `Appareil en ${camera.lng}, ${camera.lat}, ${camera.heightM} m (${over} au-dessus du sol), cap ${camera.headingDeg}°, site ${camera.pitchDeg}°, champ ${camera.fieldOfViewDeg}°, ${camera.size} px.`,
    }),
    say({
      en: `${model} finds most persons from ${limit(px.person)} and most tents from ${limit(px.tent)} on; here as far as: ${reach('person')}, ${reach('tent')}. A dash: nobody measured it (--person-px, --tent-px).`,
      fr: `${model} trouve la plupart des personnes à partir de ${limit(px.person)} et des tentes à partir de ${limit(px.tent)} ; portée ici : ${reach('person')}, ${reach('tent')}. Un tiret : non mesuré (--person-px, --tent-px).`,
    }),
    say({
      en: `Heights are of a standing person (1.7 m) and a tent (1.1 m), unhidden; who sits is half as tall. Ground as far as ${rangeM} m, bare: trees and boulders that the elevation model leaves out hide more.`,
      fr: `Hauteurs d'une personne debout (1,7 m) et d'une tente (1,1 m), non cachées ; assis, on en fait la moitié. Sol jusqu'à ${rangeM} m, nu : arbres et blocs absents du modèle d'altitude cachent davantage.`,
    }),
    say({
      en: `Sun: shares of the time from ${h0}:00 to ${h1}:00 (${sun.timeZone}), clear sky; behind terrain it is down, as far as the elevation model reaches. It faces the lens in the picture, up to 10° beside it, and lower than 25° over what it shows.`,
      fr: `Soleil : parts du temps de ${h0} h à ${h1} h (${sun.timeZone}), ciel clair ; derrière le relief il est couché, aussi loin que va le modèle d'altitude. Il fait face dans l'image, jusqu'à 10° à côté, et à moins de 25° de haut au-dessus de ce qu'elle montre.`,
    }),
  ];
}

/** What one would do against the sun. */
export function sayMend({ others }: NonNullable<SiteReport['refusal']>): Bilingual {
  if (others.length === 0) {
    return {
      en: 'No heading does with this pitch: look further down, or choose other hours.',
      fr: 'Aucun cap ne convient avec ce site : visez plus bas, ou choisissez d’autres heures.',
    };
  }
  const list = others.map(({ headingDeg, zones }) => {
    const seen = zones.map(({ name, seen: share }) => `${name} ${percent(share)}`).join(', ');
    return `${headingDeg}°${seen === '' ? '' : ` (${seen})`}`;
  });
  return {
    en: `Headings that do, with what is seen of the zones: ${list.join('; ')}.`,
    fr: `Caps qui conviennent, avec ce qui est vu des zones : ${list.join(' ; ')}.`,
  };
}

/** Times of day as 18:10–19:20. */
export function sayParts(parts: readonly DayPart[]): string {
  const clock = (minute: number) =>
    `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
  return parts.map(({ fromMin, toMin }) => `${clock(fromMin)}–${clock(toMin)}`).join(', ') || '–';
}

function percent(share: number | undefined): string {
  if (share === undefined) return '–';
  return share > 0 && share < 0.005 ? '< 1 %' : `${Math.round(100 * share)} %`;
}
