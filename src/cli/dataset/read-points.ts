import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { type CsvRow, type CsvTable, numberIn, parseCsv } from '../../csv.ts';
import type { LabelledPhoto } from '../../evaluate/labelled-photo.ts';
import { readHeader } from '../../picture/codec.ts';
import { readText } from '../read-text.ts';
import type { Dataset, DatasetPlace } from './dataset.ts';
import { labelFault } from './fault.ts';
import { photoOfLabels } from './pair-photos.ts';

/** Names that columns go by, in lower case. */
const columnNames = {
  label: ['label', 'class', 'name', 'category'],
  x: ['x', 'u'],
  y: ['y', 'v'],
  photo: ['photo', 'image', 'file', 'filename', 'file_name'],
  camera: ['camera'],
  light: ['light'],
} as const;

type Columns = Readonly<Record<keyof typeof columnNames, string | undefined>>;

interface PointRow {
  readonly table: CsvTable;
  readonly row: CsvRow;
  readonly columns: Columns;
}

/**
 * Reads points: CSV with columns Label, X, Y (px of the upright photo), in one file with a column Photo, or in a file
 * a photo ("labels_3.csv" for 3.jpg). A file of a photo with no row says that nothing is there.
 * @throws ServiceError file-missing, file-invalid, and those of a damaged photo
 */
export async function readPoints({ path: place, photos, labelFor }: DatasetPlace): Promise<Dataset> {
  const names = [...photos.keys()];
  const rows = new Map<string, PointRow[]>();
  for (const file of await listCsv(place)) {
    const table = parseCsv(await readText(file), file);
    const columns = findColumns(table);
    const own = photoOfLabels(path.basename(file), names);
    if (own) rows.set(own, [...(rows.get(own) ?? []), ...table.rows.map((row) => ({ table, row, columns }))]);
    else for (const row of table.rows) addByColumn({ table, row, columns }, names, rows);
  }
  const labels = new Set<string>();
  const labelled: LabelledPhoto[] = [];
  for (const [name, list] of [...rows].sort(([a], [b]) => (a < b ? -1 : 1))) {
    for (const { row, columns } of list) labels.add(row.cells[columns.label ?? ''] ?? '');
    labelled.push(await toPhoto({ id: labelled.length + 1, name, file: photos.get(name) ?? name, list, labelFor }));
  }
  const categories = [...labels].sort().map((name, index) => ({ id: index + 1, name, label: labelFor(name) }));
  const unlabelled = names.filter((name) => !rows.has(name));
  return { format: 'points', photos: labelled, files: photos, categories, unlabelled };
}

async function listCsv(place: string): Promise<readonly string[]> {
  if ((await stat(place)).isFile()) return [place];
  const inside = await readdir(place, { recursive: true });
  const tables = inside.filter((file) => /\.csv$/i.test(file) && path.basename(file) !== 'photos.csv');
  return tables.sort().map((file) => path.join(place, file));
}

function findColumns(table: CsvTable): Columns {
  const find = (names: readonly string[]) => table.columns.find((column) => names.includes(column.toLowerCase()));
  const columns = {
    label: find(columnNames.label),
    x: find(columnNames.x),
    y: find(columnNames.y),
    photo: find(columnNames.photo),
    camera: find(columnNames.camera),
    light: find(columnNames.light),
  };
  const missing = (['label', 'x', 'y'] as const).find((name) => columns[name] === undefined);
  if (!missing) return columns;
  throw labelFault(
    table.file,
    1,
    { en: `there is no column "${missing}"`, fr: `il n'y a pas de colonne « ${missing} »` },
    { en: 'Needed: Label, X, Y.', fr: 'Il faut : Label, X, Y.' },
  );
}

function addByColumn(point: PointRow, names: readonly string[], rows: Map<string, PointRow[]>): void {
  const { table, row, columns } = point;
  const cell = columns.photo === undefined ? '' : (row.cells[columns.photo] ?? '');
  const name = names.find((one) => one === cell) ?? names.find((one) => path.basename(one) === path.basename(cell));
  if (!name) {
    throw labelFault(
      table.file,
      row.line,
      {
        en: `no photo is named "${cell}", and none goes by the name of this file`,
        fr: `aucune photo ne s'appelle « ${cell} », ni comme ce fichier`,
      },
      {
        en: 'Name the photo in a column Photo, or the file after its photo; --photos names their folder.',
        fr: 'Nommez la photo dans une colonne Photo, ou le fichier comme sa photo ; --photos donne leur dossier.',
      },
    );
  }
  rows.set(name, [...(rows.get(name) ?? []), point]);
}

async function toPhoto(of: {
  readonly id: number;
  readonly name: string;
  readonly file: string;
  readonly list: readonly PointRow[];
  readonly labelFor: DatasetPlace['labelFor'];
}): Promise<LabelledPhoto> {
  const { id, name, list, labelFor } = of;
  const { sizePx } = await readHeader(of.file, { name });
  const points = list.flatMap(({ table, row, columns }) => {
    const [u, v] = [numberIn(table, row, columns.x ?? ''), numberIn(table, row, columns.y ?? '')];
    if (u < 0 || v < 0 || u > sizePx.widthPx || v > sizePx.heightPx) {
      const size = `${sizePx.widthPx}×${sizePx.heightPx}`;
      throw labelFault(
        table.file,
        row.line,
        {
          en: `the point ${u}, ${v} lies outside ${name} (${size})`,
          fr: `le point ${u}, ${v} est hors de ${name} (${size})`,
        },
        { en: 'Give pixels of the upright photo.', fr: 'Donnez des pixels de la photo redressée.' },
      );
    }
    const label = labelFor(row.cells[columns.label ?? ''] ?? '');
    return label === undefined ? [] : [{ label, point: { u, v } }];
  });
  const cellOf = (column: 'camera' | 'light') =>
    list.map(({ row, columns }) => row.cells[columns[column] ?? '']).find((cell) => cell);
  return { id, name, sizePx, boxes: [], points, camera: cellOf('camera'), light: cellOf('light') };
}
