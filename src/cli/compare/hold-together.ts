import { type Bilingual, ServiceError } from '../../errors.ts';
import { type Counterpart, counterparts, judgeAgreement, type Quantity } from '../../evaluate/agreement.ts';
import type { CountBin, OwnCountBin } from '../../evaluate/agreement-pairs.ts';
import { createRandom } from '../../simulate/random.ts';
import { type CountSource, readDailyMaxima, readOccupancyHours, readVisitorHours } from '../../store/count-series.ts';
import type { Db } from '../../store/db.ts';
import type { CountMapping } from '../../workspace/count-mapping.ts';
import type { CompareDocument } from './document.ts';
import { readCounts } from './read-counts.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** What ours is held together with: a file and how to read it, or another camera. */
export type OtherSide =
  | { readonly file: string; readonly text: string; readonly mapping: CountMapping }
  | { readonly camera: string; readonly quantity: Quantity };

export interface CompareWish {
  readonly source: CountSource;
  readonly other: OtherSide;
  /** Bins; undefined: 12 hours or 7 days. */
  readonly maxLag: number | undefined;
  readonly watchedHours: number;
  readonly resamples: number;
  readonly seed: number;
}

/** @throws ServiceError counts-*, bad-option */
export async function holdTogether(db: Db, wish: CompareWish): Promise<CompareDocument> {
  const { source, other, watchedHours, resamples, seed } = wish;
  const quantity = 'file' in other ? other.mapping.quantity : other.quantity;
  const counterpart = counterparts[quantity];
  const isHours = counterpart.bin === 'hour';
  const own = await readOwn(db, source, counterpart, watchedHours);
  const read =
    'file' in other ? readCounts(other.text, other.file, other.mapping, own.hoursStartMin * 60_000) : undefined;
  const theirs =
    'file' in other
      ? (read?.bins ?? [])
      : (await readOwn(db, { ...source, cameraId: other.camera }, counterpart, watchedHours)).bins;
  const agreement = judgeAgreement(own.bins, theirs, {
    counterpart,
    maxLag: wish.maxLag ?? (isHours ? 12 : 7),
    resamples,
    unit: createRandom(seed, 'agreement').unit,
  });
  if (!agreement) throw refuseApart(own.bins, theirs, 'file' in other ? other.file : other.camera, isHours);
  return {
    camera: source.cameraId,
    zone: source.zoneId ?? null,
    label: source.label,
    with: 'file' in other ? { file: other.file, mapping: other.mapping } : { camera: other.camera },
    quantity,
    counterpart,
    watchedHours: isHours ? null : watchedHours,
    hoursStartMin: own.hoursStartMin,
    resamples,
    seed,
    read: read ? { rows: read.rows, blank: read.blank, partHours: read.partHours } : null,
    agreement,
  };
}

interface OwnSeries {
  readonly bins: readonly OwnCountBin[];
  readonly hoursStartMin: number;
}

async function readOwn(db: Db, source: CountSource, { ours }: Counterpart, watchedHours: number): Promise<OwnSeries> {
  const series =
    ours === 'occupancy'
      ? toHours(await readOccupancyHours(db, source))
      : toDays(await readDays(db, source, ours, watchedHours));
  if (series.bins.length > 0) return series;
  const { cameraId: camera, label } = source;
  throw new ServiceError('counts-ours-missing', { camera, label, hours: watchedHours });
}

function readDays(db: Db, source: CountSource, ours: 'visitor-hours' | 'daily-maximum', watchedHours: number) {
  if (ours === 'daily-maximum') return readDailyMaxima(db, source, watchedHours);
  if (source.label === 'person') return readVisitorHours(db, source, watchedHours);
  const why: Bilingual = {
    en: 'visitor-hours are those of persons',
    fr: 'les heures-visiteurs sont celles des personnes',
  };
  throw new ServiceError('bad-option', { option: '--label', value: source.label, why });
}

function toHours(hours: Awaited<ReturnType<typeof readOccupancyHours>>): OwnSeries {
  const startMs = (hours[0]?.startsAt.getTime() ?? 0) % hourMs;
  const bins = hours.map(({ startsAt, ...hour }) => ({ bin: (startsAt.getTime() - startMs) / hourMs, ...hour }));
  return { bins, hoursStartMin: startMs / 60_000 };
}

function toDays(days: Awaited<ReturnType<typeof readDays>>): OwnSeries {
  const bins = days.map(({ day, count }) => ({
    bin: Date.parse(`${day}T00:00:00Z`) / dayMs,
    day,
    hour: undefined,
    count,
  }));
  return { bins, hoursStartMin: 0 };
}

function refuseApart(
  ours: readonly CountBin[],
  theirs: readonly CountBin[],
  file: string,
  isHours: boolean,
): ServiceError {
  const write = (bin: number) => new Date(bin * (isHours ? hourMs : dayMs)).toISOString().slice(0, isHours ? 16 : 10);
  const ends = (bins: readonly CountBin[]) => {
    const times = bins.map(({ bin }) => bin).sort((a, b) => a - b);
    return [write(times[0] ?? 0), write(times.at(-1) ?? 0)] as const;
  };
  const [[from, to], [fromTheirs, toTheirs]] = [ends(ours), ends(theirs)];
  return new ServiceError('counts-apart', { file, from, to, fromTheirs, toTheirs });
}
