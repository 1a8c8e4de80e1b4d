"""Zones drawn in QGIS and sent to a real service; every test leaves the lake as it found it."""
from __future__ import annotations

import socket
import unittest

from real_service import RIVAGE_URL, Heartbeat, Window, ask, needs_service, wait_for

from proxy import Proxy
from qgis.core import QgsCoordinateReferenceSystem, QgsFeature, QgsGeometry, QgsProject
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QMessageBox, QPushButton
from rivage.core.words import set_language
from rivage.gui.bench import Bench
from rivage.gui.zones.editor import ZoneEditor
from rivage.gui.zones.layers import ID, KIND, NAME

SQUARE = 'POLYGON((6.4000 44.8985, 6.4004 44.8985, 6.4004 44.8988, 6.4000 44.8988, 6.4000 44.8985))'
BOW_TIE = 'POLYGON((6.4000 44.8985, 6.4004 44.8988, 6.4004 44.8985, 6.4000 44.8988, 6.4000 44.8985))'


@needs_service
class Drawing(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        set_language('en')
        cls.window = Window()
        cls.window.iface.addDockWidget.side_effect = cls.window.main.addDockWidget
        cls.bench = Bench(cls.window.iface)
        connected: list[bool] = []
        cls.bench.connected.connect(lambda: connected.append(True))
        cls.bench.connect_to(RIVAGE_URL)
        wait_for(lambda: connected)
        cls.lake_id = cls.bench.lake_id = cls.bench.lakes[0].id
        cls.path = f'/api/lakes/{cls.lake_id}/zones'

    def setUp(self) -> None:
        QgsProject.instance().clear()
        self.window.canvas.setDestinationCrs(QgsCoordinateReferenceSystem('EPSG:2154'))
        self.before = ask(self.path)
        self.addCleanup(self.put_back)
        self.window.told.clear()
        self.window.bar.clearWidgets()
        self.editor = ZoneEditor(self.bench)
        self.addCleanup(self.editor.close)
        self.editor.open()
        wait_for(lambda: self.editor.panel is not None)
        self.layer = self.editor.zones_layer()

    def put_back(self) -> None:
        now = ask(self.path)
        if now['version'] != self.before['version']:
            ask(self.path, body={**self.before, 'version': now['version']}, method='PUT')

    def press(self, name: str) -> None:
        self.editor.panel.findChild(QPushButton, name).click()

    def draw(self, wkt: str, name: str, kind: str | None = 'bivouac-area', zone_id: str | None = None) -> int:
        feature = QgsFeature(self.layer.fields())
        feature.setAttributes([zone_id, kind, name])
        feature.setGeometry(QgsGeometry.fromWkt(wkt))
        self.assertTrue(self.layer.addFeature(feature))
        return feature.id()

    def told(self, words: str) -> bool:
        return any(words in text for text in self.window.told)

    def test_the_zones_and_the_shoreline_of_the_lake_are_there_to_draw_in(self) -> None:
        drawn = {feature[ID]: (feature[KIND], feature[NAME]) for feature in self.layer.getFeatures()}
        known = {each['properties']['id']: (each['properties']['kind'], each['properties']['name'])
                 for each in self.before['features']}
        self.assertEqual(drawn, known)
        self.assertTrue(self.layer.isEditable() and self.editor.shoreline_layer().isEditable())
        self.assertEqual(self.editor.shoreline_layer().featureCount(), 1)
        setup = self.layer.editorWidgetSetup(KIND)
        self.assertEqual(setup.type(), 'ValueMap')
        self.assertIn({'Bivouac area': 'bivouac-area'}, setup.config()['map'])
        self.assertFalse(self.editor.is_changed())

    def test_a_button_pressed_twice_makes_one_pair_of_layers(self) -> None:
        self.editor.open()
        self.editor.open()
        wait_for(lambda: not any(call.is_open() for call in self.editor._calls))
        self.assertEqual(len(QgsProject.instance().mapLayers()), 2)

    def test_a_zone_that_is_drawn_and_sent_is_at_the_service_and_the_working_layers_go(self) -> None:
        self.draw(SQUARE, 'Plage d’été')
        self.press('rivageSendZones')
        wait_for(lambda: self.told('are stored'))
        now = {each['properties']['id']: each for each in ask(self.path)['features']}
        self.assertEqual(len(now), len(self.before['features']) + 1)
        self.assertEqual(now['plage-d-ete']['properties']['kind'], 'bivouac-area')
        self.assertEqual(len(now['plage-d-ete']['geometry']['coordinates'][0]), 5)
        for each in self.before['features']:
            self.assertEqual(now[each['properties']['id']], each)
        self.assertIsNone(self.editor.panel)
        self.assertEqual(QgsProject.instance().mapLayers(), {})

    def test_a_zone_taken_out_is_gone_and_a_copy_gets_an_id_of_its_own(self) -> None:
        features = list(self.layer.getFeatures())
        self.layer.deleteFeature(features[-1].id())
        self.draw(SQUARE, 'Copy', features[0][KIND], features[0][ID])
        self.press('rivageSendZones')
        wait_for(lambda: self.told('are stored'))
        ids = [each['properties']['id'] for each in ask(self.path)['features']]
        self.assertNotIn(features[-1][ID], ids)
        self.assertEqual(sorted(ids), sorted([*(each[ID] for each in features[:-1]), 'copy']))

    def test_another_address_asked_for_while_zones_are_sent_frees_the_panel(self) -> None:
        silent = socket.create_server(('127.0.0.1', 0))
        self.addCleanup(silent.close)
        self.addCleanup(self.connect_again)
        self.bench.service.address = f'http://127.0.0.1:{silent.getsockname()[1]}'
        self.draw(SQUARE, 'Never there')
        self.press('rivageSendZones')
        self.assertFalse(self.editor.panel.send_zones.isEnabled())
        self.bench.connect_to('http://127.0.0.1:9')
        self.assertTrue(self.editor.panel.send_zones.isEnabled())
        self.assertTrue(self.editor.is_changed())

    def test_an_outline_that_crosses_itself_is_refused_with_its_name_and_shown_where(self) -> None:
        self.draw(BOW_TIE, 'Knot')
        self.press('rivageSendZones')
        self.assertTrue(self.told('The zone “Knot” is not sent'), self.window.told)
        self.assertTrue(self.told('crosses itself at 6.400200, 44.898650'), self.window.told)
        self.assertEqual([feature[NAME] for feature in self.layer.selectedFeatures()], ['Knot'])
        self.assertTrue(self.window.canvas.extent().contains(self.editor.marker.at()))
        self.assertLess(self.window.canvas.extent().width(), 100)
        self.assertEqual(ask(self.path)['version'], self.before['version'])

    def test_a_zone_without_a_kind_or_an_outline_is_refused_here(self) -> None:
        at = self.draw(SQUARE, 'Somewhere', kind=None)
        self.press('rivageSendZones')
        self.assertTrue(self.told('“Somewhere” has no kind'), self.window.told)
        self.layer.deleteFeature(at)
        self.draw('POLYGON EMPTY', 'Nothing')
        self.press('rivageSendZones')
        self.assertTrue(self.told('“Nothing” is not sent, nothing was changed: it has no outline'), self.window.told)

    def test_what_the_service_refuses_is_told_by_zone_and_stays_to_be_mended(self) -> None:
        at = self.draw('POLYGON((6.4 95, 6.5 95, 6.5 96, 6.4 95))', 'Off the Earth')
        self.press('rivageSendZones')
        wait_for(lambda: self.told('Off the Earth'))
        self.assertTrue(self.layer.getFeature(at).isValid())
        self.assertTrue(self.editor.panel.findChild(QPushButton, 'rivageSendZones').isEnabled())

    def test_zones_that_somebody_else_changed_are_told_and_yours_stay_beside_theirs(self) -> None:
        theirs = [each for each in self.before['features'][1:]]
        ask(self.path, body={**self.before, 'features': theirs}, method='PUT')
        self.draw(SQUARE, 'Mine')
        self.press('rivageSendZones')
        wait_for(lambda: self.told('somebody else'))
        mine = self.layer.id()
        self.press('rivageReadZones')
        wait_for(lambda: self.editor.zones_layer() is not None and self.editor.zones_layer().id() != mine)
        self.assertEqual(self.editor.zones_layer().featureCount(), len(theirs))
        self.assertIn('yours', QgsProject.instance().mapLayer(mine).name())

    def test_a_shoreline_drawn_anew_is_stored(self) -> None:
        path = f'/ogc/collections/lake_map/items?lake_id={self.lake_id}'
        outline = ask(path)['features'][0]['geometry']
        self.addCleanup(lambda: ask(f'/api/lakes/{self.lake_id}/shoreline', body=outline, method='PUT'))
        layer = self.editor.shoreline_layer()
        feature = next(layer.getFeatures())
        moved = outline['coordinates'][0][5][0] + 0.0001
        self.assertTrue(layer.moveVertex(moved, outline['coordinates'][0][5][1], feature.id(), 5))
        self.press('rivageSendShoreline')
        wait_for(lambda: self.told('is stored'))
        self.assertAlmostEqual(ask(path)['features'][0]['geometry']['coordinates'][0][5][0], moved, places=6)

    def test_work_that_is_not_sent_is_not_lost_by_a_click(self) -> None:
        self.draw(SQUARE, 'Work')
        self.press('rivageDiscardZones')
        self.editor.panel.findChild(QMessageBox, 'rivageConfirmDiscard').reject()
        QTest.qWait(20)
        self.editor.panel.close()
        self.assertIsNotNone(self.editor.zones_layer())
        self.editor.open()
        self.assertIn('Work', [feature[NAME] for feature in self.editor.zones_layer().getFeatures()])

    def test_another_service_never_gets_what_was_drawn_for_this_one(self) -> None:
        proxy = Proxy(RIVAGE_URL)
        self.addCleanup(proxy.close)
        self.draw(SQUARE, 'Work')
        came: list[bool] = []
        self.bench.connected.connect(lambda: came.append(True))
        self.addCleanup(self.connect_again)
        self.bench.connect_to(proxy.url)
        wait_for(lambda: came)
        self.assertIsNone(self.editor.panel)
        self.assertIn('not sent', self.layer.name())
        self.assertEqual(proxy.asked_to('PUT'), [])

    def connect_again(self) -> None:
        came: list[bool] = []
        self.bench.connected.connect(lambda: came.append(True))
        self.bench.connect_to(RIVAGE_URL)
        wait_for(lambda: came)
        self.bench.lake_id = self.lake_id

    def test_qgis_goes_on_while_the_service_takes_its_time_to_store(self) -> None:
        proxy = Proxy(RIVAGE_URL)
        self.addCleanup(proxy.close)
        service = self.bench.service
        self.addCleanup(setattr, service, 'address', service.address)
        service.address, proxy.delay_s = proxy.url, 10
        self.draw(SQUARE, 'Slow')
        beat = Heartbeat()
        self.press('rivageSendZones')
        wait_for(lambda: self.told('are stored'))
        beat.stop()
        self.assertLess(beat.longest_ms, 100)


if __name__ == '__main__':
    from real_service import end

    end(0 if unittest.main(exit=False).result.wasSuccessful() else 1)
