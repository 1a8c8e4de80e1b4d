"""Requests that never make the window wait: answers come to callbacks in the thread that asked."""
from __future__ import annotations

import json
from typing import Any, Callable

from qgis.core import QgsApplication, QgsNetworkAccessManager
from qgis.PyQt.QtCore import QObject, QTimer, QUrl
from qgis.PyQt.QtNetwork import QNetworkReply, QNetworkRequest

from ..core.problem import Problem, address_invalid, login_failed, not_understood, read_problem, too_slow, unreachable
from ..core.words import language

OnProblem = Callable[[Problem], None]
TIMEOUT_S = 30.0


def as_is(answer: Any) -> Any:
    """Leaves a parsed JSON answer as it is; the default of `read`."""
    return answer


class Service(QObject):
    """
    A Rivage service at an address such as `http://127.0.0.1:8686`. Lives in the thread that made it.

    `authcfg` is the id of a Basic configuration in QGIS's authentication database; `token`, the token itself, wins
    over it. Every request method returns a `Call` at once; later either `on_answer` or `on_problem` is called, once,
    and neither after `Call.cancel()`. A window cancels its calls when it closes. `read` turns the parsed JSON into a
    noun; when it raises (KeyError, TypeError, ValueError) the answer is a Problem `answer-not-understood`.
    """

    def __init__(self, address: str, authcfg: str = '', token: str | None = None,
                 parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.address = address.strip().rstrip('/')
        self.authcfg = authcfg
        self.token = token
        self._calls: set[Call] = set()
        # one of our own: QGIS's would answer a 401 with a modal dialog
        self._network = QgsNetworkAccessManager(self)
        known = QgsNetworkAccessManager.instance()
        self._network.setFallbackProxyAndExcludes(known.fallbackProxy(), known.excludeList(), known.noProxyList())

    def get(self, path: str, on_answer: Callable[[Any], None], on_problem: OnProblem, read=as_is,
            timeout_s: float = TIMEOUT_S) -> Call:
        """GET of a JSON answer."""
        return self._start('GET', path, None, '', _json_to(on_answer, on_problem, read, self.address, path),
                           on_problem, timeout_s)

    def send(self, method: str, path: str, body: Any, on_answer: Callable[[Any], None], on_problem: OnProblem,
             read=as_is, timeout_s: float = TIMEOUT_S) -> Call:
        """POST, PUT or DELETE with a JSON body (None: without), answered in JSON."""
        data = None if body is None else json.dumps(body).encode('utf-8')
        return self._start(method, path, data, 'application/json',
                           _json_to(on_answer, on_problem, read, self.address, path), on_problem, timeout_s)

    def get_bytes(self, path: str, on_answer: Callable[[bytes], None], on_problem: OnProblem,
                  timeout_s: float = TIMEOUT_S) -> Call:
        """GET of a picture, a style, a project."""
        return self._start('GET', path, None, '', on_answer, on_problem, timeout_s)

    def send_bytes(self, method: str, path: str, data: bytes, on_answer: Callable[[Any], None],
                   on_problem: OnProblem, content_type: str = 'application/octet-stream', read=as_is,
                   timeout_s: float = TIMEOUT_S) -> Call:
        """POST or PUT of a file, answered in JSON."""
        return self._start(method, path, data, content_type,
                           _json_to(on_answer, on_problem, read, self.address, path), on_problem, timeout_s)

    def cancel_all(self) -> None:
        """Cancels every call under way; none of their callbacks is called."""
        for call in list(self._calls):
            call.cancel()

    def _start(self, method: str, path: str, data: bytes | None, content_type: str,
               on_bytes: Callable[[bytes], None], on_problem: OnProblem, timeout_s: float) -> Call:
        call = Call(self, on_bytes, on_problem, timeout_s)
        self._calls.add(call)
        call.ended = lambda: self._calls.discard(call)
        url = QUrl(self.address + path)
        if url.scheme() not in ('http', 'https') or not url.host() or not url.isValid():
            call.refuse(address_invalid(self.address))
            return call
        request = QNetworkRequest(url)
        request.setAttribute(QNetworkRequest.Attribute.CacheLoadControlAttribute,
                             QNetworkRequest.CacheLoadControl.AlwaysNetwork)
        request.setRawHeader(b'Accept-Language', language().encode())
        if data is not None:
            request.setRawHeader(b'Content-Type', content_type.encode())
        if self.token:
            request.setRawHeader(b'Authorization', b'Bearer ' + self.token.encode())
        elif self.authcfg:
            known, request = QgsApplication.authManager().updateNetworkRequest(request, self.authcfg)
            if not known:
                call.refuse(login_failed(self.address))
                return call
        call.follow(self._network.sendCustomRequest(request, method.encode(), data or b''))
        return call


def _json_to(on_answer: Callable[[Any], None], on_problem: OnProblem, read, address: str, path: str):
    """A receiver of bytes that hands on what they mean."""
    def receive(data: bytes) -> None:
        try:
            answer = read(json.loads(data.decode('utf-8')) if data else None)
        except (ValueError, KeyError, TypeError, AttributeError, IndexError):
            on_problem(not_understood(address, path))
            return
        on_answer(answer)

    return receive


class Call(QObject):
    """One request under way. `cancel()` ends it silently: neither of its callbacks is called."""

    def __init__(self, service: Service, on_bytes: Callable[[bytes], None], on_problem: OnProblem,
                 timeout_s: float) -> None:
        super().__init__(service)
        self._address = service.address
        self._on_bytes = on_bytes
        self._on_problem = on_problem
        self._timeout_s = timeout_s
        self._reply: QNetworkReply | None = None
        self._open = True
        self.ended: Callable[[], None] = lambda: None
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.timeout.connect(self._time_out)
        self._clock.start(round(timeout_s * 1000))

    def is_open(self) -> bool:
        """Whether an answer is still to come."""
        return self._open

    def cancel(self) -> None:
        """Stops the request; harmless when it has ended."""
        if self._open:
            self._close()

    def follow(self, reply: QNetworkReply) -> None:
        """Waits for a reply; bytes that arrive or leave start the time limit anew."""
        self._reply = reply
        reply.downloadProgress.connect(self._moved)
        reply.uploadProgress.connect(self._moved)
        reply.finished.connect(self._finish)

    def refuse(self, problem: Problem) -> None:
        """Answers with a problem, but after the caller has its Call, as always."""
        QTimer.singleShot(0, lambda: self._fail(problem))

    def _moved(self, done: int, _total: int) -> None:
        if self._open and done > 0:
            self._clock.start()

    def _time_out(self) -> None:
        self._fail(too_slow(self._address, self._timeout_s))

    def _fail(self, problem: Problem) -> None:
        if self._open:
            on_problem = self._on_problem
            self._close()
            on_problem(problem)

    def _finish(self) -> None:
        if not self._open or self._reply is None:
            return
        status = self._reply.attribute(QNetworkRequest.Attribute.HttpStatusCodeAttribute)
        error = self._reply.error()
        data = bytes(self._reply.readAll())
        if error == QNetworkReply.NetworkError.OperationCanceledError:
            self._fail(too_slow(self._address, self._timeout_s))
        elif status is None or (status < 300 and error != QNetworkReply.NetworkError.NoError):
            self._fail(unreachable(self._address))
        elif status >= 300:
            self._fail(read_problem(int(status), data, self._address))
        else:
            on_bytes = self._on_bytes
            self._close()
            on_bytes(data)

    def _close(self) -> None:
        self._open = False
        self._clock.stop()
        reply, self._reply = self._reply, None
        self._on_bytes = self._on_problem = lambda _gone: None
        # what it held of its service goes now: Python's collector, in whatever thread, must not be the one to free it
        ended, self.ended = self.ended, lambda: None
        ended()
        if reply is not None:
            if reply.isRunning():
                reply.abort()
            reply.deleteLater()
        self.deleteLater()
