"""Makes the catalogue's layers in a thread of QGIS's task manager."""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from qgis.core import QgsTask, QgsVectorLayer

from ..core.catalogue import CatalogueLayer, find_database
from ..core.problem import Problem, ServiceProblem
from ..core.words import say
from .access import Access
from .make import make_layer, move_to_gui
from .source import check_database, layer_source

_FLAGS = QgsTask.Flag.CanCancel | getattr(QgsTask.Flag, 'Silent', QgsTask.Flag.CanCancel)
"""We say ourselves what came of a task; since 3.26 QGIS can be told not to."""

_OF_ONE_LAYER = ('layer-unreadable', 'style-not-understood')
"""Problems that leave the other layers be; any other is the service's, and would come again with each layer."""


@dataclass
class MadeLayers:
    """
    What came of it: `made` from the top down, in the GUI thread; `kept` were there already; `empty` have no feature
    yet; `problems` are those of single layers.
    """

    made: list[tuple[CatalogueLayer, QgsVectorLayer]] = field(default_factory=list)
    kept: list[CatalogueLayer] = field(default_factory=list)
    empty: list[CatalogueLayer] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def make_layers(access: Access, present: dict[str, str], is_canceled: Callable[[], bool],
                on_progress: Callable[[float], None]) -> MadeLayers:
    """
    Makes the layers that are not `present` (id → URI) with the same URI; `on_progress` gets 0–100. For any thread but
    the GUI's.

    Raises ServiceProblem (`canceled` too).
    """
    service = access.connect(is_canceled)
    own_styles = check_reading(access)
    result = MadeLayers()
    for index, layer in enumerate(access.catalogue):
        if is_canceled():
            raise ServiceProblem(canceled())
        on_progress(100 * index / len(access.catalogue))
        if present.get(layer.id) == layer_source(layer, access)[1]:
            result.kept.append(layer)
            continue
        try:
            made = make_layer(layer, service, access, layer.id in own_styles)
        except ServiceProblem as problem:
            if problem.problem.code not in _OF_ONE_LAYER:
                raise
            result.problems.append(problem.problem)
            continue
        if made is None:
            result.empty.append(layer)
        else:
            result.made.append((layer, made))
    _read_times(result)
    for _layer, made in result.made:
        move_to_gui(made)
    on_progress(100)
    return result


def check_reading(access: Access) -> frozenset[str]:
    """
    Makes sure that the database, if the layers are in one, lets us in; the views that people gave a default style of
    their own. Raises ServiceProblem.
    """
    source = find_database(access.catalogue)
    return frozenset() if source is None else check_database(source, access.login)


def _read_times(result: MadeLayers) -> None:
    """
    Reads the first and last time of the first layer that has times: QGIS's Temporal Controller asks for them, in the
    GUI thread, when that layer is added, and the provider of OGC API layers remembers what it once read.
    """
    first = next((made for _layer, made in result.made if made.temporalProperties().isActive()), None)
    if first is not None:
        times = first.temporalProperties()
        for name in (times.startField(), times.endField()):
            first.minimumAndMaximumValue(first.fields().lookupField(name))


def canceled() -> Problem:
    """The user stopped it: nothing to tell."""
    return Problem('canceled', say('Cancelled.', 'Annulé.'))


class WaitingTask(QgsTask):
    """
    Does `work(is_canceled, on_progress)` in a thread, then calls `on_result` or `on_problem` in the GUI's.

    A ServiceProblem is a failure; any other exception is a fault of ours, told without a traceback.
    """

    def __init__(self, title: str, work: Callable[[Callable[[], bool], Callable[[float], None]], Any],
                 on_result: Callable[[Any], None], on_problem: Callable[[Problem], None]) -> None:
        super().__init__(title, _FLAGS)
        self._work = work
        self._on_result = on_result
        self._on_problem = on_problem
        self._result: Any = None
        self._problem = canceled()

    def run(self) -> bool:
        """In the thread."""
        try:
            self._result = self._work(self.isCanceled, self.setProgress)
            return True
        except ServiceProblem as failure:
            self._problem = failure.problem
        except Exception as fault:  # what leaves run() ends in a traceback
            self._problem = _fault(fault)
        return False

    def finished(self, ok: bool) -> None:
        """In the GUI thread."""
        if ok:
            self._on_result(self._result)
        else:
            self._on_problem(self._problem)


def _fault(fault: Exception) -> Problem:
    return Problem(
        'plugin-fault',
        say(
            'Something failed inside the Rivage plugin: {why}. Please report it.',
            'Une erreur s’est produite dans l’extension Rivage : {why}. Merci de la signaler.',
        ).format(why=f'{type(fault).__name__}: {fault}'),
    )
