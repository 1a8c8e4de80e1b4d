"""Rivage in QGIS: starts processing, shows the layers, calibrates cameras. QGIS calls `classFactory`."""
from __future__ import annotations


def classFactory(iface):  # noqa: N802 (name given by QGIS)
    """The plugin, as QGIS wants it."""
    from .plugin import RivagePlugin

    return RivagePlugin(iface)
