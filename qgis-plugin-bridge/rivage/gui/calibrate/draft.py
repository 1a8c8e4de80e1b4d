"""Points that were not saved, kept in QGIS's settings by camera until the window is opened again."""
from __future__ import annotations

import json
from dataclasses import dataclass

from qgis.core import QgsSettings
from qgis.PyQt.QtWidgets import QMessageBox, QWidget

from ...core.gcps import GcpTable, from_draft, to_draft
from ...core.words import say


def _key(camera_id: str) -> str:
    return f'rivage/drafts/{camera_id}'


def keep_draft(address: str, camera_id: str, table: GcpTable, epsg: int) -> None:
    """Keeps the points of a camera of a service; a table without points forgets them."""
    if not table.rows:
        forget_draft(camera_id)
        return
    kept = {'address': address, 'epsg': epsg, 'gcps': to_draft(table)}
    QgsSettings().setValue(_key(camera_id), json.dumps(kept))


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


def forget_draft(camera_id: str) -> None:
    """Forgets them."""
    QgsSettings().remove(_key(camera_id))


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
