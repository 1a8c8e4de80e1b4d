"""Where the service is, remembered between sessions; its token in QGIS's authentication database, never in a setting."""
from __future__ import annotations

from qgis.core import QgsApplication, QgsAuthMethodConfig, QgsSettings

DEFAULT_ADDRESS = 'http://127.0.0.1:8686'
_ADDRESS = 'rivage/address'
_AUTHCFG = 'rivage/authcfg'


def read_address() -> str:
    """The address used last, or the one that a service has by default."""
    return str(QgsSettings().value(_ADDRESS, DEFAULT_ADDRESS) or DEFAULT_ADDRESS)


def write_address(address: str) -> None:
    """Remembers an address."""
    QgsSettings().setValue(_ADDRESS, address)


def read_authcfg() -> str:
    """Id of the configuration that holds the token; empty: the service asks for none."""
    return str(QgsSettings().value(_AUTHCFG, '') or '')


def write_token(token: str) -> bool:
    """
    Keeps the token as a Basic configuration (user `qgis`), which layers can use too; an empty one forgets it.

    Returns False when QGIS did not store it (no master password).
    """
    manager = QgsApplication.authManager()
    authcfg = read_authcfg()
    if not token:
        if authcfg:
            manager.removeAuthenticationConfig(authcfg)
        QgsSettings().remove(_AUTHCFG)
        return True
    config = QgsAuthMethodConfig('Basic')
    config.setName('Rivage')
    config.setConfig('username', 'qgis')
    config.setConfig('password', token)
    if authcfg and authcfg in manager.configIds():
        config.setId(authcfg)
        return bool(manager.updateAuthenticationConfig(config))
    stored = manager.storeAuthenticationConfig(config)
    # 3.22 answers a bool and fills the config; newer versions answer both
    if not (stored[0] if isinstance(stored, tuple) else stored):
        return False
    QgsSettings().setValue(_AUTHCFG, config.id())
    return True
