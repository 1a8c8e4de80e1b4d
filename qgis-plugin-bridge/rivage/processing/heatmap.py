"""rivage:heatmap: a heatmap as a layer of its own, which stays when the service is gone."""
from __future__ import annotations

from datetime import date
from typing import Any

from qgis.core import (
    QgsFeatureSink,
    QgsMapLayerStyle,
    QgsProcessing,
    QgsProcessingLayerPostProcessorInterface,
    QgsProcessingOutputNumber,
    QgsProcessingParameterDateTime,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)

from ..core.catalogue import read_catalogue
from ..core.heatmap import TENT, HeatmapWish, say_title
from ..core.places import Lake, read_lakes
from ..core.problem import Problem, ServiceProblem
from ..core.words import say
from ..layers.access import Access, choose_login
from ..layers.heat_style import style_heat
from ..layers.heatmap import make_heatmap
from .service_algorithm import ServiceAlgorithm

_HEXAGONS = 0


class MakeHeatmap(ServiceAlgorithm):
    """Hexagons that the service counted, or the points themselves drawn as heat."""

    def name(self) -> str:
        """Stable."""
        return 'heatmap'

    def displayName(self) -> str:  # noqa: N802 (name given by QGIS)
        """In the toolbox."""
        return say('Heatmap', 'Carte de chaleur')

    def shortHelpString(self) -> str:  # noqa: N802 (name given by QGIS)
        """In the dialog."""
        return say(
            'Where people and tents were at a lake. Hexagons are counted by the service and divided by how often '
            'each place was watched; in places that nobody watched the count is null, which is not zero. Smooth '
            'heatmaps are points that QGIS draws as heat.\n\n'
            'Label: such as tent, person or boat. Tents are counted by bivouac night, from 19:00 to 09:00: hours do '
            'not apply to them. Hours are those of the lake; from 19 to 9 goes past midnight. Size: width of a '
            'hexagon, or radius, in metres.',
            'Où se trouvaient personnes et tentes à un lac. Les hexagones sont comptés par le service et divisés par '
            'les photos ou les nuits où chaque lieu était surveillé ; dans les lieux non surveillés le nombre est '
            'vide (null), ce qui n’est pas zéro. Les cartes lissées sont des points que QGIS dessine en chaleur.\n\n'
            'Catégorie : par exemple tent, person ou boat. Les tentes sont comptées par nuit de bivouac, de 19 h à '
            '9 h : les heures ne s’y appliquent pas. Les heures sont celles du lac ; de 19 à 9 passe minuit. Taille : '
            'largeur d’un hexagone, ou rayon, en mètres.')

    def declare(self) -> None:
        """What, when, how wide."""
        day = QgsProcessingParameterDateTime.Type.Date
        whole = QgsProcessingParameterNumber.Type.Double
        self.addParameter(QgsProcessingParameterString(
            'LAKE', say('Lake (identifier; empty: the only one)', 'Lac (identifiant ; vide : le seul)'),
            optional=True))
        self.addParameter(QgsProcessingParameterString('LABEL', say('Label', 'Catégorie'), TENT))
        self.addParameter(QgsProcessingParameterEnum('KIND', say('Kind', 'Type'), [
            say('Hexagons', 'Hexagones'), say('Smooth', 'Lissée')], defaultValue=_HEXAGONS))
        self.addParameter(QgsProcessingParameterNumber(
            'SIZE', say('Width or radius (m)', 'Largeur ou rayon (m)'), whole, 20, minValue=1, maxValue=500))
        self.addParameter(QgsProcessingParameterDateTime(
            'FROM', say('First day or night', 'Premier jour ou nuit'), day, optional=True))
        self.addParameter(QgsProcessingParameterDateTime(
            'TO', say('Last day or night', 'Dernier jour ou nuit'), day, optional=True))
        for name, text in (('HOUR_FROM', say('From hour', 'De l’heure')), ('HOUR_TO', say('To hour', 'À l’heure'))):
            self.addParameter(QgsProcessingParameterNumber(name, text, whole, optional=True, minValue=0, maxValue=24))
        self.add_advanced(QgsProcessingParameterString(
            'DATABASE_USER', say('User of the database', 'Utilisateur de la base de données'), optional=True))
        self.addParameter(QgsProcessingParameterFeatureSink(
            'OUTPUT', say('Heatmap', 'Carte de chaleur'), QgsProcessing.SourceType.TypeVectorAnyGeometry))
        self.addOutput(QgsProcessingOutputNumber('COUNT', say('Features', 'Entités')))

    def work(self, parameters, context, feedback) -> dict[str, Any]:
        """Makes it and copies it into the output."""
        service = self.connect(parameters, context, feedback)
        address, authcfg, token = self.read_keys(parameters, context)
        lakes = service.get('/api/lakes', read_lakes)
        wish = self._read_wish(parameters, context, lakes)
        catalogue = service.get('/api/layers', read_catalogue)
        login = choose_login(catalogue, self.parameterAsString(parameters, 'DATABASE_USER', context))
        made = make_heatmap(wish, Access(address, catalogue, lakes, login, authcfg, token), service)
        sink, output = self.parameterAsSink(parameters, 'OUTPUT', context, made.fields(), made.wkbType(), made.crs())
        count = 0
        for feature in made.getFeatures():
            if feedback.isCanceled():
                return {}
            sink.addFeature(feature, QgsFeatureSink.Flag.FastInsert)
            count += 1
        if context.willLoadLayerOnCompletion(output):
            details = context.layerToLoadOnCompletionDetails(output)
            details.name = say_title(wish)
            self._styler = _Styler(wish, QgsMapLayerStyle(_read_style(made)))
            details.setPostProcessor(self._styler)
        feedback.pushInfo(say_title(wish))
        return {'OUTPUT': output, 'COUNT': count}

    def _read_wish(self, parameters, context, lakes: list[Lake]) -> HeatmapWish:
        lake = _find_lake(self.parameterAsString(parameters, 'LAKE', context), lakes)
        size = self.parameterAsDouble(parameters, 'SIZE', context)
        hexagons = self.parameterAsEnum(parameters, 'KIND', context) == _HEXAGONS
        hours = [None if parameters.get(name) is None else self.parameterAsDouble(parameters, name, context)
                 for name in ('HOUR_FROM', 'HOUR_TO')]
        return HeatmapWish(
            lake.id, lake.name, self.parameterAsString(parameters, 'LABEL', context),
            self._read_day(parameters, 'FROM', context), self._read_day(parameters, 'TO', context), *hours,
            radius_m=None if hexagons else size, cell_m=size if hexagons else None)

    def _read_day(self, parameters, name: str, context) -> date | None:
        day = self.parameterAsDateTime(parameters, name, context).date()
        return day.toPyDate() if day.isValid() else None


class _Styler(QgsProcessingLayerPostProcessorInterface):
    """Styles the output when it reaches the map."""

    def __init__(self, wish: HeatmapWish, style: QgsMapLayerStyle) -> None:
        super().__init__()
        self._wish = wish
        self._style = style

    def postProcessLayer(self, layer, _context, _feedback) -> None:  # noqa: N802 (name given by QGIS)
        """In the GUI thread."""
        if self._wish.cell_m is None and not self._wish.by_night:
            # its legend is no part of a style
            style_heat(layer, self._wish)
        else:
            self._style.writeToLayer(layer)
        layer.triggerRepaint()


def _read_style(layer) -> str:
    style = QgsMapLayerStyle()
    style.readFromLayer(layer)
    return style.xmlData()


def _find_lake(lake_id: str, lakes: list[Lake]) -> Lake:
    """The lake of that id, or the only one. Raises ServiceProblem `lake-not-chosen`."""
    found = [lake for lake in lakes if lake.id == lake_id] if lake_id else lakes
    if len(found) != 1:
        raise ServiceProblem(Problem('lake-not-chosen', say(
            'Name one lake. The service has: {ids}.', 'Nommez un lac. Le service a : {ids}.').format(
            ids=', '.join(lake.id for lake in lakes))))
    return found[0]
