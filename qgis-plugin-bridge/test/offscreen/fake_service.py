"""A tiny service in this process that misbehaves on request: slow, foreign, refusing, older, gone. For tests alone."""
from __future__ import annotations

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

CAMERA = {
    'id': 'north', 'name': 'North', 'lakeId': 'lac', 'lng': 6.1, 'lat': 44.9, 'heightM': 2110, 'intervalMin': 60,
    'mountedFrom': None, 'mountedTo': None, 'headingDeg': 10, 'horizontalFieldDeg': 60, 'calibrationRmsePx': 1.24,
    'movedSince': None,
    'photos': {'total': 40, 'usable': 30, 'unreadable': 1, 'analysed': 20,
               'first': '2025-07-01T03:00:00.000Z', 'last': '2025-07-03T20:00:00.000Z'},
}
MOVED = {**CAMERA, 'id': 'south', 'name': 'South', 'calibrationRmsePx': 2, 'movedSince': '2025-07-02T10:00:00.000Z'}
RAW = {**CAMERA, 'id': 'west', 'name': 'West', 'calibrationRmsePx': None}


def a_day(day: str, **changed: Any) -> dict[str, Any]:
    """A row of /days."""
    known = dict(day=day, expected=24, received=20, unreadable=0, dark=4, fog=0, usable=16, analysed=10)
    return {**known, **changed}


def a_run(**changed: Any) -> dict[str, Any]:
    """A run as /api/runs/{id} tells it."""
    known = dict(id='r1', kind='process', state='running', cameraIds=None, to=None, modelId=None, total=100, done=25,
                 failed=0, photosPerSecond=2.5, secondsLeft=30, error=None)
    return {**known, **changed}


class FakeService:
    """
    Answers like Rivage until told otherwise. `slow[path]` waits that many seconds; `refuse[path]` is
    (status, content type, body) instead of the answer; `token` is asked for when set; `asked` logs what came.
    """

    def __init__(self) -> None:
        self.version = '0.1.0'
        self.token = ''
        self.slow: dict[str, float] = {}
        self.refuse: dict[str, tuple[int, str, bytes]] = {}
        self.asked: list[tuple[str, str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.cameras = [CAMERA, MOVED, RAW]
        self.runs: list[dict[str, Any]] = []
        self._server: ThreadingHTTPServer | None = None
        self._port = 0
        self.start()

    @property
    def address(self) -> str:
        """Where it listens."""
        return f'http://127.0.0.1:{self._port}'

    def start(self) -> None:
        """Listens; after `stop()` at the same port again."""
        fake = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:  # noqa: N802 (the library's name)
                fake.serve(self, None)

            def do_DELETE(self) -> None:  # noqa: N802 (the library's name)
                fake.serve(self, None)

            def do_POST(self) -> None:  # noqa: N802 (the library's name)
                fake.serve(self, json.loads(self.rfile.read(int(self.headers['Content-Length']))))

            def log_message(self, *_args: Any) -> None:
                pass

        ThreadingHTTPServer.allow_reuse_address = True
        self._server = ThreadingHTTPServer(('127.0.0.1', self._port), Handler)
        self._port = self._server.server_port
        threading.Thread(target=self._server.serve_forever, kwargs={'poll_interval': 0.02}, daemon=True).start()

    def stop(self) -> None:
        """Nothing listens any more."""
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def serve(self, handler: BaseHTTPRequestHandler, body: Any) -> None:
        """Answers one request."""
        path = handler.path.split('?')[0]
        self.asked.append((handler.command, handler.path, body))
        self.headers.append({name.lower(): value for name, value in handler.headers.items()})
        time.sleep(self.slow.get(path, self.slow.get('*', 0)))
        given = handler.headers.get('Authorization')
        if self.token and given != f'Bearer {self.token}':
            code = 'token-missing' if given is None else 'token-wrong'
            self._write(handler, 401, 'application/problem+json', json.dumps(
                {'code': code, 'detail': f'The service asks for its token ({code}).', 'status': 401}).encode())
        elif path in self.refuse:
            self._write(handler, *self.refuse[path])
        else:
            self._write(handler, *self._answer(handler.command, path))

    def _answer(self, method: str, path: str) -> tuple[int, str, bytes]:
        answers = {
            '/api/health': {'status': 'ok', 'version': self.version, 'engine': 'pglite', 'migrations': []},
            '/api/lakes': {'lakes': [{'id': 'lac', 'name': 'Lac bleu', 'waterLevelM': 2100, 'timeZone': 'Europe/Paris',
                                      'bbox': [6, 44.8, 6.2, 45], 'relief': None}]},
            '/api/cameras': {'cameras': self.cameras},
            '/api/models': {'models': [
                {'id': 'old@1', 'name': None, 'licence': None, 'installed': False, 'isDefault': False, 'labels': [],
                 'analysedPhotos': 3, 'state': None},
                {'id': 'm@1', 'name': 'Model', 'licence': 'MIT', 'installed': True, 'isDefault': True, 'labels': [],
                 'analysedPhotos': 20, 'state': 'ready'},
                {'id': 'far@2', 'name': 'Far', 'licence': 'MIT', 'installed': True, 'isDefault': False, 'labels': [],
                 'analysedPhotos': 0, 'state': 'not-pulled'}]},
            '/api/layers': {'layers': []},
            '/api/runs': {'runs': self.runs} if method == 'GET' else (self.runs or [a_run()])[0],
            '/api/cameras/north/days': {'days': [a_day('2024-08-01'), a_day('2025-07-01'), a_day('2025-07-03')]},
            '/api/cameras/south/days': {'days': [
                a_day('2025-07-02', received=0, unreadable=0, dark=0, usable=0, analysed=0),
                a_day('2025-07-04', expected=None)]},
        }
        answers.update({f'/api/runs/{run["id"]}': run for run in self.runs})
        if path in answers:
            return 202 if method == 'POST' else 200, 'application/json', json.dumps(answers[path]).encode()
        return 404, 'application/problem+json', json.dumps(
            {'code': 'route-missing', 'detail': f'Nothing is served at {path}.', 'status': 404}).encode()

    @staticmethod
    def _write(handler: BaseHTTPRequestHandler, status: int, kind: str, body: bytes) -> None:
        try:
            handler.send_response(status)
            handler.send_header('Content-Type', kind)
            handler.send_header('Content-Length', str(len(body)))
            if status == 401:
                handler.send_header('WWW-Authenticate', 'Basic realm="Rivage"')
            handler.end_headers()
            handler.wfile.write(body)
        except ConnectionError:
            pass  # the asker has gone
