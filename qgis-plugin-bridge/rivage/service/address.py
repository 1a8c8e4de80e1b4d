"""Where the service is, between sessions; its token is in QGIS's authentication database, never in a setting."""
from __future__ import annotations

from qgis.core import QgsApplication, QgsAuthMethodConfig, QgsSettings
from qgis.PyQt.QtCore import QUrl

DEFAULT_ADDRESS = 'http://127.0.0.1:8686'
_ADDRESS = 'rivage/address'


def read_address() -> str:
    """The address used last, or the one that a service has by default."""
    return str(QgsSettings().value(_ADDRESS, DEFAULT_ADDRESS) or DEFAULT_ADDRESS)


def write_address(address: str) -> None:
    """Remembers an address."""
    QgsSettings().setValue(_ADDRESS, address)


def read_authcfg(address: str | None = None) -> str:
    """
    Id of the configuration that holds the token of the service at an address (None: the one used last).

    Empty: none was given. A token goes to the service that it was given for and to no other.
    """
    return str(QgsSettings().value(_key(address), '') or '')


def write_token(token: str, address: str | None = None) -> bool:
    """
    Keeps a service's token as a Basic configuration (user `qgis`), which layers can use too; an empty one forgets it.

    Returns False when QGIS did not store it (no master password).
    """
    manager = QgsApplication.authManager()
    authcfg = read_authcfg(address)
    if not token:
        if authcfg:
            manager.removeAuthenticationConfig(authcfg)
        QgsSettings().remove(_key(address))
        return True
    config = QgsAuthMethodConfig('Basic')
    config.setName(f'Rivage {_place(address)}')
    config.setConfig('username', 'qgis')
    config.setConfig('password', token)
    if authcfg and authcfg in manager.configIds():
        config.setId(authcfg)
        return bool(manager.updateAuthenticationConfig(config))
    stored = manager.storeAuthenticationConfig(config)
    # 3.22 answers a bool and fills the config; newer versions answer both
    if not (stored[0] if isinstance(stored, tuple) else stored):
        return False
    QgsSettings().setValue(_key(address), config.id())
    return True


def _place(address: str | None) -> str:
    """Host and port, which is what a token belongs to."""
    return QUrl(read_address() if address is None else address.strip()).authority()


def _key(address: str | None) -> str:
    return f'rivage/authcfg/{_place(address)}'
