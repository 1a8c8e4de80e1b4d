import type { openEstimateDesk } from '../pipeline/estimate-desk.ts';
import type { Say } from './evaluation/tables.ts';

type Answer = Awaited<ReturnType<ReturnType<typeof openEstimateDesk>['estimate']>>;
type CameraEstimate = Answer['estimates'][number];

/** Estimates as a person reads them: the figures of each camera, what they rest on, and what they leave out. */
export function describeEstimates({ label, zoneId, estimates }: Answer, say: Say): string {
  const several =
    estimates.length > 1
      ? [
          say({
            en: 'Each camera by itself: what two see at once is in both, so they are not added up.',
            fr: 'Chaque appareil pour lui : ce que deux voient à la fois est dans les deux, on ne les additionne donc pas.',
          }),
        ]
      : [];
  const where = zoneId === null ? '' : `, ${zoneId}`;
  return [...estimates.map((estimate) => describeOne(estimate, `${label}${where}`, say)), ...several].join('\n\n');
}

function describeOne(estimate: CameraEstimate, what: string, say: Say): string {
  const { cameraId, firstDay, lastDay, days, frames, watchedH, reviewed } = estimate;
  if (!estimate.occupancy || firstDay === null) {
    const why = say({
      en: 'unknown: no hour was watched often enough in these days.',
      fr: "inconnu : aucune heure n'a été assez observée ces jours-là.",
    });
    return `${cameraId} · ${what}\n  ${why}`;
  }
  const basis = say({
    en: `${days} days (${firstDay} to ${lastDay}), ${frames} valid frames, ${number(watchedH)} h watched, ${reviewed} reviewed photos`,
    fr: `${days} jours (du ${firstDay} au ${lastDay}), ${frames} images exploitables, ${number(watchedH)} h observées, ${reviewed} photos relues`,
  });
  const notes = estimate.notCorrected.map(({ text }) => `  - ${text}`);
  return [
    `${cameraId} · ${what}`,
    ...figureRows(estimate, say).map(([name, value]) => `  ${name.padEnd(44)} ${value}`),
    `  ${basis}`,
    `  ${estimate.method}`,
    ...(notes.length > 0 ? [`  ${say({ en: 'Not corrected:', fr: 'Non corrigé :' })}`, ...notes] : []),
  ].join('\n');
}

function figureRows(estimate: CameraEstimate, say: Say): readonly (readonly [string, string])[] {
  const { occupancy, objectHours, visits, foundObjectHours, hours } = estimate;
  const over = `${number(hours)} h`;
  return [
    [say({ en: 'at a time, on average', fr: 'à la fois, en moyenne' }), figure(occupancy)],
    [say({ en: `object-hours over ${over}`, fr: `heures-objets sur ${over}` }), figure(objectHours)],
    ...(visits ? [[say({ en: `visits over ${over}`, fr: `visites sur ${over}` }), figure(visits)] as const] : []),
    [
      say({ en: 'object-hours as found, not corrected', fr: 'heures-objets détectées, non corrigées' }),
      foundObjectHours === null ? '–' : number(foundObjectHours),
    ],
  ];
}

function figure(of: CameraEstimate['occupancy']): string {
  if (!of) return '–';
  const { value, low, high } = of;
  return low === null || high === null ? number(value) : `${number(value)}  [${number(low)} – ${number(high)}]`;
}

/** To three digits, and whole from 100 up. */
function number(value: number): string {
  return value >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));
}
