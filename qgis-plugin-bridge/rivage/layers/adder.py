"""Adds the service's layers to the map, and refreshes those that are there. Nothing here makes the window wait."""
from __future__ import annotations

from collections.abc import Callable

from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsProject,
    QgsRectangle,
)
from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal

from ..core.catalogue import PostgisSource, find_database, name_group, read_catalogue
from ..core.places import Lake
from ..core.problem import ServiceProblem
from ..core.words import say
from .login import Login, find_login, forget_login
from .task import LayersWish, LoginNeeded, MadeLayers, WaitingTask, make_layers
from .tree import ensure_group, find_group, find_layers, put_layer, replace_layer

MAP_CRS = 'EPSG:2154'


class LayerAdder(QObject):
    """
    One for the plugin. `add()` is the button; after a run ends it refreshes by itself.

    `ask_login(source, on_login)` asks a person for a login to a database and calls `on_login(Login)`.
    """

    progressed = pyqtSignal(float)
    """0–100 while layers are made."""
    ended = pyqtSignal(bool)
    """All is in the map (True), or it failed or was cancelled (False)."""

    def __init__(self, bench, ask_login: Callable[[PostgisSource, Callable[[Login], None]], None],
                 parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self._ask_login = ask_login
        self._task: WaitingTask | None = None
        self._quiet = False
        self._again = False
        bench.run_ended.connect(lambda _run: self.refresh())

    @property
    def busy(self) -> bool:
        """Whether layers are being made."""
        return self._task is not None

    def add(self) -> None:
        """Adds the layers that are not there, refreshes the others, and zooms to the chosen lake."""
        self._quiet = False
        self._start()

    def refresh(self) -> None:
        """Reads anew what the map shows; layers that had no feature before are added. Tells only failures."""
        if find_group(QgsProject.instance(), self._bench.service.address) is None:
            return
        if self.busy:
            self._again = True
            return
        self._quiet = True
        self._start()

    def cancel(self) -> None:
        """Stops; what has not reached the map is dropped."""
        if self._task is not None:
            self._task.cancel()

    def _start(self) -> None:
        if self.busy:
            return
        service = self._bench.service
        project = QgsProject.instance()
        present = find_layers(project, service.address)
        wish = LayersWish(service.address, service.authcfg, self._find_logins(), {
            layer_id: layer.source() for layer_id, layer in present.items() if layer.isValid()
        }, service.token)
        self._task = WaitingTask(
            say('Rivage: making layers', 'Rivage : préparation des couches'),
            lambda is_canceled, on_progress: make_layers(wish, is_canceled, on_progress),
            lambda made: self._put(project, wish, made), self._fail)
        self._task.progressChanged.connect(self.progressed)
        QgsApplication.taskManager().addTask(self._task)

    def _find_logins(self) -> dict[str, Login]:
        """The login of the database that the catalogue names."""
        source = find_database(read_catalogue({'layers': self._bench.catalogue}))
        login = None if source is None else find_login(source)
        return {} if login is None else {source.place: login}

    def _fail(self, failure: Exception) -> None:
        self._task = None
        if isinstance(failure, LoginNeeded):
            self._ask_login(failure.source, lambda _login: self._start())
            return
        problem = failure.problem
        if problem.code in ('database-refused', 'database-not-readable'):
            # asked anew by the next click
            forget_login(find_database(read_catalogue({'layers': self._bench.catalogue})))
        self._bench.notices.tell(problem)
        self.ended.emit(False)

    def _put(self, project: QgsProject, wish: LayersWish, result: MadeLayers) -> None:
        """Puts layers into the map one at a time, so that the window answers in between."""
        if not self._quiet and not project.mapLayers():
            project.setCrs(QgsCoordinateReferenceSystem(MAP_CRS))
        name = name_group([lake.name for lake in result.lakes])
        left = list(result.made)

        def put_next() -> None:
            if left and project is QgsProject.instance():
                layer, made = left.pop(0)
                old = find_layers(project, wish.address).get(layer.id)
                if old is not None:
                    replace_layer(project, old, made)
                else:
                    put_layer(project, ensure_group(project, wish.address, name), layer, made)
                QTimer.singleShot(0, put_next)
                return
            self._finish(project, wish, result)

        put_next()

    def _finish(self, project: QgsProject, wish: LayersWish, result: MadeLayers) -> None:
        self._task = None
        present = find_layers(project, wish.address)
        for layer in result.kept:
            if layer.id in present:
                present[layer.id].reload()
                present[layer.id].triggerRepaint()
        for problem in result.problems:
            self._bench.notices.tell(problem)
        if not self._quiet:
            self._zoom(result.lakes)
            self._bench.notices.inform(say_added(result))
        self.ended.emit(True)
        if self._again:
            self._again = False
            self.refresh()

    def _zoom(self, lakes: list[Lake]) -> None:
        chosen = [lake for lake in lakes if lake.id == self._bench.lake_id] or lakes
        if chosen:
            zoom_to(self._bench.iface.mapCanvas(), chosen)


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
        # a map in a CRS that does not reach there: it stays where it is
        return
    extent.scale(1.1)
    canvas.setExtent(extent)
    canvas.refresh()


def say_added(result: MadeLayers) -> str:
    """What was added, what was there, and what waits for its first feature."""
    parts = [say('{n} layers added', '{n} couches ajoutées').format(n=len(result.made))]
    if result.kept:
        parts.append(say('{n} refreshed', '{n} actualisées').format(n=len(result.kept)))
    if result.empty:
        parts.append(say('nothing in yet, added when there is: {names}',
                         'encore vides, ajoutées dès qu’elles se remplissent : {names}').format(
            names=', '.join(layer.title for layer in result.empty)))
    return ' ; '.join(parts) + '.'
