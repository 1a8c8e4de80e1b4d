"""Photos that points can be clicked in, and which of them to show first."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Callable, Sequence

from .places import read_instant

ToLocal = Callable[[datetime], datetime]


@dataclass(frozen=True)
class ReferencePhoto:
    """A usable photo; path relative to the workspace, size in px of the original. Not analysed: persons in it are not
    known, so the service shows it blurred whole."""

    id: str
    path: str
    width_px: int
    height_px: int
    taken_at: datetime
    is_analysed: bool


@dataclass(frozen=True)
class PhotoPage:
    """A page of GET /api/photos; next: address of the page after it, None: this is the last."""

    photos: tuple[ReferencePhoto, ...]
    total: int
    next: str | None


def read_photo_page(told: dict[str, Any]) -> PhotoPage:
    """From GET /api/photos. Raises KeyError, TypeError, ValueError."""
    photos = (_read_photo(photo) for photo in told['photos'] if photo['takenAt'] and photo['widthPx'])
    return PhotoPage(tuple(photos), told['total'], told['next'])


def _read_photo(told: dict[str, Any]) -> ReferencePhoto:
    return ReferencePhoto(told['id'], told['path'], told['widthPx'], told['heightPx'], read_instant(told['takenAt']),
                          bool(told['analysedBy']))


def first_photo(photos: Sequence[ReferencePhoto], calibrated_path: str | None,
                to_local: ToLocal) -> ReferencePhoto | None:
    """The photo to begin with: the one that the current calibration was clicked in, else the latest noon of a day
    with analysed photos, else the latest noon."""
    known = next((photo for photo in photos if photo.path == calibrated_path), None)
    candidates = [photo for photo in photos if photo.is_analysed] or list(photos)
    if known or not candidates:
        return known
    last_day = to_local(candidates[-1].taken_at).date()
    of_day = [photo for photo in candidates if to_local(photo.taken_at).date() == last_day]
    return min(of_day, key=lambda photo: abs(_hours(to_local(photo.taken_at)) - 12))


def by_day(photos: Sequence[ReferencePhoto], to_local: ToLocal) -> dict[str, list[ReferencePhoto]]:
    """Photos by local day (YYYY-MM-DD), both in the order of time."""
    days: dict[str, list[ReferencePhoto]] = {}
    for photo in sorted(photos, key=lambda each: each.taken_at):
        days.setdefault(to_local(photo.taken_at).date().isoformat(), []).append(photo)
    return days


def _hours(local: datetime) -> float:
    return local.hour + local.minute / 60
