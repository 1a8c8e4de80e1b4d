"""With what QGIS may read a service's layers: its token, and a login where they are in a database of their own."""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..core.catalogue import CatalogueLayer, PostgisSource, find_database, read_catalogue
from ..core.problem import not_understood
from ..service.blocking import BlockingService
from .login import Login, find_login

AskLogin = Callable[[PostgisSource, Callable[[Login], None]], None]
"""Asks a person for a login to a database; calls back when there is one."""


@dataclass(frozen=True)
class Access:
    """
    The service, its catalogue and the keys to both. `authcfg` and `token` are those of the service; layers can only
    use `authcfg`.
    """

    address: str
    catalogue: list[CatalogueLayer]
    login: Login
    authcfg: str = ''
    token: str = ''

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
        on_access(Access(service.address, catalogue, login, service.authcfg, service.token))

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
