"""rivage:calibrate: a camera from ground control points in a point layer."""
from __future__ import annotations

from typing import Any
from urllib.parse import quote

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsFeature,
    QgsFeatureSink,
    QgsFields,
    QgsProcessing,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
    QgsWkbTypes,
)

from ..core.problem import Problem, ServiceProblem
from ..core.words import say
from ..layers.fields import make_field
from ..service.blocking import BlockingService
from .service_algorithm import ServiceAlgorithm, read_number

_WGS84 = 'EPSG:4326'
_RESIDUALS = (('name', 'string'), ('u', 'double'), ('v', 'double'), ('u_solved', 'double'), ('v_solved', 'double'),
              ('residual_px', 'double'), ('outlier', 'bool'))


class Calibrate(ServiceAlgorithm):
    """The service solves; this reads points and shows what came of them."""

    def name(self) -> str:
        """Stable."""
        return 'calibrate'

    def displayName(self) -> str:  # noqa: N802 (name given by QGIS)
        """In the toolbox."""
        return say('Calibrate a camera', 'Calibrer un appareil')

    def shortHelpString(self) -> str:  # noqa: N802 (name given by QGIS)
        """In the dialog."""
        return say(
            'Solves how a camera stands and looks from ground control points: points on the map whose pixel in one '
            'photo is known. u and v are pixels of the original photo, from its left and top edges. Heights are '
            'those of the field z, else of the points themselves, else of the DEM of the service; m, in the datum '
            'of the DEM.\n\n'
            'Without “save” it is only tried. Saved, it holds for the photos from now on to be processed; sightings '
            'that exist keep their places until “Locate anew”.\n\n'
            'The output has a residual for each point (px) and marks those left out as outliers.',
            'Résout la position et la visée d’un appareil à partir de points d’appui : des points de la carte dont '
            'on connaît le pixel sur une photo. u et v sont des pixels de la photo d’origine, depuis ses bords '
            'gauche et haut. Les altitudes sont celles du champ z, sinon des points eux-mêmes, sinon du MNT du '
            'service ; m, dans le référentiel du MNT.\n\n'
            'Sans « enregistrer », ce n’est qu’un essai. Enregistrée, la calibration vaut pour les photos traitées '
            'ensuite ; les observations existantes gardent leur place jusqu’à « Localiser à nouveau ».\n\n'
            'La sortie donne un résidu par point (px) et marque les points écartés comme aberrants.')

    def declare(self) -> None:
        """Points, fields, camera."""
        self.addParameter(QgsProcessingParameterFeatureSource(
            'INPUT', say('Ground control points', 'Points d’appui'), [QgsProcessing.SourceType.TypeVectorPoint]))
        self.addParameter(QgsProcessingParameterString('CAMERA', say('Camera (identifier)', 'Appareil (identifiant)')))
        for name, text, default, optional in (
            ('U', say('Field u (px)', 'Champ u (px)'), 'u', False),
            ('V', say('Field v (px)', 'Champ v (px)'), 'v', False),
            ('NAME', say('Field of names', 'Champ des noms'), None, True),
            ('Z', say('Field z (m)', 'Champ z (m)'), None, True),
        ):
            self.addParameter(QgsProcessingParameterField(name, text, default, 'INPUT', optional=optional))
        self.addParameter(QgsProcessingParameterNumber(
            'SIGMA', say('Standard deviation of the points (m)', 'Écart type des points (m)'),
            QgsProcessingParameterNumber.Type.Double, 0, minValue=0))
        self.addParameter(QgsProcessingParameterString(
            'PHOTO', say('Photo that they were clicked in (path in the workspace)',
                         'Photo où ils ont été pointés (chemin dans l’espace de travail)'), optional=True))
        self.addParameter(QgsProcessingParameterBoolean('SAVE', say('Save', 'Enregistrer'), False))
        self.addParameter(QgsProcessingParameterFeatureSink(
            'RESIDUALS', say('Residuals', 'Résidus'), QgsProcessing.SourceType.TypeVectorPoint))
        for name, text in (
            ('RMSE', say('RMSE (px)', 'RMSE (px)')), ('LOO_RMSE', say('Leave-one-out RMSE (px)', 'RMSE croisée (px)')),
            ('OUTLIERS', say('Points left out', 'Points écartés')), ('HEADING', say('Heading (°)', 'Cap (°)')),
            ('PITCH', say('Pitch (°)', 'Site (°)')), ('ROLL', say('Roll (°)', 'Roulis (°)')),
            ('CALIBRATION_ID', say('Calibration', 'Calibration')),
        ):
            self.addOutput(QgsProcessingOutputNumber(name, text))
        self.addOutput(QgsProcessingOutputString('ADVICE', say('Advice', 'Conseil')))

    def work(self, parameters, context, feedback) -> dict[str, Any]:
        """Reads points, asks, writes residuals."""
        service = self.connect(parameters, context, feedback)
        source = self.parameterAsSource(parameters, 'INPUT', context)
        points = self._read_points(parameters, context, source)
        gcps = _place_points(points, source.sourceCrs(), context, service)
        sigma = self.parameterAsDouble(parameters, 'SIGMA', context)
        body = {'gcps': [{**gcp, 'sigmaM': sigma} for gcp in gcps], 'epsg': 4326,
                'save': self.parameterAsBool(parameters, 'SAVE', context)}
        photo = self.parameterAsString(parameters, 'PHOTO', context)
        if photo:
            body['photoPath'] = photo
        camera = self.parameterAsString(parameters, 'CAMERA', context)
        solved = service.send('POST', f'/api/cameras/{quote(camera, safe="")}/calibrations', body, timeout_s=120)
        calibration = solved['calibration']
        for told in [solved['advice'], *(check['sentence'] for check in solved['checks'] if not check['passed'])]:
            feedback.pushInfo(told)
        output = self._write(parameters, context, source, points, calibration['gcps'])
        pose = calibration['pose']
        return {
            'RESIDUALS': output, 'RMSE': calibration['rmsePx'], 'LOO_RMSE': calibration.get('looRmsePx'),
            'OUTLIERS': sum(gcp['outlier'] for gcp in calibration['gcps']), 'HEADING': pose['headingDeg'],
            'PITCH': pose['pitchDeg'], 'ROLL': pose['rollDeg'], 'CALIBRATION_ID': solved['id'],
            'ADVICE': solved['advice'],
        }

    def _read_points(self, parameters, context, source) -> list[dict[str, Any]]:
        """Name, pixel, geometry and height (None: not told) of each point. Raises ServiceProblem."""
        fields = {name: self.parameterAsString(parameters, name, context) for name in ('U', 'V', 'NAME', 'Z')}
        points = []
        for feature in source.getFeatures():
            geometry = feature.geometry()
            name = str(feature[fields['NAME']]) if fields['NAME'] else str(feature.id())
            if geometry.isEmpty():
                raise ServiceProblem(_without_place(name))
            vertex = next(geometry.vertices())
            height = read_number(feature[fields['Z']]) if fields['Z'] else vertex.z() if vertex.is3D() else None
            u, v = read_number(feature[fields['U']]), read_number(feature[fields['V']])
            if u is None or v is None:
                raise ServiceProblem(_without_pixel(name))
            points.append({'name': name, 'u': u, 'v': v, 'z': height, 'geometry': geometry})
        return points

    def _write(self, parameters, context, source, points, solved: list[dict[str, Any]]) -> str:
        """The residual of each point, where the point is."""
        fields = QgsFields()
        for name, kind in _RESIDUALS:
            fields.append(make_field(name, kind))
        sink, output = self.parameterAsSink(parameters, 'RESIDUALS', context, fields,
                                            QgsWkbTypes.dropZ(source.wkbType()), source.sourceCrs())
        places = {point['name']: point['geometry'] for point in points}
        for gcp in solved:
            feature = QgsFeature(fields)
            place = places[gcp['name']]
            place.get().dropZValue()
            feature.setGeometry(place)
            reprojected = gcp.get('reprojected') or {}
            feature.setAttributes([gcp['name'], gcp['pixel']['u'], gcp['pixel']['v'], reprojected.get('u'),
                                   reprojected.get('v'), gcp.get('residualPx'), gcp['outlier']])
            sink.addFeature(feature, QgsFeatureSink.Flag.FastInsert)
        return output


def _place_points(points: list[dict[str, Any]], crs: QgsCoordinateReferenceSystem, context,
                  service: BlockingService) -> list[dict[str, Any]]:
    """The points as the service reads them, EPSG:4326; heights that nobody told are those of its DEM."""
    transform = QgsCoordinateTransform(crs, QgsCoordinateReferenceSystem(_WGS84), context.transformContext())
    places = [transform.transform(next(point['geometry'].vertices()).x(), next(point['geometry'].vertices()).y())
              for point in points]
    unknown = [index for index, point in enumerate(points) if point['z'] is None]
    if unknown:
        asked = {'points': [{'lng': places[index].x(), 'lat': places[index].y()} for index in unknown]}
        heights = service.send('POST', '/api/elevations', asked,
                               lambda told: [one['heightM'] for one in told['heights']])
        for index, height in zip(unknown, heights):
            if height is None:
                raise ServiceProblem(_without_height(points[index]['name']))
            points[index]['z'] = height
    return [{'name': point['name'], 'u': point['u'], 'v': point['v'], 'x': place.x(), 'y': place.y(), 'z': point['z']}
            for point, place in zip(points, places)]


def _without_place(name: str) -> Problem:
    return Problem('gcp-without-place', say(
        'Point {name} has no geometry: draw it, or delete it.',
        'Le point {name} n’a pas de géométrie : dessinez-le ou supprimez-le.').format(name=name))


def _without_pixel(name: str) -> Problem:
    return Problem('gcp-without-pixel', say(
        'Point {name} has no u or v: fill them in, or delete it.',
        'Le point {name} n’a pas de u ou de v : renseignez-les ou supprimez-le.').format(name=name))


def _without_height(name: str) -> Problem:
    return Problem('gcp-without-height', say(
        'Point {name} has no height, and lies outside the DEM: give a field z.',
        'Le point {name} n’a pas d’altitude et se trouve hors du MNT : donnez un champ z.').format(name=name))
