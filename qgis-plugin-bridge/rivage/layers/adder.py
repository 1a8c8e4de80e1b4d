"""Adds the service's layers to the map, and refreshes those that are there. Nothing here makes the window wait."""
from __future__ import annotations

from typing import Iterator

from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsProject,
    QgsRectangle,
)
from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal

from ..core.catalogue import CatalogueLayer, find_database, name_group
from ..core.places import Lake
from ..core.problem import Problem
from ..core.words import say
from .access import Access, AskLogin, open_access
from .login import forget_login
from .task import MadeLayers, WaitingTask, canceled, make_layers
from .tree import ensure_group, find_group, find_layers, put_layer, replace_layer

_MAP_CRS = 'EPSG:2154'
_BREATH_MS = 20
"""Between two layers: what QGIS does by itself about the one (legend, CRS, drawing) is over before the next."""


class LayerAdder(QObject):
    """One for the plugin. `add()` is the button; after a run ends it refreshes by itself."""

    progressed = pyqtSignal(float)
    """0–100 while layers are made."""
    ended = pyqtSignal(bool)
    """All is in the map (True), or it failed or was cancelled (False)."""

    def __init__(self, bench, ask_login: AskLogin, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self._ask_login = ask_login
        self._task: WaitingTask | None = None
        self._busy = False
        self._stopped = False
        self._quiet = False
        self._again = False
        bench.run_ended.connect(self.refresh)

    @property
    def busy(self) -> bool:
        """Whether layers are being made."""
        return self._busy

    def add(self) -> None:
        """Adds the layers that are not there, refreshes the others, and zooms to the chosen lake."""
        if not self.busy:
            self._quiet = False
            open_access(self._bench, self._ask_login, self._start)

    def refresh(self, _run=None) -> None:
        """Reads anew what the map shows; layers that had no feature before are added. Tells only failures."""
        if find_group(QgsProject.instance(), self._bench.service.address) is None:
            return
        if self.busy:
            self._again = True
            return
        self._quiet = True
        open_access(self._bench, self._ask_login, self._start)

    def close(self) -> None:
        """Stops; what has not reached the map is dropped."""
        self._stopped = True
        if self._task is not None:
            self._task.cancel()

    def _start(self, access: Access) -> None:
        if self.busy:
            return
        self._busy, self._stopped = True, False
        project = QgsProject.instance()
        present = {layer_id: layer.source() for layer_id, layer in find_layers(project, access.address).items()
                   if layer.isValid()}
        self._task = WaitingTask(
            say('Rivage: making layers', 'Rivage : préparation des couches'),
            lambda is_canceled, on_progress: make_layers(access, present, is_canceled, on_progress),
            lambda made: self._put(project, access, made), lambda problem: self._fail(access, problem))
        self._task.progressChanged.connect(self.progressed)
        QgsApplication.taskManager().addTask(self._task)

    def _fail(self, access: Access, problem: Problem) -> None:
        self._task, self._busy = None, False
        if problem.code in ('database-refused', 'database-not-readable'):
            # asked anew by the next click
            forget_login(find_database(access.catalogue))
        self._bench.notices.tell(problem)
        self.ended.emit(False)

    def _put(self, project: QgsProject, access: Access, result: MadeLayers) -> None:
        """Puts layers into the map a step at a time, so that the window answers in between."""
        # QGIS deletes a task that has ended
        self._task = None
        steps = self._put_each(project, access, result)

        def step() -> None:
            if next(steps, None) is None:
                self._end_put(project, access, result)
            else:
                QTimer.singleShot(_BREATH_MS, step)

        QTimer.singleShot(_BREATH_MS, step)

    def _put_each(self, project: QgsProject, access: Access, result: MadeLayers) -> Iterator[CatalogueLayer]:
        """Layer by layer, with a pause at each yield."""
        wants_crs = not project.mapLayers()
        name = name_group([lake.name for lake in access.lakes])
        for layer, made in result.made:
            if self._stopped:
                return
            old = find_layers(project, access.address).get(layer.id)
            if old is not None:
                replace_layer(project, old, made)
            else:
                made_id = project.addMapLayer(made, False).id()
                yield layer
                if project.mapLayer(made_id) is None:
                    # the project was closed meanwhile
                    return
                put_layer(ensure_group(project, access.address, name), layer, made)
            yield layer
            if wants_crs:
                # not before: QGIS gives an empty project the CRS of its first layer
                set_map_crs(project)
                wants_crs = False
                yield layer

    def _end_put(self, project: QgsProject, access: Access, result: MadeLayers) -> None:
        if self._stopped:
            self._fail(access, canceled())
        else:
            self._finish(project, access, result)

    def _finish(self, project: QgsProject, access: Access, result: MadeLayers) -> None:
        self._busy = False
        present = find_layers(project, access.address)
        for layer in result.kept:
            if layer.id in present:
                present[layer.id].reload()
                present[layer.id].triggerRepaint()
        for problem in result.problems:
            self._bench.notices.tell(problem)
        if not self._quiet:
            chosen = [lake for lake in access.lakes if lake.id == self._bench.lake_id]
            zoom_to(self._bench.iface.mapCanvas(), chosen or access.lakes)
            self._bench.notices.inform(say_added(result))
        self.ended.emit(True)
        if self._again:
            self._again = False
            self.refresh()


def set_map_crs(project: QgsProject) -> None:
    """Gives a project a CRS in metres."""
    project.setCrs(QgsCoordinateReferenceSystem(_MAP_CRS))


def zoom_to(canvas, lakes: list[Lake]) -> None:
    """Shows lakes with what lies around them, in the CRS of the map."""
    extent = QgsRectangle()
    for lake in lakes:
        extent.combineExtentWith(QgsRectangle(*lake.bbox))
    transform = QgsCoordinateTransform(QgsCoordinateReferenceSystem('EPSG:4326'),
                                       canvas.mapSettings().destinationCrs(), QgsProject.instance())
    try:
        extent = transform.transformBoundingBox(extent)
    except QgsCsException:
        # a map in a CRS that does not reach there stays where it is
        return
    extent.scale(1.1)
    canvas.setExtent(extent)
    canvas.refresh()


def say_added(result: MadeLayers) -> str:
    """What was added, what was there, and what waits for its first feature."""
    parts = [say('Layers added: {n}', 'Couches ajoutées : {n}').format(n=len(result.made))]
    if result.kept:
        parts.append(say('refreshed: {n}', 'actualisées : {n}').format(n=len(result.kept)))
    if result.empty:
        parts.append(say('still empty, added as soon as they hold something: {names}',
                         'encore vides, ajoutées dès qu’elles se remplissent : {names}').format(
            names=', '.join(layer.title for layer in result.empty)))
    return ' · '.join(parts) + '.'
