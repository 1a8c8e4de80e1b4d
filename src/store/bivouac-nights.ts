import type { Db } from './db.ts';

/** Tents of one night on all of a lake: those known to have stood there, and those counted. */
export interface BivouacNight {
  /** YYYY-MM-DD: from 19:00 on this day to 09:00 on the next, local time of the lake. */
  readonly night: string;
  readonly there: number;
  /** As the view bivouac_night says; undefined: nobody could look. */
  readonly counted: number | undefined;
  /** Photos at dusk and dawn in which somebody looked. */
  readonly frames: number;
}

/** @param pitched When each tent was pitched, UTC, ISO 8601: it stands there that night. */
export async function compareBivouacNights(db: Db, pitched: readonly string[]): Promise<readonly BivouacNight[]> {
  const rows = await db.query<Omit<BivouacNight, 'counted'> & { readonly counted: number | null }>(
    `select to_char(n.night, 'YYYY-MM-DD') as night, n.tents as counted, n.dusk_frames + n.dawn_frames as frames,
       (select count(*) from unnest($1::timestamptz[]) as tent (pitched_at)
        where rivage.bivouac_night_of(tent.pitched_at, l.time_zone) = n.night)::int as there
     from rivage.bivouac_night as n
     join rivage.lake as l using (lake_id)
     where n.zone_id is null
     order by n.night`,
    [pitched],
  );
  return rows.map((row) => ({ ...row, counted: row.counted ?? undefined }));
}
