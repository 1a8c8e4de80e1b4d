import { describe, expect, it } from 'vitest';
import { registerEstimate } from '../../src/cli/estimate.ts';
import { describeEstimates } from '../../src/cli/estimate-report.ts';
import { runCommand } from '../support/run-command.ts';

const estimate = {
  ...{ cameraId: 'south', firstDay: '2025-07-01', lastDay: '2025-07-31', days: 28, frames: 900, watchedH: 301.27 },
  ...{ reviewed: 80, hours: 301.27, hoursOfDay: null, foundObjectHours: 96.04, corrections: [] },
  occupancy: { value: 0.4321, low: 0.3012, high: 0.6201 },
  objectHours: { value: 130.2, low: 90.7, high: 186.8 },
  visits: { value: 86.8, low: 60.5, high: 124.5 },
  notCorrected: [{ code: 'unwatched' as const, text: 'Hours that nobody watched are left out.' }],
  method: 'Counted so.',
};
const answer = { label: 'person', zoneId: null, from: null, to: null, wholeDays: false, estimates: [estimate] };

describe('what rivage estimate prints', () => {
  it('is each figure with its interval, what it rests on, how it was made and what it leaves out', () => {
    expect(describeEstimates(answer, ({ en }) => en)).toBe(
      [
        'south · person',
        '  at a time, on average                        0.432  [0.301 – 0.62]',
        '  object-hours over 301 h                      130  [90.7 – 187]',
        '  visits over 301 h                            86.8  [60.5 – 125]',
        '  object-hours as found, not corrected         96',
        '  28 days (2025-07-01 to 2025-07-31), 900 valid frames, 301 h watched, 80 reviewed photos',
        '  Counted so.',
        '  Not corrected:',
        '  - Hours that nobody watched are left out.',
      ].join('\n'),
    );
  });

  it('says unknown where nobody looked, and never adds cameras up', () => {
    const nobody = { ...estimate, cameraId: 'north', firstDay: null, lastDay: null, occupancy: null };
    const text = describeEstimates({ ...answer, zoneId: 'shore', estimates: [estimate, nobody] }, ({ fr }) => fr);
    expect(text).toContain('north · person, shore\n  inconnu');
    expect(text).toContain('on ne les additionne donc pas');
  });
});

it.each([
  [['--from', '2025-02-30'], 'a day such as 2025-07-14 is needed'],
  [['--mean-stay', '0'], 'a number is needed, 1 – 100000'],
])('rivage estimate %j is refused', async (args, sentence) => {
  const { thrown } = await runCommand(registerEstimate, ['estimate', ...args], { folder: '.' });
  expect(thrown).toMatchObject({ code: 'bad-option', message: expect.stringContaining(sentence) });
});
