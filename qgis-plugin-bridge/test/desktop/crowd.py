"""A season of very many sightings: how long adding the layers and drawing a heatmap take, again and again."""
from __future__ import annotations

import os
import time

from qgis.core import QgsProject
from qgis.utils import iface
from visit import LOGIN, connect, rivage_layers

TIMES = int(os.environ.get('RIVAGE_TIMES', '1'))


def play(stage):
    """The layers are added and removed; then heatmaps of all persons are drawn, alone on the map."""
    yield from connect(stage)
    adds: list[float] = []
    for turn in range(TIMES):
        stage.scene(f'add {turn}')
        yield from add(stage, turn, adds)
        if turn < TIMES - 1:
            yield stage.pause(0.5)
            QgsProject.instance().clear()
    stage.tell('addMs', adds)
    stage.tell('features', {layer.customProperty('rivage/layer'): layer.featureCount() for layer in rivage_layers()})
    yield from draw_heatmap(stage)


def add(stage, turn, adds):
    """One press of the button, until the plugin says that all is there; the first asks for the login."""
    began = time.perf_counter()
    stage.click('rivageAddLayers')
    if LOGIN and turn == 0:
        yield stage.until(lambda: stage.sees('RivageLogin'))
        stage.find('rivageDatabaseUser').setText(LOGIN)
        began = time.perf_counter()
        stage.find('RivageLogin').accept()
    scene = f'add {turn}'
    yield stage.until(lambda: stage.heard(scene), 120)
    adds.append((time.perf_counter() - began) * 1000)
    yield stage.drawn()


def draw_heatmap(stage):
    """All persons of the season within 15 m, drawn from nothing."""
    stage.scene('heatmap')
    stage.click('rivageHeatmap')
    yield stage.until(lambda: stage.sees('RivageHeatmapWindow'))
    label = stage.find('rivageHeatmapLabel')
    label.setCurrentIndex(label.findData('person'))
    known = set(QgsProject.instance().mapLayers())
    stage.click('rivageHeatmapAdd')
    yield stage.until(lambda: set(QgsProject.instance().mapLayers()) - known, 120)
    [made] = set(QgsProject.instance().mapLayers()) - known
    stage.find('RivageHeatmapWindow').close()
    yield stage.drawn()  # QGIS itself waits for PostgreSQL when layers change while they are being drawn
    canvas = iface.mapCanvas()
    canvas.setCachingEnabled(False)
    canvas.setLayers([QgsProject.instance().mapLayer(made)])
    yield stage.drawn()
    draws, done = [], []
    canvas.mapCanvasRefreshed.connect(lambda: done.append(time.perf_counter()))
    for turn in range(TIMES):
        stage.scene(f'draw {turn}')
        yield stage.pause(0.3)
        done.clear()
        began = time.perf_counter()
        canvas.setLayers([QgsProject.instance().mapLayer(made)])
        canvas.refreshAllLayers()
        yield stage.until(lambda: bool(done) and not canvas.isDrawing(), 60)
        draws.append((done[0] - began) * 1000)
    stage.tell('drawMs', draws)
    stage.shoot('crowd-heatmap')
