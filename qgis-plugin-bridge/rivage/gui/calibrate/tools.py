"""Map tools of the calibrate window: one for the photo, one for the map. A click sets a point, a drag moves one."""
from __future__ import annotations

from qgis.core import QgsPointXY
from qgis.gui import QgsMapCanvas, QgsMapTool, QgsSnapIndicator
from qgis.PyQt.QtCore import QPoint, Qt, pyqtSignal

from .marks import GcpMarks


class PointTool(QgsMapTool):
    """Clicks and drags on one canvas, in its map units. The wheel zooms; the middle button or the space bar pans.

    With `snaps` the click goes to what QGIS's own snapping finds, where the user has it on.
    """

    clicked = pyqtSignal(float, float)
    picked = pyqtSignal(str)
    moved = pyqtSignal(str, float, float)

    def __init__(self, canvas: QgsMapCanvas, marks: GcpMarks, snaps: bool = False) -> None:
        super().__init__(canvas)
        self._marks = marks
        self._indicator = QgsSnapIndicator(canvas) if snaps else None
        self._pressed: QPoint | None = None
        self._held: str | None = None
        self.setCursor(Qt.CursorShape.CrossCursor)

    def canvasPressEvent(self, event) -> None:  # noqa: N802 - Qt's name
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = QPoint(event.originalPixelPoint())
            self._held = self._marks.find(self._pressed)

    def canvasMoveEvent(self, event) -> None:  # noqa: N802 - Qt's name
        if self._indicator is None:
            return
        event.snapPoint()
        self._indicator.setMatch(event.mapPointMatch())

    def canvasReleaseEvent(self, event) -> None:  # noqa: N802 - Qt's name
        if event.button() != Qt.MouseButton.LeftButton or self._pressed is None:
            return
        held, went = self._held, (event.originalPixelPoint() - self._pressed).manhattanLength()
        self._pressed = self._held = None
        # A copy: what the event gives is only lent.
        at = QgsPointXY(event.snapPoint() if self._indicator is not None else event.mapPoint())
        if held is None:
            if went <= 6:
                self.clicked.emit(at.x(), at.y())
        elif went > 3:
            self.moved.emit(held, at.x(), at.y())
        else:
            self.picked.emit(held)

    def deactivate(self) -> None:
        if self._indicator is not None:
            self._indicator.setVisible(False)
        super().deactivate()
