"""The reference photo on a canvas of its own, in px of the original photo (x = u, y = −v), drawn by QGIS's renderer."""
from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from qgis.core import QgsCoordinateReferenceSystem, QgsPointXY, QgsRasterLayer, QgsRectangle
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import QTemporaryDir, pyqtSignal
from qgis.PyQt.QtGui import QColor
from qgis.PyQt.QtWidgets import QWidget

from ...core.photo_frame import PhotoFrame, jpeg_size
from .marks import GcpMarks, Mark
from .tools import PointTool


class PhotoCanvas(QgsMapCanvas):
    """A photo to click in. Pixels in its signals are those of the original photo, whatever the size of the picture.

    The wheel zooms, the middle button or the space bar pans. The picture lies in a temporary folder as long as it is
    shown, and goes with the window.
    """

    pixel_clicked = pyqtSignal(float, float)
    pixel_moved = pyqtSignal(str, float, float)
    mark_picked = pyqtSignal(str)
    clicked_outside = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName('rivagePhoto')
        self.setCanvasColor(QColor('#2b2b2b'))
        self.enableAntiAliasing(True)
        self.setDestinationCrs(QgsCoordinateReferenceSystem())
        self.setMinimumSize(240, 160)
        self._folder = QTemporaryDir()
        self._count = 0
        self._layer: QgsRasterLayer | None = None
        self.frame_px: PhotoFrame | None = None
        self.gcp_marks = GcpMarks(self)
        self.tool = PointTool(self, self.gcp_marks)
        self.tool.clicked.connect(self._click)
        self.tool.moved.connect(self._move)
        self.tool.picked.connect(self.mark_picked)
        self.setMapTool(self.tool)

    def show_photo(self, data: bytes, width_px: int, height_px: int) -> bool:
        """Shows a JPEG of a photo whose original is so many px large. False: it is no JPEG."""
        size = jpeg_size(data)
        if size is None:
            return False
        frame = PhotoFrame(width_px, height_px, *size)
        self._count += 1
        file = Path(self._folder.path()) / f'photo-{self._count}.jpg'
        file.write_bytes(data)
        file.with_suffix('.wld').write_text(frame.world_file(), encoding='ascii')
        options = QgsRasterLayer.LayerOptions()
        options.skipCrsValidation = True
        layer = QgsRasterLayer(str(file), 'photo', 'gdal', options)
        if not layer.isValid():
            return False
        is_same_size = self.frame_px is not None and (
            (self.frame_px.width_px, self.frame_px.height_px) == (width_px, height_px))
        self.frame_px = frame
        self.setLayers([layer])
        self._layer = layer
        if not is_same_size:
            self.zoom_to_photo()
        self.refresh()
        return True

    def clear_photo(self) -> None:
        """Shows nothing."""
        self.setLayers([])
        self._layer = self.frame_px = None
        self.refresh()

    def zoom_to_photo(self) -> None:
        """Shows all of it."""
        if self.frame_px is not None:
            self.setExtent(QgsRectangle(0, -self.frame_px.height_px, self.frame_px.width_px, 0))
            self.refresh()

    def look_at(self, u: float, v: float) -> None:
        """Brings a pixel into view; the scale stays."""
        self.setCenter(QgsPointXY(u, -v))
        self.refresh()

    def shows(self, u: float, v: float) -> bool:
        """Whether a pixel is in view."""
        return self.extent().contains(QgsPointXY(u, -v))

    def show_marks(self, marks: list[Mark]) -> None:
        """Draws these points; their places are px of the original photo (u, v)."""
        self.gcp_marks.show_marks([_flip(mark) for mark in marks])

    def _click(self, x: float, y: float) -> None:
        pixel = self._pixel(x, y)
        if pixel is None:
            self.clicked_outside.emit()
        else:
            self.pixel_clicked.emit(*pixel)

    def _move(self, name: str, x: float, y: float) -> None:
        pixel = self._pixel(x, y)
        if pixel is not None:
            self.pixel_moved.emit(name, *pixel)

    def _pixel(self, x: float, y: float) -> tuple[float, float] | None:
        if self.frame_px is None:
            return None
        pixel = self.frame_px.to_pixel(x, y)
        return pixel if self.frame_px.holds(*pixel) else None


def _flip(mark: Mark) -> Mark:
    seen = mark.seen_at
    return replace(mark, y=-mark.y, seen_at=(seen[0], -seen[1]) if seen else None)
