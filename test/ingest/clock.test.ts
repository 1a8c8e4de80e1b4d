import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  contradictsOffset,
  formatLocalDate,
  type LocalTime,
  parseExifTime,
  parseTimeInName,
  toInstant,
} from '../../src/ingest/clock.ts';

function exif(text: string): LocalTime {
  const local = parseExifTime(text);
  if (!local) throw new Error(`not a time: ${text}`);
  return local;
}

describe('a camera clock', () => {
  it.each([
    ['2024:07:14 12:30:00', 'Europe/Paris', '2024-07-14T10:30:00.000Z', 'exact'],
    ['2024:01:14 12:30:00', 'Europe/Paris', '2024-01-14T11:30:00.000Z', 'exact'],
    ['2024:07:14 12:30:00', 'UTC', '2024-07-14T12:30:00.000Z', 'exact'],
    ['2024:07:14 12:30:00', 'Etc/GMT-1', '2024-07-14T11:30:00.000Z', 'exact'],
    ['2024:07:14 00:10:00', 'Asia/Kathmandu', '2024-07-13T18:25:00.000Z', 'exact'],
    // Clocks went from 02:00 to 03:00: the hour does not exist, and is read with the offset from before.
    ['2024:03:31 01:59:59', 'Europe/Paris', '2024-03-31T00:59:59.000Z', 'exact'],
    ['2024:03:31 02:30:00', 'Europe/Paris', '2024-03-31T01:30:00.000Z', 'gap'],
    ['2024:03:31 03:00:00', 'Europe/Paris', '2024-03-31T01:00:00.000Z', 'exact'],
    // Clocks went back from 03:00 to 02:00: the hour is shown twice, and the first one is taken.
    ['2024:10:27 01:59:59', 'Europe/Paris', '2024-10-26T23:59:59.000Z', 'exact'],
    ['2024:10:27 02:30:00', 'Europe/Paris', '2024-10-27T00:30:00.000Z', 'overlap'],
    ['2024:10:27 03:00:00', 'Europe/Paris', '2024-10-27T02:00:00.000Z', 'exact'],
    // The southern hemisphere and a half-hour change.
    ['2024:04:07 01:45:00', 'Australia/Lord_Howe', '2024-04-06T14:45:00.000Z', 'overlap'],
    ['2024:10:06 02:15:00', 'Australia/Lord_Howe', '2024-10-05T15:45:00.000Z', 'gap'],
  ])('reads %s in %s as %s (%s)', (text, zone, instant, kind) => {
    const read = toInstant(exif(text), zone);
    expect([read.at.toISOString(), read.kind]).toEqual([instant, kind]);
  });

  it('shows again what was read from it, in every zone', () => {
    const instants = fc.date({ min: new Date('1990-01-01'), max: new Date('2037-01-01'), noInvalidDate: true });
    const zones = fc.constantFrom('Europe/Paris', 'America/St_Johns', 'Pacific/Apia', 'Asia/Kathmandu', 'UTC');
    fc.assert(
      fc.property(instants, zones, (instant, zone) => {
        const shown = new Intl.DateTimeFormat('sv-SE', {
          timeZone: zone,
          dateStyle: 'short',
          timeStyle: 'medium',
        }).format(instant);
        const read = toInstant(exif(shown), zone);
        const error = read.at.getTime() - Math.floor(instant.getTime() / 1000) * 1000;
        if (read.kind === 'overlap') expect([0, -3_600_000, -1_800_000]).toContain(error);
        else expect([read.kind, error]).toEqual(['exact', 0]);
      }),
    );
  });

  it('keeps fractions of a second', () => {
    expect(parseExifTime('2024:07:14 12:30:00', '25')?.millisecond).toBe(250);
    expect(parseExifTime('2024:07:14 12:30:00', '042')?.millisecond).toBe(42);
    expect(parseExifTime('2024:07:14 12:30:00', '  ')?.millisecond).toBe(0);
  });

  it.each([
    '0000:00:00 00:00:00',
    '    :  :     :  :  ',
    '',
    '2024:02:30 10:00:00',
    '2024:13:01 10:00:00',
    '2024:07:14 24:30:00',
    '2024:07:14',
  ])('takes "%s" for no time', (text) => expect(parseExifTime(text)).toBeUndefined());

  it('says when the EXIF offset contradicts the configured zone', () => {
    const local = exif('2024:07:14 12:30:00');
    const paris = toInstant(local, 'Europe/Paris');
    expect(contradictsOffset(paris, local, '+02:00')).toBe(false);
    expect(contradictsOffset(paris, local, '+00:00')).toBe(true);
    expect(contradictsOffset(paris, local, 'Z')).toBe(true);
    expect(contradictsOffset(toInstant(local, 'UTC'), local, 'Z')).toBe(false);
    expect(contradictsOffset(paris, local, '   :  ')).toBe(false);
  });
});

describe('a file name', () => {
  it.each([
    ['IMG_20240714_123005.jpg', '2024-07-14 12:30:05'],
    ['2024-07-14_12-30-05.JPG', '2024-07-14 12:30:05'],
    ['lac-bleu-2024-07-14T12h30.jpg', '2024-07-14 12:30:00'],
    ['20240714123005.png', '2024-07-14 12:30:05'],
    ['2019-05-24_12-00_ori.jpg', '2019-05-24 12:00:00'],
    ['LC2_Bolternosa_RGB_2018-09-08_09.25_stabilized.jpg', '2018-09-08 09:25:00'],
  ])('%s holds a time', (name, expected) => {
    const local = parseTimeInName(name);
    expect(
      local &&
        `${formatLocalDate(local)} ${[local.hour, local.minute, local.second].map((n) => String(n).padStart(2, '0')).join(':')}`,
    ).toBe(expected);
  });

  it.each([
    'IMG_0001.JPG',
    '2024-07-14.jpg',
    '20241332_123005.jpg',
    '20240714_120000-20240714_130000.jpg',
    'DSC120240714.jpg',
  ])('%s holds none, or not one alone', (name) => expect(parseTimeInName(name)).toBeUndefined());
});
