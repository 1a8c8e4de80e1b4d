"""Wires Rivage into QGIS: menu, toolbar, dock, Processing provider; nothing else."""
from __future__ import annotations

from functools import partial
from pathlib import Path

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QMenu

from .core.words import say, set_language

_MENU = 'Rivage'


class RivagePlugin:
    """The plugin, from the moment QGIS loads it until it unloads it. `iface` is None in `qgis_process`."""

    def __init__(self, iface) -> None:
        self.iface = iface
        self.provider = None
        self.bench = None
        self.dock = None
        self.parts: list = []
        self._actions: list = []
        set_language(QgsApplication.locale())

    def initProcessing(self) -> None:  # noqa: N802 (name given by QGIS)
        """Registers the algorithms; QGIS calls it alone in `qgis_process`."""
        from .processing.provider import RivageProvider

        provider = RivageProvider()
        # the registry owns it from here on, and deletes one that it does not take
        if QgsApplication.processingRegistry().addProvider(provider):
            self.provider = provider

    def initGui(self) -> None:  # noqa: N802 (name given by QGIS)
        """Adds dock, menu and toolbar button."""
        from .gui.bench import Bench
        from .gui.dock.dock import RivageDock

        self.initProcessing()
        self.bench = Bench(self.iface)
        self.dock = RivageDock(self.bench)
        self.iface.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self.dock)
        self.parts = self._make_parts()
        show = self.dock.toggleViewAction()
        show.setIcon(QIcon(str(Path(__file__).parent / 'icon.svg')))
        show.setToolTip(say('Show or hide the Rivage panel', 'Afficher ou masquer le panneau Rivage'))
        self.iface.addToolBarIcon(show)
        self.iface.addPluginToMenu(_MENU, show)
        self._actions = [show]
        # a menu makes actions alike in Qt 5 and Qt 6, which keep QAction in different modules
        holder = QMenu(self.dock)
        for text, button in self.dock.menu_buttons():
            action = holder.addAction(text)
            action.triggered.connect(button.click)
            self.iface.addPluginToMenu(_MENU, action)
            self._actions.append(action)
        self.dock.start()

    def unload(self) -> None:
        """Takes everything back out of QGIS."""
        for part in self.parts:
            part.close()
        for action in self._actions:
            self.iface.removePluginMenu(_MENU, action)
            self.iface.removeToolBarIcon(action)
        if self.dock is not None:
            self.dock.stop()
            self.bench.close()
            self.iface.removeDockWidget(self.dock)
            self.dock.deleteLater()
            self.bench.deleteLater()
        if self.provider is not None:
            QgsApplication.processingRegistry().removeProvider(self.provider)
        self.parts, self._actions, self.dock, self.bench, self.provider = [], [], None, None, None

    def _make_parts(self) -> list:
        """
        What is behind the dock's buttons: each made from the bench, and connected to its button.

        A part keeps to itself and has `close()`, which ends its calls and closes its windows.
        """
        from .gui.calibrate.calibrator import Calibrator
        from .gui.heatmap.heatmaps import Heatmaps
        from .gui.project.desk import ProjectDesk
        from .gui.zones.editor import ZoneEditor
        from .layers.adder import LayerAdder
        from .layers.login_window import ask_login

        ask = ask_login(self.bench)
        adder = LayerAdder(self.bench, ask)
        heatmaps = Heatmaps(self.bench, ask)
        calibrator = Calibrator(self.bench)
        zones = ZoneEditor(self.bench)
        project = ProjectDesk(self.bench, adder, ask)
        for button, press in ((self.dock.add_layers, adder.add), (self.dock.heatmap, heatmaps.open),
                              (self.dock.calibrate, calibrator.open), (self.dock.zones, zones.open),
                              (self.dock.project, project.open)):
            button.clicked.connect(partial(_press, press))
        return [adder, heatmaps, calibrator, zones, project]


def _press(action, _checked: bool) -> None:
    """A button's action, without the tick that Qt sends along."""
    action()
