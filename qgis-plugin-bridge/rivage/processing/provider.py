"""The provider `rivage` of Processing."""
from __future__ import annotations

from pathlib import Path

from qgis.core import QgsProcessingProvider
from qgis.PyQt.QtGui import QIcon

from .add_layers import AddLayers
from .calibrate import Calibrate
from .heatmap import MakeHeatmap
from .locate import Locate
from .process import Process


class RivageProvider(QgsProcessingProvider):
    """Five algorithms; each asks the service and computes nothing itself."""

    def id(self) -> str:
        """Stable: scripts and models name it."""
        return 'rivage'

    def name(self) -> str:
        """In the toolbox."""
        return 'Rivage'

    def icon(self) -> QIcon:
        """The plugin's own."""
        return QIcon(str(Path(__file__).parent.parent / 'icon.svg'))

    def loadAlgorithms(self) -> None:  # noqa: N802 (name given by QGIS)
        """Called by QGIS, again after each change of language."""
        for algorithm in (Process, AddLayers, MakeHeatmap, Calibrate, Locate):
            self.addAlgorithm(algorithm())
