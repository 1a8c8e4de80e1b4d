"""What all windows of the plugin share: QGIS, the service, what it told, what the user chose."""
from __future__ import annotations

from typing import Any

from qgis.PyQt.QtCore import QObject, pyqtSignal

from ..core.places import Camera, Health, Lake, Model, read_cameras, read_health, read_lakes, read_models
from ..core.problem import Problem
from ..core.version import read_version, say_mismatch
from ..core.words import say
from ..service.address import read_address, read_authcfg, write_address
from ..service.http import Call, Service
from .notices import Notices


class Bench(QObject):
    """
    One for the whole plugin; every window takes it as its only argument.

    `iface`: QGIS. `notices.tell(problem)`, `notices.inform(text)`: the message bar.
    `service`: send requests through it (it is replaced when the user connects elsewhere: never keep it).
    `health` (None: not connected), `lakes`, `cameras`, `models`: nouns of core/places.
    `catalogue`: the layers of /api/layers, as its JSON has them.
    `lake_id`, `camera_ids`: what is chosen in the dock.
    """

    connected = pyqtSignal()
    """The service answered and everything was read; also when it is back after it was gone."""
    disconnected = pyqtSignal(object)
    """The service is gone, or another one was asked for (code `connecting`); requests under way get no answer."""
    refreshed = pyqtSignal()
    """`lakes`, `cameras`, `models`, `catalogue` were read anew."""
    chosen = pyqtSignal()
    """Another lake or other cameras were chosen in the dock."""
    run_started = pyqtSignal()
    """A run was started elsewhere than in the dock: it is to be followed there."""
    run_ended = pyqtSignal(object)
    """A run has ended (carries the Run): what was shown is out of date."""
    checked = pyqtSignal()
    """A health check was answered by a service that was there before."""
    slow = pyqtSignal(object)
    """A health check got no answer in time; the service may be busy. Carries the Problem."""

    def __init__(self, iface, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.iface = iface
        self.notices = Notices(iface.messageBar())
        self.service = Service(read_address(), read_authcfg(), parent=self)
        self.health: Health | None = None
        self.lakes: list[Lake] = []
        self.cameras: list[Camera] = []
        self.models: list[Model] = []
        self.catalogue: list[dict[str, Any]] = []
        self.lake_id: str | None = None
        self.camera_ids: list[str] = []
        self._checking: Call | None = None
        self._waiting = 0
        self._stale = False

    def lake(self) -> Lake | None:
        """The lake chosen in the dock."""
        return next((lake for lake in self.lakes if lake.id == self.lake_id), None)

    def mismatch(self) -> str | None:
        """Which of plugin and service is older and what to do; None: they fit, or nothing is connected."""
        return None if self.health is None else say_mismatch(read_version(), self.health.version)

    def connect_to(self, address: str) -> None:
        """Asks the service at an address for all it has; ends in `connected` or `disconnected`."""
        old = self.service
        old.cancel_all()
        old.deleteLater()
        self._checking = None
        self._waiting = 0
        self.service = Service(address, read_authcfg(address), parent=self)
        write_address(self.service.address)
        self.report(Problem('connecting', say('Connecting…', 'Connexion…')))
        self.check()

    def check(self) -> None:
        """Asks whether the service is there; reads everything when it has just come."""
        if self._checking is None or not self._checking.is_open():
            self._checking = self.service.get('/api/health', self._take_health, self.report, read_health)

    def report(self, problem: Problem) -> None:
        """What a window met while asking: a service that is gone or slow becomes the plugin's state."""
        if problem.code == 'service-slow' and self.health is not None:
            self.slow.emit(problem)
            return
        self.health = None
        self.disconnected.emit(problem)

    def refresh(self) -> None:
        """Reads lakes, cameras, models and layers anew; ends in `refreshed`, or in the message bar."""
        if self._waiting:
            self._stale = True
            return
        self._stale = False
        self._read_all(self._finish_refresh, self._miss_refresh)

    def end_run(self, run) -> None:
        """Tells everyone that a run has ended, and reads anew what it changed."""
        self.run_ended.emit(run)
        self.refresh()

    def close(self) -> None:
        """Drops every request; called when the plugin is unloaded."""
        self.service.cancel_all()

    def _finish_refresh(self) -> None:
        self.refreshed.emit()
        if self._stale:
            self.refresh()

    def _miss_refresh(self, problem: Problem) -> None:
        if problem.status is None:
            self.report(problem)
        else:
            self.notices.tell(problem)

    def _take_health(self, health: Health) -> None:
        was_gone = self.health is None
        if was_gone and not self._waiting:
            self._read_all(lambda: self._come(health), self.report)
        elif not was_gone:
            self.health = health
            self.checked.emit()

    def _come(self, health: Health) -> None:
        self.health = health
        self.connected.emit()
        self.refreshed.emit()

    def _read_all(self, on_all, on_problem) -> None:
        """Four requests side by side; `on_all` when all have answered, `on_problem` for the first that fails."""
        calls: list[Call] = []
        parts = (
            ('/api/lakes', read_lakes, 'lakes'),
            ('/api/cameras', read_cameras, 'cameras'),
            ('/api/models', read_models, 'models'),
            ('/api/layers', lambda told: list(told['layers']), 'catalogue'),
        )
        self._waiting = len(parts)

        def take(name: str, value: Any) -> None:
            setattr(self, name, value)
            self._waiting -= 1
            if self._waiting == 0:
                on_all()

        def fail(problem: Problem) -> None:
            for call in calls:
                call.cancel()
            self._waiting = 0
            on_problem(problem)

        for path, read, name in parts:
            calls.append(self.service.get(path, lambda value, n=name: take(n, value), fail, read))
