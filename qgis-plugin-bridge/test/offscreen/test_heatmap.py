"""Heatmaps of a real service in a real QGIS: what they hold equals what the service counts, and the legend says it."""
from __future__ import annotations

import unittest
from datetime import date

from real_service import RIVAGE_URL, Desk, Heartbeat, ask, needs_service, shoot, wait_for

from qgis.core import QgsLayerTreeModel, QgsProject, QgsUnitTypes
from qgis.PyQt.QtCore import QDate, Qt
from qgis.PyQt.QtWidgets import QCheckBox, QComboBox, QDateEdit, QPushButton, QRadioButton
from rivage.core.heatmap import HeatmapWish
from rivage.core.words import set_language
from rivage.gui.heatmap.heatmaps import Heatmaps
from rivage.layers.heatmap import read_wish
from rivage.layers.tree import find_group


@needs_service
class MakingHeatmaps(unittest.TestCase):
    """One window and one service for all tests."""

    @classmethod
    def setUpClass(cls) -> None:
        set_language('en')
        cls.desk = Desk()
        cls.heatmaps = Heatmaps(cls.desk.bench, cls.desk.ask_login)

    def setUp(self) -> None:
        QgsProject.instance().clear()
        self.desk.clear_told()
        lake = self.desk.bench.lake()
        self.lake = {'lake_id': lake.id, 'lake': lake.name}

    def _make(self, wish: HeatmapWish):
        self.heatmaps.make(wish)
        wait_for(lambda: self.desk.told)
        return next((layer for layer in QgsProject.instance().mapLayers().values() if read_wish(layer)), None)

    def test_a_heatmap_of_tents_holds_the_tent_nights_of_its_nights(self) -> None:
        made = self._make(HeatmapWish(**self.lake, label='tent', first_day=date(2024, 7, 5),
                                      last_day=date(2024, 7, 7), radius_m=15))
        every = ask('/ogc/collections/bivouac_heatmap/items?limit=10000')['features']
        wanted = [one for one in every if '2024-07-05' <= one['properties']['night'] <= '2024-07-07']
        self.assertGreater(len(wanted), 0)
        self.assertEqual(len(wanted), sum(1 for _ in made.getFeatures()))

    def test_hours_choose_sightings_by_the_lakes_own_clock(self) -> None:
        every = ask('/ogc/collections/sighting_map/items?label=person&limit=10000')['features']
        # from the first hour that has any: which persons the lake has depends on the model that looked last
        start = int(min(one['properties']['local_hour'] for one in every))
        wanted = [one for one in every if one['properties']['local_hour'] < start + 2]
        made = self._make(HeatmapWish(**self.lake, label='person', from_hour=start, to_hour=start + 2, radius_m=10))
        self.assertIsNotNone(made, self.desk.told)
        self.assertGreater(len(wanted), 0)
        self.assertEqual(len(wanted), sum(1 for _ in made.getFeatures()))

    def test_the_radius_is_in_metres_and_there_is_a_legend(self) -> None:
        tents = self._make(HeatmapWish(**self.lake, label='tent', radius_m=25))
        self.assertIn('100 tent-nights or more', self._check(tents, 25))
        self.assertEqual('Tent-nights · all nights · within 25 m', tents.name())
        self.assertEqual('My heatmaps', find_group(QgsProject.instance(), RIVAGE_URL).children()[0].name())
        QgsProject.instance().clear()
        self.desk.clear_told()
        # a picture
        self.assertEqual([''], self._check(self._make(HeatmapWish(**self.lake, label='person', radius_m=12)), 12))

    def _check(self, made, radius_m: float) -> list[str]:
        renderer = made.renderer()
        self.assertEqual('heatmapRenderer', renderer.type())
        self.assertEqual(radius_m, renderer.radius())
        self.assertEqual(QgsUnitTypes.RenderUnit.RenderMetersInMapUnits, renderer.radiusUnit())
        root = QgsProject.instance().layerTreeRoot()
        model = QgsLayerTreeModel(root)
        return [node.data(Qt.ItemDataRole.DisplayRole) or '' for node in
                model.layerLegendNodes(root.findLayer(made.id()))]

    def test_hexagons_are_those_of_the_service_and_null_where_nobody_watched(self) -> None:
        made = self._make(HeatmapWish(**self.lake, label='tent', cell_m=25))
        self.assertIsNotNone(made, self.desk.told)
        told = ask(f"/api/lakes/{self.lake['lake_id']}/density?label=tent&cellM=25")['features']
        counts = [one['properties']['count'] for one in told]
        self.assertEqual(len(told), made.featureCount())
        shown = [feature['count'] for feature in made.getFeatures()]
        self.assertEqual(sum(count is None for count in counts), sum(not count and count != 0 for count in shown))
        self.assertEqual(sum(count or 0 for count in counts), sum(count or 0 for count in shown if count))

    def test_hexagons_of_an_opened_project_are_filled_anew(self) -> None:
        made = self._make(HeatmapWish(**self.lake, label='tent', cell_m=25))
        count = made.featureCount()
        made.dataProvider().truncate()
        self.desk.bench.connected.emit()
        wait_for(lambda: made.featureCount() == count)

    def test_nothing_to_draw_is_told_and_no_layer_is_added(self) -> None:
        made = self._make(HeatmapWish(**self.lake, label='tent', first_day=date(1999, 1, 1),
                                      last_day=date(1999, 1, 2), radius_m=10))
        self.assertIsNone(made)
        self.assertIn('There is nothing to draw', self.desk.told[-1])

    def test_the_window_offers_labels_and_the_season_and_asks_for_what_is_chosen(self) -> None:
        wishes: list[HeatmapWish] = []
        for language in ('fr', 'en'):
            set_language(language)
            heatmaps = Heatmaps(self.desk.bench, self.desk.ask_login)
            heatmaps.open()
            window = heatmaps._window
            shoot(window, f'heatmap-window-{language}')
            if language == 'fr':
                heatmaps.close()
        window.wished.disconnect()
        window.wished.connect(wishes.append)
        labels = window.findChild(QComboBox, 'rivageHeatmapLabel')
        self.assertEqual('Bivouac: tent-nights', labels.currentText())
        window.findChild(QCheckBox, 'rivageHeatmapOnlyDays').setChecked(True)
        window.findChild(QDateEdit, 'rivageHeatmapFrom').setDate(QDate(2024, 7, 5))
        window.findChild(QDateEdit, 'rivageHeatmapTo').setDate(QDate(2024, 7, 7))
        window.findChild(QRadioButton, 'rivageHeatmapByCell').setChecked(True)
        window.findChild(QPushButton, 'rivageHeatmapAdd').click()
        self.assertEqual([HeatmapWish(**self.lake, label='tent', first_day=date(2024, 7, 5),
                                      last_day=date(2024, 7, 7), cell_m=20)], wishes)
        self.assertFalse(window.findChild(QCheckBox, 'rivageHeatmapOnlyHours').isEnabled())
        labels.setCurrentIndex(labels.findData('person'))
        self.assertTrue(window.findChild(QCheckBox, 'rivageHeatmapOnlyHours').isEnabled())
        heatmaps.close()

    def test_the_window_answers_while_a_heatmap_is_made(self) -> None:
        heartbeat = Heartbeat()
        self._make(HeatmapWish(**self.lake, label='person', radius_m=15))
        heartbeat.stop()
        self.assertLess(heartbeat.longest_ms, 100)


if __name__ == '__main__':
    from real_service import end

    end(0 if unittest.main(exit=False).result.wasSuccessful() else 1)
