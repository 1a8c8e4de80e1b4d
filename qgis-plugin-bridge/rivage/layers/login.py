"""How QGIS logs in to the service's database: remembered by user, the password in QGIS's authentication database."""
from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass

from qgis.core import QgsApplication, QgsAuthMethodConfig, QgsSettings

from ..core.catalogue import PostgisSource
from ..core.problem import Problem, ServiceProblem
from ..core.words import say


@dataclass(frozen=True)
class Login:
    """Who reads the database. `authcfg` empty: a database that asks `user` for no password."""

    user: str
    authcfg: str = ''


def authcfg_of(source: PostgisSource) -> str:
    """
    Id of the configuration that holds the password: the same on every computer for the same database, so that a
    stored project works for each person with that person's own login.
    """
    digest = hashlib.sha256(source.place.encode()).digest()
    return 'r' + base64.b32encode(digest).decode().lower()[:6]


def find_login(source: PostgisSource) -> Login | None:
    """The login given before; None: nobody has been asked yet."""
    user = QgsSettings().value(_key(source), None)
    if user is None:
        return None
    authcfg = authcfg_of(source)
    known = authcfg in QgsApplication.authManager().configIds()
    return Login(str(user), authcfg if known else '')


def write_login(source: PostgisSource, user: str, password: str) -> Login:
    """Remembers a login; without a password only the user is kept. Raises ServiceProblem `login-not-kept`."""
    manager = QgsApplication.authManager()
    authcfg = authcfg_of(source)
    if authcfg in manager.configIds():
        manager.removeAuthenticationConfig(authcfg)
    if password:
        config = QgsAuthMethodConfig('Basic')
        config.setId(authcfg)
        config.setName(f'Rivage {source.place}')
        config.setConfig('username', user)
        config.setConfig('password', password)
        stored = manager.storeAuthenticationConfig(config)
        # 3.22 answers a bool, newer versions the configuration too
        if not (stored[0] if isinstance(stored, tuple) else stored):
            raise ServiceProblem(_not_kept())
    QgsSettings().setValue(_key(source), user)
    return Login(user, authcfg if password else '')


def forget_login(source: PostgisSource) -> None:
    """Asks anew next time."""
    QgsSettings().remove(_key(source))
    manager = QgsApplication.authManager()
    if authcfg_of(source) in manager.configIds():
        manager.removeAuthenticationConfig(authcfg_of(source))


def _key(source: PostgisSource) -> str:
    return 'rivage/database/' + source.place.replace('/', '|')


def _not_kept() -> Problem:
    return Problem(
        'login-not-kept',
        say(
            'QGIS did not keep the password: its authentication database needs its master password. '
            'Enter it (Settings › Options › Authentication) and try again.',
            'QGIS n’a pas gardé le mot de passe : sa base d’authentification demande le mot de passe principal. '
            'Saisissez-le (Préférences › Options › Authentification) et recommencez.',
        ),
    )
