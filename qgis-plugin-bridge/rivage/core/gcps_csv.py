"""Ground control points as CSV, read as the service reads them: name,u,v,x,y,z[,sigma_m] or name,u,v,lon,lat,h."""
from __future__ import annotations

import csv
import io
import math
from dataclasses import dataclass
from typing import Sequence

from .gcps import Gcp
from .words import say

AXES = (('x', 'y', 'z'), ('lon', 'lat', 'h'))


class CsvRefused(Exception):
    """A file cannot be read; its text says where, why and what to do."""


@dataclass(frozen=True)
class CsvGcps:
    """Points of a file; is_lng_lat: x, y are longitude and latitude (EPSG:4326), not metres of the table's CRS."""

    rows: tuple[Gcp, ...]
    is_lng_lat: bool


def read_csv(text: str, file: str) -> CsvGcps:
    """Parses a GCP file; commas, semicolons or tabs, decimal comma between semicolons.

    Raises CsvRefused with file, line and what to do.
    """
    lines = text.lstrip('\ufeff').splitlines()
    header = next((line for line in lines if line.strip()), '')
    delimiter = next((mark for mark in (';', '\t') if mark in header), ',')
    table = [(at, [cell.strip() for cell in cells]) for at, cells in _numbered(lines, delimiter) if any(cells)]
    if not table:
        _refuse(file, 1, say('the file is empty', 'le fichier est vide'), _needed())
    columns = [column.lower() for column in table[0][1]]
    axes = next((choice for choice in AXES if set(choice) <= set(columns)), None)
    if axes is None or not {'name', 'u', 'v'} <= set(columns):
        why = say(f'the columns are {", ".join(columns)}', f'les colonnes sont {", ".join(columns)}')
        _refuse(file, 1, why, _needed())
    rows: list[Gcp] = []
    for line, cells in table[1:]:
        if len(cells) != len(columns):
            _refuse(file, line, say('this row does not fit the header', 'cette ligne ne suit pas l’en-tête'),
                    say('Give each row as many cells as the header.',
                        'Donnez à chaque ligne autant de cases qu’à l’en-tête.'))
        row = _gcp(dict(zip(columns, cells)), axes, file, line)
        if any(other.name == row.name for other in rows):
            _refuse(file, line, say(f'the name “{row.name}” is there twice', f'le nom « {row.name} » y est deux fois'),
                    say('Name each point once.', 'Nommez chaque point une seule fois.'))
        rows.append(row)
    return CsvGcps(tuple(rows), axes[0] == 'lon')


def write_csv(rows: Sequence[Gcp]) -> str:
    """Whole points in use as the CSV that a workspace reads, places in the CRS of the table."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator='\n')
    writer.writerow(['name', 'u', 'v', 'x', 'y', 'z', 'sigma_m'])
    for row in rows:
        if row.used and row.is_whole:
            numbers = [f'{row.u:.2f}', f'{row.v:.2f}', f'{row.x:.8f}' if abs(row.x) <= 360 else f'{row.x:.3f}']
            numbers += [f'{row.y:.8f}' if abs(row.y) <= 360 else f'{row.y:.3f}', f'{row.z:.3f}', f'{row.sigma_m:g}']
            writer.writerow([row.name, *numbers])
    return out.getvalue()


def _numbered(lines: list[str], delimiter: str):
    reader = csv.reader(lines, delimiter=delimiter)
    for cells in reader:
        yield reader.line_num, cells


def _gcp(cells: dict[str, str], axes: tuple[str, str, str], file: str, line: int) -> Gcp:
    def number(column: str) -> float:
        try:
            value = float(cells[column].replace(',', '.'))
        except ValueError:
            value = math.nan
        if not math.isfinite(value):
            held = cells[column]
            why = say(f'the cell “{column}” holds “{held}”', f'la case « {column} » contient « {held} »')
            _refuse(file, line, why, say('A number is needed there.', 'Il y faut un nombre.'))
        return value

    if not cells['name']:
        _refuse(file, line, say('the name is empty', 'le nom est vide'),
                say('Name each point.', 'Nommez chaque point.'))
    sigma_m = number('sigma_m') if cells.get('sigma_m') else 0.0
    if sigma_m < 0:
        _refuse(file, line, say(f'sigma_m is {sigma_m:g}', f'sigma_m vaut {sigma_m:g}'),
                say('A standard deviation is not negative.', 'Un écart type n’est pas négatif.'))
    return Gcp(cells['name'], number('u'), number('v'), *(number(axis) for axis in axes), sigma_m=sigma_m)


def _needed() -> str:
    return say('Needed: name,u,v,x,y,z or name,u,v,lon,lat,h.', 'Il faut : name,u,v,x,y,z ou name,u,v,lon,lat,h.')


def _refuse(file: str, line: int, why: str, mend: str) -> None:
    raise CsvRefused(say(f'{file}, line {line}: {why}. {mend}', f'{file}, ligne {line} : {why}. {mend}'))
