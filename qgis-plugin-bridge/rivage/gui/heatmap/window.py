"""The window in which a heatmap is chosen."""
from __future__ import annotations

from datetime import date

from qgis.PyQt.QtCore import QDate, QTime, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QDateEdit,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QTimeEdit,
    QVBoxLayout,
    QWidget,
)

from ...core.heatmap import TENT, HeatmapWish, say_label
from ...core.places import Lake
from ...core.words import say
from ..day_edit import make_day_edit


class HeatmapWindow(QDialog):
    """What, when and how wide; `wished` carries the HeatmapWish. Stays open, so that one can compare."""

    wished = pyqtSignal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lake: Lake | None = None
        self.setObjectName('RivageHeatmapWindow')
        self._what = QComboBox()
        self._what.setObjectName('rivageHeatmapLabel')
        self._only_days = QCheckBox()
        self._only_days.setObjectName('rivageHeatmapOnlyDays')
        self._from, self._to = make_day_edit('rivageHeatmapFrom'), make_day_edit('rivageHeatmapTo')
        self._only_hours = QCheckBox(say('Only these hours', 'Seulement ces heures'))
        self._only_hours.setObjectName('rivageHeatmapOnlyHours')
        self._start, self._end = _hour_edit('rivageHeatmapStart', 11), _hour_edit('rivageHeatmapEnd', 16)
        self._night = QLabel(say('A bivouac night goes from 19:00 to 09:00.',
                                 'Une nuit de bivouac va de 19 h à 9 h.'))
        self._by_radius = QRadioButton(say('Smooth, radius', 'Lissée, rayon'))
        self._by_radius.setObjectName('rivageHeatmapByRadius')
        self._by_cell = QRadioButton(say('Hexagons, width', 'Hexagones, largeur'))
        self._by_cell.setObjectName('rivageHeatmapByCell')
        self._radius, self._cell = _metres('rivageHeatmapRadius', 15, 1), _metres('rivageHeatmapCell', 20, 5)
        self._about = QLabel()
        self._add = QPushButton(say('Add to the map', 'Ajouter à la carte'))
        self._add.setObjectName('rivageHeatmapAdd')
        self._build()
        self._choose()

    def show_choice(self, bench) -> None:
        """Offers what the chosen lake and the models have; keeps what was chosen before."""
        lake = bench.lake()
        labels = sorted({label for model in bench.models for label in model.labels},
                        key=lambda label: (label != TENT, say_label(label)))
        chosen = self._what.currentData()
        self._what.clear()
        for label in labels:
            self._what.addItem(say('Bivouac: tent-nights', 'Bivouac : nuitées de tente') if label == TENT
                               else say_label(label), label)
        self._what.setCurrentIndex(max(0, self._what.findData(chosen)))
        if lake is not None and lake != self._lake:
            self._show_season(bench, lake)
        self._lake = lake
        self.setWindowTitle(say('Heatmap – {lake}', 'Carte de chaleur – {lake}').format(
            lake=lake.name if lake else '…'))
        self._choose()

    def show_busy(self, busy: bool) -> None:
        """While one is being made the button says so; the next may be asked for all the same."""
        self._add.setText(say('Add to the map', 'Ajouter à la carte') if not busy
                          else say('Making it…', 'En préparation…'))

    def _wish(self) -> HeatmapWish | None:
        if self._lake is None or self._what.currentData() is None:
            return None
        days, hours = self._only_days.isChecked(), self._only_hours.isChecked() and self._only_hours.isEnabled()
        return HeatmapWish(
            lake_id=self._lake.id, lake=self._lake.name, label=self._what.currentData(),
            first_day=_to_day(self._from) if days else None, last_day=_to_day(self._to) if days else None,
            from_hour=_to_hours(self._start) if hours else None, to_hour=_to_hours(self._end) if hours else None,
            radius_m=self._radius.value() if self._by_radius.isChecked() else None,
            cell_m=self._cell.value() if self._by_cell.isChecked() else None,
        )

    def _ask(self) -> None:
        wish = self._wish()
        if wish is not None:
            self.wished.emit(wish)

    def _show_season(self, bench, lake: Lake) -> None:
        seen = [instant for camera in bench.cameras if camera.lake_id == lake.id
                for instant in (camera.first, camera.last) if instant is not None]
        for edit, instant in zip((self._from, self._to), (min(seen), max(seen)) if seen else ()):
            edit.setDate(QDate(instant.year, instant.month, instant.day))

    def _choose(self) -> None:
        """Shows what belongs to the choice: nights have their own hours, hexagons their own words."""
        nights = self._what.currentData() == TENT
        self._only_days.setText(say('Only these nights', 'Seulement ces nuits') if nights
                                else say('Only these days', 'Seulement ces jours'))
        for edit in (self._from, self._to):
            edit.setEnabled(self._only_days.isChecked())
        self._only_hours.setEnabled(not nights)
        for edit in (self._start, self._end):
            edit.setEnabled(not nights and self._only_hours.isChecked())
        self._night.setVisible(nights)
        self._radius.setEnabled(self._by_radius.isChecked())
        self._cell.setEnabled(self._by_cell.isChecked())
        self._about.setText(_about(self._by_cell.isChecked(), nights))
        self._add.setEnabled(self._lake is not None and self._what.currentIndex() >= 0)

    def _build(self) -> None:
        kinds = QButtonGroup(self)
        kinds.addButton(self._by_radius)
        kinds.addButton(self._by_cell)
        self._by_radius.setChecked(True)
        form = QFormLayout()
        form.addRow(say('What', 'Quoi'), self._what)
        form.addRow(self._only_days, _side_by_side(self._from, self._to))
        form.addRow(self._only_hours, _side_by_side(self._start, self._end))
        form.addRow(self._night)
        form.addRow(self._by_radius, self._radius)
        form.addRow(self._by_cell, self._cell)
        self._about.setWordWrap(True)
        self._about.setMinimumHeight(3 * self.fontMetrics().height())
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.addButton(self._add, QDialogButtonBox.ButtonRole.ActionRole)
        self._add.setDefault(True)
        column = QVBoxLayout(self)
        column.addLayout(form)
        column.addWidget(self._about)
        column.addWidget(buttons)
        buttons.rejected.connect(self.reject)
        self._add.clicked.connect(self._ask)
        self._what.currentIndexChanged.connect(self._choose)
        for box in (self._only_days, self._only_hours, self._by_radius):
            box.toggled.connect(self._choose)


def _about(hexagons: bool, nights: bool) -> str:
    if hexagons:
        return say('Divided by how often each place was watched; places that no camera watched are hatched, not zero.',
                   'Divisé par les photos ou les nuits où chaque lieu était surveillé ; les lieux non surveillés sont '
                   'hachurés, pas à zéro.')
    if nights:
        return say('Colours add up tent-nights within the radius; those at its edge count less.',
                   'Les couleurs additionnent les nuitées de tente dans le rayon ; celles du bord comptent moins.')
    return say('Colours compare places with the busiest one that the map shows.',
               'Les couleurs comparent les lieux au plus fréquenté que montre la carte.')


def _hour_edit(name: str, hour: int) -> QTimeEdit:
    edit = QTimeEdit(QTime(hour, 0))
    edit.setObjectName(name)
    edit.setDisplayFormat('HH:mm')
    return edit


def _metres(name: str, value: float, least: float) -> QDoubleSpinBox:
    spin = QDoubleSpinBox()
    spin.setObjectName(name)
    spin.setRange(least, 500)
    spin.setDecimals(0)
    spin.setSuffix(' m')
    spin.setValue(value)
    return spin


def _side_by_side(first: QWidget, second: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addWidget(first, 1)
    row.addWidget(QLabel('–'))
    row.addWidget(second, 1)
    return row


def _to_day(edit: QDateEdit) -> date:
    return edit.date().toPyDate()


def _to_hours(edit: QTimeEdit) -> float:
    return edit.time().hour() + edit.time().minute() / 60
