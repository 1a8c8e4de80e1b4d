"""Our group in QGIS's layer tree: found, made, and filled in the catalogue's order. GUI thread only."""
from __future__ import annotations

from qgis.core import QgsLayerTreeGroup, QgsLayerTreeLayer, QgsMapLayer, QgsMapLayerStyle, QgsProject

from ..core.catalogue import CatalogueLayer, LayerGroup
from ..core.words import say
from .make import LAYER_TAG, SERVICE_TAG

_GROUP_TAG = 'rivage/group'
_ORDER_TAG = 'rivage/order'
_HEATMAPS = 'my-heatmaps'


def find_layers(project: QgsProject, address: str) -> dict[str, QgsMapLayer]:
    """The catalogue's layers of a service that the project has, by id."""
    return {
        str(layer.customProperty(LAYER_TAG)): layer
        for layer in project.mapLayers().values()
        if layer.customProperty(LAYER_TAG) and layer.customProperty(SERVICE_TAG) == address
    }


def find_group(project: QgsProject, address: str) -> QgsLayerTreeGroup | None:
    """The group of a service, wherever the user moved it."""
    return _find_tagged(project.layerTreeRoot(), SERVICE_TAG, address)


def ensure_group(project: QgsProject, address: str, name: str) -> QgsLayerTreeGroup:
    """The group of a service, on top of the tree when it is new. A name that the user gave it stays."""
    group = find_group(project, address)
    if group is None:
        group = project.layerTreeRoot().insertGroup(0, name)
        group.setCustomProperty(SERVICE_TAG, address)
    return group


def put_layer(group: QgsLayerTreeGroup, layer: CatalogueLayer, made: QgsMapLayer) -> None:
    """Puts a layer of the project into its sub-group, at the place that the catalogue gives it."""
    parent = ensure_subgroup(group, layer.group, layer.order)
    node = QgsLayerTreeLayer(made)
    # before it is in the tree: QGIS neither draws a hidden layer nor unfolds a legend only to fold it
    node.setCustomProperty(_ORDER_TAG, layer.order)
    node.setItemVisibilityChecked(layer.visible)
    node.setExpanded(False)
    parent.insertChildNode(_place(parent, layer.order), node)


def ensure_subgroup(group: QgsLayerTreeGroup, wanted: LayerGroup, order: int) -> QgsLayerTreeGroup:
    """A sub-group; a new one goes where its first layer belongs."""
    found = _find_tagged(group, _GROUP_TAG, wanted.id)
    if found is None:
        found = group.insertGroup(_place(group, order), wanted.title)
        found.setCustomProperty(_GROUP_TAG, wanted.id)
        found.setCustomProperty(_ORDER_TAG, order)
    return found


def put_heatmap(project: QgsProject, group: QgsLayerTreeGroup, made: QgsMapLayer) -> None:
    """Puts a heatmap that a person chose into a sub-group of its own, over what was there."""
    parent = ensure_subgroup(group, LayerGroup(_HEATMAPS, say('My heatmaps', 'Mes cartes de chaleur')), -1)
    project.addMapLayer(made, False)
    parent.insertLayer(0, made)


def replace_layer(project: QgsProject, old: QgsMapLayer, made: QgsMapLayer) -> None:
    """Puts a layer in the place of one whose source has changed, with the style and the name that people gave it."""
    style = QgsMapLayerStyle()
    style.readFromLayer(old)
    service = made.customProperty(SERVICE_TAG)
    style.writeToLayer(made)
    made.setCustomProperty(SERVICE_TAG, service)
    made.setName(old.name())
    project.addMapLayer(made, False)
    node = project.layerTreeRoot().findLayer(old.id())
    if node is not None:
        parent = node.parent()
        new = parent.insertLayer(parent.children().index(node), made)
        new.setItemVisibilityChecked(node.itemVisibilityChecked())
        new.setExpanded(node.isExpanded())
        new.setCustomProperty(_ORDER_TAG, node.customProperty(_ORDER_TAG, 0))
    project.removeMapLayer(old.id())


def _place(parent: QgsLayerTreeGroup, order: int) -> int:
    """Before the first that belongs lower; what the user put there himself stays where it is."""
    children = parent.children()
    for index, child in enumerate(children):
        other = child.customProperty(_ORDER_TAG, None)
        if other is not None and int(other) > order:
            return index
    return len(children)


def _find_tagged(parent: QgsLayerTreeGroup, tag: str, value: str) -> QgsLayerTreeGroup | None:
    return next((group for group in parent.findGroups(True) if group.customProperty(tag) == value), None)
