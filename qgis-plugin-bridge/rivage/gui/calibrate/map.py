"""The map's side of the calibrate window: its tool, the points and the viewshed drawn on QGIS's main canvas."""
from __future__ import annotations

from dataclasses import replace

from qgis.core import (QgsCoordinateReferenceSystem, QgsCoordinateTransform, QgsCsException, QgsGeometry, QgsPointXY,
                       QgsProject, QgsWkbTypes)
from qgis.gui import QgsMapCanvas, QgsRubberBand
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject, pyqtSignal
from qgis.PyQt.QtGui import QColor

from .marks import GcpMarks, Mark
from .tools import PointTool

WGS84 = 'EPSG:4326'


class MapSide(QObject):
    """Points on the main canvas, in the CRS of the table. Takes everything off the canvas in `remove`."""

    place_clicked = pyqtSignal(float, float)
    place_moved = pyqtSignal(str, float, float)
    mark_picked = pyqtSignal(str)
    nowhere = pyqtSignal()
    tool_changed = pyqtSignal(bool)

    def __init__(self, canvas: QgsMapCanvas, parent: QObject) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self.crs = QgsCoordinateReferenceSystem('EPSG:2154')
        self.gcp_marks = GcpMarks(canvas)
        self._marks: list[Mark] = []
        self._camera: tuple[str, float, float] | None = None
        self._viewshed: bytes | None = None
        self._band = QgsRubberBand(canvas, QgsWkbTypes.GeometryType.PolygonGeometry)
        self._band.setFillColor(QColor(0, 229, 255, 60))
        self._band.setStrokeColor(QColor(0, 140, 160, 160))
        self._band.setWidth(1)
        self.tool = PointTool(canvas, self.gcp_marks, snaps=True)
        self.tool.clicked.connect(self._click)
        self.tool.moved.connect(self._move)
        self.tool.picked.connect(self.mark_picked)
        self._earlier = None
        canvas.mapToolSet.connect(self._tool_set)
        canvas.destinationCrsChanged.connect(self._redraw)

    def take_clicks(self, takes: bool) -> None:
        """Puts the tool on the canvas, or gives back the one that was there."""
        if takes and self._canvas.mapTool() is not self.tool:
            self._earlier = self._canvas.mapTool()
            self._canvas.setMapTool(self.tool)
        elif not takes and self._canvas.mapTool() is self.tool:
            self._canvas.unsetMapTool(self.tool)
            if self._earlier is not None and not sip.isdeleted(self._earlier):
                self._canvas.setMapTool(self._earlier)

    def set_crs(self, crs: QgsCoordinateReferenceSystem) -> None:
        """Takes and gives places in this CRS from now on."""
        self.crs = crs
        self._redraw()

    def show_marks(self, marks: list[Mark]) -> None:
        """Draws these points; their places are in the CRS of the table."""
        self._marks = marks
        self._redraw_marks()

    def show_camera(self, name: str, place: tuple[float, float] | None) -> None:
        """Marks where the solved camera stands (lng, lat); None: nobody knows."""
        self._camera = (name, *place) if place else None
        self._redraw_marks()

    def show_viewshed(self, wkb: bytes | None) -> None:
        """Shades what the camera sees: a MultiPolygon, EPSG:4326; None: nothing is shaded."""
        if wkb != self._viewshed:
            self._viewshed = wkb
            self._redraw_viewshed()

    def look_at(self, x: float, y: float) -> None:
        """Brings a place into view; the scale stays."""
        at = self._on_canvas(x, y)
        if at is not None:
            self._canvas.setCenter(at)
            self._canvas.refresh()

    def to_lng_lat(self, x: float, y: float) -> tuple[float, float] | None:
        """A place of the table in EPSG:4326; None: it is nowhere there."""
        return transformed(x, y, self.crs, QgsCoordinateReferenceSystem(WGS84))

    def from_lng_lat(self, lng: float, lat: float) -> tuple[float, float] | None:
        """A place in EPSG:4326 in the CRS of the table."""
        return transformed(lng, lat, QgsCoordinateReferenceSystem(WGS84), self.crs)

    def remove(self) -> None:
        """Takes tool, points and viewshed off the canvas."""
        self.take_clicks(False)
        self._canvas.mapToolSet.disconnect(self._tool_set)
        self._canvas.destinationCrsChanged.disconnect(self._redraw)
        self.gcp_marks.remove()
        self._canvas.scene().removeItem(self._band)
        self.tool.deleteLater()

    def _tool_set(self, tool, _earlier=None) -> None:
        self.tool_changed.emit(tool is self.tool)

    def _canvas_crs(self) -> QgsCoordinateReferenceSystem:
        return self._canvas.mapSettings().destinationCrs()

    def _click(self, x: float, y: float) -> None:
        place = transformed(x, y, self._canvas_crs(), self.crs)
        if place is None:
            self.nowhere.emit()
        else:
            self.place_clicked.emit(*place)

    def _move(self, name: str, x: float, y: float) -> None:
        place = transformed(x, y, self._canvas_crs(), self.crs)
        if place is not None:
            self.place_moved.emit(name, *place)

    def _on_canvas(self, x: float, y: float) -> QgsPointXY | None:
        place = transformed(x, y, self.crs, self._canvas_crs())
        return QgsPointXY(*place) if place else None

    def _redraw(self) -> None:
        self._redraw_marks()
        self._redraw_viewshed()

    def _redraw_marks(self) -> None:
        placed = [(mark, self._on_canvas(mark.x, mark.y)) for mark in self._marks]
        marks = [replace(mark, x=at.x(), y=at.y()) for mark, at in placed if at is not None]
        if self._camera is not None:
            name, lng, lat = self._camera
            stands = transformed(lng, lat, QgsCoordinateReferenceSystem(WGS84), self._canvas_crs())
            if stands is not None:
                marks.append(Mark(name, *stands, is_camera=True))
        self.gcp_marks.show_marks(marks)

    def _redraw_viewshed(self) -> None:
        self._band.reset(QgsWkbTypes.GeometryType.PolygonGeometry)
        if self._viewshed:
            ground = QgsGeometry()
            ground.fromWkb(self._viewshed)
            self._band.setToGeometry(ground, QgsCoordinateReferenceSystem(WGS84))


def transformed(x: float, y: float, source: QgsCoordinateReferenceSystem,
                target: QgsCoordinateReferenceSystem) -> tuple[float, float] | None:
    """A place in another CRS, by QGIS's own transforms; None: it has no place there."""
    if source == target or not source.isValid() or not target.isValid():
        return x, y
    try:
        at = QgsCoordinateTransform(source, target, QgsProject.instance()).transform(QgsPointXY(x, y))
    except QgsCsException:
        return None
    return at.x(), at.y()
