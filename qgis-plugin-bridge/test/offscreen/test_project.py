"""The map project: built, stored, opened again, in a real QGIS against a real service."""
from __future__ import annotations

import unittest

from real_service import RIVAGE_URL, Desk, needs_service, wait_for

from qgis.core import QgsLayoutExporter, QgsLayoutItemMap, QgsProject, QgsUnitTypes, QgsVectorLayer
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QMenu
from rivage.core.words import set_language
from rivage.gui.project.desk import ProjectDesk
from rivage.layers.access import open_access
from rivage.layers.adder import LayerAdder
from rivage.layers.tree import find_group, find_layers


@needs_service
class MapProjects(unittest.TestCase):
    """The iface does what QGIS's does, without asking."""

    @classmethod
    def setUpClass(cls) -> None:
        set_language('en')
        cls.desk = Desk()
        iface = cls.desk.window.iface
        iface.newProject.side_effect = lambda _ask: QgsProject.instance().clear() or True
        iface.addProject.side_effect = lambda file: QgsProject.instance().read(file)
        cls.adder = LayerAdder(cls.desk.bench, cls.desk.ask_login)
        cls.projects = ProjectDesk(cls.desk.bench, cls.adder, cls.desk.ask_login)

    def setUp(self) -> None:
        QgsProject.instance().clear()
        self.desk.clear_told()

    def _build(self) -> None:
        open_access(self.desk.bench, self.desk.ask_login, self.projects.build)
        wait_for(lambda: any('new map project' in told for told in self.desk.told))

    def test_a_first_project_has_layers_relief_season_and_a_page(self) -> None:
        self._build()
        project = QgsProject.instance()
        self.assertEqual('EPSG:2154', project.crs().authid())
        self.assertEqual(f'Rivage – {self.desk.bench.lakes[0].name}', project.title())
        reliefs = [layer for layer in project.mapLayers().values() if layer.name().startswith('Relief')]
        self.assertEqual(1, len(reliefs))
        self.assertTrue(reliefs[0].isValid())
        self.assertEqual('EPSG:3857', reliefs[0].crs().authid())
        self.assertEqual(reliefs[0].id(), project.layerTreeRoot().findLayers()[-1].layerId())
        season = project.timeSettings().temporalRange()
        lasts = [camera.last for camera in self.desk.bench.cameras]
        self.assertEqual(max(lasts).timestamp(), season.end().toSecsSinceEpoch())
        self.assertEqual(QgsUnitTypes.TemporalUnit.TemporalDays, project.timeSettings().timeStepUnit())
        layout = project.layoutManager().layoutByName('Rivage A4')
        kinds = {type(item).__name__ for item in layout.items()}
        self.assertTrue({'QgsLayoutItemMap', 'QgsLayoutItemLegend', 'QgsLayoutItemScaleBar', 'QgsLayoutItemLabel',
                         'QgsLayoutItemPicture'} <= kinds, kinds)
        page = next(item for item in layout.items() if isinstance(item, QgsLayoutItemMap))
        self.assertTrue(page.extent().intersects(self.desk.window.canvas.extent()))
        self.assertLess(page.scale(), 20_000)
        self._shoot_page(layout)

    def _shoot_page(self, layout) -> None:
        import os

        folder = os.environ.get('RIVAGE_SHOTS')
        if folder:
            settings = QgsLayoutExporter.ImageExportSettings()
            settings.dpi = 100
            QgsLayoutExporter(layout).exportToImage(f'{folder}/page-{RIVAGE_URL[-4:]}.png', settings)

    def test_both_actions_of_the_menu_answer_a_click(self) -> None:
        self._build()
        self.desk.clear_told()
        self._click('rivageProjectStore')
        wait_for(lambda: any('stored for everybody' in told for told in self.desk.told))
        QgsProject.instance().clear()
        self._click('rivageProjectOpen')
        wait_for(lambda: find_group(QgsProject.instance(), RIVAGE_URL) is not None)

    def _click(self, name: str) -> None:
        self.projects.open()
        menu = self.desk.window.main.findChild(QMenu, 'rivageProjectMenu')
        action = next(action for action in menu.actions() if action.objectName() == name)
        QTest.mouseClick(menu, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
                         menu.actionGeometry(action).center())

    def test_a_stored_project_is_opened_with_all_its_layers(self) -> None:
        self._build()
        before = set(find_layers(QgsProject.instance(), RIVAGE_URL))
        self.desk.clear_told()
        self.projects.store_project()
        wait_for(lambda: self.desk.told)
        self.assertIn('stored for everybody', self.desk.told[-1])
        QgsProject.instance().clear()
        self.desk.clear_told()
        self.projects.open_project()
        wait_for(lambda: find_group(QgsProject.instance(), RIVAGE_URL) is not None)
        wait_for(lambda: not self.adder.busy)
        project = QgsProject.instance()
        self.assertEqual(before, set(find_layers(project, RIVAGE_URL)))
        broken = [layer.name() for layer in project.mapLayers().values() if not layer.isValid()]
        self.assertEqual([], broken)
        self.assertIsNotNone(project.layoutManager().layoutByName('Rivage A4'))
        self.assertEqual(len(project.mapLayers()), len(project.layerTreeRoot().findLayers()))

    def test_a_project_with_a_password_is_not_stored(self) -> None:
        secret = QgsVectorLayer("host=127.0.0.1 dbname='x' user='u' password='p' key='fid' table=\"a\".\"b\" (geom)",
                                'mine', 'postgres')
        QgsProject.instance().addMapLayer(secret)
        self.projects.store_project()
        wait_for(lambda: self.desk.told)
        self.assertIn('holds the password of mine', self.desk.told[-1])


if __name__ == '__main__':
    from real_service import end

    end(0 if unittest.main(exit=False).result.wasSuccessful() else 1)
