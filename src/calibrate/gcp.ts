import { type CsvRow, type CsvTable, numberIn, parseCsv } from '../csv.ts';
import { type Bilingual, ServiceError } from '../errors.ts';
import { type Crs, getCrs } from '../geo/crs.ts';
import type { LngLat, Pixel, PlaneOrigin } from '../geo/frames.ts';
import { checkPlaces } from './gcp-places.ts';

/** A pixel with a known ground position. */
export interface Gcp {
  readonly name: string;
  readonly pixel: Pixel;
  readonly position: PlaneOrigin;
  /** One standard deviation of each of the three ground coordinates, m; 0: taken as exact. */
  readonly sigmaM: number;
}

/**
 * Parses a GCP file: `name,u,v,x,y,z[,sigma_m]` in the axes of `epsg`, or `name,u,v,lon,lat,h[,sigma_m]`. With the
 * place of the camera it also sees that coordinates are exchanged or in another CRS.
 * @throws ServiceError file-invalid, epsg-unknown, gcps-elsewhere
 */
export function parseGcps(text: string, file: string, epsg: number, camera?: LngLat): readonly Gcp[] {
  const table = parseCsv(text, file);
  const axes = findAxes(table);
  const crs = getCrs(axes[0] === 'x' ? epsg : 4326);
  const coordinates = table.rows.map((row) => ({ x: numberIn(table, row, axes[0]), y: numberIn(table, row, axes[1]) }));
  checkPlaces({ source: file, crs, coordinates, camera });
  const lines = new Map<string, number>();
  return table.rows.map((row) => {
    const gcp = parseGcp(table, row, axes, crs);
    const earlier = lines.get(gcp.name);
    if (earlier !== undefined) {
      const why = {
        en: `the name "${gcp.name}" is also on line ${earlier}`,
        fr: `le nom « ${gcp.name} » est aussi à la ligne ${earlier}`,
      };
      fail(row, file, why, { en: 'Name each point once.', fr: 'Nommez chaque point une seule fois.' });
    }
    lines.set(gcp.name, row.line);
    return gcp;
  });
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

function parseGcp(table: CsvTable, row: CsvRow, axes: Axes, crs: Crs): Gcp {
  const { file } = table;
  const name = row.cells.name ?? '';
  if (name === '') {
    fail(
      row,
      file,
      { en: 'the name is empty', fr: 'le nom est vide' },
      { en: 'Name each point.', fr: 'Nommez chaque point.' },
    );
  }
  const [x, y, heightM] = [numberIn(table, row, axes[0]), numberIn(table, row, axes[1]), numberIn(table, row, axes[2])];
  const sigmaM = row.cells.sigma_m ? numberIn(table, row, 'sigma_m') : 0;
  if (sigmaM < 0) {
    const mend = { en: 'A standard deviation is not negative.', fr: "Un écart type n'est pas négatif." };
    fail(row, file, { en: `sigma_m is ${sigmaM}`, fr: `sigma_m vaut ${sigmaM}` }, mend);
  }
  const { lng, lat } = crs.toLngLat({ x, y });
  if (!(Math.abs(lng) <= 180 && Math.abs(lat) <= 90)) {
    const why = {
      en: `${x}, ${y} is no place on the Earth in EPSG:${crs.epsg}`,
      fr: `${x}, ${y} n'est aucun lieu sur Terre en EPSG:${crs.epsg}`,
    };
    const mend = {
      en: 'Check the coordinate system, and that x (or lon) comes before y (or lat).',
      fr: 'Vérifiez le système de coordonnées, et que x (ou lon) vient avant y (ou lat).',
    };
    fail(row, file, why, mend);
  }
  const pixel = { u: numberIn(table, row, 'u'), v: numberIn(table, row, 'v') };
  return { name, pixel, position: { lng, lat, heightM }, sigmaM };
}

function fail({ line }: CsvRow, file: string, why: Bilingual, mend: Bilingual): never {
  throw new ServiceError('file-invalid', { file, line, why, mend });
}
