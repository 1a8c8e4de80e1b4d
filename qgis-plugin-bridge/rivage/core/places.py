"""What the service watches and works with: its health, lakes, cameras and models, read from its JSON."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any


def read_instant(text: str | None) -> datetime | None:
    """An ISO 8601 instant of the service, with its UTC offset; None stays None."""
    return None if text is None else datetime.fromisoformat(text.replace('Z', '+00:00'))


@dataclass(frozen=True)
class Health:
    """What a service says of itself. `engine` is `pglite` (embedded, read through /ogc) or `postgres`."""

    version: str
    engine: str


@dataclass(frozen=True)
class Lake:
    """A lake. `bbox` is west, south, east, north in degrees (EPSG:4326), of the lake with its zones and cameras."""

    id: str
    name: str
    time_zone: str
    bbox: tuple[float, float, float, float]


@dataclass(frozen=True)
class Camera:
    """A mounted camera and what its photos amount to. `rmse_px` None: not calibrated; `interval_min` in minutes."""

    id: str
    name: str
    lake_id: str
    interval_min: float
    mounted_from: datetime | None
    mounted_to: datetime | None
    lng: float
    lat: float
    rmse_px: float | None
    moved_since: datetime | None
    photos: int
    usable: int
    unreadable: int
    analysed: int
    first: datetime | None
    last: datetime | None


@dataclass(frozen=True)
class Model:
    """A detector. Only one that is installed and ready can process photos; one that is not has results here."""

    id: str
    name: str
    installed: bool
    ready: bool
    is_default: bool
    labels: tuple[str, ...]


def read_health(told: dict[str, Any]) -> Health:
    """From /api/health. Raises KeyError, TypeError."""
    return Health(version=str(told['version']), engine=str(told['engine']))


def read_lakes(told: dict[str, Any]) -> list[Lake]:
    """From /api/lakes. Raises KeyError, TypeError."""
    return [Lake(lake['id'], lake['name'], lake['timeZone'], tuple(lake['bbox'])) for lake in told['lakes']]


def read_cameras(told: dict[str, Any]) -> list[Camera]:
    """From /api/cameras. Raises KeyError, TypeError, ValueError."""
    return [_read_camera(camera) for camera in told['cameras']]


def _read_camera(told: dict[str, Any]) -> Camera:
    photos = told['photos']
    return Camera(
        id=told['id'], name=told['name'], lake_id=told['lakeId'], interval_min=told['intervalMin'],
        mounted_from=read_instant(told['mountedFrom']), mounted_to=read_instant(told['mountedTo']),
        lng=told['lng'], lat=told['lat'], rmse_px=told['calibrationRmsePx'],
        moved_since=read_instant(told['movedSince']), photos=photos['total'], usable=photos['usable'],
        unreadable=photos['unreadable'], analysed=photos['analysed'],
        first=read_instant(photos['first']), last=read_instant(photos['last']),
    )


def read_models(told: dict[str, Any]) -> list[Model]:
    """From /api/models. Raises KeyError, TypeError."""
    return [
        Model(model['id'], model['name'] or model['id'], model['installed'],
              model.get('state', 'ready') in ('ready', 'pulled'), model['isDefault'],
              tuple(label['label'] for label in model['labels']))
        for model in told['models']
    ]
