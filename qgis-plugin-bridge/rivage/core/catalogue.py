"""The service's layer catalogue: what a map should add, in which order, and where to read each layer."""
from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class OgcSource:
    """A layer that the service itself hands out (embedded database). `landing_page` is the address of its OGC API."""

    landing_page: str
    collection: str


@dataclass(frozen=True)
class PostgisSource:
    """A view that QGIS opens itself. `role` is the service's role for readers; its password is not told."""

    host: str
    port: int
    database: str
    role: str
    schema: str
    table: str

    @property
    def place(self) -> str:
        """The database as people write it: host:port/database."""
        return f'{self.host}:{self.port}/{self.database}'


@dataclass(frozen=True)
class LayerGroup:
    """A group of the layer tree. `id` is for programs, `title` for people."""

    id: str
    title: str


@dataclass(frozen=True)
class CatalogueLayer:
    """
    A layer to add. `order` counts from the top of the map down; `srid` is an EPSG code; `geometry_type` as PostGIS
    names it; `style_href` None: it has no style; `time_field` None: it has no time; `visible`: shown unasked.
    """

    id: str
    title: str
    description: str
    group: LayerGroup
    order: int
    source: OgcSource | PostgisSource
    key: str
    geometry_column: str
    geometry_type: str
    srid: int
    style_href: str | None
    time_field: str | None
    time_end_field: str | None
    visible: bool = True


def read_catalogue(told: dict[str, Any]) -> list[CatalogueLayer]:
    """From /api/layers, from the top down. Raises KeyError, TypeError, ValueError."""
    return sorted((_read_layer(layer) for layer in told['layers']), key=lambda layer: layer.order)


def _read_layer(told: dict[str, Any]) -> CatalogueLayer:
    style = told['style']
    return CatalogueLayer(
        id=told['id'], title=told['title'], description=told['description'],
        group=LayerGroup(told['group']['id'], told['group']['title']), order=int(told['order']),
        source=_read_source(told['source']), key=told['key'], geometry_column=told['geometryColumn'],
        geometry_type=told['geometryType'], srid=int(told['srid']),
        style_href=None if style is None else style['href'],
        time_field=told['timeField'], time_end_field=told['timeEndField'], visible=bool(told.get('visible', True)),
    )


def _read_source(told: dict[str, Any]) -> OgcSource | PostgisSource:
    if told['kind'] == 'postgis':
        return PostgisSource(told['host'], int(told['port']), told['database'], told['role'], told['schema'],
                             told['table'])
    if told['kind'] == 'ogc-api-features':
        return OgcSource(told['landingPage'], told['collection'])
    raise ValueError(f"unknown kind of source: {told['kind']}")


def find_layer(layers: list[CatalogueLayer], layer_id: str) -> CatalogueLayer | None:
    """The layer of that id, if the catalogue has it."""
    return next((layer for layer in layers if layer.id == layer_id), None)


def find_database(layers: list[CatalogueLayer]) -> PostgisSource | None:
    """Where the views are, if QGIS opens them itself; None: the service hands them out."""
    return next((layer.source for layer in layers if isinstance(layer.source, PostgisSource)), None)


def name_group(lake_names: list[str]) -> str:
    """The name of the group that holds a service's layers: its lakes, the first three by name."""
    shown = lake_names if len(lake_names) <= 3 else [*lake_names[:3], '…']
    return 'Rivage – ' + ', '.join(shown) if shown else 'Rivage'
