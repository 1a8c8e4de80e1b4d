"""The part behind the Calibrate button: one window, opened and closed with the plugin."""
from __future__ import annotations

from qgis.PyQt.QtCore import Qt

from ...core.problem import Problem
from ...core.words import say
from ..bench import Bench
from .window import CalibrateWindow


class Calibrator:
    """Opens the calibrate window for the camera chosen in the dock; `close()` keeps unsaved points as a draft."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench
        self.window: CalibrateWindow | None = None

    def open(self) -> None:
        """Shows the window, a new one if there is none."""
        if self._bench.health is None or not self._bench.cameras:
            self._bench.notices.tell(Problem('calibrate-no-camera', say(
                'There is no camera to calibrate: connect to a service whose workspace has one.',
                'Il n’y a aucun appareil à calibrer : connectez-vous à un service dont l’espace de travail en a un.')))
            return
        if self.window is None:
            self.window = CalibrateWindow(self._bench)
            self.window.gone.connect(self._forget)
            self._bench.iface.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, self.window)
            self.window.start()
        self.window.show()
        self.window.raise_()

    def close(self) -> None:
        """Closes the window without a question; what is not saved is kept as a draft."""
        if self.window is not None:
            self.window.leave()

    def _forget(self) -> None:
        if self.window is not None:
            self._bench.iface.removeDockWidget(self.window)
            self.window.deleteLater()
            self.window = None
