"""Where people choose a day."""
from __future__ import annotations

from qgis.PyQt.QtWidgets import QDateEdit

from ..core.words import say


def make_day_edit(name: str) -> QDateEdit:
    """An empty one with a calendar, written as the language writes days."""
    edit = QDateEdit()
    edit.setObjectName(name)
    edit.setCalendarPopup(True)
    edit.setDisplayFormat(say('yyyy-MM-dd', 'dd/MM/yyyy'))
    return edit
