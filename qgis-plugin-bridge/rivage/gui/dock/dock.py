"""The dock: service, lake, cameras, season, run, map."""
from __future__ import annotations

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QDockWidget, QFrame, QGridLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ...core.words import say
from ..bench import Bench
from .choice import Choice
from .connection import Connection
from .runner import Runner


class RivageDock(QDockWidget):
    """
    The panel. Other parts connect to its buttons: `add_layers`, `heatmap`, `project`, `calibrate`, `zones`.

    Its sections are `connection` (service), `choice` (lake, cameras, season, days, model) and `runner` (process).
    """

    def __init__(self, bench: Bench, parent: QWidget | None = None) -> None:
        super().__init__('Rivage', parent)
        self.setObjectName('RivageDock')
        self.setAllowedAreas(Qt.DockWidgetArea.LeftDockWidgetArea | Qt.DockWidgetArea.RightDockWidgetArea)
        self.bench = bench
        self.connection = Connection(bench)
        self.choice = Choice(bench)
        self.runner = Runner(bench, self.choice)
        self.add_layers = _button('rivageAddLayers', 'mActionAddLayer', say('Add layers', 'Ajouter les couches'), say(
            'Adds all layers of the lake as one group, in good order, with their styles',
            'Ajoute toutes les couches du lac en un groupe, en bon ordre, avec leurs styles'))
        self.heatmap = _button('rivageHeatmap', 'heatmap', say('Heatmap…', 'Carte de chaleur…'), say(
            'Where people and tents were, by label, nights and hours',
            'Où se trouvaient personnes et tentes, par catégorie, nuits et heures'))
        self.project = _button('rivageProject', 'mIconQgsProjectFile', say('Project…', 'Projet…'), say(
            'Opens or stores the QGIS project of this workspace',
            'Ouvre ou enregistre le projet QGIS de cet espace de travail'))
        self.calibrate = _button('rivageCalibrate', 'mActionCapturePoint', say('Calibrate…', 'Calibrer…'), say(
            'Clicks the same points in a camera’s photo and on the map, and solves how the camera stands',
            'Pointe les mêmes points sur la photo et sur la carte, et résout la pose de l’appareil'))
        self.zones = _button('rivageZones', 'mActionCapturePolygon', say('Zones…', 'Zones…'), say(
            'Edits shore and zones with QGIS’s own tools and sends them back',
            'Modifie rive et zones avec les outils de QGIS et les renvoie'))
        self._build()
        bench.connected.connect(self._show_all)
        bench.disconnected.connect(self._enable)
        self.visibilityChanged.connect(self.connection.watch)
        self._enable()

    def menu_buttons(self) -> list[tuple[str, QPushButton]]:
        """Buttons that QGIS's menu shows too, with their texts."""
        return [(button.text(), button) for button in self._map_buttons()]

    def start(self) -> None:
        """Connects to the service used last, quietly when there is none."""
        self.connection.begin()
        self.connection.watch(self.isVisible())

    def stop(self) -> None:
        """Stops every timer."""
        self.connection.watch(False)
        self.runner.stop()

    def _map_buttons(self) -> list[QPushButton]:
        return [self.add_layers, self.heatmap, self.project, self.calibrate, self.zones]

    def _enable(self) -> None:
        for button in self._map_buttons():
            button.setEnabled(self.bench.health is not None)

    def _show_all(self) -> None:
        """Once a service was there, everything stays in sight, whatever becomes of it."""
        for section in self._sections:
            section.setVisible(True)
        self._enable()

    def _build(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(6)
        self._sections = (self.choice, self.runner, self._build_map())
        for section in (self.connection, *self._sections):
            column.addWidget(section)
        for section in self._sections:
            section.setVisible(False)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        self.setWidget(scroll)
        self.setMinimumWidth(300)

    def _build_map(self) -> QWidget:
        section = QWidget()
        grid = QGridLayout(section)
        grid.setContentsMargins(0, 0, 0, 0)
        title = QLabel(f'<b>{say("Map", "Carte")}</b>')
        grid.addWidget(title, 0, 0, 1, 2)
        grid.addWidget(self.add_layers, 1, 0, 1, 2)
        for index, button in enumerate(self._map_buttons()[1:]):
            grid.addWidget(button, 2 + index // 2, index % 2)
        return section


def _button(name: str, icon: str, text: str, tip: str) -> QPushButton:
    button = QPushButton(QgsApplication.getThemeIcon(f'/{icon}.svg'), text)
    button.setObjectName(name)
    button.setToolTip(tip)
    return button
