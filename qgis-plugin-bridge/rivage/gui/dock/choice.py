"""The dock's middle: which lake, cameras, days and model."""
from __future__ import annotations

from qgis.PyQt.QtCore import QDate, QDateTime, Qt, QTime, QTimeZone
from qgis.PyQt.QtWidgets import QCheckBox, QComboBox, QDateEdit, QFormLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ...core.words import say
from ..bench import Bench
from ..day_edit import make_day_edit
from .camera_list import CameraList
from .season import SeasonCalendar


class Choice(QWidget):
    """Lake, cameras, days and model; lake and cameras are put on the bench, where every window finds them."""

    def __init__(self, bench: Bench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self._build()
        self._lakes.currentIndexChanged.connect(self._choose_lake)
        self._cameras.itemChanged.connect(self._choose_cameras)
        for edit in (self._from, self._to):
            edit.dateChanged.connect(self._restrict)
        self._only.toggled.connect(self._mark)
        self._season.days_chosen.connect(self.set_days)
        bench.refreshed.connect(self._fill)

    def model_id(self) -> str | None:
        """The model to process with; None: none is installed."""
        return self._models.currentData()

    def days(self) -> tuple[str | None, str | None]:
        """The days chosen as two instants, the second not included; None twice: all days."""
        lake = self._bench.lake()
        if not self._only.isChecked() or lake is None:
            return None, None
        zone = QTimeZone(lake.time_zone.encode())
        return _midnight(self._from.date(), zone), _midnight(self._to.date().addDays(1), zone)

    def set_days(self, first: QDate, last: QDate) -> None:
        """Chooses the days from the first to the last, both included."""
        _set_quietly(self._from, first)
        _set_quietly(self._to, last)
        self._restrict()

    def _restrict(self) -> None:
        self._only.setChecked(True)
        self._mark()

    def _mark(self) -> None:
        chosen = self._only.isChecked()
        self._season.mark(self._from.date() if chosen else None, self._to.date() if chosen else None)

    def _fill(self) -> None:
        bench = self._bench
        _fill_combo(self._lakes, [(lake.name, lake.id) for lake in bench.lakes], bench.lake_id)
        usable = [model for model in bench.models if model.installed]
        _fill_combo(self._models, [(model.name, model.id) for model in usable], self._models.currentData())
        for row, model in enumerate(usable):
            if not model.ready:
                command = f'rivage models pull {model.id.split("@")[0]}'
                self._models.model().item(row).setEnabled(False)
                self._models.setItemData(row, say(f'Its weights are not there as tested: {command}',
                                                  f'Ses poids manquent ou sont endommagés : {command}'),
                                         Qt.ItemDataRole.ToolTipRole)
        self._choose_lake()

    def _choose_lake(self) -> None:
        bench = self._bench
        bench.lake_id = self._lakes.currentData()
        here = [camera for camera in bench.cameras if camera.lake_id == bench.lake_id]
        self._cameras.fill(here)
        self._season.show_cameras(here)
        self._fill_days(here)
        self._choose_cameras()

    def _choose_cameras(self) -> None:
        self._bench.camera_ids = self._cameras.checked_ids()
        self._bench.chosen.emit()

    def _fill_days(self, cameras) -> None:
        """Shows the days that there are photos of, or else could be, until the user has chosen some."""
        if self._only.isChecked():
            return
        known = [instant for camera in cameras for instant in (camera.first, camera.last) if instant is not None]
        known = known or [instant for camera in cameras for instant in (camera.mounted_from, camera.mounted_to)
                          if instant is not None]
        days = [QDate(instant.year, instant.month, instant.day) for instant in known] or [QDate.currentDate()]
        _set_quietly(self._from, min(days))
        _set_quietly(self._to, max(days))

    def _build(self) -> None:
        self._lakes = QComboBox()
        self._lakes.setObjectName('rivageLakes')
        self._cameras = CameraList()
        self._models = QComboBox()
        self._models.setObjectName('rivageModel')
        self._models.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._season = SeasonCalendar(self._bench)
        self._only = QCheckBox(say('Only these days', 'Seulement ces jours'))
        self._only.setObjectName('rivageOnly')
        self._only.setToolTip(say('Unticked: all days, photos that came since too',
                                  'Décoché : tous les jours, photos arrivées depuis comprises'))
        self._from, self._to = make_day_edit('rivageFrom'), make_day_edit('rivageTo')
        days = QHBoxLayout()
        days.addWidget(self._from, 1)
        days.addWidget(QLabel('–'))
        days.addWidget(self._to, 1)
        form = QFormLayout()
        form.addRow(say('Lake', 'Lac'), self._lakes)
        form.addRow(self._cameras)
        form.addRow(self._season)
        form.addRow(self._only)
        form.addRow(days)
        form.addRow(say('Model', 'Modèle'), self._models)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(form)


def _set_quietly(edit: QDateEdit, day: QDate) -> None:
    """Shows a day without choosing it."""
    edit.blockSignals(True)
    edit.setDate(day)
    edit.blockSignals(False)


def _midnight(day: QDate, zone: QTimeZone) -> str:
    return QDateTime(day, QTime(0, 0), zone).toUTC().toString(Qt.DateFormat.ISODate)


def _fill_combo(combo: QComboBox, entries: list[tuple[str, str]], chosen: str | None) -> None:
    """Puts entries (text, data) in, and keeps what was chosen if it is still there."""
    combo.blockSignals(True)
    combo.clear()
    for text, data in entries:
        combo.addItem(text, data)
    combo.setCurrentIndex(max(0, combo.findData(chosen)) if entries else -1)
    combo.blockSignals(False)
