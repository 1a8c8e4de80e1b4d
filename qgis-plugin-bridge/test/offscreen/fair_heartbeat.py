"""How long the GUI thread was held up by its own doing: time in which a busy machine gave it no CPU is not counted."""
from __future__ import annotations

from pathlib import Path

from real_service import Heartbeat

_SCHEDSTAT = Path('/proc/thread-self/schedstat')


class FairHeartbeat(Heartbeat):
    """
    A Heartbeat less the time that the thread was ready to run and waited for a CPU, ms.

    Source: Documentation/scheduler/sched-stats.rst of Linux, second figure of schedstat. Elsewhere, a plain Heartbeat.
    """

    def __init__(self) -> None:
        self._waited = _read_waited_ms()
        super().__init__()

    def _beat(self) -> None:
        waited = _read_waited_ms()
        self._last += (waited - self._waited) / 1000
        self._waited = waited
        super()._beat()

    def reset(self) -> None:
        """Forgets what was before."""
        self._waited = _read_waited_ms()
        super().reset()


def _read_waited_ms() -> float:
    return int(_SCHEDSTAT.read_text().split()[1]) / 1e6 if _SCHEDSTAT.exists() else 0.0
