"""Layers of a real service in a real QGIS; run it against a service on PostGIS and against one on the embedded database."""
from __future__ import annotations

import unittest

from real_service import RIVAGE_URL, Desk, Heartbeat, ask, needs_service, wait_for

from qgis.core import QgsExpressionContextUtils, QgsProject
from rivage.core.words import set_language
from rivage.layers.adder import LayerAdder
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

    def test_the_map_shows_the_lake(self) -> None:
        self._add()
        west, south, east, north = self.bench.lakes[0].bbox
        from qgis.core import QgsCoordinateReferenceSystem, QgsCoordinateTransform, QgsPointXY
        transform = QgsCoordinateTransform(QgsCoordinateReferenceSystem('EPSG:4326'),
                                           QgsCoordinateReferenceSystem('EPSG:2154'), QgsProject.instance())
        middle = transform.transform(QgsPointXY((west + east) / 2, (south + north) / 2))
        self.assertLess(self.window.canvas.extent().center().distance(middle), 20)

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
