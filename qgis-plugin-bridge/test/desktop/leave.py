"""QGIS is closed while a run is under way."""
from __future__ import annotations

from visit import connect


def play(stage):
    """Process is pressed and the window is gone."""
    yield from connect(stage)
    stage.scene('leave')
    stage.click('rivageProcess')
    yield stage.until(lambda: stage.find('rivageProgress').value() >= 1, 120)
    yield stage.ask('halt')
    stage.tell('progress', stage.find('rivageProgressText').text())
