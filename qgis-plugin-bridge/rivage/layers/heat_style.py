"""How heatmaps of sightings are drawn, and their legend: QGIS 3.22 gives a heatmap none."""
from __future__ import annotations

import base64

from qgis.core import QgsGradientColorRamp, QgsGradientStop, QgsHeatmapRenderer, QgsUnitTypes, QgsVectorLayer
from qgis.PyQt.QtCore import QBuffer, QByteArray, QIODevice, QRectF, Qt
from qgis.PyQt.QtGui import QColor, QFont, QImage, QLinearGradient, QPainter

from ..core.heatmap import HeatmapWish, say_how, say_what
from ..core.words import say

# as the service's own map has them: share of the most, colour
_STOPS = ((0.0, '#00fde8c8'), (0.15, '#8cfad096'), (0.4, '#b3f0965a'), (0.7, '#cccd5037'), (1.0, '#e0821923'))
_LEGEND_PX = (280, 96)


def style_heat(layer: QgsVectorLayer, wish: HeatmapWish) -> None:
    """Draws sightings as a heatmap of the wish's radius in metres, and gives it a legend."""
    renderer = QgsHeatmapRenderer()
    renderer.setRadius(wish.radius_m or 0)
    renderer.setRadiusUnit(QgsUnitTypes.RenderUnit.RenderMetersInMapUnits)
    renderer.setColorRamp(_ramp())
    renderer.setRenderQuality(2)
    layer.setRenderer(renderer)
    layer.setLegendPlaceholderImage(_picture_legend(wish))


def set_radius(layer: QgsVectorLayer, metres: float) -> None:
    """Another radius for a heatmap that has its style, and its legend, from the service."""
    renderer = layer.renderer()
    if renderer.type() == 'heatmapRenderer':
        renderer.setRadius(metres)
        renderer.setRadiusUnit(QgsUnitTypes.RenderUnit.RenderMetersInMapUnits)


def _ramp() -> QgsGradientColorRamp:
    stops = [(share, QColor(colour)) for share, colour in _STOPS]
    inner = [QgsGradientStop(share, colour) for share, colour in stops[1:-1]]
    return QgsGradientColorRamp(stops[0][1], stops[-1][1], False, inner)


def _picture_legend(wish: HeatmapWish) -> str:
    """A picture of ramp and words, as text that a project keeps."""
    width, height = _LEGEND_PX
    image = QImage(width, height, QImage.Format.Format_ARGB32)
    image.fill(QColor('white'))
    painter = QPainter(image)
    font = QFont('sans-serif')
    font.setPixelSize(14)
    painter.setFont(font)
    painter.setPen(QColor('#22343b'))
    ramp = QLinearGradient(8, 0, width - 8, 0)
    for share, colour in _STOPS:
        ramp.setColorAt(share, QColor(colour))
    left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
    painter.drawText(QRectF(8, 4, width - 16, 18), left, f'{say_what(wish)}, {say_how(wish)}')
    painter.fillRect(QRectF(8, 26, width - 16, 18), ramp)
    painter.drawRect(QRectF(8, 26, width - 16, 18))
    painter.drawText(QRectF(8, 48, width - 16, 18), left, say('none', 'aucune'))
    painter.drawText(QRectF(8, 48, width - 16, 18), right, say('the most', 'le plus'))
    painter.setPen(QColor('#5b6670'))
    painter.drawText(QRectF(8, 70, width - 16, 18), left,
                     say('of what the map shows now', 'de ce que montre la carte'))
    painter.end()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, 'PNG')
    return 'base64:' + base64.b64encode(bytes(data)).decode()
