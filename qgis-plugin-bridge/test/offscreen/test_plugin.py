"""The plugin as QGIS loads, uses and unloads it."""
from __future__ import annotations

import unittest
from unittest import mock

from real_service import Window, wait_for

from fake_service import FakeService
from qgis.core import QgsApplication, QgsSettings
from qgis.PyQt.QtCore import QCoreApplication, QEvent, QTimer
from qgis.PyQt.QtWidgets import QDockWidget, QPushButton
from rivage import classFactory
from rivage.core.words import language, set_language

BUTTONS = ('rivageAddLayers', 'rivageHeatmap', 'rivageProject', 'rivageCalibrate', 'rivageZones')


class Plugin(unittest.TestCase):
    def setUp(self) -> None:
        self.fake = FakeService()
        QgsSettings().setValue('rivage/address', self.fake.address)
        self.window = Window()
        self.iface = self.window.iface
        self.iface.addDockWidget.side_effect = self.window.main.addDockWidget
        self.iface.removeDockWidget.side_effect = self.window.main.removeDockWidget

    def tearDown(self) -> None:
        self.fake.stop()
        self.window.main.close()
        set_language('en')

    def load(self):
        """The plugin in QGIS's window; unloaded at the end, which it may have been before."""
        plugin = classFactory(self.iface)
        self.addCleanup(plugin.unload)
        plugin.initGui()
        return plugin

    def ticking(self) -> set[tuple[str, int]]:
        """Timers at work in the window: of QGIS itself, and of whom?"""
        return {(type(timer.parent()).__name__, timer.interval())
                for timer in self.window.main.findChildren(QTimer) if timer.isActive()}

    def test_it_comes_connects_and_goes_without_a_trace(self) -> None:
        before = self.ticking()
        plugin = self.load()
        self.assertIsNotNone(self.window.main.findChild(QDockWidget, 'RivageDock'))
        wait_for(lambda: plugin.bench.health is not None)
        self.assertIsNotNone(QgsApplication.processingRegistry().providerById('rivage'))
        added = self.iface.addPluginToMenu.call_count
        plugin.unload()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self.assertEqual(added, self.iface.removePluginMenu.call_count)
        self.assertIsNone(self.window.main.findChild(QDockWidget, 'RivageDock'))
        self.assertIsNone(QgsApplication.processingRegistry().providerById('rivage'))
        self.assertEqual(before, self.ticking())

    def test_it_can_be_loaded_again(self) -> None:
        for _ in range(2):
            plugin = self.load()
            wait_for(lambda: plugin.bench.health is not None)
            plugin.unload()

    def test_every_button_of_the_map_does_something(self) -> None:
        plugin = self.load()
        wait_for(lambda: plugin.bench.health is not None)
        for name in BUTTONS:
            button = plugin.dock.findChild(QPushButton, name)
            self.assertTrue(button.isEnabled(), name)
            self.assertEqual(1, button.receivers(button.clicked), name)
        plugin.unload()

    def test_a_dead_service_disables_them(self) -> None:
        self.fake.stop()
        plugin = self.load()
        lost: list = []
        plugin.bench.disconnected.connect(lost.append)
        wait_for(lambda: lost)
        for name in BUTTONS:
            self.assertFalse(plugin.dock.findChild(QPushButton, name).isEnabled(), name)
        plugin.unload()

    def test_it_speaks_the_language_of_qgis(self) -> None:
        for locale, expected in (('fr', 'fr'), ('en_US', 'en')):
            with mock.patch.object(QgsApplication, 'locale', return_value=locale):
                plugin = self.load()
            self.assertEqual(expected, language())
            button = plugin.dock.findChild(QPushButton, 'rivageAddLayers')
            self.assertEqual({'fr': 'Ajouter les couches', 'en': 'Add layers'}[expected], button.text())
            plugin.unload()

    def test_without_a_window_there_are_algorithms_alone(self) -> None:
        plugin = classFactory(None)
        plugin.initProcessing()
        self.assertIsNotNone(QgsApplication.processingRegistry().providerById('rivage'))
        plugin.unload()


if __name__ == '__main__':
    unittest.main()
