"""Points that were not saved, kept in QGIS's settings by camera until the window is opened again."""
from __future__ import annotations

import json
from dataclasses import dataclass

from qgis.core import QgsSettings
from qgis.PyQt.QtCore import QObject, QTimer
from qgis.PyQt.QtWidgets import QMessageBox, QWidget

from ...core.gcps import GcpTable, from_draft, to_draft
from ...core.words import say

REST_MS = 500


def _key(camera_id: str) -> str:
    return f'rivage/drafts/{camera_id}'


class DraftKeeper(QObject):
    """Keeps points once they rest: writing QGIS's settings, a file, at each click would hold the window up."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._waiting: tuple[str, str] | None = None
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.setInterval(REST_MS)
        self._clock.timeout.connect(self.write)

    def keep(self, address: str, camera_id: str, table: GcpTable, epsg: int) -> None:
        """Keeps the points of a camera of a service, soon; a table without points forgets them."""
        if not table.rows:
            self.forget(camera_id)
            return
        if self._waiting is not None and self._waiting[0] != camera_id:
            self.write()
        self._waiting = camera_id, json.dumps({'address': address, 'epsg': epsg, 'gcps': to_draft(table)})
        self._clock.start()

    def write(self) -> None:
        """Writes what waits, at once."""
        self._clock.stop()
        if self._waiting is not None:
            camera_id, text = self._waiting
            self._waiting = None
            QgsSettings().setValue(_key(camera_id), text)

    def forget(self, camera_id: str) -> None:
        """Forgets the points of a camera."""
        if self._waiting is not None and self._waiting[0] == camera_id:
            self._waiting = None
            self._clock.stop()
        QgsSettings().remove(_key(camera_id))


@dataclass(frozen=True)
class Draft:
    """Points that were kept, and the EPSG code of their places."""

    table: GcpTable
    epsg: int

    def sentence(self) -> str:
        """That they are back."""
        return say('{n} points that were not saved are back.', '{n} points non enregistrés sont de retour.').format(
            n=len(self.table.rows))


def read_draft(address: str, camera_id: str) -> Draft | None:
    """Points kept for a camera; None: there are none for it at this service."""
    try:
        kept = json.loads(str(QgsSettings().value(_key(camera_id), '')))
        rows, epsg, is_here = from_draft(kept['gcps']), int(kept['epsg']), kept['address'] == address
    except (ValueError, KeyError, TypeError):
        return None
    if not rows or not is_here:
        return None
    table = GcpTable(rows)
    table.changed = True
    return Draft(table, epsg)


def ask_about_unsaved(parent: QWidget, on_keep, on_throw) -> None:
    """Asks what to do with points that are not saved, without making QGIS wait; neither for Cancel."""
    text = say('These points are not saved as a calibration. Keep them until next time?',
               'Ces points ne sont pas enregistrés comme calibration. Les garder pour la prochaine fois ?')
    box = QMessageBox(QMessageBox.Icon.Question, 'Rivage', text, QMessageBox.StandardButton.NoButton, parent)
    box.setObjectName('rivageUnsaved')
    keep = box.addButton(say('Keep', 'Garder'), QMessageBox.ButtonRole.AcceptRole)
    throw = box.addButton(say('Throw away', 'Jeter'), QMessageBox.ButtonRole.DestructiveRole)
    box.addButton(say('Cancel', 'Annuler'), QMessageBox.ButtonRole.RejectRole)
    answers = {keep: on_keep, throw: on_throw}

    def finish(_code: int) -> None:
        answers.get(box.clickedButton(), lambda: None)()
        box.deleteLater()

    box.finished.connect(finish)
    box.open()
