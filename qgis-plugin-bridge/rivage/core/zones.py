"""Zones of a lake as a person draws them: kinds, what is sent, and what is wrong with an outline, in words."""
from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Sequence

from .words import say


@dataclass(frozen=True)
class DrawnZone:
    """A zone: rings of (lng, lat), EPSG:4326, the outer one first; id None: it is new, the service makes one."""

    id: str | None
    kind: str
    name: str
    rings: tuple[Any, ...]


@dataclass(frozen=True)
class ReadZones:
    """The zones of a lake as the service has them; version tells this state from another."""

    zones: tuple[DrawnZone, ...]
    version: str


@dataclass(frozen=True)
class ReadShoreline:
    """The shoreline of a lake as the service has it: rings of (lng, lat), EPSG:4326; version as that of zones."""

    rings: tuple[Any, ...]
    version: str


COLOURS = {
    'water': '#3f87a0', 'shore': '#c29a4a', 'trail': '#8c5a3c', 'meadow': '#7a9a4f', 'bivouac-area': '#6a3d9a',
    'no-bivouac': '#a8324a', 'mask': '#4a4f55',
}
"""Kinds of zones, with the colours of the service's own map."""


def kind_labels() -> dict[str, str]:
    """Kinds of zones in the user's language."""
    return {
        'water': say('Water zone', 'Zone d’eau'),
        'shore': say('Shore', 'Rive'),
        'trail': say('Trail', 'Sentier'),
        'meadow': say('Meadow', 'Prairie'),
        'bivouac-area': say('Bivouac area', 'Aire de bivouac'),
        'no-bivouac': say('No bivouac', 'Bivouac interdit'),
        'mask': say('Privacy mask', 'Masque de confidentialité'),
    }


def read_zones(told: dict[str, Any]) -> ReadZones:
    """From GET /api/lakes/{id}/zones. Raises KeyError, TypeError."""
    zones = tuple(
        DrawnZone(feature['properties']['id'], feature['properties']['kind'], feature['properties']['name'],
                  _rings(feature['geometry']))
        for feature in told['features'])
    return ReadZones(zones, told['version'])


def read_shoreline(told: dict[str, Any]) -> ReadShoreline:
    """From GET /api/lakes/{id}/shoreline. Raises KeyError, TypeError."""
    return ReadShoreline(_rings(told), told['version'])


def _rings(geometry: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(tuple((lng, lat) for lng, lat, *_ in ring) for ring in geometry['coordinates'])


def to_polygon(rings: Sequence[Any]) -> dict[str, Any]:
    """A GeoJSON Polygon."""
    return {'type': 'Polygon', 'coordinates': [[list(at) for at in ring] for ring in rings]}


def to_body(zones: Sequence[DrawnZone], version: str) -> dict[str, Any]:
    """What PUT /api/lakes/{id}/zones wants. Of two zones with one id (a split, a copy) the later one is new."""
    taken: set[str] = set()
    features = []
    for zone in zones:
        properties: dict[str, Any] = {'kind': zone.kind, 'name': zone.name}
        if zone.id and zone.id not in taken:
            properties['id'] = zone.id
            taken.add(zone.id)
        features.append({'type': 'Feature', 'properties': properties, 'geometry': to_polygon(zone.rings)})
    return {'type': 'FeatureCollection', 'version': version, 'features': features}


def is_same(zones: Sequence[DrawnZone], others: Sequence[DrawnZone]) -> bool:
    """Whether two drawings are the same, whatever their order."""
    return sorted(zones, key=_key) == sorted(others, key=_key)


def _key(zone: DrawnZone) -> tuple[str, str, str, str]:
    return (zone.id or '', zone.kind, zone.name, str(zone.rings))


def say_fault(told: str) -> str:
    """What is wrong with an outline, from the words of GEOS; QGIS has French ones for the commonest fault."""
    crosses = say('its outline crosses itself', 'son contour se croise')
    known = {
        'self-intersection': crosses,
        'auto-intersection': crosses,
        'ring self-intersection': say('its outline touches itself', 'son contour se touche lui-même'),
        'too few points in geometry component': say('it has too few corners', 'il a trop peu de sommets'),
        'hole lies outside shell': say('a hole lies outside of it', 'un trou est en dehors'),
        'holes are nested': say('a hole lies in another hole', 'un trou est dans un autre trou'),
        'interior is disconnected': say('a hole cuts it in two', 'un trou le coupe en deux'),
        'duplicate rings': say('a ring is there twice', 'un anneau y est deux fois'),
    }
    return known.get(told.strip().rstrip('.').lower(), told)


def say_refused(name: str, why: str, at: tuple[float, float] | None) -> str:
    """Why a zone is not sent: which one, what is wrong, where (lng, lat), what to do."""
    where = '' if at is None else say(' at {lng:.6f}, {lat:.6f} (marked on the map)',
                                      ' en {lng:.6f}, {lat:.6f} (marqué sur la carte)').format(lng=at[0], lat=at[1])
    return say(
        '{name} is not sent, nothing was changed: {why}{where}. Correct it with the vertex tool, then send again.',
        '{name} n’est pas envoyée, rien n’est modifié : {why}{where}. Corrigez-la avec l’outil de nœud, puis renvoyez.',
    ).format(name=name, why=why, where=where)
