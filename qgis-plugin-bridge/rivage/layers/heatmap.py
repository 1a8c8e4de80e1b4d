"""Heatmaps that people choose: points drawn as heat, or hexagons that the service counted. Runs in a task's thread."""
from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsExpressionContextUtils,
    QgsFeature,
    QgsFeatureRequest,
    QgsField,
    QgsGeometry,
    QgsPointXY,
    QgsVectorLayer,
    QgsWkbTypes,
)

from ..core.catalogue import find_layer
from ..core.heatmap import HeatmapWish, density_path, point_filter, say_title, to_json
from ..core.problem import Problem, ServiceProblem
from ..core.words import say
from ..service.blocking import BlockingService
from .access import Access
from .fields import make_field
from .heat_style import set_radius, style_heat
from .make import SERVICE_TAG, style_layer
from .source import layer_source

HEATMAP_TAG = 'rivage/heatmap'
"""Custom property of a heatmap: the wish that it was made from."""
HEXAGON_STYLE = '/api/layers/density/style.qml'
_FIELD_KINDS = {int: 'integer', float: 'double', str: 'string'}


def make_heatmap(wish: HeatmapWish, access: Access, service: BlockingService) -> QgsVectorLayer:
    """
    The layer of a wish, styled, with a legend that says what, when and in which unit.

    Raises ServiceProblem `heatmap-empty`, `heatmap-without-view` and those of the service.
    """
    if wish.cell_m is not None:
        made = _make_hexagons(wish, service)
    else:
        made = _make_points(wish, access, service)
    made.setCustomProperty(HEATMAP_TAG, to_json(wish))
    made.setCustomProperty(SERVICE_TAG, service.address)
    QgsExpressionContextUtils.setLayerVariable(made, 'rivage_service', service.address)
    return made


def _make_points(wish: HeatmapWish, access: Access, service: BlockingService) -> QgsVectorLayer:
    view = find_layer(access.catalogue, wish.view)
    if view is None:
        raise ServiceProblem(_without_view(wish.view))
    provider, uri = layer_source(view, access)
    made = QgsVectorLayer(uri, say_title(wish), provider, QgsVectorLayer.LayerOptions(False))
    if made.wkbType() == QgsWkbTypes.Type.NoGeometry:
        raise ServiceProblem(_empty(wish))
    made.setSubsetString(point_filter(wish))
    # without a limit: QGIS would ask an OGC API for one feature, and filter afterwards
    if next(made.getFeatures(QgsFeatureRequest().setSubsetOfAttributes([])), None) is None:
        raise ServiceProblem(_empty(wish))
    if wish.by_night and view.style_href is not None:
        # what it counts has a scale of its own; a heatmap of some nights compares with one of others
        style_layer(made, service.get_bytes(view.style_href))
        set_radius(made, wish.radius_m or 0)
        made.setName(say_title(wish))
    else:
        style_heat(made, wish)
    made.setExtent(access.box)
    return made


def _make_hexagons(wish: HeatmapWish, service: BlockingService) -> QgsVectorLayer:
    features = read_hexagons(wish, service)
    made = QgsVectorLayer('Polygon?crs=EPSG:4326', say_title(wish), 'memory')
    made.dataProvider().addAttributes(_fields_of(features))
    made.updateFields()
    fill_hexagons(made, features)
    style_layer(made, service.get_bytes(HEXAGON_STYLE))
    made.setName(say_title(wish))
    return made


def read_hexagons(wish: HeatmapWish, service: BlockingService) -> list[dict[str, Any]]:
    """The hexagons of a wish, as GeoJSON features. Raises ServiceProblem `heatmap-empty` and those of the service."""
    features = service.get(density_path(wish), lambda told: list(told['features']), timeout_s=60)
    if not features:
        raise ServiceProblem(_empty(wish))
    return features


def fill_hexagons(layer: QgsVectorLayer, features: list[dict[str, Any]]) -> None:
    """Puts hexagons into a memory layer in place of those it had. `null` stays null: nobody watched there."""
    provider = layer.dataProvider()
    provider.truncate()
    provider.addFeatures([_to_feature(layer, told) for told in features])
    layer.updateExtents()


def _to_feature(layer: QgsVectorLayer, told: dict[str, Any]) -> QgsFeature:
    feature = QgsFeature(layer.fields())
    rings = told['geometry']['coordinates']
    feature.setGeometry(QgsGeometry.fromPolygonXY([[QgsPointXY(*point[:2]) for point in ring] for ring in rings]))
    for name, value in told['properties'].items():
        if value is not None and layer.fields().indexOf(name) >= 0:
            feature[name] = value
    return feature


def _fields_of(features: list[dict[str, Any]]) -> list[QgsField]:
    """Fields by what the values are; one that is null everywhere, or not whole everywhere, is a decimal number."""
    names = features[0]['properties'].keys()
    kinds = {name: {type(feature['properties'][name]) for feature in features} - {type(None)} for name in names}
    return [make_field(name, _FIELD_KINDS.get(kind.pop(), 'string') if len(kind) == 1 else 'double')
            for name, kind in kinds.items()]


def read_wish(layer) -> str | None:
    """The wish that a layer was made from, as text; None: it is no heatmap of ours."""
    text = layer.customProperty(HEATMAP_TAG)
    return None if text is None else str(text)


def _empty(wish: HeatmapWish) -> Problem:
    return Problem(
        'heatmap-empty',
        say(
            'There is nothing to draw for “{title}”. Choose other days, hours or another label, or process photos '
            'first.',
            'Rien à dessiner pour « {title} ». Choisissez d’autres jours, heures ou une autre catégorie, ou traitez '
            'd’abord des photos.',
        ).format(title=say_title(wish)),
    )


def _without_view(view: str) -> Problem:
    return Problem(
        'heatmap-without-view',
        say(
            'The service has no layer {view}: it may be older than the plugin. Update it and connect again.',
            'Le service n’a pas de couche {view} : il est peut-être plus ancien que l’extension. '
            'Mettez-le à jour et reconnectez-vous.',
        ).format(view=view),
    )
