"""A page to print: A4, with title, map, legend, scale bar and sources."""
from __future__ import annotations

from qgis.core import (
    QgsLayoutItemLabel,
    QgsLayoutItemLegend,
    QgsLayoutItemMap,
    QgsLayoutItemPicture,
    QgsLayoutItemScaleBar,
    QgsLayoutPoint,
    QgsLayoutSize,
    QgsLegendRenderer,
    QgsLegendStyle,
    QgsMapLayerLegendUtils,
    QgsPrintLayout,
    QgsProject,
    QgsRectangle,
    QgsUnitTypes,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QRectF
from qgis.PyQt.QtGui import QColor, QFont

from ...core.words import say

_MAP_MM = QRectF(10, 24, 188, 166)
_LEGEND_MM = QRectF(201, 23, 88, 120)
_HEAT_LEGEND_MM = QRectF(244, 144, 45, 46)
_LEGEND_PT = ((QgsLegendStyle.Style.Title, 12), (QgsLegendStyle.Style.Group, 8), (QgsLegendStyle.Style.Subgroup, 7),
              (QgsLegendStyle.Style.SymbolLabel, 6))


def add_layout(project: QgsProject, extent: QgsRectangle) -> QgsPrintLayout:
    """Adds the page to a project; one of that name is replaced."""
    manager = project.layoutManager()
    name = 'Rivage A4'
    old = manager.layoutByName(name)
    if old is not None:
        manager.removeLayout(old)
    layout = QgsPrintLayout(project)
    layout.initializeDefaults()
    layout.setName(name)
    shown = _add_map(layout, extent)
    _add_text(layout, '[% @project_title %]', QRectF(10, 8, 277, 12), 20)
    _add_legend(layout, shown)
    _add_heat_legend(layout, project)
    _add_scale(layout, shown)
    _add_north(layout, shown)
    _add_text(layout, say(
        'Sources: time-lapse photos of the cameras shown, processed by Rivage; places with 95 % error ellipses. '
        '“Not watched” is not zero. [% @project_crs %] · printed [% format_date(now(), \'yyyy-MM-dd\') %]',
        'Sources : photos par intervalles des appareils figurés, traitées par Rivage ; positions avec ellipses '
        'd’erreur à 95 %. « Non surveillé » n’est pas zéro. [% @project_crs %] · imprimé le '
        '[% format_date(now(), \'dd/MM/yyyy\') %]'), QRectF(10, 193, 277, 10), 8)
    manager.addLayout(layout)
    return layout


def trim_legend(project: QgsProject, reliefs: list[str]) -> None:
    """Leaves names of groups, and what needs no explanation, out of printed legends."""
    root = project.layerTreeRoot()
    for group in root.findGroups(True):
        QgsLegendRenderer.setNodeLegendStyle(group, QgsLegendStyle.Style.Hidden)
    for layer_id in reliefs:
        node = root.findLayer(layer_id)
        QgsLegendRenderer.setNodeLegendStyle(node, QgsLegendStyle.Style.Hidden)
        QgsMapLayerLegendUtils.setLegendNodeOrder(node, [])


def _place(item, where: QRectF) -> None:
    unit = QgsUnitTypes.LayoutUnit.LayoutMillimeters
    item.attemptMove(QgsLayoutPoint(where.x(), where.y(), unit))
    item.attemptResize(QgsLayoutSize(where.width(), where.height(), unit))


def _add_map(layout: QgsPrintLayout, extent: QgsRectangle) -> QgsLayoutItemMap:
    shown = QgsLayoutItemMap(layout)
    shown.setId('map')
    layout.addLayoutItem(shown)
    # a map that shows nothing yet has no proportions to zoom by; setExtent gives it some, and another size
    _place(shown, _MAP_MM)
    shown.setExtent(extent)
    _place(shown, _MAP_MM)
    shown.zoomToExtent(extent)
    shown.setFrameEnabled(True)
    shown.setFrameStrokeColor(QColor('#5b6670'))
    return shown


def _add_text(layout: QgsPrintLayout, text: str, where: QRectF, size_pt: int) -> None:
    label = QgsLayoutItemLabel(layout)
    label.setText(text)
    font = QFont('sans-serif')
    font.setPointSize(size_pt)
    label.setFont(font)
    layout.addLayoutItem(label)
    _place(label, where)


def _add_legend(layout: QgsPrintLayout, shown: QgsLayoutItemMap) -> None:
    """What the map shows, no more."""
    legend = _make_legend(layout, _LEGEND_MM)
    legend.setTitle(say('Legend', 'Légende'))
    legend.setLinkedMap(shown)
    legend.setLegendFilterByMapEnabled(True)
    legend.setColumnCount(2)
    legend.setSplitLayer(True)


def _add_heat_legend(layout: QgsPrintLayout, project: QgsProject) -> None:
    """Heatmaps have a legend of their own: QGIS 3.22 finds none of their colours on the map, and leaves them out."""
    heatmaps = [node.layer() for node in project.layerTreeRoot().findLayers()
                if isinstance(node.layer(), QgsVectorLayer) and node.layer().renderer() is not None
                and node.layer().renderer().type() == 'heatmapRenderer']
    if heatmaps:
        legend = _make_legend(layout, _HEAT_LEGEND_MM)
        legend.setAutoUpdateModel(False)
        legend.model().rootGroup().clear()
        for layer in heatmaps:
            legend.model().rootGroup().addLayer(layer)


def _make_legend(layout: QgsPrintLayout, where: QRectF) -> QgsLayoutItemLegend:
    legend = QgsLayoutItemLegend(layout)
    legend.setResizeToContents(False)
    legend.setColumnSpace(2)
    legend.setSymbolWidth(5)
    legend.setSymbolHeight(3)
    for part, size_pt in _LEGEND_PT:
        font = QFont('sans-serif')
        font.setPointSize(size_pt)
        legend.setStyleFont(part, font)
    layout.addLayoutItem(legend)
    _place(legend, where)
    return legend


def _add_scale(layout: QgsPrintLayout, shown: QgsLayoutItemMap) -> None:
    bar = QgsLayoutItemScaleBar(layout)
    bar.setStyle('Single Box')
    bar.setLinkedMap(shown)
    bar.setUnits(QgsUnitTypes.DistanceUnit.DistanceMeters)
    bar.applyDefaultSize(QgsUnitTypes.DistanceUnit.DistanceMeters)
    bar.setUnitLabel('m')
    bar.setUnitsPerSegment(50)
    layout.addLayoutItem(bar)
    _place(bar, QRectF(203, 160, 40, 12))


def _add_north(layout: QgsPrintLayout, shown: QgsLayoutItemMap) -> None:
    arrow = QgsLayoutItemPicture(layout)
    arrow.setPicturePath(':/images/north_arrows/layout_default_north_arrow.svg')
    arrow.setLinkedMap(shown)
    layout.addLayoutItem(arrow)
    _place(arrow, QRectF(203, 174, 14, 16))
