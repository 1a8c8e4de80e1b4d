"""What QGIS runs with --code: the play that RIVAGE_PLAY names, once the plugin is loaded."""
from __future__ import annotations

import os
import sys
import traceback
from importlib import import_module
from pathlib import Path

from qgis.PyQt.QtCore import QTimer

sys.path.insert(0, str(Path(os.environ['RIVAGE_PLAYS'])))

from stage import Stage  # noqa: E402

stage = None


def begin() -> None:
    """After QGIS has shown its window. A play that cannot even begin ends QGIS, where a dialog would wait for ever."""
    global stage
    try:
        stage = Stage(import_module(os.environ['RIVAGE_PLAY']).play)
    except Exception:
        traceback.print_exc()
        sys.stderr.flush()
        os._exit(1)


QTimer.singleShot(1000, begin)
