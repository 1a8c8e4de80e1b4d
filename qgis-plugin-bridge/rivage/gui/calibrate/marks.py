"""The points of a calibration drawn on a canvas: the photo's and the map's look alike."""
from __future__ import annotations

from dataclasses import dataclass
from typing import Sequence

from qgis.core import QgsPointXY
from qgis.gui import QgsMapCanvas, QgsMapCanvasItem
from qgis.PyQt.QtCore import QPointF, QRectF, Qt
from qgis.PyQt.QtGui import QColor, QFont, QPainter, QPainterPath, QPen

POINT = QColor('#ffd400')
SELECTED = QColor('#00e5ff')
OUTLIER = QColor('#ff3b30')
UNUSED = QColor('#b0b0b0')
CAMERA = QColor('#ffffff')
HALO = QColor(0, 0, 0, 190)
EXAGGERATED = 10
"""A residual is drawn so many times as long as it is, as in the pictures of the service."""


@dataclass(frozen=True)
class Mark:
    """A point on a canvas, in its map units; seen_at: where the solved camera sees it, map units too; None: unknown.
    is_camera: it is no point but the place of the solved camera."""

    name: str
    x: float
    y: float
    is_selected: bool = False
    is_outlier: bool = False
    is_used: bool = True
    seen_at: tuple[float, float] | None = None
    is_camera: bool = False

    @property
    def colour(self) -> QColor:
        if self.is_camera:
            return CAMERA
        if self.is_selected:
            return SELECTED
        if not self.is_used:
            return UNUSED
        return OUTLIER if self.is_outlier else POINT


class GcpMarks(QgsMapCanvasItem):
    """All marks of one canvas, at one size on the screen whatever the zoom. Drop it with `remove`."""

    def __init__(self, canvas: QgsMapCanvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._marks: list[Mark] = []
        self.setZValue(100)

    def show_marks(self, marks: Sequence[Mark]) -> None:
        """Draws these instead of those that were drawn."""
        self._marks = list(marks)
        self.update()

    def marks(self) -> list[Mark]:
        """What is drawn."""
        return list(self._marks)

    def find(self, position, within_px: float = 9.0) -> str | None:
        """The name of the mark at a place of the screen (px of the canvas); None: there is none."""
        def distance(mark: Mark) -> float:
            at = self._on_screen(mark.x, mark.y)
            return max(abs(at.x() - position.x()), abs(at.y() - position.y()))

        nearest = min((mark for mark in self._marks if not mark.is_camera), key=distance, default=None)
        return nearest.name if nearest and distance(nearest) <= within_px else None

    def remove(self) -> None:
        """Takes it off its canvas."""
        self._canvas.scene().removeItem(self)

    def updatePosition(self) -> None:  # noqa: N802 - Qt's name
        self.setPos(0, 0)
        self.update()

    def boundingRect(self) -> QRectF:  # noqa: N802 - Qt's name
        return QRectF(0, 0, self._canvas.width(), self._canvas.height())

    def paint(self, painter: QPainter, _option=None, _widget=None) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        near = QRectF(-200, -200, self._canvas.width() + 400, self._canvas.height() + 400)
        placed = [(mark, self._on_screen(mark.x, mark.y)) for mark in self._marks]
        placed = [(mark, at) for mark, at in placed if near.contains(at)]
        for mark, at in sorted(placed, key=lambda each: each[0].is_selected):
            self._paint_mark(painter, mark, at)
        # A name that would lie on another one is left out; the selected point and those in doubt have theirs first.
        taken: list[QRectF] = []
        for mark, at in sorted(placed, key=lambda each: (not each[0].is_selected, not each[0].is_outlier)):
            self._paint_name(painter, mark, at, taken)

    def _paint_mark(self, painter: QPainter, mark: Mark, at: QPointF) -> None:
        arm = 9 if mark.is_selected else 7
        shape = QPainterPath()
        if mark.is_camera:
            shape.addEllipse(at, 7, 7)
        else:
            shape.moveTo(at.x() - arm, at.y())
            shape.lineTo(at.x() + arm, at.y())
            shape.moveTo(at.x(), at.y() - arm)
            shape.lineTo(at.x(), at.y() + arm)
        if mark.seen_at is not None:
            seen = self._on_screen(*mark.seen_at)
            shape.moveTo(at)
            shape.lineTo(at + (seen - at) * EXAGGERATED)
            shape.addEllipse(seen, 5, 5)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, width in ((HALO, 4.0), (mark.colour, 1.6)):
            painter.setPen(QPen(colour, width))
            painter.drawPath(shape)

    def _paint_name(self, painter: QPainter, mark: Mark, at: QPointF, taken: list[QRectF]) -> None:
        font = QFont(self._canvas.font())
        font.setBold(mark.is_selected)
        name = QPainterPath()
        name.addText(at + QPointF(9, -6), font, mark.name)
        if name.boundingRect().right() > self._canvas.width():
            name.translate(-18 - name.boundingRect().width(), 0)
        if any(name.boundingRect().intersects(other) for other in taken):
            return
        taken.append(name.boundingRect())
        painter.setPen(QPen(HALO, 3.0, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
        painter.drawPath(name)
        painter.fillPath(name, mark.colour)

    def _on_screen(self, x: float, y: float) -> QPointF:
        return self.toCanvasCoordinates(QgsPointXY(x, y))
