"""What QGIS runs with --code: the play that RIVAGE_PLAY names, once the plugin is loaded."""
from __future__ import annotations

import os
import sys
from importlib import import_module
from pathlib import Path

from qgis.PyQt.QtCore import QTimer

sys.path.insert(0, str(Path(os.environ['RIVAGE_PLAYS'])))

from stage import Stage  # noqa: E402

stage = None


def begin() -> None:
    """After QGIS has shown its window."""
    global stage
    stage = Stage(import_module(os.environ['RIVAGE_PLAY']).play)


QTimer.singleShot(1000, begin)
