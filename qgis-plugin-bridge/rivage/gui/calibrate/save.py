"""From when to when a calibration holds, and storing it after its owner has read what that does."""
from __future__ import annotations

from datetime import datetime
from typing import Any

from qgis.core import Qgis
from qgis.PyQt.QtCore import QDate, QDateTime, QObject, QTime, QTimeZone, pyqtSignal
from qgis.PyQt.QtWidgets import QCheckBox, QDateTimeEdit, QHBoxLayout, QMessageBox, QPushButton, QWidget

from ...core.gcps_solved import Solved, replacement, summary
from ...core.words import say
from ..bench import Bench
from .desk import CalibrationDesk


class SaveRow(QWidget):
    """From when to when a calibration holds, each with a tick, in the time zone of the lake; and the Save button."""

    asked = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._zone = 'UTC'
        self._from = _Limit('rivageValidFrom', say('Valid from', 'Valable dès'), say(
            'Unticked: it holds since ever', 'Décoché : elle vaut depuis toujours'))
        self._to = _Limit('rivageValidTo', say('until', 'jusqu’à'), say(
            'Unticked: it holds until the next one begins', 'Décoché : elle vaut jusqu’à la suivante'))
        self._button = QPushButton(say('Save…', 'Enregistrer…'))
        self._button.setObjectName('rivageSaveCalibration')
        self._button.setEnabled(False)
        self._button.clicked.connect(self.asked)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for limit in (self._from, self._to):
            row.addWidget(limit.tick)
            row.addWidget(limit.edit, 1)
        row.addWidget(self._button)

    def set_zone(self, name: str) -> None:
        """The time zone that the dates are read in, an IANA name; both limits are taken off."""
        self._zone = name
        hint = say('Local time of the lake ({zone})', 'Heure locale du lac ({zone})').format(zone=name)
        for limit in (self._from, self._to):
            limit.tick.setChecked(False)
            limit.edit.setToolTip(hint)

    def suggest(self, local: datetime) -> None:
        """What a limit begins with when it is ticked: the local time of the photo."""
        for limit in (self._from, self._to):
            if not limit.tick.isChecked():
                limit.edit.setDateTime(QDateTime(QDate(local.year, local.month, local.day),
                                                 QTime(local.hour, local.minute)))

    def allow(self, allowed: bool) -> None:
        """Whether there is anything to save."""
        self._button.setEnabled(allowed)

    def valid_from(self) -> str | None:
        """ISO 8601, UTC; None: since ever."""
        return self._instant(self._from)

    def valid_to(self) -> str | None:
        """ISO 8601, UTC; None: until the next one begins."""
        return self._instant(self._to)

    def _instant(self, limit: _Limit) -> str | None:
        if not limit.tick.isChecked():
            return None
        written, zone = limit.edit.dateTime(), QTimeZone(self._zone.encode())
        at = QDateTime(written.date(), written.time(), zone) if zone.isValid() else written
        return at.toUTC().toString('yyyy-MM-ddTHH:mm:ss') + '.000Z'


class _Limit:
    """A tick and a date that counts while it is ticked."""

    def __init__(self, name: str, label: str, hint: str) -> None:
        self.tick = QCheckBox(label)
        self.tick.setObjectName(f'{name}Tick')
        self.tick.setToolTip(hint)
        self.edit = QDateTimeEdit()
        self.edit.setObjectName(name)
        self.edit.setCalendarPopup(True)
        self.edit.setDisplayFormat('yyyy-MM-dd HH:mm')
        self.edit.setEnabled(False)
        self.tick.toggled.connect(self.edit.setEnabled)


class Saving(QObject):
    """Storing a calibration: reads what there is now, says what changes, stores after a Yes, offers to locate anew.
    `saved`: it is stored; the Solved."""

    saved = pyqtSignal(object)

    def __init__(self, bench: Bench, desk: CalibrationDesk, parent: QWidget) -> None:
        super().__init__(parent)
        self._bench = bench
        self._desk = desk
        self._parent = parent

    def ask(self, camera_id: str, wish: dict[str, Any], solved: Solved) -> None:
        """Asks whether to store what was solved; wish: its body, with validFrom and validTo where they are set."""
        self._desk.read_history(camera_id, lambda history: self._confirm(camera_id, wish, solved, history))

    def _confirm(self, camera_id: str, wish: dict[str, Any], solved: Solved, history: list[dict[str, Any]]) -> None:
        validity = (wish.get('validFrom'), wish.get('validTo'))
        text = confirmation(self._camera_name(camera_id), solved, history, validity)
        box = QMessageBox(QMessageBox.Icon.Question, 'Rivage', text, QMessageBox.StandardButton.NoButton, self._parent)
        box.setObjectName('rivageConfirmSave')
        save = box.addButton(say('Save', 'Enregistrer'), QMessageBox.ButtonRole.AcceptRole)
        save.setObjectName('rivageConfirmSaveYes')
        box.addButton(say('Cancel', 'Annuler'), QMessageBox.ButtonRole.RejectRole)

        def finish(_code: int) -> None:
            if box.clickedButton() is save:
                take = lambda stored: self._stored(camera_id, wish, stored)  # noqa: E731
                self._desk.save(camera_id, wish, take, self._bench.notices.tell)
            box.deleteLater()

        box.finished.connect(finish)
        box.open()

    def _stored(self, camera_id: str, wish: dict[str, Any], stored: Solved) -> None:
        self.saved.emit(stored)
        self._bench.refresh()
        bar = self._bench.iface.messageBar()
        item = bar.createMessage('Rivage', say(
            'Calibration {id} of {name} is stored. What was found before keeps its place until it is located anew.',
            'La calibration {id} de {name} est enregistrée. Ce qui a été trouvé avant garde sa place jusqu’à une '
            'nouvelle localisation.').format(id=stored.calibration_id, name=self._camera_name(camera_id)))
        button = QPushButton(say('Locate anew', 'Localiser à nouveau'))
        button.setObjectName('rivageLocateAnew')
        button.clicked.connect(lambda: self._locate_anew(camera_id, wish.get('validFrom'), item))
        item.layout().addWidget(button)
        bar.pushWidget(item, Qgis.MessageLevel.Success, 0)

    def _locate_anew(self, camera_id: str, valid_from: str | None, item) -> None:
        self._bench.iface.messageBar().popWidget(item)
        self._desk.locate_anew(camera_id, valid_from, lambda _run: self._bench.run_started.emit())

    def _camera_name(self, camera_id: str) -> str:
        return next((camera.name for camera in self._bench.cameras if camera.id == camera_id), camera_id)


def confirmation(camera_name: str, solved: Solved, history: list[dict[str, Any]],
                 validity: tuple[str | None, str | None]) -> str:
    """What is about to be stored and what it does to the calibrations that there are."""
    lines = [
        say('Store this calibration of {name}?', 'Enregistrer cette calibration de {name} ?').format(name=camera_name),
        summary(solved),
        replacement(history, *validity),
        say('Sightings stored already keep their places until they are located anew. No calibration is ever deleted.',
            'Les observations déjà enregistrées gardent leur place jusqu’à une nouvelle localisation. '
            'Aucune calibration n’est jamais supprimée.'),
    ]
    lines += [f'⚠ {sentence}' for sentence in solved.failed_checks]
    return '\n\n'.join(line for line in lines if line)
