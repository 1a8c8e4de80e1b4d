"""Whether the plugin and the service fit: the same major and minor version."""
from __future__ import annotations

import re
from configparser import ConfigParser
from pathlib import Path

from .words import say


def read_version() -> str:
    """The plugin's version, from its metadata.txt."""
    metadata = ConfigParser(interpolation=None)
    metadata.read(Path(__file__).parent.parent / 'metadata.txt', encoding='utf-8')
    return metadata['general']['version']


def say_mismatch(plugin: str, service: str) -> str | None:
    """Which of the two is older and what to do; None when they fit or the service's version is no version."""
    ours, theirs = _major_minor(plugin), _major_minor(service)
    if ours is None or theirs is None or ours == theirs:
        return None
    if ours < theirs:
        return say(
            'The plugin ({plugin}) is older than the service ({service}): '
            'update it in Plugins › Manage and Install Plugins.',
            'L’extension ({plugin}) est plus ancienne que le service ({service}) : '
            'mettez-la à jour dans Extensions › Installer/Gérer les extensions.',
        ).format(plugin=plugin, service=service)
    return say(
        'The service ({service}) is older than the plugin ({plugin}): install the new Rivage and start it again.',
        'Le service ({service}) est plus ancien que l’extension ({plugin}) : '
        'installez le nouveau Rivage et redémarrez-le.',
    ).format(plugin=plugin, service=service)


def _major_minor(version: str) -> tuple[int, int] | None:
    found = re.match(r'(\d+)\.(\d+)', version)
    return None if found is None else (int(found[1]), int(found[2]))
