"""The part behind the Zones button: zones and shoreline of a lake as layers to draw in, and sending them back."""
from __future__ import annotations

from typing import Any, Callable
from urllib.parse import quote

from qgis.core import QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import Qt, QTimer

from ...core.problem import Problem
from ...core.words import say
from ...core.zones import (
    DrawnZone, ReadShoreline, ReadZones, is_same, read_shoreline, read_zones, to_body, to_polygon,
)
from ...layers.tree import find_layers
from ...service.http import Call
from ..bench import Bench
from .check import Fault, FaultMarker, find_fault
from .layers import make_shoreline_layer, make_zones_layer, name_of, read_zones_layer, rings_of
from .panel import ZonesPanel, ask_to_discard


class ZoneEditor:
    """One lake at a time. `close()` takes panel and marker away; working layers with changes stay in the project."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench
        self.marker = FaultMarker(bench.iface.mapCanvas())
        self._calls: list[Call] = []
        self._lake_id = ''
        self._lake_name = ''
        self._zones_id = ''
        self._shoreline_id = ''
        self._read: ReadZones | None = None
        self._shoreline_read: ReadShoreline | None = None
        self._address = ''
        self.panel: ZonesPanel | None = None
        bench.connected.connect(self._come_back)
        bench.disconnected.connect(self._free)

    def open(self) -> None:
        """Reads the zones of the lake chosen in the dock into working layers, or shows those that there are."""
        lake = self._bench.lake()
        if self._bench.health is None or lake is None:
            self._tell('zones-no-lake', say('There is no lake to draw in: connect to a service and choose one.',
                                            'Aucun lac à dessiner : connectez-vous à un service et choisissez-en un.'))
            return
        if any(call.is_open() for call in self._calls):
            return
        if self.is_changed():
            self._show_panel()
            if lake.id != self._lake_id:
                self._tell('zones-unsent', say('Send or discard what you drew at {name} first.',
                                               'Envoyez ou abandonnez d’abord ce que vous avez dessiné à {name}.'
                                               ).format(name=self._lake_name))
            return
        self._drop_layers()
        self._lake_id, self._lake_name, self._address = lake.id, lake.name, self._bench.service.address
        self._read_all()

    def close(self) -> None:
        """Ends its calls; working layers that hold changes stay."""
        for call in self._calls:
            call.cancel()
        self._calls.clear()
        self.marker.clear()
        if not self.is_changed():
            self._drop_layers()
        self._drop_panel()

    def _come_back(self) -> None:
        """Another service was connected: what was drawn for the earlier one stays, but is not sent to this one."""
        if self._bench.service.address != self._address and self.panel is not None:
            self._set_aside()
            self.close()

    def _free(self, _problem: Problem) -> None:
        """Requests that were dropped get no answer: nothing is under way any more."""
        if self.panel is not None and not any(call.is_open() for call in self._calls):
            self.panel.set_busy(False)

    def _set_aside(self) -> None:
        """Working layers with changes get another name and are nobody's from now on; those without go."""
        for layer, changed in ((self.zones_layer(), self._are_zones_changed()),
                               (self.shoreline_layer(), self._is_shoreline_changed())):
            if layer is not None and changed:
                layer.setName(say('{name}, yours, not sent', '{name}, à vous, non envoyée').format(name=layer.name()))
            else:
                remove(layer)
        self._zones_id = self._shoreline_id = ''

    def zones_layer(self) -> QgsVectorLayer | None:
        """The working layer of the zones; None: there is none, or the user removed it."""
        return QgsProject.instance().mapLayer(self._zones_id)

    def shoreline_layer(self) -> QgsVectorLayer | None:
        """The working layer of the shoreline."""
        return QgsProject.instance().mapLayer(self._shoreline_id)

    def _read_all(self) -> None:
        path = f'/api/lakes/{quote(self._lake_id)}/zones'
        self._ask(lambda take, fail: self._bench.service.get(path, take, fail, read_zones), self._take_zones)

    def _take_zones(self, read: ReadZones) -> None:
        self._read = read
        path = f'/api/lakes/{quote(self._lake_id)}/shoreline'
        self._ask(lambda take, fail: self._bench.service.get(path, take, fail, read_shoreline), self._take_shoreline)

    def _take_shoreline(self, read: ReadShoreline) -> None:
        self._shoreline_read = read
        shoreline = make_shoreline_layer(say('Shoreline of {name} (to draw)', 'Rive de {name} (à dessiner)').format(
            name=self._lake_name), read.rings)
        zones = make_zones_layer(say('Zones of {name} (to draw)', 'Zones de {name} (à dessiner)').format(
            name=self._lake_name), self._read.zones)
        project = QgsProject.instance()
        for layer in (shoreline, zones):
            project.addMapLayer(layer, False)
            project.layerTreeRoot().insertLayer(0, layer)
            layer.startEditing()
        self._shoreline_id, self._zones_id = shoreline.id(), zones.id()
        self._bench.iface.setActiveLayer(zones)
        self._show_panel()
        canvas = self._bench.iface.mapCanvas()
        box = canvas.mapSettings().layerExtentToOutputExtent(shoreline, shoreline.extent())
        box.scale(1.3)
        canvas.setExtent(box)
        canvas.refresh()

    def send_zones(self) -> None:
        """Checks what is drawn, sends it, and shows what the service made of it."""
        layer = self.zones_layer()
        if layer is None:
            self._tell_gone()
            return
        self.marker.clear()
        drawn = read_zones_layer(layer)
        for feature, zone in drawn:
            fault = find_fault(feature, name_of(feature))
            if fault is None and not zone.kind:
                fault = Fault(feature.id(), say('{name} has no kind: choose one in its form.',
                                                '{name} n’a pas de type : choisissez-le dans son formulaire.'
                                                ).format(name=name_of(feature)), None)
            if fault is not None:
                self._show_fault(layer, fault)
                return
        if not self._are_zones_changed():
            self._bench.notices.inform(say('The zones are as they were.', 'Les zones sont comme avant.'))
            return
        body = to_body([zone for _, zone in drawn], self._read.version)
        path = f'/api/lakes/{quote(self._lake_id)}/zones'
        self._send(path, body, self._take_stored)

    def send_shoreline(self) -> None:
        """Checks the shoreline, and sends it."""
        layer = self.shoreline_layer()
        features = list(layer.getFeatures()) if layer is not None else []
        if layer is None:
            self._tell_gone()
            return
        self.marker.clear()
        if len(features) != 1:
            self._tell('shoreline-not-one', say(
                'A lake has one shoreline, but {n} outlines are drawn: leave one of them.',
                'Un lac a une seule rive, mais {n} contours sont dessinés : n’en laissez qu’un.').format(
                    n=len(features)))
            return
        fault = find_fault(features[0], say('The shoreline', 'La rive'))
        if fault is not None:
            self._show_fault(layer, fault)
            return
        if not self._is_shoreline_changed():
            self._bench.notices.inform(say('The shoreline is as it was.', 'La rive est comme avant.'))
            return
        path = f'/api/lakes/{quote(self._lake_id)}/shoreline'
        body = {**to_polygon(rings_of(features[0].geometry())), 'version': self._shoreline_read.version}
        self._send(path, body, self._take_shoreline_stored)

    def read_again(self) -> None:
        """Reads what the service has now; what was drawn stays beside it, under another name."""
        self._set_aside()
        self._read_all()

    def discard(self) -> None:
        """Takes the working layers away, after a question where they hold changes."""
        if self.is_changed():
            ask_to_discard(self.panel, self._leave)
        else:
            self._leave()

    def _leave(self) -> None:
        self._drop_layers()
        self._drop_panel()

    def _send(self, path: str, body: Any, take: Callable[[Any], None]) -> None:
        self.panel.set_busy(True)
        self._ask(lambda done, fail: self._bench.service.send('PUT', path, body, done, fail), take)

    def _take_stored(self, told: dict[str, Any]) -> None:
        self._bench.notices.inform(say(
            '{n} zones of {name} are stored; {moved} sightings lie in other zones than before.',
            '{n} zones de {name} enregistrées ; {moved} observations sont dans d’autres zones qu’avant.').format(
                n=told['zones'], name=self._lake_name, moved=told['moved']))
        remove(self.zones_layer())
        self._zones_id = ''
        self._sent()

    def _take_shoreline_stored(self, told: dict[str, Any]) -> None:
        self._bench.notices.inform(' '.join(part for part in (say(
            'The shoreline of {name} is stored.', 'La rive de {name} est enregistrée.').format(name=self._lake_name),
            told['advice']) if part))
        remove(self.shoreline_layer())
        self._shoreline_id = ''
        self._sent()

    def _sent(self) -> None:
        self.panel.set_busy(False)
        for layer in find_layers(QgsProject.instance(), self._bench.service.address).values():
            layer.reload()
            layer.triggerRepaint()
        if not self.is_changed():
            # in a turn of its own, so that the window answers in between
            QTimer.singleShot(0, self._leave)

    def _ask(self, start: Callable[[Callable[[Any], None], Callable[[Problem], None]], Call],
             take: Callable[[Any], None]) -> None:
        self._calls = [call for call in self._calls if call.is_open()]
        self._calls.append(start(take, self._fail))

    def _fail(self, problem: Problem) -> None:
        if self.panel is not None:
            self.panel.set_busy(False)
        self._bench.notices.tell(problem)

    def _show_fault(self, layer: QgsVectorLayer, fault: Fault) -> None:
        self.marker.show(layer, fault)
        self._tell('outline-invalid', fault.sentence)

    def is_changed(self) -> bool:
        """Whether anything is drawn that the service does not have."""
        return self._are_zones_changed() or self._is_shoreline_changed()

    def _are_zones_changed(self) -> bool:
        layer = self.zones_layer()
        if layer is None or self._read is None:
            return False
        drawn = [zone for _, zone in read_zones_layer(layer)]
        return None in drawn or not is_same([zone for zone in drawn if isinstance(zone, DrawnZone)], self._read.zones)

    def _is_shoreline_changed(self) -> bool:
        layer = self.shoreline_layer()
        if layer is None or self._shoreline_read is None:
            return False
        return [rings_of(each.geometry()) for each in layer.getFeatures()] != [self._shoreline_read.rings]

    def _show_panel(self) -> None:
        self._drop_panel()
        self.panel = ZonesPanel(self._lake_name)
        self.panel.send_zones.clicked.connect(self.send_zones)
        self.panel.send_shoreline.clicked.connect(self.send_shoreline)
        self.panel.read_again.clicked.connect(self.read_again)
        self.panel.discard.clicked.connect(self.discard)
        self.panel.closed.connect(self.close)
        self._bench.iface.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, self.panel)
        self.panel.show()

    def _drop_panel(self) -> None:
        if self.panel is not None:
            self._bench.iface.removeDockWidget(self.panel)
            self.panel.hide()
            self.panel.deleteLater()
            self.panel = None

    def _drop_layers(self) -> None:
        self.marker.clear()
        for layer in (self.zones_layer(), self.shoreline_layer()):
            remove(layer)
        self._zones_id = self._shoreline_id = ''

    def _tell_gone(self) -> None:
        self._tell('working-layer-gone', say(
            'The working layer was removed from the project: read the zones again.',
            'La couche de travail a été retirée du projet : relisez les zones.'))

    def _tell(self, code: str, sentence: str) -> None:
        self._bench.notices.tell(Problem(code, sentence))


def remove(layer: QgsVectorLayer | None) -> None:
    """Takes a working layer out of the project with its edits."""
    if layer is not None:
        if layer.isEditable():
            layer.rollBack()
        QgsProject.instance().removeMapLayer(layer.id())
