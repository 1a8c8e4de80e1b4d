"""A dock in a window, and a service that misbehaves on request."""
from __future__ import annotations

import unittest

from real_service import Heartbeat, Window, wait_for

from fake_service import FakeService
from qgis.core import QgsSettings
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QLabel, QPushButton, QWidget
from rivage.core.words import set_language
from rivage.gui.bench import Bench
from rivage.gui.dock.dock import RivageDock

MAX_BLOCKED_MS = 100


class DockCase(unittest.TestCase):
    """A dock in a window, and a fake service."""

    def setUp(self) -> None:
        set_language('en')
        self.fake = FakeService()
        QgsSettings().setValue('rivage/address', self.fake.address)
        self.window = Window()
        self.bench = Bench(self.window.iface)
        self.dock = RivageDock(self.bench)
        self.window.main.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self.dock)
        self.heart = Heartbeat()

    def tearDown(self) -> None:
        self.heart.stop()
        self.dock.stop()
        self.bench.close()
        self.window.main.close()
        self.fake.stop()
        set_language('en')

    def open(self) -> None:
        """Opens the dock and waits until it is connected and has the season."""
        self.heart.reset()
        self.dock.start()
        wait_for(lambda: self.bench.health is not None)
        wait_for(lambda: ('GET', '/api/cameras/west/days', None) in self.fake.asked)
        wait_for(lambda: any('/api/runs' in path for _method, path, _body in self.fake.asked))
        QTest.qWait(60)

    def find(self, kind: type[QWidget], name: str):
        """A part of the dock, by its name."""
        found = self.dock.findChild(kind, name)
        self.assertIsNotNone(found, name)
        return found

    def state(self) -> str:
        return self.find(QLabel, 'rivageState').text()

    def text(self) -> str:
        return self.find(QLabel, 'rivageProgressText').text()

    def press(self, name: str) -> None:
        QTest.mouseClick(self.find(QPushButton, name), Qt.MouseButton.LeftButton)
