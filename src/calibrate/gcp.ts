import { type CsvRow, type CsvTable, numberIn, parseCsv } from '../csv.ts';
import { type Bilingual, ServiceError } from '../errors.ts';
import { getCrs } from '../geo/crs.ts';
import type { LngLat, Pixel, PlaneOrigin } from '../geo/frames.ts';
import { checkPlaces, type WrittenPlaces } from './gcp-places.ts';

/** A pixel with a known ground position. */
export interface Gcp {
  readonly name: string;
  readonly pixel: Pixel;
  readonly position: PlaneOrigin;
  /** One standard deviation of each of the three ground coordinates, m; 0: taken as exact. */
  readonly sigmaM: number;
}

/** A GCP as a person writes it: u, v px from the top-left corner; x, y, z in the axes of a CRS; sigmaM 1 σ of each, m. */
export interface WrittenGcp {
  readonly name: string;
  readonly u: number;
  readonly v: number;
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly sigmaM: number;
}

/**
 * GCPs in the axes of a CRS as places on the Earth. With the place of the camera it also sees that coordinates are
 * exchanged or in another CRS. A single one that is nowhere on the Earth gets a place that is not finite.
 * @throws ServiceError epsg-unknown, gcps-elsewhere
 */
export function placeGcps(
  written: readonly WrittenGcp[],
  epsg: number,
  { source, camera }: Pick<WrittenPlaces, 'source' | 'camera'>,
): readonly Gcp[] {
  const crs = getCrs(epsg);
  checkPlaces({ source, crs, coordinates: written, camera });
  return written.map(({ name, u, v, x, y, z, sigmaM }) => ({
    name,
    pixel: { u, v },
    position: { ...crs.toLngLat({ x, y }), heightM: z },
    sigmaM,
  }));
}

/**
 * Parses a GCP file: `name,u,v,x,y,z[,sigma_m]` in the axes of `epsg`, or `name,u,v,lon,lat,h[,sigma_m]`. With the
 * place of the camera it also sees that coordinates are exchanged or in another CRS.
 * @throws ServiceError file-invalid, epsg-unknown, gcps-elsewhere
 */
export function parseGcps(text: string, file: string, epsg: number, camera?: LngLat): readonly Gcp[] {
  const table = parseCsv(text, file);
  const axes = findAxes(table);
  const written = table.rows.map((row) => readGcp(table, row, axes));
  table.rows.forEach((row, at) => {
    const earlier = table.rows[written.findIndex(({ name }) => name === written[at]?.name)];
    if (!earlier || earlier === row) return;
    const why = {
      en: `the name "${row.cells.name}" is also on line ${earlier.line}`,
      fr: `le nom « ${row.cells.name} » est aussi à la ligne ${earlier.line}`,
    };
    fail(row, file, why, { en: 'Name each point once.', fr: 'Nommez chaque point une seule fois.' });
  });
  const code = axes[0] === 'x' ? epsg : 4326;
  const gcps = placeGcps(written, code, { source: file, camera });
  table.rows.forEach((row, at) => {
    const gcp = gcps[at];
    if (gcp && !isOnEarth(gcp.position)) failNowhere(row, file, axes, code);
  });
  return gcps;
}

function isOnEarth({ lng, lat }: LngLat): boolean {
  return Math.abs(lng) <= 180 && Math.abs(lat) <= 90;
}

function failNowhere(row: CsvRow, file: string, [x, y]: Axes, epsg: number): never {
  const at = `${row.cells[x]}, ${row.cells[y]}`;
  const why = {
    en: `${at} is no place on the Earth in EPSG:${epsg}`,
    fr: `${at} n'est aucun lieu sur Terre en EPSG:${epsg}`,
  };
  const mend = {
    en: 'Check the coordinate system, and that x (or lon) comes before y (or lat).',
    fr: 'Vérifiez le système de coordonnées, et que x (ou lon) vient avant y (ou lat).',
  };
  fail(row, file, why, mend);
}

type Axes = readonly [string, string, string];

function findAxes({ file, columns }: CsvTable): Axes {
  const choices: readonly Axes[] = [
    ['x', 'y', 'z'],
    ['lon', 'lat', 'h'],
  ];
  const axes = choices.find((choice) => choice.every((column) => columns.includes(column)));
  if (axes && ['name', 'u', 'v'].every((column) => columns.includes(column))) return axes;
  const why = { en: `the columns are ${columns.join(', ')}`, fr: `les colonnes sont ${columns.join(', ')}` };
  const mend = {
    en: 'Needed: name,u,v,x,y,z or name,u,v,lon,lat,h.',
    fr: 'Il faut : name,u,v,x,y,z ou name,u,v,lon,lat,h.',
  };
  throw new ServiceError('file-invalid', { file, line: 1, why, mend });
}

function readGcp(table: CsvTable, row: CsvRow, axes: Axes): WrittenGcp {
  const { file } = table;
  const name = row.cells.name ?? '';
  if (name === '') {
    const why = { en: 'the name is empty', fr: 'le nom est vide' };
    fail(row, file, why, { en: 'Name each point.', fr: 'Nommez chaque point.' });
  }
  const number = (column: string) => numberIn(table, row, column);
  const sigmaM = row.cells.sigma_m ? number('sigma_m') : 0;
  if (sigmaM < 0) {
    const mend = { en: 'A standard deviation is not negative.', fr: "Un écart type n'est pas négatif." };
    fail(row, file, { en: `sigma_m is ${sigmaM}`, fr: `sigma_m vaut ${sigmaM}` }, mend);
  }
  return { name, u: number('u'), v: number('v'), x: number(axes[0]), y: number(axes[1]), z: number(axes[2]), sigmaM };
}

function fail({ line }: CsvRow, file: string, why: Bilingual, mend: Bilingual): never {
  throw new ServiceError('file-invalid', { file, line, why, mend });
}
