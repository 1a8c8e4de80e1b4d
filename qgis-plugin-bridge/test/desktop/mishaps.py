"""What goes wrong in the field: no service, a token that nobody has, a service that dies in mid-job and comes back."""
from __future__ import annotations

import os

from qgis.utils import plugins
from visit import add_layers

URL = os.environ['RIVAGE_URL']
NOBODY = 'http://127.0.0.1:9'


def play(stage):
    """Every mishap in its order; the service is there at the end."""
    stage.find('RivageDock').show()
    yield from connect(stage, 'absent', NOBODY)
    yield stage.ask('token')
    yield from connect(stage, 'token', URL)
    yield stage.ask('plain')
    yield from die_in_mid_job(stage)
    yield from add_layers(stage)
    yield from draw_without_service(stage)


def connect(stage, scene, address):
    """Tries an address; the dock's state is told."""
    stage.scene(scene)
    told = []

    def hear(problem) -> None:
        if problem.code != 'connecting':  # which only says that another address is being asked
            told.append(problem)

    plugins['rivage'].bench.disconnected.connect(hear)
    stage.find('rivageAddress').setText(address)
    stage.click('rivageConnect')
    yield stage.until(lambda: bool(told), 40)
    yield stage.pause(0.5)
    stage.tell(scene, {'code': told[0].code, 'state': stage.find('rivageState').text()})
    stage.shoot(f'mishap-{scene}')


def die_in_mid_job(stage):
    """The service is killed while a run is under way, and started again: the run ends as if nothing had been."""
    stage.scene('dying')
    bench = plugins['rivage'].bench
    stage.find('rivageAddress').setText(URL)
    stage.click('rivageConnect')
    yield stage.until(lambda: bench.health is not None and bool(bench.camera_ids), 40)
    ended, gone = [], []
    bench.run_ended.connect(ended.append)
    bench.disconnected.connect(gone.append)
    stage.click('rivageProcess')
    yield stage.until(lambda: stage.find('rivageProgress').value() >= 2, 120)
    yield stage.ask('kill')
    yield stage.until(lambda: bool(gone), 40)
    yield stage.pause(0.5)
    stage.tell('dead', {'state': stage.find('rivageState').text(), 'progress': stage.find('rivageProgressText').text()})
    stage.shoot('mishap-dead')
    yield stage.ask('start')
    yield stage.until(lambda: bool(ended), 180)
    stage.tell('run', {'state': ended[0].state, 'done': ended[0].done, 'total': ended[0].total})


def draw_without_service(stage):
    """The map is panned when the service is gone: QGIS says so in its log, and the window answers."""
    stage.scene('drawn without service')
    yield stage.ask('kill')
    yield stage.drawn()
    yield stage.pause(1)
    stage.shoot('mishap-no-map')
