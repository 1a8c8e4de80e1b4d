"""Points from elsewhere: the calibration in force, a CSV file, a point layer; and back to CSV."""
from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from qgis.core import QgsFeature, QgsFieldProxyModel, QgsMapLayerProxyModel, QgsVectorLayer
from qgis.gui import QgsFieldComboBox, QgsMapLayerComboBox
from qgis.PyQt.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QFormLayout, QLabel, QWidget

from ...core.gcps import FIRST_SIGMA_M, Gcp
from ...core.gcps_csv import CsvRefused, read_csv
from ...core.words import say
from .map import MapSide, transformed

MOST = 500
"""No one clicks more points than that: a layer with more is another layer."""


class PointsRefused(Exception):
    """Points cannot be taken; the text says why and what to do."""


def points_of_csv(file: Path, side: MapSide) -> list[Gcp]:
    """The points of a CSV file, in the CRS of the table. Raises PointsRefused."""
    try:
        found = read_csv(file.read_text(encoding='utf-8-sig'), file.name)
    except CsvRefused as refused:
        raise PointsRefused(str(refused)) from refused
    except (OSError, UnicodeDecodeError) as cause:
        raise PointsRefused(say('{file} cannot be read: {why}. Save it as CSV in UTF-8.',
                                '{file} ne peut pas être lu : {why}. Enregistrez-le en CSV, en UTF-8.').format(
                                    file=file.name, why=cause)) from cause
    return placed(found.rows, side) if found.is_lng_lat else list(found.rows)


def placed(rows: tuple[Gcp, ...] | list[Gcp], side: MapSide) -> list[Gcp]:
    """Points in longitude and latitude, in the CRS of the table."""
    moved = []
    for row in rows:
        place = side.from_lng_lat(row.x, row.y)
        if place is not None:
            moved.append(replace(row, x=place[0], y=place[1]))
    return moved


class LayerForm(QDialog):
    """Which layer, and which of its fields hold what. u and v may be left out: they are clicked in the photo then."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName('rivageGcpLayer')
        self.setWindowTitle(say('Points from a layer', 'Points depuis une couche'))
        self._layer = QgsMapLayerComboBox()
        self._layer.setFilters(QgsMapLayerProxyModel.Filter.PointLayer)
        self._fields = {name: _field_box(name) for name in ('name', 'u', 'v', 'z', 'sigma_m')}
        self._selected = QCheckBox(say('Selected features only', 'Entités sélectionnées seulement'))
        form = QFormLayout(self)
        form.addRow(say('Layer', 'Couche'), self._layer)
        labels = {'name': say('Name', 'Nom'), 'u': 'u', 'v': 'v', 'z': say('Height (m)', 'Altitude (m)'),
                  'sigma_m': 'σ (m)'}
        for name, box in self._fields.items():
            form.addRow(labels[name], box)
        hint = QLabel(say('Without u and v the points are clicked in the photo; without a height the service’s DEM '
                          'gives it.', 'Sans u et v, les points se cliquent dans la photo ; sans altitude, le MNT du '
                          'service la donne.'))
        hint.setWordWrap(True)
        form.addRow(hint)
        form.addRow(self._selected)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        form.addRow(buttons)
        self._layer.layerChanged.connect(self._fill)
        self._fill(self._layer.currentLayer())

    def layer(self) -> QgsVectorLayer | None:
        """The layer that is chosen."""
        return self._layer.currentLayer()

    def choose(self, layer: QgsVectorLayer, **fields: str) -> None:
        """Chooses a layer and fields."""
        self._layer.setLayer(layer)
        for name, field in fields.items():
            self._fields[name].setField(field)

    def points(self, side: MapSide) -> list[Gcp]:
        """The points of the layer, in the CRS of the table. Raises PointsRefused."""
        layer = self.layer()
        if layer is None:
            raise PointsRefused(say('There is no point layer in this project: add one, or click the points.',
                                    'Ce projet n’a aucune couche de points : ajoutez-en une ou cliquez les points.'))
        only_selected = self._selected.isChecked()
        count = layer.selectedFeatureCount() if only_selected else layer.featureCount()
        if count > MOST:
            raise PointsRefused(say('{layer} has {n} points; {most} are the most. Select those to take.',
                                    '{layer} a {n} points ; {most} au plus. Sélectionnez ceux à prendre.').format(
                                        layer=layer.name(), n=count, most=MOST))
        features = layer.getSelectedFeatures() if only_selected else layer.getFeatures()
        rows = [self._point(feature, layer, side) for feature in features]
        return [row for row in rows if row is not None]

    def _point(self, feature: QgsFeature, layer: QgsVectorLayer, side: MapSide) -> Gcp | None:
        if not feature.hasGeometry():
            return None
        at = feature.geometry().constGet()
        if feature.geometry().isMultipart():
            at = at.geometryN(0)
        place = transformed(at.x(), at.y(), layer.crs(), side.crs)
        if place is None:
            return None
        height = self._number(feature, 'z')
        if height is None and at.is3D():
            height = at.z()
        name = self._text(feature, 'name') or f'{layer.name()}-{feature.id()}'
        sigma = self._number(feature, 'sigma_m')
        return Gcp(name, self._number(feature, 'u'), self._number(feature, 'v'), *place, height,
                   FIRST_SIGMA_M if sigma is None or sigma < 0 else sigma)

    def _text(self, feature: QgsFeature, cell: str) -> str:
        field = self._fields[cell].currentField()
        value = feature[field] if field else None
        return '' if value is None or str(value) == 'NULL' else str(value).strip()

    def _number(self, feature: QgsFeature, cell: str) -> float | None:
        text = self._text(feature, cell)
        try:
            return float(text.replace(',', '.')) if text else None
        except ValueError as cause:
            raise PointsRefused(say('Field {field} of feature {id} holds “{text}”, no number: choose another field.',
                                    'Le champ {field} de l’entité {id} contient « {text} », pas un nombre : choisissez '
                                    'un autre champ.').format(field=self._fields[cell].currentField(),
                                                              id=feature.id(), text=text)) from cause

    def _fill(self, layer: Any) -> None:
        for name, box in self._fields.items():
            box.setLayer(layer)
            box.setField('')
            guesses = {'name': ('name', 'nom'), 'z': ('z', 'h', 'height', 'altitude')}.get(name, (name,))
            fields = [] if layer is None else [field.name() for field in layer.fields()]
            box.setField(next((field for field in fields if field.lower() in guesses), ''))


def _field_box(name: str) -> QgsFieldComboBox:
    box = QgsFieldComboBox()
    box.setObjectName(f'rivageGcpField_{name}')
    box.setAllowEmptyFieldName(True)
    if name != 'name':
        box.setFilters(QgsFieldProxyModel.Filter.Numeric | QgsFieldProxyModel.Filter.String)
    return box
