"""Reads the catalogue and makes its layers in a thread of QGIS's task manager."""
from __future__ import annotations

from dataclasses import dataclass, field

from qgis.core import QgsTask, QgsVectorLayer

from ..core.catalogue import CatalogueLayer, PostgisSource, find_database, read_catalogue
from ..core.places import Lake, read_lakes
from ..core.problem import Problem, ServiceProblem
from ..core.words import say
from ..service.blocking import BlockingService
from .login import Login
from .make import make_layer, move_to_gui
from .source import check_database, layer_source


@dataclass(frozen=True)
class LayersWish:
    """
    Which layers to make. `present` are those that the map has already: id → URI; the same URI is not made again.
    `logins` are those of databases, by PostgisSource.place.
    """

    address: str
    authcfg: str
    logins: dict[str, Login]
    present: dict[str, str]
    token: str = ''


@dataclass
class MadeLayers:
    """
    What came of a wish: `made` from the top down, in the GUI thread; `empty` have no feature yet; `kept` are there
    already; `problems` are those of single layers.
    """

    lakes: list[Lake] = field(default_factory=list)
    made: list[tuple[CatalogueLayer, QgsVectorLayer]] = field(default_factory=list)
    kept: list[CatalogueLayer] = field(default_factory=list)
    empty: list[CatalogueLayer] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


class LoginNeeded(Exception):
    """The layers are in a database that nobody has given a login for."""

    def __init__(self, source: PostgisSource) -> None:
        super().__init__(source.place)
        self.source = source


def make_layers(wish: LayersWish, is_canceled, on_progress) -> MadeLayers:
    """
    Makes what is wished for and not there yet; `on_progress` gets 0–100. For any thread but the GUI's.

    Raises ServiceProblem (`canceled` too), LoginNeeded.
    """
    service = BlockingService(wish.address, wish.authcfg, wish.token, is_canceled)
    catalogue = read_catalogue_of(service)
    result = MadeLayers(lakes=service.get('/api/lakes', read_lakes))
    login = _open_database(catalogue, wish)
    for index, layer in enumerate(catalogue):
        if is_canceled():
            raise ServiceProblem(canceled())
        on_progress(100 * index / len(catalogue))
        _make_one(layer, service, login, wish, result)
    for _layer, made in result.made:
        move_to_gui(made)
    on_progress(100)
    return result


def read_catalogue_of(service: BlockingService) -> list[CatalogueLayer]:
    """The catalogue of a service. Raises ServiceProblem."""
    return service.get('/api/layers', read_catalogue)


def _open_database(catalogue: list[CatalogueLayer], wish: LayersWish) -> Login:
    source = find_database(catalogue)
    if source is None:
        return Login('')
    login = wish.logins.get(source.place)
    if login is None:
        raise LoginNeeded(source)
    check_database(source, login)
    return login


def _make_one(layer: CatalogueLayer, service: BlockingService, login: Login, wish: LayersWish,
              result: MadeLayers) -> None:
    if wish.present.get(layer.id) == layer_source(layer, login, wish.authcfg)[1]:
        result.kept.append(layer)
        return
    try:
        made = make_layer(layer, service, login, wish.authcfg)
    except ServiceProblem as problem:
        if problem.problem.code == 'canceled':
            raise
        result.problems.append(problem.problem)
        return
    if made is None:
        result.empty.append(layer)
    else:
        result.made.append((layer, made))


def canceled() -> Problem:
    """The user stopped it: nothing to tell."""
    return Problem('canceled', say('Cancelled.', 'Annulé.'))


class WaitingTask(QgsTask):
    """
    Does `work(is_canceled, on_progress)` in a thread, then calls `on_result` or `on_failure` in the GUI's.

    A ServiceProblem and a LoginNeeded are failures; so is any fault of ours, told without a traceback.
    """

    def __init__(self, title: str, work, on_result, on_failure) -> None:
        super().__init__(title, QgsTask.Flag.CanCancel)
        self._work = work
        self._on_result = on_result
        self._on_failure = on_failure
        self._result = None
        self._failure: Exception | None = None

    def run(self) -> bool:
        """In the thread."""
        try:
            self._result = self._work(self.isCanceled, self.setProgress)
        except (ServiceProblem, LoginNeeded) as failure:
            self._failure = failure
        except Exception as fault:  # an exception that leaves run() would end in a traceback
            self._failure = ServiceProblem(_fault(fault))
        return self._failure is None

    def finished(self, ok: bool) -> None:
        """In the GUI thread."""
        if ok:
            self._on_result(self._result)
        else:
            self._on_failure(self._failure or ServiceProblem(canceled()))


def _fault(fault: Exception) -> Problem:
    return Problem(
        'plugin-fault',
        say(
            'Something failed inside the Rivage plugin: {why}. Please report it.',
            'Une erreur s’est produite dans l’extension Rivage : {why}. Merci de la signaler.',
        ).format(why=f'{type(fault).__name__}: {fault}'),
    )
