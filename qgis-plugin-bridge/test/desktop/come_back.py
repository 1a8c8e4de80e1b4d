"""QGIS is opened again: the run that was under way is followed to its end, without a click."""
from __future__ import annotations

from qgis.utils import plugins


def play(stage):
    """The dock connects by itself to the service used last."""
    stage.scene('come back')
    bench = plugins['rivage'].bench
    ended = []
    bench.run_ended.connect(ended.append)
    stage.find('RivageDock').show()
    yield stage.ask('go_on')
    yield stage.until(lambda: bool(ended), 180)
    stage.tell('run', {'id': ended[0].id, 'state': ended[0].state, 'done': ended[0].done, 'total': ended[0].total})
