"""The heatmap window: what, when, how wide; and the heatmaps that came of it, kept up to date."""
from __future__ import annotations

from qgis.core import QgsApplication, QgsProject
from qgis.PyQt.QtCore import QObject
from qgis.PyQt.QtWidgets import QWidget

from ...core.catalogue import name_group
from ...core.heatmap import HeatmapWish, from_json, say_title
from ...core.problem import Problem
from ...core.words import say
from ...layers.access import Access, AskLogin, open_access
from ...layers.heatmap import fill_hexagons, make_heatmap, read_hexagons, read_wish
from ...layers.make import SERVICE_TAG, move_to_gui
from ...layers.task import WaitingTask, check_reading
from ...layers.tree import ensure_group, put_heatmap
from .window import HeatmapWindow


class Heatmaps(QObject):
    """One for the plugin: opens the window, makes heatmaps in tasks, and reads them anew after a run."""

    def __init__(self, bench, ask_login: AskLogin, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self._ask_login = ask_login
        self._tasks: list[WaitingTask] = []
        self._window: HeatmapWindow | None = None
        bench.run_ended.connect(self.refresh)
        bench.connected.connect(self._fill_empty)
        QgsProject.instance().readProject.connect(self._fill_empty)

    def open(self) -> None:
        """Shows the window; it does not stop QGIS."""
        if self._window is None:
            self._window = HeatmapWindow(self._parent_window())
            self._window.wished.connect(self.make)
        self._window.show_choice(self._bench)
        self._window.show()
        self._window.raise_()

    def close(self) -> None:
        """Closes the window and drops what is being made."""
        QgsProject.instance().readProject.disconnect(self._fill_empty)
        for task in self._tasks:
            task.cancel()
        if self._window is not None:
            self._window.close()
            self._window.deleteLater()

    def make(self, wish: HeatmapWish) -> None:
        """Adds a heatmap to the map."""
        open_access(self._bench, self._ask_login, lambda access: self._start(wish, access))

    def refresh(self, _run=None) -> None:
        """Reads every heatmap of this service anew."""
        for layer in self._layers():
            if layer.providerType() == 'memory':
                self._refill(layer)
            else:
                layer.reload()
                layer.triggerRepaint()

    def _fill_empty(self, *_document) -> None:
        """Hexagons are kept in memory: in a project that was just opened there are none."""
        if self._bench.health is not None:
            for layer in self._layers():
                if layer.providerType() == 'memory' and layer.featureCount() == 0:
                    self._refill(layer)

    def _layers(self) -> list:
        return [layer for layer in QgsProject.instance().mapLayers().values()
                if read_wish(layer) and layer.customProperty(SERVICE_TAG) == self._bench.service.address]

    def _start(self, wish: HeatmapWish, access: Access) -> None:
        def work(is_canceled, _on_progress):
            if wish.cell_m is None:
                check_reading(access)
            made = make_heatmap(wish, access, access.connect(is_canceled))
            move_to_gui(made)
            return made

        def put(made) -> None:
            project = QgsProject.instance()
            name = name_group([lake.name for lake in access.lakes])
            put_heatmap(project, ensure_group(project, access.address, name), made)
            self._bench.notices.inform(say('Added: {title}', 'Ajoutée : {title}').format(title=say_title(wish)))

        self._run(say_title(wish), work, put)

    def _refill(self, layer) -> None:
        try:
            wish = from_json(read_wish(layer))
        except (ValueError, TypeError):
            # written by another version of the plugin: it stays as it is
            return
        layer_id = layer.id()

        def fill(features) -> None:
            # the user may have removed it meanwhile
            there = QgsProject.instance().mapLayer(layer_id)
            if there is not None:
                fill_hexagons(there, features)
                there.triggerRepaint()

        open_access(self._bench, self._ask_login, lambda access: self._run(
            say_title(wish), lambda is_canceled, _progress: read_hexagons(wish, access.connect(is_canceled)), fill))

    def _run(self, title: str, work, on_result) -> None:
        """A task of QGIS's; the window shows that one is under way."""
        def end() -> None:
            self._tasks.remove(task)
            self._show_busy()

        def done(result) -> None:
            end()
            on_result(result)

        def fail(problem: Problem) -> None:
            end()
            self._bench.notices.tell(problem)

        task = WaitingTask(f'Rivage: {title}', work, done, fail)
        self._tasks.append(task)
        self._show_busy()
        QgsApplication.taskManager().addTask(task)

    def _show_busy(self) -> None:
        if self._window is not None:
            self._window.show_busy(bool(self._tasks))

    def _parent_window(self) -> QWidget | None:
        return self._bench.iface.mainWindow()
