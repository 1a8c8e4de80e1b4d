"""Messages in QGIS's message bar: every failure ends here, with its mend."""
from __future__ import annotations

from qgis.core import Qgis
from qgis.gui import QgsMessageBar

from ..core.problem import Problem


class Notices:
    """The message bar of QGIS's window, or of a window of ours."""

    def __init__(self, bar: QgsMessageBar) -> None:
        self._bar = bar

    def tell(self, problem: Problem) -> None:
        """A failure; stays until closed. The same sentence is not shown twice at a time."""
        if problem.code != 'canceled' and not self._shows(problem.detail):
            self._bar.pushMessage('Rivage', problem.detail, Qgis.MessageLevel.Warning, 0)

    def inform(self, text: str) -> None:
        """Good news; goes by itself after 6 s."""
        self._bar.pushMessage('Rivage', text, Qgis.MessageLevel.Success, 6)

    def _shows(self, text: str) -> bool:
        return any(getattr(item, 'text', lambda: '')() == text for item in self._bar.items())
