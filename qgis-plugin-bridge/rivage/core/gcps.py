"""Ground control points as a person clicks them: what the table of the calibrate window holds, without any widget."""
from __future__ import annotations

import math
from dataclasses import asdict, dataclass, replace
from typing import Any, Iterable

from .words import say

FIRST_SIGMA_M = 0.5
"""What a place clicked on an orthophoto is worth until the person says better, 1 σ of each coordinate, m."""


class GcpRefused(Exception):
    """A cell cannot hold what was written; its text is for the person who wrote it."""


@dataclass(frozen=True)
class Gcp:
    """A pixel (px of the original photo) with its place: x, y in the CRS of the table, z m in the datum of the DEM.

    None: not clicked or not known yet.
    """

    name: str
    u: float | None = None
    v: float | None = None
    x: float | None = None
    y: float | None = None
    z: float | None = None
    sigma_m: float = FIRST_SIGMA_M
    used: bool = True

    @property
    def has_pixel(self) -> bool:
        return self.u is not None and self.v is not None

    @property
    def has_place(self) -> bool:
        return self.x is not None and self.y is not None

    @property
    def is_whole(self) -> bool:
        return self.has_pixel and self.has_place and self.z is not None

    def missing(self) -> str:
        """What is still to be given, as a sentence; '' for a whole point."""
        if not self.has_pixel:
            return say('Click this point in the photo.', 'Cliquez ce point dans la photo.')
        if not self.has_place:
            return say('Click this point on the map.', 'Cliquez ce point sur la carte.')
        if self.z is None:
            return say('Write its height.', 'Écrivez son altitude.')
        return ''


COLUMNS = ('name', 'u', 'v', 'x', 'y', 'z', 'sigma_m', 'used')
"""The cells of a row that a person may write, in the order in which they are shown."""


class GcpTable:
    """The points of one camera, which of them is selected, and whether they were changed since they were loaded."""

    def __init__(self, rows: Iterable[Gcp] = ()) -> None:
        self.rows: list[Gcp] = list(rows)
        self.selected: int | None = None
        self.changed = False

    def click_photo(self, u: float, v: float) -> int:
        """A click in the photo: the pixel of the selected point where that is not whole yet (clicked again:
        corrected), else of a new one. Its row."""
        return self._put(u=u, v=v)

    def click_map(self, x: float, y: float, z: float | None = None) -> int:
        """A click on the map: the place of the selected point where that is not whole yet, else of a new one. Its row.
        The height is None until it is known."""
        return self._put(x=x, y=y, z=z)

    def _put(self, **cells: float | None) -> int:
        at = self.selected
        if at is None or (self.rows[at].has_pixel and self.rows[at].has_place):
            self.rows.append(Gcp(self.free_name(), sigma_m=self.rows[-1].sigma_m if self.rows else FIRST_SIGMA_M))
            at = len(self.rows) - 1
        self._change(at, **cells)
        self.selected = at
        return at

    def move_pixel(self, at: int, u: float, v: float) -> None:
        """Puts the pixel of a point elsewhere."""
        self._change(at, u=u, v=v)

    def move_place(self, at: int, x: float, y: float, z: float | None = None) -> None:
        """Puts a point elsewhere on the ground; the height there is None until it is known."""
        self._change(at, x=x, y=y, z=z)

    def set_height(self, x: float, y: float, z: float) -> bool:
        """The height that the service found at a place. False: no point waits there any more."""
        for at, row in enumerate(self.rows):
            if row.z is None and row.x == x and row.y == y:
                self._change(at, z=z)
                return True
        return False

    def write(self, at: int, column: str, value: Any) -> None:
        """Writes a cell as a person types it; a decimal comma is read too.

        Raises GcpRefused with what the cell needs.
        """
        if column == 'used':
            self._change(at, used=bool(value))
        elif column == 'name':
            self._change(at, name=self._checked_name(at, str(value).strip()))
        else:
            self._change(at, **{column: self._checked_number(column, str(value))})

    def _checked_name(self, at: int, name: str) -> str:
        if not name:
            raise GcpRefused(say('Name each point.', 'Nommez chaque point.'))
        if any(row.name == name for i, row in enumerate(self.rows) if i != at):
            raise GcpRefused(say(f'There is a point named {name} already: name each once.',
                                 f'Un point se nomme déjà {name} : nommez chacun une seule fois.'))
        return name

    def _checked_number(self, column: str, text: str) -> float | None:
        written = text.strip().replace('\u202f', '').replace('\xa0', '').replace(' ', '').replace(',', '.')
        if column == 'z' and not written:
            return None
        try:
            number = float(written)
        except ValueError:
            number = math.nan
        if not math.isfinite(number):
            raise GcpRefused(say(f'“{text}” is no number: write one such as 2214.5.',
                                 f'« {text} » n’est pas un nombre : écrivez par exemple 2214,5.'))
        if column == 'sigma_m' and number < 0:
            raise GcpRefused(say('A standard deviation is not negative.', 'Un écart type n’est pas négatif.'))
        return number

    def delete(self, rows: Iterable[int]) -> None:
        """Takes points out."""
        gone = set(rows)
        if not gone:
            return
        self.rows = [row for at, row in enumerate(self.rows) if at not in gone]
        self.selected = None
        self.changed = True

    def add(self, rows: Iterable[Gcp]) -> int:
        """Adds points from elsewhere; one whose name is taken replaces the point of that name. How many."""
        count = 0
        for count, row in enumerate(rows, 1):
            at = next((i for i, other in enumerate(self.rows) if other.name == row.name), None)
            if at is None:
                self.rows.append(row)
            else:
                self.rows[at] = row
            self.changed = True
        return count

    def transform(self, places: list[tuple[float, float]]) -> None:
        """The places of all points that have one, in their order, in another CRS."""
        placed = [at for at, row in enumerate(self.rows) if row.has_place]
        for at, (x, y) in zip(placed, places):
            self.rows[at] = replace(self.rows[at], x=x, y=y)

    def usable(self) -> list[Gcp]:
        """The points that a solve would get: whole, and in use."""
        return [row for row in self.rows if row.used and row.is_whole]

    def free_name(self) -> str:
        """A name that no point has."""
        taken = {row.name for row in self.rows}
        return next(name for name in (f'point-{n}' for n in range(1, len(taken) + 2)) if name not in taken)

    def _change(self, at: int, **cells: Any) -> None:
        self.rows[at] = replace(self.rows[at], **cells)
        self.changed = True


def to_wish(table: GcpTable, epsg: int, photo_path: str | None) -> dict[str, Any]:
    """The body that solves a camera without storing it: POST /api/cameras/{id}/calibrations."""
    gcps = [
        {'name': row.name, 'u': row.u, 'v': row.v, 'x': row.x, 'y': row.y, 'z': row.z, 'sigmaM': row.sigma_m}
        for row in table.usable()
    ]
    wish: dict[str, Any] = {'gcps': gcps, 'epsg': epsg, 'save': False}
    if photo_path:
        wish['photoPath'] = photo_path
    return wish


def to_draft(table: GcpTable) -> list[dict[str, Any]]:
    """Points as JSON, to be kept until the window is opened again."""
    return [asdict(row) for row in table.rows]


def from_draft(kept: Any) -> list[Gcp]:
    """Points that to_draft wrote; whatever is no point is left out."""
    rows = []
    for cells in kept if isinstance(kept, list) else []:
        try:
            rows.append(Gcp(**cells))
        except TypeError:
            continue
    return rows
