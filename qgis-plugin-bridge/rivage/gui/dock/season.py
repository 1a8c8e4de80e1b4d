"""The dock's season: reads each camera's days and shows a year of them."""
from __future__ import annotations

from functools import partial

from qgis.PyQt.QtCore import QDate, Qt
from qgis.PyQt.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from ...core.places import Camera
from ...core.problem import Problem
from ...core.season import Season, find_span, list_years, read_season
from ...core.words import say
from ...service.http import Call
from ..bench import Bench
from .season_strip import ANALYSED, NOTHING, UNUSABLE, WAITING, Row, SeasonStrip


class SeasonCalendar(QWidget):
    """What was expected, received, usable and analysed, camera by camera, day by day; a year at a time."""

    def __init__(self, bench: Bench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self._cameras: list[Camera] = []
        self._seasons: dict[str, Season] = {}
        self._calls: list[Call] = []
        self._year: int | None = None
        self._build()
        self.days_chosen = self.strip.days_chosen

    def show_cameras(self, cameras: list[Camera]) -> None:
        """Reads the days of these cameras; until they come, what was known is shown."""
        for call in self._calls:
            call.cancel()
        self._cameras = cameras
        self._seasons = {camera.id: self._seasons[camera.id] for camera in cameras if camera.id in self._seasons}
        self._calls = [
            self._bench.service.get(f'/api/cameras/{camera.id}/days', partial(self._take, camera.id),
                                    partial(self._miss, camera.id), read_season)
            for camera in cameras
        ]
        self._show()

    def mark(self, first: QDate | None, last: QDate | None) -> None:
        """Frames the chosen days; None twice: all are."""
        self.strip.mark(None if first is None or last is None else (first.toPyDate(), last.toPyDate()))

    def _take(self, camera_id: str, season: Season) -> None:
        self._seasons[camera_id] = season
        self._show()

    def _miss(self, camera_id: str, problem: Problem) -> None:
        """Unknown days are hatched; an older service has none to tell, which its version already says."""
        self._seasons.pop(camera_id, None)
        if problem.status is None:
            self._bench.report(problem)
        elif problem.code not in ('route-missing', 'not-found'):
            self._bench.notices.tell(problem)
        self._show()

    def _turn(self, step: int) -> None:
        years = list_years(self._seasons.values())
        if self._year in years:
            self._year = years[min(max(years.index(self._year) + step, 0), len(years) - 1)]
        self._show()

    def _show(self) -> None:
        years = list_years(self._seasons.values())
        if self._year not in years:
            self._year = years[-1] if years else None
        span = None if self._year is None else find_span(self._seasons.values(), self._year)
        self.strip.show_rows([Row(camera.id, camera.name, self._seasons.get(camera.id)) for camera in self._cameras],
                             span)
        year = '' if self._year is None else f' {self._year}'
        self._title.setText(f'<b>{say("Season", "Saison")}{year}</b>')
        for button, edge in ((self._before, years[:1]), (self._after, years[-1:])):
            button.setVisible(len(years) > 1)
            button.setEnabled(self._year not in edge)
        undated = sum(season.undated for season in self._seasons.values())
        self._undated.setVisible(undated > 0)
        self._undated.setText(say('{n} photos have no trusted time and are on no day.',
                                  '{n} photos sans heure fiable ne sont sur aucun jour.').format(n=undated))
        self.setVisible(bool(self._cameras))

    def _build(self) -> None:
        self._title = QLabel()
        self._before = _arrow(Qt.ArrowType.LeftArrow, say('Year before', 'Année précédente'))
        self._after = _arrow(Qt.ArrowType.RightArrow, say('Year after', 'Année suivante'))
        self._before.clicked.connect(partial(self._turn, -1))
        self._after.clicked.connect(partial(self._turn, 1))
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._before)
        head.addWidget(self._after)
        self.strip = SeasonStrip()
        self._undated = QLabel()
        self._undated.setWordWrap(True)
        self._undated.setVisible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addLayout(head)
        column.addWidget(self.strip)
        column.addWidget(_legend())
        column.addWidget(self._undated)
        self.setVisible(False)


def _arrow(kind: Qt.ArrowType, tip: str) -> QToolButton:
    button = QToolButton()
    button.setArrowType(kind)
    button.setAutoRaise(True)
    button.setToolTip(tip)
    return button


def _legend() -> QLabel:
    entries = (
        (ANALYSED, '■', say('analysed', 'analysées')),
        (WAITING, '■', say('to analyse', 'à analyser')),
        (UNUSABLE, '■', say('not usable', 'inexploitables')),
        ('#808080', '□', say('missing', 'manquantes')),
        (NOTHING, '▁', say('no photo', 'aucune photo')),
        ('#808080', '▨', say('not known', 'inconnu')),
    )
    label = QLabel(' '.join(f'<span style="color:{colour}">{sign}</span>&nbsp;{text.replace(" ", "&nbsp;")}'
                            for colour, sign, text in entries))
    label.setWordWrap(True)
    font = label.font()
    font.setPointSizeF(font.pointSizeF() * 0.9)
    label.setFont(font)
    return label
