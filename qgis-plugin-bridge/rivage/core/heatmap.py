"""What a heatmap shows: chosen by a person, put into a filter, a request and words. Nothing is counted here."""
from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import quote, urlencode

from .words import say, say_day, say_number

TENT = 'tent'
"""The label whose heatmaps are of bivouac nights."""


@dataclass(frozen=True)
class HeatmapWish:
    """
    A heatmap of one label at one lake. Days are local days of the lake, both included (None: open); for tents they
    are bivouac nights, from 19:00 on that day to 09:00 on the next. Hours are local, the last one not included; from 19
    to 9 goes past midnight; None: the whole day. Either `radius_m`, for a smooth heatmap of points, or `cell_m`, for
    hexagons that wide.
    """

    lake_id: str
    lake: str
    label: str
    first_day: date | None = None
    last_day: date | None = None
    from_hour: float | None = None
    to_hour: float | None = None
    radius_m: float | None = None
    cell_m: float | None = None

    @property
    def by_night(self) -> bool:
        """Tents are counted by bivouac night, which has its own hours."""
        return self.label == TENT

    @property
    def view(self) -> str:
        """The layer of the catalogue that has the points."""
        return 'bivouac_heatmap' if self.by_night else 'sighting_map'


def to_json(wish: HeatmapWish) -> str:
    """A wish as text, to be kept with the layer that it became."""
    return json.dumps(asdict(wish), default=lambda day: day.isoformat())


def from_json(text: str) -> HeatmapWish:
    """Reads what `to_json` wrote. Raises ValueError, TypeError."""
    told: dict[str, Any] = json.loads(text)
    wish = HeatmapWish(**told)
    return replace(wish, first_day=_read_day(wish.first_day), last_day=_read_day(wish.last_day))


def _read_day(text: Any) -> date | None:
    return None if text is None else date.fromisoformat(text)


def point_filter(wish: HeatmapWish) -> str:
    """
    A filter that SQL and QGIS's expressions read alike. Days are compared as text: QGIS would turn a comparison of
    dates into a request for the times of photos, which are other days.
    """
    parts = [f'"lake_id" = {_quoted(wish.lake_id)}']
    day = '"night" || \'\'' if wish.by_night else '"local_day" || \'\''
    if not wish.by_night:
        parts.append(f'"label" = {_quoted(wish.label)}')
    if wish.first_day is not None:
        parts.append(f"{day} >= '{wish.first_day.isoformat()}'")
    if wish.last_day is not None:
        parts.append(f"{day} <= '{wish.last_day.isoformat()}'")
    hours = _hour_filter(wish)
    return ' AND '.join([*parts, hours] if hours else parts)


def _hour_filter(wish: HeatmapWish) -> str:
    start, end = wish.from_hour, wish.to_hour
    if wish.by_night or start is None or end is None or start == end:
        return ''
    both = 'AND' if start < end else 'OR'
    return f'("local_hour" >= {start:g} {both} "local_hour" < {end:g})'


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def density_path(wish: HeatmapWish) -> str:
    """The request for the hexagons."""
    asked = {
        'label': wish.label,
        'from': wish.first_day and wish.first_day.isoformat(),
        'to': wish.last_day and wish.last_day.isoformat(),
        'hourFrom': None if wish.by_night or wish.from_hour is None else f'{wish.from_hour:g}',
        'hourTo': None if wish.by_night or wish.to_hour is None else f'{wish.to_hour:g}',
        'cellM': None if wish.cell_m is None else f'{wish.cell_m:g}',
    }
    query = urlencode({name: value for name, value in asked.items() if value is not None})
    return f'/api/lakes/{quote(wish.lake_id, safe="")}/density?{query}'


def say_label(label: str) -> str:
    """A label of a detector in people's words, in the plural; one that is not known as it is."""
    words = {
        'person': ('Persons', 'Personnes'), TENT: ('Tents', 'Tentes'), 'boat': ('Boats', 'Bateaux'),
        'board': ('Boards', 'Planches'), 'animal': ('Animals', 'Animaux'),
    }
    return say(*words[label]) if label in words else label


def say_what(wish: HeatmapWish) -> str:
    """What is added up, with its unit."""
    if wish.by_night:
        return say('Tent-nights', 'Nuitées de tente')
    return say('{label} seen (photos × objects)', '{label} (photos × objets)').format(label=say_label(wish.label))


def say_title(wish: HeatmapWish) -> str:
    """The name of the layer: what, when, how wide."""
    parts = [say_what(wish) if wish.by_night else say_label(wish.label), say_when(wish), say_how(wish)]
    return ' · '.join(part for part in parts if part)


def say_when(wish: HeatmapWish) -> str:
    """Days or nights, and hours."""
    first, last = wish.first_day, wish.last_day
    if first is None and last is None:
        days = say('all nights', 'toutes les nuits') if wish.by_night else say('all days', 'tous les jours')
    elif last is None:
        days = say('from {day}', 'depuis le {day}').format(day=say_day(first))
    elif first is None:
        days = say('until {day}', 'jusqu’au {day}').format(day=say_day(last))
    else:
        days = say_day(first) if first == last else f'{say_day(first)} – {say_day(last)}'
        days = say('nights {days}', 'nuits {days}').format(days=days) if wish.by_night else days
    return days + (f', {_say_hour(wish.from_hour)}–{_say_hour(wish.to_hour)}' if _hour_filter(wish) else '')


def say_how(wish: HeatmapWish) -> str:
    """Radius or cell, in metres."""
    if wish.cell_m is not None:
        return say('cells of {m} m', 'mailles de {m} m').format(m=_say_metres(wish.cell_m))
    return say('within {m} m', 'à moins de {m} m').format(m=_say_metres(wish.radius_m or 0))


def _say_hour(hour: float | None) -> str:
    minutes = round((hour or 0) * 60)
    return f'{minutes // 60:02d}:{minutes % 60:02d}'


def _say_metres(metres: float) -> str:
    return say_number(metres, 0 if metres == round(metres) else 1)
