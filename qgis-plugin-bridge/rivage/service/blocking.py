"""The same requests where waiting is right: in QgsTask threads and in Processing algorithms. Never in a window."""
from __future__ import annotations

from typing import Any, Callable

from qgis.PyQt.QtCore import QEventLoop, QTimer

from ..core.problem import Problem, ServiceProblem
from ..core.words import say
from .http import TIMEOUT_S, Call, Service, as_is

_LOOK_MS = 100


class BlockingService:
    """
    A service whose methods return the answer or raise `ServiceProblem`. Make it in the thread that uses it.

    `is_canceled` is asked ten times a second (`feedback.isCanceled`, `task.isCanceled`); when true the request is
    dropped and ServiceProblem of code `canceled` raised.
    """

    def __init__(self, address: str, authcfg: str = '', token: str | None = None,
                 is_canceled: Callable[[], bool] = lambda: False) -> None:
        self._service = Service(address, authcfg, token)
        self._is_canceled = is_canceled

    @property
    def address(self) -> str:
        """Without a slash at its end."""
        return self._service.address

    def get(self, path: str, read=as_is, timeout_s: float = TIMEOUT_S) -> Any:
        """GET of a JSON answer. Raises ServiceProblem."""
        return self._wait(lambda done, fail: self._service.get(path, done, fail, read, timeout_s))

    def send(self, method: str, path: str, body: Any = None, read=as_is, timeout_s: float = TIMEOUT_S) -> Any:
        """POST, PUT or DELETE with a JSON body (None: without). Raises ServiceProblem."""
        return self._wait(lambda done, fail: self._service.send(method, path, body, done, fail, read, timeout_s))

    def get_bytes(self, path: str, timeout_s: float = TIMEOUT_S) -> bytes:
        """GET of a picture, a style, a project. Raises ServiceProblem."""
        return self._wait(lambda done, fail: self._service.get_bytes(path, done, fail, timeout_s))

    def send_bytes(self, method: str, path: str, data: bytes, timeout_s: float = TIMEOUT_S) -> Any:
        """POST or PUT of a file. Raises ServiceProblem."""
        return self._wait(
            lambda done, fail: self._service.send_bytes(method, path, data, done, fail, timeout_s=timeout_s))

    def pause(self, seconds: float) -> None:
        """Waits between two looks at a run. Raises ServiceProblem `canceled` as soon as the user cancels."""
        loop = QEventLoop()
        end = QTimer()
        end.setSingleShot(True)
        end.timeout.connect(loop.quit)
        end.start(round(seconds * 1000))
        self._run(loop)

    def _wait(self, start: Callable[[Callable[[Any], None], Callable[[Problem], None]], Call]) -> Any:
        loop = QEventLoop()
        answers: list[Any] = []
        problems: list[Problem] = []
        call = start(lambda answer: (answers.append(answer), loop.quit()),
                     lambda problem: (problems.append(problem), loop.quit()))
        try:
            self._run(loop)
        finally:
            call.cancel()
        if problems:
            raise ServiceProblem(problems[0])
        return answers[0]

    def _run(self, loop: QEventLoop) -> None:
        canceled: list[bool] = []
        is_canceled = self._is_canceled  # and not self: Qt holds a timer's slot longer than the timer

        def look() -> None:
            if is_canceled():
                canceled.append(True)
                loop.quit()

        watch = QTimer()
        watch.timeout.connect(look)
        watch.start(_LOOK_MS)
        loop.exec()
        watch.stop()
        if canceled:
            raise ServiceProblem(Problem('canceled', say('Cancelled.', 'Annulé.')))
