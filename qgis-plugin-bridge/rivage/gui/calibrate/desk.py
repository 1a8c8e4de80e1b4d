"""What the calibrate window asks the service; every call ends with the window."""
from __future__ import annotations

from typing import Any, Callable
from urllib.parse import quote

from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal

from ...core.gcps_photos import PhotoPage, ReferencePhoto, read_photo_page
from ...core.gcps_solved import Solved, parse_solved
from ...core.problem import Problem
from ...core.words import say
from ...service.http import Call
from ..bench import Bench

DEBOUNCE_MS = 300
REST_MS = 700


class CalibrationDesk(QObject):
    """Requests of the window. Problems go to the message bar where no other receiver is given."""

    def __init__(self, bench: Bench, parent: QObject) -> None:
        super().__init__(parent)
        self._bench = bench
        self._calls: dict[str, Call] = {}

    def close(self) -> None:
        """Drops every call."""
        for call in self._calls.values():
            call.cancel()
        self._calls.clear()

    def is_open(self) -> bool:
        """Whether an answer is still to come."""
        return any(call.is_open() for call in self._calls.values())

    def read_history(self, camera_id: str, take: Callable[[list[dict[str, Any]]], None]) -> None:
        """All calibrations of a camera."""
        path = f'/api/cameras/{quote(camera_id)}/calibrations'
        self._get('history', path, take, lambda told: list(told['calibrations']))

    def read_calibration(self, calibration_id: int, take: Callable[[dict[str, Any]], None]) -> None:
        """One calibration with its points."""
        self._get('calibration', f'/api/calibrations/{calibration_id}', take)

    def read_photos(self, camera_id: str, path: str | None, take: Callable[[list[ReferencePhoto]], None],
                    progress: Callable[[int, int], None]) -> None:
        """The usable photo of a path alone, where there is one, and then all of the camera, page after page."""
        asked = f'/api/photos?camera={quote(camera_id)}&visibility=usable'
        known: list[ReferencePhoto] = []
        photos: list[ReferencePhoto] = []

        def begin(page: PhotoPage) -> None:
            known.extend(page.photos)
            if known:
                take(known)
            self._get('photos', f'{asked}&limit=1000', add, read_photo_page)

        def add(page: PhotoPage) -> None:
            photos.extend(page.photos)
            if page.next is None:
                take(photos)
            else:
                if not known:
                    progress(len(photos), page.total)
                self._get('photos', page.next, add, read_photo_page)

        if path is None:
            begin(PhotoPage((), 0, None))
        else:
            self._get('photos', f"{asked}&path={quote(path, safe='')}", begin, read_photo_page)

    def read_picture(self, photo: ReferencePhoto, take: Callable[[bytes], None],
                     fail: Callable[[Problem], None]) -> None:
        """The photo as JPEG, persons blurred."""
        self._keep('picture', self._bench.service.get_bytes(f'/api/photos/{quote(photo.id)}/image', take, fail))

    def read_height(self, lng: float, lat: float, take: Callable[[float], None]) -> None:
        """The height of the ground at a place, m; told where the DEM does not reach there. Each click has its call."""
        def receive(height: float | None) -> None:
            if height is None:
                self._bench.notices.tell(Problem('height-unknown', say(
                    'The service’s DEM does not reach that place: write the height of the point in the table.',
                    'Le MNT du service ne va pas jusque-là : écrivez l’altitude du point dans le tableau.')))
            else:
                take(height)

        self._keep(f'height {lng} {lat}', self._bench.service.send(
            'POST', '/api/elevations', {'points': [{'lng': lng, 'lat': lat}]}, receive, self._bench.notices.tell,
            lambda told: told['heights'][0]['heightM']))

    def save(self, camera_id: str, wish: dict[str, Any], take: Callable[[Any], None],
             fail: Callable[[Problem], None]) -> None:
        """Solves and stores."""
        self._keep('save', self._bench.service.send(
            'POST', f'/api/cameras/{quote(camera_id)}/calibrations', {**wish, 'save': True}, take, fail, parse_solved))

    def locate_anew(self, camera_id: str, valid_from: str | None, take: Callable[[Any], None]) -> None:
        """Starts a run that puts what was detected before where the new calibration has it."""
        body: dict[str, Any] = {'kind': 'relocate', 'cameraIds': [camera_id]}
        if valid_from:
            body['from'] = valid_from
        self._keep('relocate', self._bench.service.send('POST', '/api/runs', body, take, self._bench.notices.tell))

    def _get(self, name: str, path: str, take: Callable[[Any], None], read=lambda told: told) -> None:
        self._keep(name, self._bench.service.get(path, take, self._bench.notices.tell, read))

    def _keep(self, name: str, call: Call) -> None:
        """One call of a name at a time: the latest wins."""
        earlier = self._calls.pop(name, None)
        if earlier is not None:
            earlier.cancel()
        self._calls[name] = call


class LiveSolve(QObject):
    """Solves 300 ms after the last change, without storing; an answer to points that were changed since is dropped.
    The viewshed takes the service longer, so it is asked for when the points have rested a while.

    `solved`: a Solved; `seen`: the viewshed (bytes); `failed`: a Problem; `asking`: whether a solve is awaited.
    """

    solved = pyqtSignal(object)
    seen = pyqtSignal(object)
    failed = pyqtSignal(object)
    asking = pyqtSignal(bool)

    def __init__(self, bench: Bench, parent: QObject) -> None:
        super().__init__(parent)
        self._bench = bench
        self._call: Call | None = None
        self._camera_id = ''
        self._wish: dict[str, Any] = {}
        self._solving = _timer(self, DEBOUNCE_MS, self._solve)
        self._looking = _timer(self, REST_MS, self._look)

    def ask(self, camera_id: str, wish: dict[str, Any]) -> None:
        """Solves this instead of what was asked before."""
        self.stop()
        self._camera_id, self._wish = camera_id, wish
        self._solving.start()
        self.asking.emit(True)

    def stop(self) -> None:
        """Waits for nothing any more."""
        self._solving.stop()
        self._looking.stop()
        if self._call is not None:
            self._call.cancel()
            self._call = None
        self.asking.emit(False)

    def _solve(self) -> None:
        self._send(self._wish, self._take_solved, self._fail)

    def _look(self) -> None:
        # One that fails is not drawn: the solve has just told what there is to tell.
        self._send({**self._wish, 'viewshed': True}, self._take_seen, lambda _problem: None)

    def _send(self, wish: dict[str, Any], take: Callable[[Solved], None], fail: Callable[[Problem], None]) -> None:
        path = f'/api/cameras/{quote(self._camera_id)}/calibrations'
        self._call = self._bench.service.send('POST', path, wish, take, fail, parse_solved)

    def _take_solved(self, solved: Solved) -> None:
        self._call = None
        self._looking.start()
        self.asking.emit(False)
        self.solved.emit(solved)

    def _take_seen(self, solved: Solved) -> None:
        self._call = None
        self.seen.emit(solved.viewshed)

    def _fail(self, problem: Problem) -> None:
        self._call = None
        self.asking.emit(False)
        self.failed.emit(problem)


def _timer(parent: QObject, wait_ms: int, act: Callable[[], None]) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(wait_ms)
    timer.timeout.connect(act)
    return timer
