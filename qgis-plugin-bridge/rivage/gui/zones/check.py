"""Whether what is drawn can be sent, by QGIS's own validity check, and showing where it cannot."""
from __future__ import annotations

from dataclasses import dataclass

from qgis.core import (
    Qgis, QgsCoordinateReferenceSystem, QgsCoordinateTransform, QgsFeature, QgsPointXY, QgsProject, QgsRectangle,
    QgsVectorLayer,
)
from qgis.gui import QgsMapCanvas, QgsVertexMarker
from qgis.PyQt.QtGui import QColor

from ...core.words import say
from ...core.zones import say_fault, say_refused
from .layers import rings_of


@dataclass(frozen=True)
class Fault:
    """Why a feature is not sent. `at`: (lng, lat) of the fault; None: nowhere in particular."""

    feature_id: int
    sentence: str
    at: tuple[float, float] | None


def find_fault(feature: QgsFeature, name: str) -> Fault | None:
    """What is wrong with a drawn outline; None: nothing."""
    geometry = feature.geometry()
    if geometry.isNull() or geometry.isEmpty():
        return Fault(feature.id(), say_refused(name, say('it has no outline', 'elle n’a pas de contour'), None), None)
    if rings_of(geometry) is None:
        why = say('it has several parts; split it (Edit › Split Parts)',
                  'elle a plusieurs parties ; séparez-les (Éditer › Séparer les parties)')
        return Fault(feature.id(), say_refused(name, why, None), None)
    if geometry.isGeosValid():
        return None
    errors = geometry.validateGeometry(Qgis.GeometryValidationEngine.Geos)
    first = errors[0] if errors else None
    at = (first.where().x(), first.where().y()) if first is not None and first.hasWhere() else None
    why = say_fault(first.what()) if first is not None else say('its outline is not valid', 'son contour est invalide')
    return Fault(feature.id(), say_refused(name, why, at), at)


class FaultMarker:
    """A red cross where an outline is wrong; there is one at a time."""

    def __init__(self, canvas: QgsMapCanvas) -> None:
        self._canvas = canvas
        self._marker: QgsVertexMarker | None = None

    def show(self, layer: QgsVectorLayer, fault: Fault) -> None:
        """Selects the feature, zooms to the fault and marks it."""
        self.clear()
        layer.selectByIds([fault.feature_id])
        box = layer.getFeature(fault.feature_id).geometry().boundingBox()
        to_canvas = QgsCoordinateTransform(QgsCoordinateReferenceSystem('EPSG:4326'),
                                           self._canvas.mapSettings().destinationCrs(), QgsProject.instance())
        if fault.at is not None:
            across, down = box.width() / 4, box.height() / 4
            lng, lat = fault.at
            box = QgsRectangle(lng - across, lat - down, lng + across, lat + down)
            self._marker = QgsVertexMarker(self._canvas)
            self._marker.setCenter(to_canvas.transform(QgsPointXY(lng, lat)))
            self._marker.setIconType(QgsVertexMarker.IconType.ICON_X)
            self._marker.setColor(QColor('#ff3b30'))
            self._marker.setIconSize(18)
            self._marker.setPenWidth(4)
        if not box.isEmpty():
            self._canvas.setExtent(to_canvas.transformBoundingBox(box))
            self._canvas.refresh()

    def at(self) -> QgsPointXY | None:
        """Where the cross is, in the canvas's CRS; None: there is none."""
        return QgsPointXY(self._marker.center()) if self._marker is not None else None

    def clear(self) -> None:
        """Takes the cross off."""
        if self._marker is not None:
            self._canvas.scene().removeItem(self._marker)
            self._marker = None
