"""A service that can be slow, busy or gone: it stands before the real one and hands requests on."""
from __future__ import annotations

import threading
import time
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Proxy:
    """Hands every request on to `target`, `delay_s` seconds late. `asked`: method and path of each request."""

    def __init__(self, target: str) -> None:
        self.delay_s = 0.0
        self.asked: list[tuple[str, str]] = []
        proxy = self

        class Handler(BaseHTTPRequestHandler):
            def hand_on(self) -> None:
                proxy.asked.append((self.command, self.path))
                time.sleep(proxy.delay_s)
                body = self.rfile.read(int(self.headers.get('Content-Length', 0))) or None
                kept = {name: value for name, value in self.headers.items()
                        if name in ('Accept-Language', 'Content-Type', 'Authorization')}
                request = urllib.request.Request(target + self.path, body, kept, method=self.command)
                try:
                    with urllib.request.urlopen(request, timeout=60) as answer:  # nosec
                        self.answer(answer.status, answer.headers, answer.read())
                except urllib.error.HTTPError as problem:
                    self.answer(problem.code, problem.headers, problem.read())

            def answer(self, status: int, headers, body: bytes) -> None:
                try:
                    self.send_response(status)
                    self.send_header('Content-Type', headers.get('Content-Type', ''))
                    self.send_header('Content-Length', str(len(body)))
                    self.end_headers()
                    self.wfile.write(body)
                except (BrokenPipeError, ConnectionResetError):
                    pass  # whoever asked has hung up

            do_GET = do_POST = do_PUT = do_DELETE = hand_on

            def log_message(self, *_args) -> None:
                pass

        self._server = ThreadingHTTPServer(('127.0.0.1', 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.url = f'http://127.0.0.1:{self._server.server_port}'

    def asked_to(self, method: str) -> list[str]:
        """The paths that were asked for by a method."""
        return [path for verb, path in self.asked if verb == method]

    def close(self) -> None:
        """Listens no more."""
        self._server.shutdown()
        self._server.server_close()
