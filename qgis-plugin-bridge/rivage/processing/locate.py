"""rivage:locate: points in a photo put on the ground, each with its error ellipse."""
from __future__ import annotations

from typing import Any
from urllib.parse import quote

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsFeatureSink,
    QgsFields,
    QgsGeometry,
    QgsPointXY,
    QgsProcessing,
    QgsProcessingException,
    QgsProcessingOutputNumber,
    QgsProcessingParameterDateTime,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import Qt

from ..core.words import say
from ..layers.fields import make_field
from .service_algorithm import ServiceAlgorithm, read_number

_BATCH = 1000
_NUMBERS = ('lng', 'lat', 'height_m', 'range_m', 'semi_major_m', 'semi_minor_m', 'azimuth_deg')
_TEXTS = ('surface', 'no_place')


class Locate(ServiceAlgorithm):
    """Rows in, rows out: one without a place on the ground stays, without geometry and with its reason."""

    def name(self) -> str:
        """Stable."""
        return 'locate'

    def displayName(self) -> str:  # noqa: N802 (name given by QGIS)
        """In the toolbox."""
        return say('Locate pixels on the ground', 'Localiser des pixels au sol')

    def shortHelpString(self) -> str:  # noqa: N802 (name given by QGIS)
        """In the dialog."""
        return say(
            'Puts pixels of a camera’s photo on the ground or on the water, by the calibration that holds at that '
            'time. u and v are pixels of the original photo, from its left and top edges. Each point gets the half '
            'axes (m) and the azimuth (° from true north) of its 95 % error ellipse; a pixel that meets no ground '
            'stays in the table, without geometry and with the reason in “no_place”.',
            'Place des pixels d’une photo au sol ou sur l’eau, par la calibration en vigueur à ce moment. u et v sont '
            'des pixels de la photo d’origine, depuis ses bords gauche et haut. Chaque point reçoit les demi-axes (m) '
            'et l’azimut (° depuis le nord vrai) de son ellipse d’erreur à 95 % ; un pixel qui ne rencontre pas le sol '
            'reste dans la table, sans géométrie et avec la raison dans « no_place ».')

    def declare(self) -> None:
        """Pixels, camera, time."""
        self.addParameter(QgsProcessingParameterFeatureSource(
            'INPUT', say('Pixels', 'Pixels'), [QgsProcessing.SourceType.TypeVector]))
        self.addParameter(QgsProcessingParameterString('CAMERA', say('Camera (identifier)', 'Appareil (identifiant)')))
        for name, text in (('U', say('Field u (px)', 'Champ u (px)')), ('V', say('Field v (px)', 'Champ v (px)'))):
            self.addParameter(QgsProcessingParameterField(name, text, name.lower(), 'INPUT'))
        self.addParameter(QgsProcessingParameterDateTime(
            'AT', say('When the photo was taken (empty: now)', 'Date de la photo (vide : maintenant)'),
            QgsProcessingParameterDateTime.Type.DateTime, optional=True))
        self.addParameter(QgsProcessingParameterNumber(
            'SIGMA', say('Standard deviation of a pixel (px)', 'Écart type d’un pixel (px)'),
            QgsProcessingParameterNumber.Type.Double, 1, minValue=0, maxValue=100))
        self.addParameter(QgsProcessingParameterFeatureSink(
            'OUTPUT', say('Points on the ground', 'Points au sol'), QgsProcessing.SourceType.TypeVectorPoint))
        self.addOutput(QgsProcessingOutputNumber('LOCATED', say('Points with a place', 'Points localisés')))
        self.addOutput(QgsProcessingOutputNumber('WITHOUT_PLACE', say('Points without', 'Points sans place')))

    def work(self, parameters, context, feedback) -> dict[str, Any]:
        """In batches of a thousand."""
        service = self.connect(parameters, context, feedback)
        source = self.parameterAsSource(parameters, 'INPUT', context)
        fields = _output_fields(source.fields())
        sink, output = self.parameterAsSink(parameters, 'OUTPUT', context, fields, QgsWkbTypes.Type.Point,
                                            QgsCoordinateReferenceSystem('EPSG:4326'))
        ask = self._read_question(parameters, context)
        path = f"/api/cameras/{quote(self.parameterAsString(parameters, 'CAMERA', context), safe='')}/locations"
        u, v = (self.parameterAsString(parameters, name, context) for name in ('U', 'V'))
        rows = [row for row in source.getFeatures() if _has_pixel(row, u, v)]
        left_out = max(0, source.featureCount() - len(rows))
        if left_out:
            feedback.pushWarning(say('Rows without u or v, left out: {n}', 'Lignes sans u ou v, écartées : {n}').format(
                n=left_out))
        located = 0
        for start in range(0, len(rows), _BATCH):
            batch = rows[start:start + _BATCH]
            pixels = [{'u': read_number(row[u]), 'v': read_number(row[v])} for row in batch]
            told = service.send('POST', path, {**ask, 'pixels': pixels}, lambda answer: answer['locations'])
            for row, place in zip(batch, told):
                sink.addFeature(_to_feature(fields, row, place), QgsFeatureSink.Flag.FastInsert)
                located += place['location'] is not None
            feedback.setProgress(100 * (start + len(batch)) / len(rows))
        return {'OUTPUT': output, 'LOCATED': located, 'WITHOUT_PLACE': len(rows) - located}

    def _read_question(self, parameters, context) -> dict[str, Any]:
        at = self.parameterAsDateTime(parameters, 'AT', context)
        ask: dict[str, Any] = {'sigmaPx': self.parameterAsDouble(parameters, 'SIGMA', context)}
        if at.isValid():
            ask['at'] = at.toUTC().toString(Qt.DateFormat.ISODate)
        return ask


def _output_fields(given: QgsFields) -> QgsFields:
    """The columns of the input, then ours. Raises QgsProcessingException when one of ours is there already."""
    fields = QgsFields(given)
    ours = [*(make_field(name, 'double') for name in _NUMBERS), *(make_field(name, 'string') for name in _TEXTS)]
    for field in ours:
        if not fields.append(field):
            raise QgsProcessingException(say(
                'The input has a column {name} already: rename or remove it.',
                'L’entrée a déjà une colonne {name} : renommez-la ou retirez-la.').format(name=field.name()))
    return fields


def _has_pixel(row: QgsFeature, u: str, v: str) -> bool:
    return all(read_number(row[name]) is not None for name in (u, v))


def _to_feature(fields: QgsFields, row: QgsFeature, told: dict[str, Any]) -> QgsFeature:
    feature = QgsFeature(fields)
    place = told['location']
    if place is None:
        ours = [None] * len(_NUMBERS) + [None, told['noLocationReason']]
    else:
        ellipse = place['ellipse']
        feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(place['lng'], place['lat'])))
        ours = [place['lng'], place['lat'], place['heightM'], place['rangeM'], ellipse['semiMajorM'],
                ellipse['semiMinorM'], ellipse['azimuthDeg'], place['surface'], None]
    feature.setAttributes([*row.attributes(), *ours])
    return feature
