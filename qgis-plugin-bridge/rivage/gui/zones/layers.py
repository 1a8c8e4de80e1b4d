"""Working layers to draw zones and a shoreline in, with QGIS's own tools; they live in memory until they are sent."""
from __future__ import annotations

from typing import Any, Sequence

from qgis.core import (
    QgsCategorizedSymbolRenderer, QgsDefaultValue, QgsEditorWidgetSetup, QgsFeature, QgsFieldConstraints, QgsFillSymbol,
    QgsGeometry, QgsPalLayerSettings, QgsPointXY, QgsRendererCategory, QgsSingleSymbolRenderer, QgsTextFormat,
    QgsVectorLayer, QgsVectorLayerSimpleLabeling,
)

from ...core.words import say
from ...core.zones import COLOURS, DrawnZone, kind_labels

ID, KIND, NAME = 0, 1, 2


def make_zones_layer(title: str, zones: Sequence[DrawnZone]) -> QgsVectorLayer:
    """An editable layer with these zones, EPSG:4326: coloured by kind, kinds chosen from a list, ids out of sight."""
    layer = QgsVectorLayer('Polygon?crs=EPSG:4326&field=id:string&field=kind:string&field=name:string', title, 'memory')
    _fill(layer, [([zone.id, zone.kind, zone.name], zone.rings) for zone in zones])
    labels = kind_labels()
    layer.setFieldAlias(KIND, say('Kind', 'Type'))
    layer.setFieldAlias(NAME, say('Name', 'Nom'))
    layer.setEditorWidgetSetup(ID, QgsEditorWidgetSetup('Hidden', {}))
    choices = [{label: kind} for kind, label in labels.items()]
    layer.setEditorWidgetSetup(KIND, QgsEditorWidgetSetup('ValueMap', {'map': choices}))
    layer.setEditorWidgetSetup(NAME, QgsEditorWidgetSetup('TextEdit', {'IsMultiline': False}))
    for field in (KIND, NAME):
        layer.setFieldConstraint(field, QgsFieldConstraints.Constraint.ConstraintNotNull)
    layer.setDefaultValueDefinition(KIND, QgsDefaultValue("'bivouac-area'"))
    layer.setDisplayExpression('"name"')
    layer.setRenderer(QgsCategorizedSymbolRenderer('kind', [
        QgsRendererCategory(kind, _fill_symbol(COLOURS[kind]), label) for kind, label in labels.items()]))
    settings = QgsPalLayerSettings()
    settings.fieldName = 'name'
    settings.placement = QgsPalLayerSettings.Placement.Horizontal
    text = QgsTextFormat()
    text.buffer().setEnabled(True)
    settings.setFormat(text)
    layer.setLabeling(QgsVectorLayerSimpleLabeling(settings))
    layer.setLabelsEnabled(True)
    return layer


def make_shoreline_layer(title: str, rings: Sequence[Any]) -> QgsVectorLayer:
    """An editable layer with the one outline of a lake, EPSG:4326."""
    layer = QgsVectorLayer('Polygon?crs=EPSG:4326', title, 'memory')
    _fill(layer, [([], rings)])
    layer.setRenderer(QgsSingleSymbolRenderer(_fill_symbol('#1f6f9f', fill=False)))
    return layer


def read_zones_layer(layer: QgsVectorLayer) -> list[tuple[QgsFeature, DrawnZone | None]]:
    """What is drawn now, edits that are not saved included; None: it is not one polygon. What was read comes first:
    QGIS gives features that were added since, a copy or the half of a split, negative ids and hands them out first."""
    features = sorted(layer.getFeatures(), key=lambda feature: (feature.id() < 0, abs(feature.id())))
    return [(feature, _zone(feature)) for feature in features]


def name_of(feature: QgsFeature) -> str:
    """What a zone is called in sentences, at their beginning."""
    name = _text(feature[NAME]) or _text(feature[ID])
    if not name:
        return say('A zone without a name', 'Une zone sans nom')
    return say('The zone “{name}”', 'La zone « {name} »').format(name=name)


def rings_of(geometry: QgsGeometry) -> tuple[Any, ...] | None:
    """The rings of one polygon, also of a multipolygon of one part; None: it is something else."""
    if geometry.isNull() or geometry.isEmpty():
        return None
    parts = geometry.asMultiPolygon() if geometry.isMultipart() else [geometry.asPolygon()]
    if len(parts) != 1:
        return None
    return tuple(tuple((at.x(), at.y()) for at in ring) for ring in parts[0])


def _zone(feature: QgsFeature) -> DrawnZone | None:
    rings = rings_of(feature.geometry())
    if rings is None:
        return None
    return DrawnZone(_text(feature[ID]) or None, _text(feature[KIND]), _text(feature[NAME]), rings)


def _text(value: Any) -> str:
    return '' if value is None or str(value) == 'NULL' else str(value).strip()


def _fill(layer: QgsVectorLayer, rows: list[tuple[list[Any], Sequence[Any]]]) -> None:
    features = []
    for attributes, rings in rows:
        feature = QgsFeature(layer.fields())
        feature.setAttributes(attributes)
        feature.setGeometry(QgsGeometry.fromPolygonXY([[QgsPointXY(*at) for at in ring] for ring in rings]))
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    layer.updateExtents()


def _fill_symbol(colour: str, fill: bool = True) -> QgsFillSymbol:
    red, green, blue = (int(colour[at:at + 2], 16) for at in (1, 3, 5))
    return QgsFillSymbol.createSimple({
        'color': f'{red},{green},{blue},{60 if fill else 0}', 'outline_color': colour, 'outline_width': '0.6'})
