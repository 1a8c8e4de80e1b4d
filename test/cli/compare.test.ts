import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CompareOptions, compareCounts, registerCompare } from '../../src/cli/compare/compare.ts';
import type { CompareDocument } from '../../src/cli/compare/document.ts';
import { type OpenWorkspace, openWorkspace } from '../../src/cli/wire.ts';
import { readConfig } from '../../src/config.ts';
import { ServiceError } from '../../src/errors.ts';
import { writeAnalysis } from '../../src/store/analyses.ts';
import { writeModel } from '../../src/store/models.ts';
import { writePhoto } from '../../src/store/photos.ts';
import type { CameraId } from '../../src/workspace/mounted-camera.ts';
import { makeTempFolder, quietLog } from '../support/databases.ts';
import { makePhoto, makeUnplaced } from '../support/lake-fixture.ts';
import { runForJson, runWell } from '../support/run-command.ts';
import { writeSmallWorkspace } from '../support/small-workspace.ts';

/** Persons at :00 and :30 of the local hours 10, 11 and 12 of three days; undefined: fog. */
const seen: Readonly<Record<string, readonly (number | undefined)[]>> = {
  '2025-07-14': [1, 3, 4, 4, 2, 2],
  '2025-07-15': [0, 0, 2, undefined, 1, 3],
  '2025-07-16': [5, 5, undefined, undefined, 0, 2],
};
const modelId = 'fake@1';
let root = '';
let open: OpenWorkspace;

beforeAll(async () => {
  root = await makeTempFolder();
  const lake = path.join(root, 'lake');
  await writeSmallWorkspace(lake, {});
  const camera = JSON.parse(await readFile(path.join(lake, 'cameras/south.json'), 'utf8'));
  await writeFile(
    path.join(lake, 'cameras/east.json'),
    JSON.stringify({ ...camera, name: 'East', photos: 'photos/east' }),
  );
  await mkdir(path.join(lake, 'photos/east'));
  const context = {
    ...{ config: readConfig({}), log: quietLog, cwd: '', print: () => undefined },
    ...{ say: ({ en }: { en: string }) => en, signal: new AbortController().signal },
  };
  open = await openWorkspace(lake, context);
  const { db } = open;
  await writeModel(db, { modelId, labels: ['person'], thresholds: { person: 0.5 } });
  for (const [day, counts] of Object.entries(seen)) {
    for (const [at, count] of counts.entries()) {
      const utc = `${day}T${String(8 + Math.floor(at / 2)).padStart(2, '0')}:${at % 2 === 0 ? '00' : '30'}:00Z`;
      // the other camera sees one person more, and nothing in the last hour
      for (const [id, more] of at < 4
        ? ([
            ['south', 0],
            ['east', 1],
          ] as const)
        : ([['south', 0]] as const)) {
        const photo = makePhoto(utc, count === undefined ? 'fog' : 'usable', id as CameraId);
        await writePhoto(db, photo);
        const found = Array.from({ length: (count ?? 0) + more }, () => makeUnplaced('person', 'above-horizon'));
        await writeAnalysis(db, { photoId: photo.id, modelId, calibrationId: undefined, durationMs: 1, found });
      }
    }
  }
});
afterAll(() => open.close().catch(() => undefined)); // the last test closed it

let number = 0;
async function writeCsv(...lines: readonly string[]): Promise<string> {
  const name = `counts-${number++}.csv`;
  await writeFile(path.join(root, name), `${lines.join('\n')}\n`);
  return name;
}

const basic = { time: 'Date', count: ['Count'], timeZone: 'Europe/Paris' };
async function ask(file: string, wish: Partial<CompareOptions>) {
  const text = await readFile(path.join(root, file), 'utf8');
  const usual = { workspace: 'lake', camera: 'south', label: 'person', watchedHours: 8, resamples: 100, seed: 1 };
  return compareCounts(open, { ...usual, with: file, ...wish }, text);
}
const askWell = async (file: string, wish: Partial<CompareOptions>) => (await ask(file, wish)).document;
const refusal = (file: string, wish: Partial<CompareOptions>) =>
  ask(file, wish).then(
    () => ({ code: 'none', message: '' }),
    (thrown: unknown) => (thrown instanceof ServiceError ? thrown : { code: String(thrown), message: '' }),
  );
const pairsOf = ({ agreement }: CompareDocument) =>
  agreement.pairs.map(({ day, hour, ours, theirs }) => [day.slice(8), hour, ours, theirs]);

describe('rivage compare', () => {
  it('pairs counts of people with occupancy per valid frame, hour by hour', async () => {
    const file = await writeCsv(
      'Date,Count',
      '2025-07-14 10:05,2',
      '2025-07-14 10:50,4',
      '2025-07-14 11:20,3',
      '2025-07-15 11:00,',
      '2025-07-15 12:10,1',
      '2025-07-16 11:30,4',
    );
    const answer = await askWell(file, { ...basic, quantity: 'occupancy' });
    // two counts of an hour: their mean; an empty cell and an hour of fog are no zero
    expect(pairsOf(answer)).toEqual([
      ['14', 10, 2, 3],
      ['14', 11, 4, 3],
      ['15', 12, 2, 1],
    ]);
    expect(answer.agreement).toMatchObject({ days: 2, oursAlone: 5, theirsAlone: 1 });
    expect(answer.read).toEqual({ rows: 6, blank: 1, partHours: 0 });
    expect(answer.agreement.difference?.bias.value).toBeCloseTo(1 / 3, 12);
    expect(answer.agreement.rate.ratio?.value).toBe(8 / 7);
  });

  it('adds passages of both ways and of quarters of an hour, where the whole hour is there', async () => {
    const quarters = ['10:00', '10:15', '10:30', '10:45', '11:00', '11:30', '12:00', '12:15', '12:30', '12:45'];
    const rows = quarters.map((time, at) => `14/07/2025;${time};${at};1,5`);
    const file = await writeCsv('Lac Rond;;;', 'Date;Time;IN;OUT', ...rows);
    const answer = await askWell(file, {
      ...{ ...basic, quantity: 'passages', timeOfDay: 'Time', count: ['IN', 'OUT'] },
      ...{ dateOrder: 'dmy', bin: 15, skipLines: 1 },
    });
    expect(pairsOf(answer)).toEqual([
      ['14', 10, 2, 0 + 1 + 2 + 3 + 6],
      ['14', 12, 2, 6 + 7 + 8 + 9 + 6],
    ]);
    expect(answer.read?.partHours).toBe(1);
    expect(answer.agreement.difference).toBeUndefined();
    expect(answer.counterpart).toEqual({ bin: 'hour', ours: 'occupancy', same: false });
  });

  it('takes times as the ends of counts where it is told so, and offsets in the file at their word', async () => {
    const hours = await writeCsv('Date,Count', '2025-07-14 11:00,5');
    expect(pairsOf(await askWell(hours, { ...basic, quantity: 'passages', binEnds: true }))).toEqual([
      ['14', 10, 2, 5],
    ]);
    const utc = await writeCsv('Date,Count', '2025-07-14T08:10:00Z,6', '2025-07-14T12:10:00+03:00,7');
    expect(pairsOf(await askWell(utc, { ...basic, quantity: 'occupancy' }))).toEqual([
      ['14', 10, 2, 6],
      ['14', 11, 4, 7],
    ]);
  });

  it('sees a counter on winter time an hour early, and mends it by its zone', async () => {
    const counts = { '14': [2, 4, 2], '15': [0, 2, 2], '16': [5] };
    const rows = Object.entries(counts).flatMap(([day, of]) =>
      of.map((count, at) => `2025-07-${day} ${9 + at}:00,${count}`),
    );
    const wish = { ...basic, quantity: 'occupancy', maxLag: 2 } as const;
    const file = await writeCsv('Date,Count', ...rows);
    expect((await askWell(file, wish)).agreement.lag?.best).toBe(-1);
    const winter = (await askWell(file, { ...wish, timeZone: 'Etc/GMT-1' })).agreement;
    expect(winter.lag?.best).toBe(0);
    expect(winter.difference?.bias.value).toBe(0);
  });

  it('holds days together: the daily maximum, and visitor-hours of days that were watched long enough', async () => {
    const file = await writeCsv('Date,Count', '2025-07-14,4', '15/07/2025,2', '2025-07-17,1');
    const wish = { ...basic, dateOrder: 'dmy' } as const;
    expect(pairsOf(await askWell(file, { ...wish, quantity: 'daily-maximum', watchedHours: 3 }))).toEqual([
      ['14', undefined, 4, 4],
      ['15', undefined, 3, 2],
    ]);
    const total = await askWell(file, { ...wish, quantity: 'daily-total', watchedHours: 2.5 });
    // half of each gap on either side: (1/2 + 3 + 4 + 4 + 2 + 2/2) / 2 hours
    expect(pairsOf(total)[0]).toEqual(['14', undefined, 7.25, 4]);
    expect(total.agreement.difference).toBeUndefined();
    const never = await refusal(file, { ...wish, quantity: 'daily-total' });
    expect([never.code, never.message]).toEqual(['counts-ours-missing', expect.stringContaining('8 h')]);
  });

  it('holds two cameras together', async () => {
    const usual = { workspace: 'lake', label: 'person', watchedHours: 8, resamples: 100, seed: 1 };
    const { document } = await compareCounts(open, { ...usual, camera: 'south', withCamera: 'east' }, undefined);
    expect(document.agreement.difference?.bias).toEqual({ value: -1 });
    expect(document.agreement).toMatchObject({ oursAlone: 3, theirsAlone: 0, spearman: { value: 1 } });
    const unsaid = compareCounts(open, { ...usual, withCamera: 'east' }, undefined);
    await expect(unsaid).rejects.toMatchObject({
      code: 'option-missing',
      message: expect.stringContaining('east, south'),
    });
  });

  it('keeps a mapping beside the workspace, which options change again', async () => {
    const file = await writeCsv('Jour;Compte', '14/07/2025 10:00;3');
    const mapping = { quantity: 'passages', time: 'Jour', count: ['Compte'], timeZone: 'Europe/Paris' } as const;
    const { saved } = await ask(file, { ...mapping, dateOrder: 'dmy', saveMapping: 'sentier-1' });
    expect(saved).toBe('counts/sentier-1.json');
    const stored = JSON.parse(await readFile(path.join(root, 'lake/counts/sentier-1.json'), 'utf8'));
    expect(stored).toEqual({ ...mapping, dateOrder: 'dmy', binMin: 60, binEnds: false, skipLines: 0 });
    const again = await askWell(file, { mapping: 'sentier-1', quantity: 'occupancy' });
    expect(again.with).toEqual({ file, mapping: { ...stored, quantity: 'occupancy' } });
    expect((await refusal(file, { mapping: 'sentier' })).message).toContain('sentier-1');
    await writeFile(
      path.join(root, 'lake/counts/wrong.json'),
      JSON.stringify({ ...stored, timeZone: 'Paris' }, null, 2),
    );
    expect((await refusal(file, { mapping: 'wrong' })).message).toMatch(/wrong\.json, line 7.*Europe\/Paris/);
  });
});

describe('rivage compare on days when clocks change', () => {
  /** Hours of a night that the counter wrote, and one that we have. */
  async function writeHours(...rows: readonly string[]) {
    return writeCsv('Date,Count', ...rows, '2025-07-14 10:00,1');
  }
  const wish = { ...basic, quantity: 'passages' } as const;

  it('reads the hour that an autumn night has twice as two hours', async () => {
    const night = ['2025-10-26 02:00,4', '2025-10-26 02:00,5', '2025-10-26 03:00,6'];
    expect((await askWell(await writeHours(...night), wish)).agreement.theirsAlone).toBe(3);
    const thrice = await writeHours(...night, '2025-10-26 02:00,6');
    expect((await refusal(thrice, wish)).code).toBe('counts-time-twice');
    expect((await refusal(await writeHours(...night), { ...wish, timeZone: 'Etc/GMT-1' })).code).toBe(
      'counts-time-twice',
    );
  });

  it('refuses counts in the hour that a spring night lacks, unless there were none', async () => {
    const { code, message } = await refusal(await writeHours('2025-03-30 02:00,4'), wish);
    expect([code, message]).toEqual(['counts-time-skipped', expect.stringContaining('Etc/GMT-1')]);
    expect((await askWell(await writeHours('2025-03-30 02:00,0'), wish)).agreement.theirsAlone).toBe(0);
  });
});

describe('rivage compare refuses', () => {
  const row = '2025-07-14 10:00,1';
  const occupancy = { ...basic, quantity: 'occupancy' } as const;
  const passages = { ...basic, quantity: 'passages' } as const;
  type Fault = readonly [code: string, rows: readonly string[], wish: Partial<CompareOptions>];
  const faults: Readonly<Record<string, Fault>> = {
    'an unknown column': ['counts-column-unknown', [row], { ...occupancy, count: ['Compte'] }],
    'a time that nobody can read': ['counts-time-unreadable', ['Monday,1'], occupancy],
    'a day that does not exist': ['counts-time-unreadable', ['2025-02-30 10:00,1'], occupancy],
    'an hour that does not exist': ['counts-time-unreadable', ['2025-07-14 25:00,1'], occupancy],
    'a date that may be read two ways': ['counts-time-unreadable', ['04/07/2025 10:00,1'], occupancy],
    'a day where an hour is needed': ['counts-time-unreadable', ['2025-07-14,1'], occupancy],
    'an hour where a day is needed': [
      ...(['counts-time-unreadable', [row], { ...basic, quantity: 'daily-total', watchedHours: 1 }] as const),
    ],
    'a negative count': ['counts-negative', ['2025-07-14 10:00,-1'], occupancy],
    'a count that is no number': ['counts-number-unreadable', ['2025-07-14 10:00,many'], occupancy],
    'the same time twice': ['counts-time-twice', [row, row], passages],
    'counts that are shorter than said': ['counts-time-off', [row, '2025-07-14 10:15,2'], passages],
    'a file without counts': ['counts-empty', ['2025-07-14 10:00,'], occupancy],
    'times that we have none of': ['counts-apart', ['2024-07-14 10:00,1'], occupancy],
    'a file without a time zone': ['option-missing', [row], { quantity: 'occupancy', time: 'Date', count: ['Count'] }],
    'a file of which nobody says what it counts': ['option-missing', [row], basic],
    'a zone of no lake': ['bad-option', [row], { ...occupancy, zone: 'moon' }],
    'a label that nobody looked for': ['counts-ours-missing', [row], { ...occupancy, label: 'tent' }],
    'another camera as well': ['option-missing', [row], { ...occupancy, withCamera: 'east' }],
    'an unknown camera': ['camera-unknown', [row], { ...occupancy, camera: 'west' }],
  };

  it.each(Object.entries(faults))('%s', async (_, [code, rows, wish]) => {
    const answer = await refusal(await writeCsv('Date,Count', ...rows), wish);
    expect([answer.code, answer.message]).toEqual([code, expect.stringMatching(/\.$/)]);
  });

  it.each([
    ['an unknown time zone', '--time-zone', 'Paris'],
    ['a bin that does not fill an hour', '--bin', '25'],
    ['a mapping with a path for a name', '--save-mapping', '../x'],
  ])('%s', async (_, ...option) => {
    const { code } = await runForJson(registerCompare, ['compare', '--with', 'x.csv', ...option], { folder: root });
    expect(code).toBe('bad-option');
  });
});

describe('rivage compare in a terminal', () => {
  it('says that two instruments are no truth, and writes a report with plots', async () => {
    await open.close();
    const rows = ['2025-07-14 10:00,2', '2025-07-14 11:00,3', '2025-07-15 10:00,1'];
    const file = await writeCsv('Date,Count', ...rows);
    const args = ['compare', '-w', 'lake', '-c', 'south', '--with', file, '--time', 'Date', '--count', 'Count'];
    const run = (quantity: string, out: string) =>
      runWell(registerCompare, [...args, '--time-zone', 'Europe/Paris', '-q', quantity, '-o', out], { folder: root });
    const said = (await run('occupancy', 'out')).join('\n');
    const plots = ['differences.svg', 'hours.svg', 'lag.svg', 'scatter.svg', 'weekdays.svg'];
    const names = ['agreement.json', 'agreement.md', ...plots, 'pairs.csv'];
    expect((await readdir(path.join(root, 'out'))).sort()).toEqual(names.sort());
    const csv = await readFile(path.join(root, 'out/pairs.csv'), 'utf8');
    expect(csv.split('\n').slice(0, 2)).toEqual([
      'start_utc,local_day,local_hour,ours_objects_per_frame,theirs_objects',
      '2025-07-14T08:00:00.000Z,2025-07-14,10,2,2',
    ]);
    expect(said).toContain('Two instruments, neither the truth');
    expect(said).toContain('3 hours in both, on 2 days. Left out, not taken for 0: 5 hours of ours alone');
    expect(said).not.toMatch(/\berrors?\b/i);
    const passages = (await run('passages', 'out2')).join('\n');
    expect(passages).toContain('Passages are not occupancy');
    expect(passages).not.toContain('bias, ours');
    expect(existsSync(path.join(root, 'out2/differences.svg'))).toBe(false);
  });
});
