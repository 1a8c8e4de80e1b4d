"""The season calendar: a strip a camera, a bar a day, painted; pointing tells, clicking or dragging chooses days."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from qgis.PyQt.QtCore import QDate, QEvent, QPoint, QRect, QSize, Qt, pyqtSignal
from qgis.PyQt.QtGui import QBrush, QColor, QPainter, QPalette, QPen, QPixmap
from qgis.PyQt.QtWidgets import QSizePolicy, QToolTip, QWidget

from ...core.season import Day, Season, list_days, say_day_of, to_bar
from ...core.words import say

ANALYSED, WAITING, UNUSABLE, NOTHING = '#1b6f8f', '#8cc4de', '#a79f92', '#c4392f'
_ANALYSED, _WAITING, _UNUSABLE, _NOTHING = (QColor(name) for name in (ANALYSED, WAITING, UNUSABLE, NOTHING))
_GAP = 4
_MAX_NAME = 110


@dataclass(frozen=True)
class Row:
    """A camera in the calendar; `season` None: not known (yet)."""

    camera_id: str
    name: str
    season: Season | None


class SeasonStrip(QWidget):
    """Days from left to right, cameras from the top down."""

    days_chosen = pyqtSignal(QDate, QDate)
    """The user clicked a day or dragged over some; both ends included."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName('rivageCalendar')
        self.setAccessibleName(say('Season calendar', 'Calendrier de la saison'))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._rows: list[Row] = []
        self._days: list[date] = []
        self._marked: tuple[date, date] | None = None
        self._pressed: date | None = None
        self._picture: QPixmap | None = None

    def show_rows(self, rows: list[Row], span: tuple[date, date] | None) -> None:
        """Shows cameras over a span of days; a span of None: there are no days to show."""
        self._rows = rows
        self._days = [] if span is None else list_days(span)
        self._picture = None
        self.updateGeometry()
        self.update()

    def mark(self, marked: tuple[date, date] | None) -> None:
        """Frames the days that are chosen."""
        self._marked = marked
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """As high as its cameras and the axis."""
        return QSize(260, len(self._rows) * self._row_height() + (self._line() if self._days else 0))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """Narrow docks squeeze days, never cut cameras."""
        return QSize(120, self.sizeHint().height())

    def cell(self, row: int, day: date) -> QRect:
        """Where a camera's day is painted, px of this widget."""
        index = (day - self._days[0]).days
        wide = self.width() - self._left()
        left = self._left() + round(index * wide / len(self._days))
        right = self._left() + round((index + 1) * wide / len(self._days))
        return QRect(left, row * self._row_height(), max(1, right - left), self._line())

    def day_at(self, point: QPoint) -> date | None:
        """The day under a point; outside, the nearest."""
        if not self._days:
            return None
        index = (point.x() - self._left()) * len(self._days) // max(1, self.width() - self._left())
        return self._days[min(max(index, 0), len(self._days) - 1)]

    def say_at(self, point: QPoint) -> str:
        """What is known of the camera's day under a point; empty: nothing is there."""
        day = self.day_at(point)
        row = point.y() // self._row_height()
        if day is None or point.x() < self._left() or not 0 <= row < len(self._rows):
            return ''
        there = self._rows[row]
        if there.season is None:
            return say('{camera}: the service has not told its days', '{camera} : le service n’a pas dit ses jours'
                       ).format(camera=there.name)
        return say_day_of(there.name, day, there.season.days.get(day))

    def event(self, event: QEvent) -> bool:
        """Tells the day under the pointer."""
        if event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.say_at(event.pos()), self)
            return True
        return super().event(event)

    def mousePressEvent(self, event) -> None:  # noqa: N802 (Qt's name)
        """Begins choosing days."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = self.day_at(event.pos())

    def mouseMoveEvent(self, event) -> None:  # noqa: N802 (Qt's name)
        """Frames the days dragged over."""
        if self._pressed is not None:
            self.mark(self._dragged(event.pos()))

    def mouseReleaseEvent(self, event) -> None:  # noqa: N802 (Qt's name)
        """Chooses the days."""
        if self._pressed is None:
            return
        first, last = self._dragged(event.pos())
        self._pressed = None
        self.mark((first, last))
        self.days_chosen.emit(QDate(first.year, first.month, first.day), QDate(last.year, last.month, last.day))

    def paintEvent(self, _event) -> None:  # noqa: N802 (Qt's name)
        """Paints names, bars and axis once, and the frame of the chosen days over them."""
        if self._picture is None or self._picture.size() != self.size() * self.devicePixelRatioF():
            self._picture = self._paint_all()
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._picture)
        if self._days:
            self._paint_mark(painter)
        painter.end()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 (Qt's name)
        """Other colours or letters: the picture is out of date."""
        self._picture = None
        super().changeEvent(event)

    def _paint_all(self) -> QPixmap:
        picture = QPixmap(self.size() * self.devicePixelRatioF())
        picture.setDevicePixelRatio(self.devicePixelRatioF())
        picture.fill(QColor(0, 0, 0, 0))
        painter = QPainter(picture)
        painter.setFont(self.font())
        for index, row in enumerate(self._rows):
            self._paint_row(painter, index, row)
        if self._days:
            self._paint_axis(painter)
        painter.end()
        return picture

    def _dragged(self, point: QPoint) -> tuple[date, date]:
        ends = sorted((self._pressed, self.day_at(point)))
        return ends[0], ends[1]

    def _line(self) -> int:
        return self.fontMetrics().height() + 2

    def _row_height(self) -> int:
        return self._line() + _GAP

    def _left(self) -> int:
        """Where days begin, right of the names."""
        return min(_MAX_NAME, self.width() * 3 // 10)

    def _paint_row(self, painter: QPainter, index: int, row: Row) -> None:
        top = index * self._row_height()
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        name = self.fontMetrics().elidedText(row.name, Qt.TextElideMode.ElideMiddle, self._left() - 6)
        painter.drawText(QRect(0, top, self._left(), self._line()), Qt.AlignmentFlag.AlignVCenter, name)
        strip = QRect(self._left(), top, self.width() - self._left(), self._line())
        if row.season is None:
            self._hatch(painter, strip)
            return
        painter.fillRect(strip, self._faint())
        edges = self._edges()
        for n, day in enumerate(self._days):
            known = row.season.days.get(day)
            if known is not None:
                self._paint_day(painter, QRect(edges[n], top, max(1, edges[n + 1] - edges[n]), strip.height()), known)

    def _edges(self) -> list[int]:
        """Where each day begins, and where the last one ends, px."""
        left, wide = self._left(), self.width() - self._left()
        return [left + round(n * wide / len(self._days)) for n in range(len(self._days) + 1)]

    def _paint_day(self, painter: QPainter, cell: QRect, day: Day) -> None:
        left, top, wide, high = cell.getRect()
        wide -= wide > 3
        painter.fillRect(left, top, wide, high, self.palette().color(QPalette.ColorRole.Base))
        if day.expected is None:
            self._hatch(painter, QRect(left, top, wide, high))
        bar = to_bar(day)
        bottom = top + high
        for share, colour in ((bar.analysed, _ANALYSED), (bar.waiting, _WAITING), (bar.unusable, _UNUSABLE)):
            if share:
                height = max(1, round(share * high))
                bottom -= height
                painter.fillRect(left, bottom, wide, height, colour)
        if day.received == 0 and day.expected:
            painter.fillRect(left, top + high - 3, wide, 3, _NOTHING)

    def _faint(self) -> QColor:
        colour = QColor(self.palette().color(QPalette.ColorRole.Mid))
        colour.setAlpha(45)
        return colour

    def _hatch(self, painter: QPainter, area: QRect) -> None:
        painter.fillRect(area, QBrush(self.palette().color(QPalette.ColorRole.Mid), Qt.BrushStyle.BDiagPattern))

    def _paint_axis(self, painter: QPainter) -> None:
        """A tick and a name for each month; days too where the span is short."""
        top = len(self._rows) * self._row_height()
        months = say('Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec',
                     'janv. févr. mars avril mai juin juil. août sept. oct. nov. déc.').split()
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        free = 0
        for day in self._days:
            if day.day != 1 and day != self._days[0] and len(self._days) > 31:
                continue
            text = months[day.month - 1] if len(self._days) > 31 else f'{day.day} {months[day.month - 1]}'
            left = self.cell(0, day).left()
            width = self.fontMetrics().horizontalAdvance(text)
            if left < free or left + width > self.width():
                continue
            painter.drawLine(left, top - _GAP, left, top)
            painter.drawText(QRect(left, top, width + 2, self._line()), Qt.AlignmentFlag.AlignVCenter, text)
            free = left + width + 8

    def _paint_mark(self, painter: QPainter) -> None:
        if self._marked is None or not self._rows:
            return
        if self._marked[1] < self._days[0] or self._marked[0] > self._days[-1]:
            return
        first, last = (min(max(day, self._days[0]), self._days[-1]) for day in self._marked)
        box = self.cell(0, first).united(self.cell(len(self._rows) - 1, last))
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Highlight), 2))
        painter.drawRect(box.adjusted(0, 0, -1, 0))
