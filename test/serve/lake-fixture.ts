import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { encodeJpeg } from '../../src/picture/codec.ts';
import { type PublishedPictures, publishPictures } from '../../src/publish/pictures.ts';
import type { Db } from '../../src/store/db.ts';
import { openPglite } from '../../src/store/pglite.ts';
import { gatherStatistics } from '../../src/store/statistics.ts';

/** A made-up lake with a week of sightings, in a database and a folder of its own. */
export interface LakeFixture {
  readonly db: Db;
  readonly folder: string;
  readonly pictures: PublishedPictures;
  /** Points of sighting_map by label, as they were put in. */
  readonly counts: Readonly<Record<string, number>>;
  readonly close: () => Promise<void>;
}

const centre = { lng: 6.0975, lat: 44.951 };
const metresPerDegree = 111_320;
const firstDay = Date.UTC(2025, 6, 14);

/** A number generator that gives the same season every time. Source: mulberry32, Tommy Ettinger, public domain. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function place(eastM: number, northM: number): string {
  const lng = centre.lng + eastM / (metresPerDegree * Math.cos((centre.lat * Math.PI) / 180));
  return `${lng.toFixed(7)} ${(centre.lat + northM / metresPerDegree).toFixed(7)}`;
}

/** A closed ring around the centre; `radius` gives metres for an angle. */
function ring(radius: (angle: number) => readonly [number, number], steps = 48): string {
  const corners = Array.from({ length: steps }, (_, step) => place(...radius((step / steps) * 2 * Math.PI)));
  return `(${[...corners, corners[0]].join(', ')})`;
}

function shore(angle: number, outM = 0): readonly [number, number] {
  const wave = 1 + 0.12 * Math.sin(2 * angle + 0.6) + 0.06 * Math.sin(5 * angle);
  return [(260 * wave + outM) * Math.cos(angle), (165 * wave + outM) * Math.sin(angle)];
}

/** Options of the fixture. */
export interface FixtureWish {
  /** False: the only model does not know tents, so that nobody has looked for them. */
  readonly withTents: boolean;
}

/** Opens a fresh embedded database and fills it; `close` removes both. */
export async function openLakeFixture(wish: FixtureWish): Promise<LakeFixture> {
  const folder = mkdtempSync(path.join(tmpdir(), 'rivage-serve-'));
  const db = await openPglite(path.join(folder, 'db'));
  const counts: Record<string, number> = {};
  await db.transaction(async (tx) => {
    await writePlaces(tx);
    await writeModelRows(tx, wish);
    await writeSeason(tx, wish, counts);
  });
  await writePhotoFiles(folder);
  const pictures = publishPictures([folder]);
  const close = async (): Promise<void> => {
    await db.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { db, folder, pictures, counts, close };
}

async function writePlaces(tx: Db): Promise<void> {
  const lake = `POLYGON(${ring((angle) => shore(angle))})`;
  const shoreBand = `POLYGON(${ring((angle) => shore(angle, 26))}, ${ring((angle) => shore(angle))})`;
  const box = (e: number, n: number, w: number, h: number): string =>
    `POLYGON((${[place(e, n), place(e + w, n), place(e + w + 12, n + h), place(e + 8, n + h + 6), place(e, n)].join(', ')}))`;
  await tx.query(
    `insert into rivage.lake (lake_id, name, geom, water_level_m, water_level_sigma_m, time_zone)
     values ('muzelle', 'Lac de la Muzelle', ST_GeomFromText($1, 4326), 2105, 0.3, 'Europe/Paris')`,
    [lake],
  );
  const zones: readonly (readonly [string, string, string, string])[] = [
    ['shore', 'shore', 'Rive', shoreBand],
    ['bivouac', 'bivouac-area', 'Aire de bivouac', box(150, -285, 110, 70)],
    ['trail', 'trail', 'Sentier du col', box(-330, -215, 190, 14)],
    ['meadow', 'meadow', 'Prairie nord', box(-130, 215, 220, 60)],
    ['quiet', 'no-bivouac', 'Zone humide', box(290, 60, 90, 90)],
  ];
  for (const zone of zones) {
    await tx.query(
      `insert into rivage.zone (zone_id, lake_id, kind, name, geom) values ($1, 'muzelle', $2, $3, ST_GeomFromText($4, 4326))`,
      zone,
    );
  }
  const calibration = (headingDeg: number): string =>
    JSON.stringify({
      camera: { pose: { headingDeg }, lens: { focalPx: 3200 }, sizePx: { widthPx: 4000, heightPx: 3000 } },
    });
  for (const [id, name, east, north, heading] of [
    ['nord', 'Nord', -40, 330, 170],
    ['ouest', 'Ouest', -400, -120, 75],
  ] as const) {
    await tx.query(
      `insert into rivage.camera (camera_id, lake_id, name, geom, height_m, position_sigma_m, interval_min, clock_time_zone, clock_offset_s)
       values ($1, 'muzelle', $2, ST_GeomFromText($3, 4326), 2140, 0.5, 30, 'Europe/Paris', 0)`,
      [id, name, `POINT(${place(east, north)})`],
    );
    await tx.query('insert into rivage.calibration (camera_id, body, rmse_px) values ($1, $2::text::jsonb, 2.4)', [
      id,
      calibration(heading),
    ]);
  }
}

async function writeModelRows(tx: Db, { withTents }: FixtureWish): Promise<void> {
  const labels = withTents ? ['person', 'boat', 'tent'] : ['person', 'boat'];
  await tx.query("insert into rivage.model (model_id, labels) values ('demo-net@1', $1)", [labels]);
  for (const label of labels) {
    await tx.query("insert into rivage.label_threshold values ('demo-net@1', $1, 0.25, true)", [label]);
  }
}

interface Row {
  readonly label: string;
  readonly confidence: number;
  readonly point: string;
  readonly majorM: number;
}

async function writeSeason(tx: Db, { withTents }: FixtureWish, counts: Record<string, number>): Promise<void> {
  const random = createRandom(7);
  const tents = withTents ? await writeTentStays(tx, random) : [];
  for (let step = 0; step < 7 * 48; step++) {
    const time = firstDay + step * 1_800_000;
    const hour = ((step % 48) / 2 + 2) % 24;
    const camera = step % 2 ? 'nord' : 'ouest';
    const day = Math.floor(step / 48);
    const visibility = hour < 5 || hour > 22 ? 'dark' : day === 3 && hour < 10 ? 'fog' : 'usable';
    const photoId = await writePhotoRow(tx, { step, time, camera, visibility });
    if (visibility !== 'usable' || step === 2 * 48 + 20) continue;
    const rows = visitorsAt(hour, day, random).concat(tents.filter(() => hour > 18 || hour < 9));
    await writeFound(tx, photoId, rows, counts);
    if (step % 64 === 63) await gatherStatistics(tx);
  }
  await tx.query(
    `insert into rivage.photo (photo_id, camera_id, path, bytes, visibility, reason, message)
     values ('broken', 'nord', 'photos/broken.jpg', 0, 'unreadable', 'photo-empty', 'The photo is empty.')`,
  );
}

interface PhotoRow {
  readonly step: number;
  readonly time: number;
  readonly camera: string;
  readonly visibility: string;
}

async function writePhotoRow(tx: Db, { step, time, camera, visibility }: PhotoRow): Promise<string> {
  const photoId = `photo-${String(step).padStart(4, '0')}`;
  await tx.query(
    `insert into rivage.photo (photo_id, camera_id, path, bytes, width_px, height_px, taken_at, visibility)
     values ($1, $2, 'photos/day.jpg', 1000, 800, 600, $3, $4)`,
    [photoId, camera, new Date(time), visibility],
  );
  return photoId;
}

function visitorsAt(hour: number, day: number, random: () => number): Row[] {
  const weekend = day === 5 || day === 6 ? 1.8 : 1;
  const crowd = Math.max(0, 9 * Math.exp(-(((hour - 14) / 3.6) ** 2))) * weekend;
  const rows: Row[] = [];
  for (let index = 0; index < Math.round(crowd * (0.6 + 0.8 * random())); index++) {
    const angle = -1.9 + (random() + random() + random() - 1.5) * 0.9 + (random() < 0.25 ? 2.6 : 0);
    const [east, north] = shore(angle, random() < 0.3 ? -18 * random() : 4 + 26 * random());
    const confidence = 0.25 + 0.7 * random() ** 0.8;
    rows.push({ label: 'person', confidence, point: place(east, north), majorM: 2 + 9 * random() });
  }
  if (hour > 11 && hour < 17 && random() < 0.3) {
    rows.push({ label: 'boat', confidence: 0.6, point: place(-60 + 120 * random(), 40 * random()), majorM: 6 });
  }
  return rows;
}

async function writeTentStays(tx: Db, random: () => number): Promise<Row[]> {
  const rows = Array.from({ length: 9 }, (): Row => {
    const [east, north] = [165 + 85 * random(), -275 + 50 * random()];
    return { label: 'tent', confidence: 0.5 + 0.4 * random(), point: place(east, north), majorM: 3 };
  });
  for (const [index, row] of rows.entries()) {
    const evening = firstDay + (index % 6) * 86_400_000 + 17.5 * 3_600_000;
    await tx.query(
      `insert into rivage.stay (camera_id, model_id, label, geom, cov_ee_m2, cov_en_m2, cov_nn_m2, first_seen, last_seen, frames)
       values ('nord', 'demo-net@1', 'tent', ST_GeomFromText($1, 4326), 1, 0, 2, $2, $3, 6)`,
      [`POINT(${row.point})`, new Date(evening), new Date(evening + (index % 3 ? 13 : 37) * 3_600_000)],
    );
  }
  return rows.slice(0, 3);
}

async function writeFound(
  tx: Db,
  photoId: string,
  rows: readonly Row[],
  counts: Record<string, number>,
): Promise<void> {
  const [analysis] = await tx.query<{ id: number }>(
    `insert into rivage.analysis (photo_id, model_id, duration_ms) values ($1, 'demo-net@1', 800) returning analysis_id as id`,
    [photoId],
  );
  for (const row of rows) counts[row.label] = (counts[row.label] ?? 0) + 1;
  await tx.query(
    `with found as (
       select * from jsonb_to_recordset($2::text::jsonb) as f (label text, confidence float8, point text, "majorM" float8)
     ), detection as (
       insert into rivage.detection (analysis_id, label, confidence, x, y, w, h)
       select $1, label, confidence, 300, 280, 40, 90 from found returning fid, confidence, label
     )
     insert into rivage.sighting (detection_fid, geom, height_m, surface, range_m, cov_ee_m2, cov_en_m2, cov_nn_m2,
         semi_major_m, semi_minor_m, azimuth_deg)
       select d.fid, ST_SetSRID(('POINT(' || f.point || ')')::geometry, 4326), 2106, case when label = 'boat' then 'water' else 'ground' end,
         350, 1, 0, 1, f."majorM", f."majorM" * 0.4, 15
       from detection as d join found as f using (confidence, label)`,
    [analysis?.id, JSON.stringify(rows)],
  );
  await tx.query('select rivage.fill_zones(array[$1::int])', [analysis?.id]);
}

/** One picture stands for all photos: sky, slope, water, and a person where the boxes are. */
async function writePhotoFiles(folder: string): Promise<void> {
  const [widthPx, heightPx] = [800, 600];
  const rgb = new Uint8Array(widthPx * heightPx * 3);
  for (let v = 0; v < heightPx; v++) {
    for (let u = 0; u < widthPx; u++) {
      const person = u >= 308 && u < 332 && v >= 285 && v < 365;
      const colour = person ? [200, 60, 40] : v < 200 ? [150, 190, 225] : v < 400 ? [110, 125, 85] : [70, 125, 150];
      const grain = ((u * 31 + v * 17) % 13) - 6;
      rgb.set(
        colour.map((value) => value + grain),
        (v * widthPx + u) * 3,
      );
    }
  }
  mkdirSync(path.join(folder, 'photos'));
  writeFileSync(path.join(folder, 'photos/day.jpg'), await encodeJpeg({ sizePx: { widthPx, heightPx }, rgb }));
  writeFileSync(path.join(folder, 'photos/broken.jpg'), '');
}
