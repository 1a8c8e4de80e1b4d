"""A QGIS window without a screen and a real service behind RIVAGE_URL, for tests of layers, heatmaps and algorithms."""
from __future__ import annotations

import json
import os
import sys
import tempfile
import time
import unittest
import urllib.request
from pathlib import Path
from unittest import mock

os.environ.setdefault('QT_QPA_PLATFORM', 'offscreen')
os.environ.setdefault('QGIS_AUTH_DB_DIR_PATH', tempfile.mkdtemp(prefix='rivage-auth-'))
sys.path.insert(0, str(Path(__file__).parents[2]))

from qgis.core import QgsApplication, QgsProject  # noqa: E402
from qgis.gui import QgsMapCanvas, QgsMessageBar  # noqa: E402
from qgis.PyQt.QtCore import QCoreApplication, QEventLoop, QTimer  # noqa: E402
from qgis.PyQt.QtWidgets import QMainWindow  # noqa: E402
from qgis.testing import start_app  # noqa: E402

APP = start_app()
RIVAGE_URL = os.environ.get('RIVAGE_URL', '')
TOKEN = os.environ.get('RIVAGE_TOKEN', '')
needs_service = unittest.skipUnless(RIVAGE_URL, 'RIVAGE_URL names no running service')


def ask(path: str, language: str = 'en', body=None, method: str | None = None):
    """What the service itself answers, past the plugin; only for this machine's own service."""
    data = None if body is None else json.dumps(body).encode()
    headers = {'Accept-Language': language, 'Content-Type': 'application/json'}
    if TOKEN:
        headers['Authorization'] = f'Bearer {TOKEN}'
    request = urllib.request.Request(RIVAGE_URL + path, data, headers, method=method)
    with urllib.request.urlopen(request, timeout=60) as answer:  # nosec
        return json.load(answer)


class Window:
    """A main window with a canvas and a message bar, and the iface that plugins see of it."""

    def __init__(self) -> None:
        self.main = QMainWindow()
        self.canvas = QgsMapCanvas()
        self.main.setCentralWidget(self.canvas)
        self.main.resize(900, 700)
        self.main.show()
        self.bar = QgsMessageBar(self.main)
        self.iface = mock.Mock()
        self.iface.mapCanvas.return_value = self.canvas
        self.iface.mainWindow.return_value = self.main
        self.iface.messageBar.return_value = self.bar
        self.told: list[str] = []
        self.bar.widgetAdded.connect(lambda _widget: self.told.append(self.bar.currentItem().text()))
        QgsProject.instance().crsChanged.connect(self._follow_crs)

    def _follow_crs(self) -> None:
        self.canvas.setDestinationCrs(QgsProject.instance().crs())


def keep_token(address: str) -> None:
    """Gives the plugin the token of RIVAGE_TOKEN for an address; without one it forgets."""
    from rivage.service.address import write_token

    QgsApplication.authManager().setMasterPassword('of this test', True)
    write_token(TOKEN, address)


class Desk:
    """A window that is connected to the service, as the plugin is after its dock has connected."""

    def __init__(self) -> None:
        from rivage.gui.bench import Bench

        self.window = Window()
        self.told = self.window.told
        self.bench = Bench(self.window.iface)
        self.reconnect()
        self.bench.lake_id = self.bench.lakes[0].id

    def reconnect(self, address: str = RIVAGE_URL) -> None:
        """Reads everything anew, in the language of now."""
        keep_token(address)
        connected: list[bool] = []
        self.bench.connected.connect(lambda: connected.append(True))
        self.bench.connect_to(address)
        wait_for(lambda: connected or self.told)

    def clear_told(self) -> None:
        """A message bar without messages: the same sentence is not shown twice at a time."""
        self.window.bar.clearWidgets()
        self.told.clear()

    @staticmethod
    def ask_login(source, on_login) -> None:
        """A person who knows that this database asks user postgres for no password."""
        from rivage.layers.login import write_login

        on_login(write_login(source, os.environ.get('RIVAGE_DATABASE_USER', 'postgres'),
                             os.environ.get('RIVAGE_DATABASE_PASSWORD', '')))


def shoot(widget, name: str) -> None:
    """Leaves a picture of a widget in $RIVAGE_SHOTS, to be looked at."""
    folder = os.environ.get('RIVAGE_SHOTS')
    if folder:
        QCoreApplication.processEvents()
        widget.grab().save(str(Path(folder) / f'{name}.png'))


class Heartbeat:
    """Measures how long the GUI thread was away: `longest_ms` between two beats of 5 ms, less what it waited for a
    processor that other programs had."""

    def __init__(self) -> None:
        self.longest_ms = 0.0
        self._last = self._own_ms()
        self._timer = QTimer()
        self._timer.timeout.connect(self._beat)
        self._timer.start(5)

    def _beat(self) -> None:
        now = self._own_ms()
        self.longest_ms = max(self.longest_ms, now - self._last)
        self._last = now

    def reset(self) -> None:
        """Forgets what was before."""
        self.longest_ms, self._last = 0.0, self._own_ms()

    def stop(self) -> None:
        """Beats no more."""
        self._timer.stop()

    @staticmethod
    def _own_ms() -> float:
        """Time of this thread, waits for locks, files and sockets included."""
        try:
            queued_ns = int(Path('/proc/thread-self/schedstat').read_text().split()[1])
        except (OSError, IndexError, ValueError):
            queued_ns = 0
        return time.perf_counter() * 1000 - queued_ns / 1e6


def wait_for(condition, seconds: float = 30) -> None:
    """Lets QGIS run until the condition holds; fails when it never does."""
    end = time.perf_counter() + seconds
    while not condition():
        if time.perf_counter() > end:
            raise AssertionError(f'it did not come true within {seconds} s')
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        time.sleep(0.001)


def end(status: int) -> None:
    """Leaves without tearing QGIS down, which crashes at times; what was printed is kept."""
    sys.stdout.flush()
    sys.stderr.flush()
    QgsApplication.taskManager().cancelAll()
    os._exit(status)
