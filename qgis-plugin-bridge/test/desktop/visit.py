"""A GIS officer's first visit: connect, process, look at the map, make a heatmap, calibrate, send a zone back."""
from __future__ import annotations

import csv
import json
import os
from pathlib import Path

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsDateTimeRange,
    QgsGeometry,
    QgsInterval,
    QgsPointXY,
    QgsProject,
    QgsTemporalNavigationObject,
    QgsVectorLayer,
)
from qgis.utils import iface, plugins
from rivage.core.gcps import COLUMNS

URL = os.environ['RIVAGE_URL']
WORKSPACE = Path(os.environ.get('RIVAGE_WORKSPACE', ''))
LOGIN = os.environ.get('RIVAGE_LOGIN', '')
CAMERA = 'east'


def play(stage):
    """Every scene in its order."""
    yield from connect(stage)
    yield from process(stage)
    yield from add_layers(stage)
    yield from scrub(stage)
    yield from heatmap(stage)
    yield from edit_zones(stage)
    yield from calibrate(stage)


def connect(stage):
    """The address is typed in, and the dock shows what there is."""
    stage.scene('connect')
    dock = stage.find('RivageDock')
    dock.show()
    stage.find('rivageAddress').setText(URL)
    stage.click('rivageConnect')
    bench = plugins['rivage'].bench
    yield stage.until(lambda: bench.health is not None and bool(bench.cameras))
    yield stage.pause(1)
    stage.tell('state', stage.find('rivageState').text())
    stage.tell('cameras', [camera.id for camera in bench.cameras])
    stage.shoot('1-connected')


def process(stage):
    """Process is pressed; progress is shown until the run has ended."""
    stage.scene('process')
    bench = plugins['rivage'].bench
    ended, texts = [], set()
    bench.run_ended.connect(ended.append)
    stage.click('rivageProcess')
    progress = stage.find('rivageProgressText')
    shot = []

    def is_over() -> bool:
        texts.add(progress.text())
        if stage.find('rivageProgress').value() > 2 and not shot:
            shot.append(stage.shoot('2-processing'))
        return bool(ended)

    yield stage.until(is_over, 180)
    stage.tell('run', {'state': ended[0].state, 'done': ended[0].done, 'total': ended[0].total})
    stage.tell('progressTexts', sorted(texts))
    yield stage.pause(1)


def add_layers(stage):
    """All layers come as one group; what they are is told."""
    stage.scene('add layers')
    stage.click('rivageAddLayers')
    if LOGIN:
        yield stage.until(lambda: stage.sees('RivageLogin'))
        stage.shoot('3-login', stage.find('RivageLogin'))
        stage.find('rivageDatabaseUser').setText(LOGIN)
        stage.find('RivageLogin').accept()
    yield stage.until(lambda: stage.heard('add layers') or stage.heard('map'), 60)
    stage.scene('map')
    yield stage.drawn()
    yield stage.pause(1)
    stage.shoot('3-layers')
    stage.scene('count')
    stage.tell('layers', [describe(layer) for layer in rivage_layers()])
    stage.tell('mapCrs', QgsProject.instance().crs().authid())


def rivage_layers() -> list[QgsVectorLayer]:
    """Layers of the service, from the top of the tree down."""
    order = QgsProject.instance().layerTreeRoot().layerOrder()
    return [layer for layer in order if layer.customProperty('rivage/layer')]


def describe(layer: QgsVectorLayer) -> dict:
    """What a person sees of a layer without clicking."""
    renderer, temporal = layer.renderer(), layer.temporalProperties()
    return {
        'id': layer.customProperty('rivage/layer'),
        'name': layer.name(),
        'provider': layer.providerType(),
        'valid': layer.isValid(),
        'features': sum(1 for _ in layer.getFeatures()),
        'renderer': renderer.type(),
        'legend': [item.label() for item in renderer.legendSymbolItems()],
        'temporal': temporal.isActive(),
        'mapTip': bool(layer.mapTipTemplate()),
        'aliases': [layer.attributeDisplayName(index) for index in range(layer.fields().count())],
    }


def scrub(stage):
    """The Temporal Controller goes through the season's nights; the map shows only what was there."""
    stage.scene('scrub')
    layer = next(one for one in rivage_layers() if one.customProperty('rivage/layer') == 'sighting_map')
    times = sorted(feature['taken_at'] for feature in layer.getFeatures())
    navigator = iface.mapCanvas().temporalController()
    navigator.setNavigationMode(QgsTemporalNavigationObject.NavigationMode.Animated)
    navigator.setTemporalExtents(QgsDateTimeRange(times[0], times[-1]))
    navigator.setFrameDuration(QgsInterval(6 * 3600))
    counts = []
    for frame in (0, 1, 2):
        navigator.setCurrentFrameNumber(frame)
        yield stage.drawn()
        shown = iface.mapCanvas().temporalRange()
        counts.append({
            'from': shown.begin().toUTC().toString('yyyy-MM-ddTHH:mm:ssZ'),
            'to': shown.end().toUTC().toString('yyyy-MM-ddTHH:mm:ssZ'),
            'features': sum(1 for time in times if shown.contains(time)),
        })
    stage.tell('frames', counts)
    stage.shoot('4-time')
    navigator.setNavigationMode(QgsTemporalNavigationObject.NavigationMode.NavigationOff)
    yield stage.drawn()


def heatmap(stage):
    """Tent-nights as a smooth heatmap and as hexagons."""
    stage.scene('heatmap')
    stage.click('rivageHeatmap')
    yield stage.until(lambda: stage.sees('RivageHeatmapWindow'))
    stage.shoot('5-heatmap-window', stage.find('RivageHeatmapWindow'))
    for way in ('rivageHeatmapByRadius', 'rivageHeatmapByCell'):
        known = set(QgsProject.instance().mapLayers())
        stage.find(way).setChecked(True)
        stage.click('rivageHeatmapAdd')
        yield stage.until(lambda seen=known: set(QgsProject.instance().mapLayers()) - seen, 60)
        [made] = set(QgsProject.instance().mapLayers()) - known
        layer = QgsProject.instance().mapLayer(made)
        stage.tell(way, {'name': layer.name(), 'renderer': layer.renderer().type(), 'legend': legend(layer)})
    stage.find('RivageHeatmapWindow').close()
    stage.scene('heatmap drawn')
    yield stage.drawn()
    stage.shoot('5-heatmap')


def legend(layer) -> list[str]:
    """What the layer tree says below a layer's name."""
    model = iface.layerTreeView().layerTreeModel()
    node = QgsProject.instance().layerTreeRoot().findLayer(layer.id())
    return [str(part.data(0) or '') for part in model.layerLegendNodes(node)]


def edit_zones(stage):
    """A zone is moved a little and sent; then one that crosses itself is refused before it is sent."""
    stage.scene('zones')
    stage.click('rivageZones')
    yield stage.until(lambda: stage.sees('RivageZones'), 20)
    editor = next(part for part in plugins['rivage'].parts if hasattr(part, 'zones_layer'))
    yield stage.until(lambda: editor.zones_layer() is not None and editor.zones_layer().featureCount() > 0)
    yield stage.pause(1)
    layer = editor.zones_layer()
    layer.startEditing()
    feature = next(layer.getFeatures())
    shape = feature.geometry()
    ring = shape.asPolygon()[0]
    bow = QgsGeometry.fromPolygonXY([[ring[0], ring[2 * len(ring) // 3], ring[len(ring) // 3], ring[-2], ring[0]]])
    layer.changeGeometry(feature.id(), bow)
    stage.click('rivageSendZones')
    yield stage.until(lambda: stage.heard('zones'), 20)
    stage.shoot('6-zone-refused')
    stage.scene('zones sent')
    shape.translate(1e-5, 0)
    layer.changeGeometry(feature.id(), shape)
    stage.click('rivageSendZones')
    yield stage.until(lambda: stage.heard('zones sent'), 30)
    yield stage.pause(1)


def calibrate(stage):
    """Points are clicked in the photo and on the map, as in the camera's own list; the pose that comes is told."""
    stage.scene('calibrate')
    stage.click('rivageCalibrate')
    yield stage.until(lambda: stage.sees('RivageCalibrate'))
    camera = json.loads((WORKSPACE / f'cameras/{CAMERA}.json').read_text())
    stage.scene('calibrate: photo')
    combo = stage.find('rivageCalibrateCamera')
    combo.setCurrentIndex(combo.findData(CAMERA))
    photo = stage.find('rivagePhoto')
    yield stage.until(lambda: photo.frame_px is not None, 60)
    yield stage.pause(1)
    stage.scene('click points')
    window = stage.find('RivageCalibrate')
    solved = []
    window.live.solved.connect(solved.append)
    with (WORKSPACE / camera['gcps']['file']).open(encoding='utf8') as file:
        points = list(csv.DictReader(file))
    for number, point in enumerate(points, start=1):
        yield from click_point(stage, photo, point, camera['gcps']['epsg'])
        yield stage.until(lambda n=number: window.model.rowCount() == n, 20)
        # surveyed on the rocks, which stand above the terrain model
        row = window.model.index(number - 1, COLUMNS.index('z'))
        window.model.setData(row, point['z'])
    yield stage.until(lambda: bool(solved) and len(solved[-1].points) == len(points), 30)
    yield stage.pause(1)
    stage.tell('solved', {'pose': solved[-1].pose, 'focalPx': solved[-1].focal_px, 'rmsePx': solved[-1].rmse_px})
    photo.zoom_to_photo()
    yield stage.pause(1)
    stage.shoot('7-calibrate')
    stage.scene('save')
    stage.click('rivageSaveCalibration')
    yield stage.until(lambda: stage.sees('rivageConfirmSave'))
    stage.shoot('7-confirm', stage.find('rivageConfirmSave'))
    stage.click('rivageConfirmSaveYes')
    yield stage.until(lambda: stage.heard('save'), 30)
    stage.shoot('8-saved')


def click_point(stage, photo, point, epsg):
    """One point: in the photo, then on the map, each brought into view and close enough first."""
    u, v = float(point['u']), float(point['v'])
    photo.zoom_to_photo()
    photo.look_at(u, v)
    photo.zoomByFactor(0.1)
    yield stage.pause(0.3)
    at = photo.getCoordinateTransform().transform(QgsPointXY(u, -v))
    stage.click_at(photo.viewport(), at.x(), at.y())
    yield stage.pause(0.2)
    canvas = iface.mapCanvas()
    transform = QgsCoordinateTransform(QgsCoordinateReferenceSystem(f'EPSG:{epsg}'),
                                       canvas.mapSettings().destinationCrs(), QgsProject.instance())
    place = transform.transform(QgsPointXY(float(point['x']), float(point['y'])))
    canvas.setCenter(place)
    canvas.zoomScale(100)
    yield stage.pause(0.3)
    on_map = canvas.getCoordinateTransform().transform(place)
    stage.click_at(canvas.viewport(), on_map.x(), on_map.y())
    yield stage.pause(0.2)
