"""One layer of the catalogue as a QgsVectorLayer, styled. Runs in a task's thread; the caller moves it to the GUI's."""
from __future__ import annotations

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsExpressionContextUtils,
    QgsRectangle,
    QgsVectorLayer,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtXml import QDomDocument

from ..core.catalogue import CatalogueLayer
from ..core.problem import Problem, ServiceProblem
from ..core.words import say
from ..service.blocking import BlockingService
from .access import Access
from .source import layer_source

LAYER_TAG = 'rivage/layer'
"""Custom property of our layers: the id in the catalogue."""
SERVICE_TAG = 'rivage/service'
"""Custom property of our layers and groups: the service's address."""
_SERVICE_VARIABLE = 'rivage_service'


def make_layer(layer: CatalogueLayer, service: BlockingService, access: Access,
               own_style: bool) -> QgsVectorLayer | None:
    """
    A layer in the service's style, in the user's language, or with `own_style` in the default that people gave it in
    layer_styles. None where it has no feature yet (QGIS learns the geometry of OGC API layers from features).

    Raises ServiceProblem: the layer cannot be read, or its style cannot.
    """
    provider, uri = layer_source(layer, access)
    made = QgsVectorLayer(uri, layer.title, provider, QgsVectorLayer.LayerOptions(False))
    if not made.isValid():
        raise ServiceProblem(_unreadable(layer))
    if made.wkbType() == QgsWkbTypes.Type.NoGeometry:
        return None
    if own_style:
        made.loadDefaultStyle()
    elif layer.style_href is not None:
        style_layer(made, service.get_bytes(layer.style_href))
    tag_layer(made, layer, service.address)
    # the lakes' own: QGIS would read every row for it
    made.setExtent(_extent_in(made, access.box))
    return made


def _extent_in(layer: QgsVectorLayer, box: QgsRectangle) -> QgsRectangle:
    transform = QgsCoordinateTransform(QgsCoordinateReferenceSystem('EPSG:4326'), layer.crs(),
                                       QgsCoordinateTransformContext())
    return transform.transformBoundingBox(box)


def style_layer(layer: QgsVectorLayer, qml: bytes) -> None:
    """Gives a layer a style of the service. Raises ServiceProblem `style-not-understood`."""
    document = QDomDocument()
    parsed = document.setContent(qml)
    done, why = layer.importNamedStyle(document) if _is_true(parsed) else (False, 'XML')
    if not done:
        raise ServiceProblem(_style_not_understood(layer.name(), why))


def _is_true(parsed) -> bool:
    """Qt 5 answers a tuple with the place of the fault, Qt 6 a result that is true or false."""
    return bool(parsed[0] if isinstance(parsed, tuple) else parsed)


def tag_layer(made: QgsVectorLayer, layer: CatalogueLayer, address: str) -> None:
    """Writes on a layer what it is, for the plugin, the styles and people. After styling: a style overwrites tags."""
    made.setCustomProperty(LAYER_TAG, layer.id)
    made.setCustomProperty(SERVICE_TAG, address)
    QgsExpressionContextUtils.setLayerVariable(made, _SERVICE_VARIABLE, address)
    metadata = made.metadata()
    metadata.setTitle(layer.title)
    metadata.setAbstract(layer.description)
    made.setMetadata(metadata)


def move_to_gui(layer: QgsVectorLayer) -> None:
    """Hands a layer to the GUI thread; from then on the task may not touch it."""
    layer.moveToThread(QCoreApplication.instance().thread())


def _unreadable(layer: CatalogueLayer) -> Problem:
    return Problem(
        'layer-unreadable',
        say(
            'QGIS could not open the layer “{title}” ({id}). Look at View › Panels › Log Messages, and whether the '
            'plugin and the service are of the same version.',
            'QGIS n’a pas pu ouvrir la couche « {title} » ({id}). Regardez Vue › Panneaux › Journal des messages, et '
            'si l’extension et le service sont de la même version.',
        ).format(title=layer.title, id=layer.id),
    )


def _style_not_understood(name: str, why: str) -> Problem:
    return Problem(
        'style-not-understood',
        say(
            'QGIS did not understand the style of “{name}” ({why}). The plugin and the service may be of different '
            'versions.',
            'QGIS n’a pas compris le style de « {name} » ({why}). L’extension et le service sont peut-être de '
            'versions différentes.',
        ).format(name=name, why=why),
    )
