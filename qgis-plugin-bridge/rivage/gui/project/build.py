"""A first map project: layers, relief, season and a page to print."""
from __future__ import annotations

from datetime import datetime
from typing import Any

from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsDataSourceUri,
    QgsDateTimeRange,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
    QgsUnitTypes,
)
from qgis.PyQt.QtCore import QDateTime, QObject, Qt

from ...core.catalogue import name_group
from ...core.places import Camera
from ...core.problem import Problem
from ...core.words import say
from ...layers.access import Access
from ...layers.adder import LayerAdder, set_map_crs
from ...layers.make import move_to_gui
from ...layers.task import WaitingTask
from .layout import add_layout, trim_legend

_LONGEST_SEASON_DAYS = 250


class ProjectBuilder(QObject):
    """Builds in QGIS's open project, after QGIS has asked about changes that were not saved."""

    def __init__(self, bench, adder: LayerAdder, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self._adder = adder
        self._access: Access | None = None
        self._task: WaitingTask | None = None
        adder.ended.connect(self._layers_ended)

    def build(self, access: Access) -> None:
        """A new project; ends with a notice that says how to keep it."""
        if self._access is not None or not self._bench.iface.newProject(True):
            return
        project = QgsProject.instance()
        set_map_crs(project)
        project.setTitle(name_group([lake.name for lake in access.lakes]))
        # views are opened without reading them through for their extent
        project.setTrustLayerMetadata(True)
        set_season(project, self._bench.cameras)
        self._access = access
        self._adder.add()

    def close(self) -> None:
        """Drops the relief that is being read."""
        if self._task is not None:
            self._task.cancel()

    def _layers_ended(self, done: bool) -> None:
        access, self._access = self._access, None
        if access is None or not done:
            return
        project = QgsProject.instance()
        files = {lake.id: project.createAttachedFile(f'relief-{lake.id}.tif') for lake in access.lakes}
        self._task = WaitingTask(
            say('Rivage: relief', 'Rivage : relief'),
            lambda is_canceled, _progress: make_reliefs(access, files, is_canceled),
            lambda reliefs: self._finish(project, files, reliefs), self._fail)
        QgsApplication.taskManager().addTask(self._task)

    def _fail(self, problem: Problem) -> None:
        """The project is good without its relief."""
        self._task = None
        self._bench.notices.tell(problem)
        self._finish(QgsProject.instance(), {}, {})

    def _finish(self, project: QgsProject, files: dict[str, str], reliefs: dict[str, QgsRasterLayer]) -> None:
        self._task = None
        for lake_id, file in files.items():
            if lake_id not in reliefs:
                project.removeAttachedFile(file)
        for relief in reliefs.values():
            project.addMapLayer(relief, False)
            project.layerTreeRoot().addLayer(relief).setExpanded(False)
        trim_legend(project, [relief.id() for relief in reliefs.values()])
        add_layout(project, self._bench.iface.mapCanvas().extent())
        project.setDirty(True)
        self._bench.notices.inform(say(
            'A new map project. Make it yours, then store it: Project… › Store this project for everybody.',
            'Un nouveau projet de carte. Adaptez-le, puis enregistrez-le : Projet… › Enregistrer ce projet pour tous.'))


def make_reliefs(access: Access, files: dict[str, str], is_canceled) -> dict[str, QgsRasterLayer]:
    """The shaded relief of each lake that has one, written into its file; in the GUI thread. Raises ServiceProblem."""
    service = access.connect(is_canceled)
    made = {}
    for lake in service.get('/api/lakes', lambda told: list(told['lakes'])):
        if lake['relief'] is None or lake['id'] not in files:
            continue
        _write_relief(files[lake['id']], service.get_bytes(lake['relief']['href']), lake['relief'])
        title = say('Relief – {lake}', 'Relief – {lake}').format(lake=lake['name'])
        relief = QgsRasterLayer(files[lake['id']], title, 'gdal')
        move_to_gui(relief)
        made[lake['id']] = relief
    return made


def _write_relief(file: str, png: bytes, relief: dict[str, Any]) -> None:
    """A picture whose edges are known becomes a GeoTIFF in EPSG:3857."""
    from osgeo import gdal

    transform = QgsCoordinateTransform(QgsCoordinateReferenceSystem('EPSG:4326'),
                                       QgsCoordinateReferenceSystem('EPSG:3857'), QgsCoordinateTransformContext())
    box = transform.transformBoundingBox(QgsRectangle(*relief['bbox']))
    memory = f'/vsimem/{id(png)}.png'
    gdal.FileFromMemBuffer(memory, png)
    try:
        gdal.Translate(file, memory, format='GTiff', outputSRS='EPSG:3857',
                       outputBounds=[box.xMinimum(), box.yMaximum(), box.xMaximum(), box.yMinimum()],
                       creationOptions=['COMPRESS=DEFLATE', 'PREDICTOR=2'])
    finally:
        gdal.Unlink(memory)


def set_season(project: QgsProject, cameras: list[Camera]) -> None:
    """The Temporal Controller goes over the latest season, a day a frame."""
    season = find_season(cameras)
    if season is None:
        return
    first, last = (QDateTime.fromString(instant.strftime('%Y-%m-%dT%H:%M:%SZ'), Qt.DateFormat.ISODate)
                   for instant in season)
    settings = project.timeSettings()
    settings.setTemporalRange(QgsDateTimeRange(first, last))
    settings.setTimeStepUnit(QgsUnitTypes.TemporalUnit.TemporalDays)
    settings.setTimeStep(1)


def find_season(cameras: list[Camera]) -> tuple[datetime, datetime] | None:
    """From the first photo to the last; of several years, the last one's part."""
    firsts = [camera.first for camera in cameras if camera.first is not None]
    lasts = [camera.last for camera in cameras if camera.last is not None]
    if not firsts or not lasts:
        return None
    first, last = min(firsts), max(lasts)
    if (last - first).days > _LONGEST_SEASON_DAYS:
        first = max(first, last.replace(month=1, day=1, hour=0, minute=0, second=0))
    return first, last


def find_secrets(project: QgsProject) -> list[str]:
    """Names of layers whose source holds a password."""
    return [layer.name() for layer in project.mapLayers().values()
            if QgsDataSourceUri(layer.source()).password() or 'password=' in layer.source().lower()]
