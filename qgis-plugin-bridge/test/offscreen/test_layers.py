"""Layers of a real service in a real QGIS: to be run on PostGIS, and on the embedded database."""
from __future__ import annotations

import time
import unittest

from proxy import Proxy
from real_service import RIVAGE_URL, Desk, Heartbeat, ask, needs_service, shoot, wait_for

from qgis.core import (
    QgsCoordinateReferenceSystem, QgsCoordinateTransform, QgsExpressionContextUtils, QgsProject, QgsRectangle,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtWidgets import QLineEdit
from rivage.core.catalogue import PostgisSource, find_database, read_catalogue
from rivage.core.words import set_language
from rivage.layers.adder import LayerAdder
from rivage.layers.login import authcfg_of, find_login, forget_login, write_login
from rivage.layers.login_window import LoginWindow
from rivage.layers.tree import find_group, find_layers


@needs_service
class AddingLayers(unittest.TestCase):
    """One window and one service for all tests: QGIS starts once."""

    @classmethod
    def setUpClass(cls) -> None:
        set_language('en')
        cls.desk = Desk()
        cls.window, cls.bench = cls.desk.window, cls.desk.bench

    def setUp(self) -> None:
        QgsProject.instance().clear()
        self.desk.clear_told()
        self.adder = LayerAdder(self.bench, self.desk.ask_login)
        self.ended: list[bool] = []
        self.adder.ended.connect(self.ended.append)

    def _add(self) -> None:
        self.ended.clear()
        self.adder.add()
        wait_for(lambda: self.ended)

    def test_layers_come_as_a_group_in_the_catalogues_order(self) -> None:
        self._add()
        self.assertEqual([True], self.ended, self.window.told)
        group = find_group(QgsProject.instance(), RIVAGE_URL)
        self.assertEqual(f'Rivage – {self.bench.lakes[0].name}', group.name())
        present = find_layers(QgsProject.instance(), RIVAGE_URL)
        catalogue = ask('/api/layers')['layers']
        shown = [node.layer().customProperty('rivage/layer') for node in group.findLayers()]
        self.assertEqual([layer['id'] for layer in catalogue if layer['id'] in present], shown)
        self.assertIn('sighting_map', shown)
        titles = {layer['group']['title'] for layer in catalogue if layer['id'] in present}
        self.assertEqual(titles, {child.name() for child in group.children()})
        self.assertEqual('EPSG:2154', QgsProject.instance().crs().authid())

    def test_each_layer_holds_as_many_features_as_the_service_says(self) -> None:
        self._add()
        for layer_id, layer in find_layers(QgsProject.instance(), RIVAGE_URL).items():
            told = ask(f'/ogc/collections/{layer_id}/items?limit=1')['numberMatched']
            self.assertEqual(told, sum(1 for _ in layer.getFeatures()), layer_id)

    def test_adding_twice_refreshes_and_doubles_nothing(self) -> None:
        self._add()
        before = {layer_id: layer.id() for layer_id, layer in
                  find_layers(QgsProject.instance(), RIVAGE_URL).items()}
        self._add()
        after = {layer_id: layer.id() for layer_id, layer in find_layers(QgsProject.instance(), RIVAGE_URL).items()}
        self.assertEqual(before, after)
        self.assertEqual(len(before), len(QgsProject.instance().mapLayers()))
        self.assertIn('Layers added: 0', self.window.told[-1])

    def test_a_run_that_ends_refreshes_the_layers_and_says_nothing(self) -> None:
        self._add()
        before = set(QgsProject.instance().mapLayers())
        repainted: list[str] = []
        for layer in QgsProject.instance().mapLayers().values():
            layer.repaintRequested.connect(lambda *_args, name=layer.name(): repainted.append(name))
        self.ended.clear()
        self.desk.clear_told()
        self.bench.run_ended.emit(None)
        wait_for(lambda: self.ended)
        self.assertEqual(before, set(QgsProject.instance().mapLayers()))
        self.assertEqual(len(before), len(set(repainted)))
        self.assertEqual([], self.desk.told)

    def test_a_run_that_ends_adds_no_layers_that_nobody_asked_for(self) -> None:
        self.bench.run_ended.emit(None)
        self.assertFalse(self.adder.busy)
        self.assertEqual({}, QgsProject.instance().mapLayers())

    def test_the_login_window_keeps_what_is_typed_in_qgiss_own_store(self) -> None:
        source = PostgisSource('db', 5432, 'lakes', 'rivage_reader', 'rivage', 'lake_map')
        logins: list = []
        window = LoginWindow(source, logins.append, self.bench.notices.tell)
        self.assertEqual('rivage_reader', window.findChild(QLineEdit, 'rivageDatabaseUser').text())
        window.findChild(QLineEdit, 'rivageDatabaseUser').setText('ranger')
        window.findChild(QLineEdit, 'rivageDatabasePassword').setText('secret')
        shoot(window, 'login')
        window.accept()
        self.assertEqual([find_login(source)], logins)
        self.assertEqual(('ranger', authcfg_of(source)), (logins[0].user, logins[0].authcfg))
        forget_login(source)
        self.assertIsNone(find_login(source))

    def test_a_layer_that_the_user_removed_comes_back_to_its_place(self) -> None:
        self._add()
        order = [node.layerId() for node in find_group(QgsProject.instance(), RIVAGE_URL).findLayers()]
        lost = find_layers(QgsProject.instance(), RIVAGE_URL)['camera_map']
        at = order.index(lost.id())
        QgsProject.instance().removeMapLayer(lost.id())
        self._add()
        nodes = find_group(QgsProject.instance(), RIVAGE_URL).findLayers()
        self.assertEqual('camera_map', nodes[at].layer().customProperty('rivage/layer'))

    def test_layers_know_their_service_and_hold_no_password(self) -> None:
        self._add()
        for layer in find_layers(QgsProject.instance(), RIVAGE_URL).values():
            variables = QgsExpressionContextUtils.layerScope(layer)
            self.assertEqual(RIVAGE_URL, variables.variable('rivage_service'))
            self.assertNotIn('password', layer.source())

    def test_sightings_move_with_the_temporal_controller_and_speak_the_users_language(self) -> None:
        set_language('fr')
        try:
            self.desk.reconnect()
            self._add()
        finally:
            set_language('en')
        sightings = find_layers(QgsProject.instance(), RIVAGE_URL)['sighting_map']
        self.assertTrue(sightings.temporalProperties().isActive())
        self.assertEqual('taken_at', sightings.temporalProperties().startField())
        self.assertEqual('Observations', sightings.name())
        self.assertEqual('Confiance (0–1)', sightings.attributeAlias(sightings.fields().indexOf('confidence')))
        self.desk.reconnect()

    def test_the_window_answers_while_layers_are_made(self) -> None:
        heartbeat = Heartbeat()
        self._add()
        wait_for(lambda: not self.adder.busy)
        heartbeat.stop()
        print(f'GUI thread away for {heartbeat.longest_ms:.0f} ms at most')
        self.assertLess(heartbeat.longest_ms, 100)

    def test_a_slow_service_never_stops_the_window_and_is_given_up_at_once(self) -> None:
        slow = Proxy(RIVAGE_URL)
        self.desk.reconnect(slow.url)
        slow.delay_s = 10
        heartbeat = Heartbeat()
        try:
            self.adder.add()
            wait_for(lambda: slow.asked[-1][1].endswith('style.qml'))
            start = time.perf_counter()
            wait_for(lambda: time.perf_counter() > start + 2)
            self.adder.close()
            wait_for(lambda: self.ended, 2)
            heartbeat.stop()
            self.assertEqual([False], self.ended)
            self.assertLess(heartbeat.longest_ms, 100)
            self.assertEqual({}, QgsProject.instance().mapLayers())
        finally:
            slow.close()
            self.desk.reconnect()

    def test_a_service_that_dies_is_told_with_its_mend(self) -> None:
        proxy = Proxy(RIVAGE_URL)
        self.desk.reconnect(proxy.url)
        proxy.close()
        try:
            self._add()
            self.assertIn('Start Rivage there', self.desk.told[-1])
        finally:
            self.desk.reconnect()

    def test_a_password_is_kept_by_qgis_and_named_in_the_layers(self) -> None:
        source = find_database(read_catalogue(ask('/api/layers')))
        if source is None:
            self.skipTest('the embedded database asks for no login')
        try:
            login = write_login(source, 'postgres', 'not asked for here')
            self.assertEqual(authcfg_of(source), login.authcfg)
            self.assertEqual(login, find_login(source))
            self._add()
            self.assertEqual([True], self.ended, self.desk.told)
            for layer in find_layers(QgsProject.instance(), RIVAGE_URL).values():
                self.assertIn(f'authcfg={login.authcfg}', layer.source())
                self.assertNotIn('not asked for', layer.source())
                self.assertTrue(layer.isValid())
        finally:
            forget_login(source)

    def test_a_database_that_lets_nobody_in_is_told_and_asked_for_anew(self) -> None:
        source = find_database(read_catalogue(ask('/api/layers')))
        if source is None:
            self.skipTest('the embedded database asks for no login')
        write_login(source, 'nobody_here', '')
        self._add()
        self.assertEqual([False], self.ended)
        self.assertIn('did not let nobody_here in', self.desk.told[-1])
        self.assertIsNone(find_login(source))

    def test_the_map_shows_the_lake(self) -> None:
        self._add()
        self.assertLess(self.window.canvas.extent().center().distance(self._lake_box().center()), 20)

    def test_an_empty_project_becomes_metric_though_qgis_takes_the_crs_of_its_first_layer(self) -> None:
        self._take_first_crs()
        QgsProject.instance().setCrs(QgsCoordinateReferenceSystem('EPSG:4326'))
        self._add()
        self.assertEqual('EPSG:2154', QgsProject.instance().crs().authid())
        self.assertTrue(self._lake_box().contains(self.window.canvas.extent().center()))
        self.assertLess(self.window.canvas.extent().width(), 5000)

    def test_a_project_that_has_layers_keeps_its_crs(self) -> None:
        self._take_first_crs()
        QgsProject.instance().addMapLayer(QgsVectorLayer('Point?crs=EPSG:3857', 'mine', 'memory'))
        wait_for(lambda: QgsProject.instance().crs().authid() == 'EPSG:3857')
        self._add()
        self.assertEqual('EPSG:3857', QgsProject.instance().crs().authid())

    def _take_first_crs(self) -> None:
        """What QGIS's own window does: an empty project gets the CRS of its first layer, a moment later."""
        project = QgsProject.instance()

        def take(layers) -> None:
            project.layersAdded.disconnect(take)
            crs = layers[0].crs()
            QTimer.singleShot(0, lambda: project.setCrs(crs))

        project.layersAdded.connect(take)

    def _lake_box(self) -> QgsRectangle:
        to_map = QgsCoordinateTransform(QgsCoordinateReferenceSystem('EPSG:4326'),
                                        QgsCoordinateReferenceSystem('EPSG:2154'), QgsProject.instance())
        return to_map.transformBoundingBox(QgsRectangle(*self.bench.lakes[0].bbox))

    def test_a_layer_without_features_is_told_and_comes_with_its_first(self) -> None:
        self._add()
        present = find_layers(QgsProject.instance(), RIVAGE_URL)
        for layer in ask('/api/layers')['layers']:
            if layer['id'] not in present:
                self.assertEqual(0, ask(f"/ogc/collections/{layer['id']}/items")['numberMatched'])
                self.assertIn(layer['title'], self.window.told[-1])


if __name__ == '__main__':
    from real_service import end

    end(0 if unittest.main(exit=False).result.wasSuccessful() else 1)
