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
    QgsPrintLayout,
    QgsProject,
    QgsRectangle,
    QgsUnitTypes,
)
from qgis.PyQt.QtCore import QRectF
from qgis.PyQt.QtGui import QColor, QFont

from ..core.words import say

_MAP_MM = QRectF(10, 24, 200, 166)
_LEGEND_MM = QRectF(214, 24, 73, 130)


def add_layout(project: QgsProject, extent: QgsRectangle) -> QgsPrintLayout:
    """Adds the page to a project; one of that name is replaced."""
    manager = project.layoutManager()
    name = say('Rivage A4', 'Rivage A4')
    old = manager.layoutByName(name)
    if old is not None:
        manager.removeLayout(old)
    layout = QgsPrintLayout(project)
    layout.initializeDefaults()
    layout.setName(name)
    shown = _add_map(layout, extent)
    _add_text(layout, '[% @project_title %]', QRectF(10, 8, 277, 12), 20)
    _add_legend(layout, shown)
    _add_scale(layout, shown)
    _add_north(layout, shown)
    _add_text(layout, say(
        'Sources: time-lapse photos of the cameras shown, processed by Rivage; places with 95 % error ellipses. '
        '“Not watched” is not zero. [% @project_crs %] · printed [% format_date(now(), \'yyyy-MM-dd\') %]',
        'Sources : photos par intervalles des caméras figurées, traitées par Rivage ; positions avec ellipses '
        'd’erreur à 95 %. « Non observé » n’est pas zéro. [% @project_crs %] · imprimé le '
        '[% format_date(now(), \'dd/MM/yyyy\') %]'), QRectF(10, 193, 277, 10), 8)
    manager.addLayout(layout)
    return layout


def _place(item, where: QRectF) -> None:
    unit = QgsUnitTypes.LayoutUnit.LayoutMillimeters
    item.attemptMove(QgsLayoutPoint(where.x(), where.y(), unit))
    item.attemptResize(QgsLayoutSize(where.width(), where.height(), unit))


def _add_map(layout: QgsPrintLayout, extent: QgsRectangle) -> QgsLayoutItemMap:
    shown = QgsLayoutItemMap(layout)
    shown.setId('map')
    layout.addLayoutItem(shown)
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
    legend = QgsLayoutItemLegend(layout)
    legend.setTitle(say('Legend', 'Légende'))
    legend.setLinkedMap(shown)
    legend.setLegendFilterByMapEnabled(True)
    legend.setResizeToContents(False)
    layout.addLayoutItem(legend)
    _place(legend, _LEGEND_MM)


def _add_scale(layout: QgsPrintLayout, shown: QgsLayoutItemMap) -> None:
    bar = QgsLayoutItemScaleBar(layout)
    bar.setStyle('Single Box')
    bar.setLinkedMap(shown)
    bar.setUnits(QgsUnitTypes.DistanceUnit.DistanceMeters)
    bar.applyDefaultSize(QgsUnitTypes.DistanceUnit.DistanceMeters)
    bar.setUnitLabel('m')
    layout.addLayoutItem(bar)
    _place(bar, QRectF(214, 160, 60, 12))


def _add_north(layout: QgsPrintLayout, shown: QgsLayoutItemMap) -> None:
    arrow = QgsLayoutItemPicture(layout)
    arrow.setPicturePath('arrows/NorthArrow_02.svg')
    arrow.setLinkedMap(shown)
    layout.addLayoutItem(arrow)
    _place(arrow, QRectF(214, 174, 14, 16))
