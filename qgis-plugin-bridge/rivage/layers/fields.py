"""Fields of layers that we make, by names of types that Qt 5 and Qt 6 share."""
from __future__ import annotations

from qgis.core import QgsField, QgsVectorLayer

_KINDS = ('string', 'integer', 'double', 'bool')


def make_field(name: str, kind: str) -> QgsField:
    """
    A field of kind `string`, `integer`, `double` or `bool`. QVariant has no types in Qt 6, and QGIS 3.22 takes none
    of QMetaType.
    """
    known = QgsVectorLayer('None?' + '&'.join(f'field={each}:{each}' for each in _KINDS), '', 'memory').fields()
    return QgsField(name, known.field(kind).type())
