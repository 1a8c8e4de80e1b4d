"""A run of the service: what to ask for, how far it is, and the words for it."""
from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Sequence

from .words import say, say_duration, say_number


@dataclass(frozen=True)
class Run:
    """
    A run. `total` None: photos not counted yet; `done` includes `failed`; `per_second` photos a second and
    `seconds_left` None: not known; `error` why the whole run failed.
    """

    id: str
    state: str
    total: int | None
    done: int
    failed: int
    per_second: float | None
    seconds_left: float | None
    error: str | None

    @property
    def under_way(self) -> bool:
        """Queued or running: its figures may still change."""
        return self.state in ('queued', 'running')


def read_run(told: dict[str, Any]) -> Run:
    """From /api/runs/{id}. Raises KeyError, TypeError."""
    error = told['error']
    return Run(
        id=told['id'], state=told['state'], total=told['total'], done=told['done'], failed=told['failed'],
        per_second=told['photosPerSecond'], seconds_left=told['secondsLeft'],
        error=None if error is None else error['detail'],
    )


def read_runs(told: dict[str, Any]) -> list[Run]:
    """From /api/runs, latest first. Raises KeyError, TypeError."""
    return [read_run(run) for run in told['runs']]


def ask_run(camera_ids: Sequence[str], start: str | None, end: str | None, model_id: str | None) -> dict[str, Any]:
    """The body of POST /api/runs. `start`, `end` (not included): ISO 8601 instants; None does not restrict."""
    body: dict[str, Any] = {'kind': 'process', 'cameraIds': list(camera_ids)}
    if start is not None:
        body['from'] = start
    if end is not None:
        body['to'] = end
    if model_id:
        body['modelId'] = model_id
    return body


def say_run(run: Run) -> str:
    """How far a run is, in one sentence."""
    done, failed = say_number(run.done), say_number(run.failed)
    if run.state == 'queued':
        return say('Waiting for its turn…', 'En attente…')
    if run.state == 'running':
        return _say_running(run)
    if run.state == 'failed':
        return say('Stopped: {why}', 'Arrêté : {why}').format(why=run.error or '–')
    if run.state == 'cancelled':
        return say('Cancelled. {done} photos had been processed; they stay.',
                   'Annulé. {done} photos avaient été traitées ; elles restent.').format(done=done)
    if run.done == 0:
        return say('Nothing to do: this model has seen every photo of this choice.',
                   'Rien à faire : ce modèle a déjà vu toutes les photos de ce choix.')
    if run.failed:
        return say('{done} photos processed, {failed} of them could not be; each is kept with its reason.',
                   '{done} photos traitées, dont {failed} en échec ; chacune est gardée avec sa raison.'
                   ).format(done=done, failed=failed)
    return say('{done} photos processed.', '{done} photos traitées.').format(done=done)


def _say_running(run: Run) -> str:
    if run.total is None:
        return say('Looking for new photos…', 'Recherche de nouvelles photos…')
    parts = [say('{done} of {total} photos', '{done} photos sur {total}').format(
        done=say_number(run.done), total=say_number(run.total))]
    if run.per_second is not None:
        parts.append(say('{rate} photos/s', '{rate} photos/s').format(rate=say_number(run.per_second, 1)))
    if run.seconds_left is not None:
        parts.append(say('{left} left', 'encore {left}').format(left=say_duration(run.seconds_left)))
    if run.failed:
        parts.append(say('{n} failed', '{n} en échec').format(n=say_number(run.failed)))
    return ' · '.join(parts)
