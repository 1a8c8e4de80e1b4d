"""With what QGIS may read a service's layers: its token, and a login where they are in a database of their own."""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from qgis.core import QgsRectangle

from ..core.catalogue import CatalogueLayer, PostgisSource, find_database, read_catalogue
from ..core.places import Lake
from ..core.problem import not_understood
from ..service.blocking import BlockingService
from .login import Login, find_login

AskLogin = Callable[[PostgisSource, Callable[[Login], None]], None]
"""Asks a person for a login to a database; calls back when there is one."""


@dataclass(frozen=True)
class Access:
    """
    The service, its catalogue and lakes, and the keys to them. `authcfg` and `token` are those of the service; layers
    can only use `authcfg`.
    """

    address: str
    catalogue: list[CatalogueLayer]
    lakes: list[Lake]
    login: Login
    authcfg: str = ''
    token: str = ''

    @property
    def box(self) -> QgsRectangle:
        """All lakes with what lies around them, EPSG:4326."""
        box = QgsRectangle()
        for lake in self.lakes:
            box.combineExtentWith(QgsRectangle(*lake.bbox))
        return box

    def connect(self, is_canceled: Callable[[], bool]) -> BlockingService:
        """The service, for the thread that calls this."""
        return BlockingService(self.address, self.authcfg, self.token, is_canceled)


def open_access(bench, ask_login: AskLogin, on_access: Callable[[Access], None]) -> None:
    """Calls `on_access`, at once or when a person has given a login; tells a catalogue that is not understood."""
    service = bench.service
    try:
        catalogue = read_catalogue({'layers': bench.catalogue})
    except (KeyError, TypeError, ValueError):
        bench.notices.tell(not_understood(service.address, '/api/layers'))
        return

    def go_on(login: Login) -> None:
        on_access(Access(service.address, catalogue, bench.lakes, login, service.authcfg, service.token))

    source = find_database(catalogue)
    login = Login('') if source is None else find_login(source)
    if login is None:
        ask_login(source, go_on)
    else:
        go_on(login)


def choose_login(catalogue: list[CatalogueLayer], user: str) -> Login:
    """Where nobody can be asked: a user that is named, the login given before, or the role for readers."""
    source = find_database(catalogue)
    if source is None:
        return Login('')
    return Login(user) if user else find_login(source) or Login(source.role)
