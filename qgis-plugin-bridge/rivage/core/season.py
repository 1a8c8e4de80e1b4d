"""The season of a camera, day by day: what was expected, what came, what of it can be counted, what was analysed."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Iterable, Mapping

from .words import say, say_day, say_number


@dataclass(frozen=True)
class Day:
    """
    Photos of a camera on a local day of its lake. `expected` None: nobody knows how many there should be.

    `usable`, `dark`, `fog`, `blocked`, `wet` and `unreadable` are parts of `received`; `analysed` counts those without
    failure.
    """

    day: date
    expected: int | None
    received: int
    unreadable: int
    dark: int
    fog: int
    usable: int
    analysed: int
    blocked: int = 0
    wet: int = 0


@dataclass(frozen=True)
class Season:
    """A camera's days; `undated` photos have no trusted time, so they are on no day."""

    days: Mapping[date, Day]
    undated: int


@dataclass(frozen=True)
class Bar:
    """A day as a bar, shares of what was expected (0–1, together at most 1); the rest is missing, which is not zero."""

    analysed: float
    waiting: float
    unusable: float


def read_season(told: dict[str, Any]) -> Season:
    """From /api/cameras/{id}/days. Raises KeyError, TypeError, ValueError."""
    days = {}
    undated = 0
    for row in told['days']:
        if row['day'] is None:
            undated += row['received']
            continue
        day = date.fromisoformat(row['day'])
        days[day] = Day(day, row['expected'], row['received'], row['unreadable'], row['dark'], row['fog'],
                        # an older service does not tell the last two
                        row['usable'], row['analysed'], row.get('blocked', 0), row.get('wet', 0))
    return Season(days, undated)


def list_years(seasons: Iterable[Season]) -> list[int]:
    """Years that any camera has days in, in order."""
    return sorted({day.year for season in seasons for day in season.days})


def find_span(seasons: Iterable[Season], year: int) -> tuple[date, date] | None:
    """First and last day of the year that any camera has; None: none."""
    days = [day for season in seasons for day in season.days if day.year == year]
    return (min(days), max(days)) if days else None


def list_days(span: tuple[date, date]) -> list[date]:
    """Every day of a span, both ends included."""
    first, last = span
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def to_bar(day: Day) -> Bar:
    """A day's bar. Where nothing is known of what was expected, what came is the whole."""
    whole = max(day.expected or 0, day.received)
    if whole == 0:
        return Bar(0, 0, 0)
    analysed = min(day.analysed, day.received)
    waiting = max(0, day.usable - analysed)
    unusable = max(0, day.received - analysed - waiting)
    return Bar(analysed / whole, waiting / whole, unusable / whole)


def say_day_of(camera: str, day: date, known: Day | None) -> str:
    """All that is known of a camera's day, a line a fact."""
    lines = [f'{camera} · {say_day(day)}']
    if known is None:
        lines.append(say('Nothing was expected, nothing came', 'Rien d’attendu, rien reçu'))
        return '\n'.join(lines)
    expected = say('unknown', 'inconnu') if known.expected is None else say_number(known.expected)
    facts = (
        (say('expected', 'attendues'), expected, True),
        (say('received', 'reçues'), say_number(known.received), True),
        (say('usable', 'exploitables'), say_number(known.usable), known.received > 0),
        (say('dark', 'sombres'), say_number(known.dark), known.dark > 0),
        (say('fog', 'brouillard'), say_number(known.fog), known.fog > 0),
        (say('blocked lens', 'objectif masqué'), say_number(known.blocked), known.blocked > 0),
        (say('wet lens', 'objectif mouillé'), say_number(known.wet), known.wet > 0),
        (say('unreadable', 'illisibles'), say_number(known.unreadable), known.unreadable > 0),
        (say('analysed', 'analysées'), say_number(known.analysed), known.received > 0),
    )
    lines += [say('{what}: {n}', '{what} : {n}').format(what=what, n=n) for what, n, shown in facts if shown]
    if known.received == 0 and known.expected != 0:
        lines.append(say('No photo: lost, or not processed yet. Nothing can be said of this day.',
                         'Aucune photo : perdue, ou pas encore traitée. On ne peut rien dire de ce jour.'))
    return '\n'.join(lines)
