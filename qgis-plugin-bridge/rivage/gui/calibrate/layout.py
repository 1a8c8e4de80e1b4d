"""How the calibrate window is laid out: photo on the left; points, result and Save on the right."""
from __future__ import annotations

from pathlib import Path

from qgis.core import QgsCoordinateReferenceSystem
from qgis.gui import QgsProjectionSelectionWidget
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QMenu, QSplitter, QToolButton, QVBoxLayout, QWidget

from ...core.gcps_csv import write_csv
from ...core.words import say
from .choice import PhotoChoice
from .map import MapSide, transformed
from .marks import EXAGGERATED, Mark
from .photo import PhotoCanvas
from .points import LayerForm, PointsRefused, points_of_csv
from .result import QUIET, WARN, ResultLabel
from .save import SaveRow
from .table import GcpModel, GcpView


class CalibrateLayout(QWidget):
    """Its widgets, and the menu that brings points in. `points_given`: a list of Gcp in the CRS of the table;
    `stored_wanted`: those of the calibration in force; `refused`: a sentence."""

    crs_chosen = pyqtSignal(object)
    stored_wanted = pyqtSignal()
    points_given = pyqtSignal(list)
    refused = pyqtSignal(str)

    def __init__(self, choice: PhotoChoice, side: MapSide, parent: QWidget) -> None:
        super().__init__(parent)
        self._side = side
        self.photo = PhotoCanvas(self)
        self.model = GcpModel(self)
        self.view = GcpView(self.model, self)
        self.result = ResultLabel(self)
        self.save = SaveRow(self)
        self._photo_note = _note('rivagePhotoNote')
        self._next = _note('rivageNext')
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(_column(choice, self._photo_note, (self.photo, 1), self._next))
        splitter.addWidget(_column(self._tools(), (self.view, 1), self.result, self.save))
        splitter.setSizes([480, 520])
        splitter.setStretchFactor(0, 1)
        splitter.setStretchFactor(1, 1)
        splitter.setChildrenCollapsible(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 4, 4, 4)
        row.addWidget(splitter)
        self.say_photo('')

    def draw(self) -> None:
        """Draws the points of the table on photo and map, and says what to click next."""
        table = self.model.table
        on_photo, on_map = [], []
        for at, row in enumerate(table.rows):
            solved = self.model.solved_point(row.name) if row.used else None
            look = (at == table.selected, bool(solved and solved.is_outlier), row.used)
            if row.has_pixel:
                on_photo.append(Mark(row.name, row.u, row.v, *look, solved.reprojected if solved else None))
            if row.has_place:
                on_map.append(Mark(row.name, row.x, row.y, *look))
        self.photo.show_marks(on_photo)
        self._side.show_marks(on_map)
        self._say_next_click()

    def say_photo(self, text: str) -> None:
        """A line above the photo; '' for none."""
        self._photo_note.setText(f'<span style="color:{WARN}">{text}</span>')
        self._photo_note.setVisible(bool(text))

    def say_next(self, text: str) -> None:
        """The line below the photo."""
        self._next.setText(text)

    def say_outside(self) -> None:
        """A click fell beside the photo."""
        self.say_next(say('That is beside the photo.', 'C’est à côté de la photo.'))

    def refuse_place(self) -> None:
        """A click on the map fell where the CRS of the table has no coordinates."""
        self.refused.emit(say('That place of the map has no coordinates in the table’s CRS: choose another CRS.',
                              'Ce point n’a pas de coordonnées dans le SCR du tableau : choisissez un autre SCR.'))

    def set_crs(self, epsg: int) -> None:
        """Another CRS for the table; no point is moved."""
        crs = QgsCoordinateReferenceSystem(f'EPSG:{epsg}')
        self.model.epsg = epsg
        self._side.set_crs(crs)
        self._crs.blockSignals(True)
        self._crs.setCrs(crs)
        self._crs.blockSignals(False)

    def allow_stored(self, allowed: bool) -> None:
        """Whether there is a calibration in force whose points could be taken."""
        self._stored.setEnabled(allowed)

    def take_layer(self, form: LayerForm) -> None:
        """Takes the points that a form describes."""
        try:
            self.points_given.emit(form.points(self._side))
        except PointsRefused as why:
            self.refused.emit(str(why))

    def take_csv(self, file: str) -> None:
        """Takes the points of a file."""
        try:
            self.points_given.emit(points_of_csv(Path(file), self._side))
        except PointsRefused as why:
            self.refused.emit(str(why))

    def _say_next_click(self) -> None:
        table = self.model.table
        row = table.rows[table.selected] if table.selected is not None else None
        if row is not None and not row.is_whole:
            self.say_next(f'<b>{row.name}</b> · {row.missing()}')
        elif any(self.model.solved_point(each.name) for each in table.rows):
            self.say_next('<span style="color:{colour}">{text}</span>'.format(colour=QUIET, text=say(
                'Crosses: your clicks. Circles: where the solved camera sees them; lines {n} times the residual.',
                'Croix : vos clics. Cercles : où l’appareil calibré les voit ; traits : {n} fois le résidu.',
            ).format(n=EXAGGERATED)))
        else:
            self.say_next(say('Click a point in the photo, then the same point on the map. Drag to correct.',
                              'Cliquez un point dans la photo, puis le même sur la carte. Glissez pour corriger.'))

    def _choose_crs(self, crs: QgsCoordinateReferenceSystem) -> None:
        kind, _, code = crs.authid().partition(':')
        if kind != 'EPSG' or not code.isdigit():
            self.refused.emit(say('The service knows coordinate systems by EPSG code: choose one that has one.',
                                  'Le service connaît les systèmes par leur code EPSG : choisissez-en un qui en a un.'))
            self.set_crs(self.model.epsg)
            return
        old, table = self._side.crs, self.model.table
        places = [transformed(row.x, row.y, old, crs) for row in table.rows if row.has_place]
        if None in places:
            self.refused.emit(say('Not all points have coordinates in that system: choose another one.',
                                  'Tous les points n’ont pas de coordonnées dans ce système : choisissez-en un autre.'))
            self.set_crs(self.model.epsg)
            return
        table.transform(places)
        self.set_crs(int(code))
        self.crs_chosen.emit(crs)

    def _tools(self) -> QWidget:
        points = _tool('rivageGcpMenu', say('Points', 'Points'), say('Points from elsewhere', 'Points d’ailleurs'))
        points.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(points)
        self._stored = menu.addAction(say('Those of the calibration in force', 'Ceux de la calibration en vigueur'),
                                      self.stored_wanted.emit)
        self._stored.setEnabled(False)
        menu.addAction(say('From a CSV file…', 'Depuis un fichier CSV…'), self._ask_csv)
        menu.addAction(say('From a point layer…', 'Depuis une couche de points…'), self._ask_layer)
        menu.addSeparator()
        menu.addAction(say('Write them to a CSV file…', 'Les écrire dans un fichier CSV…'), self._write_csv)
        points.setMenu(menu)
        delete = _tool('rivageGcpDelete', say('Delete', 'Supprimer'),
                       say('Takes the selected points out (Del)', 'Retire les points sélectionnés (Suppr)'))
        delete.clicked.connect(self.view.delete_chosen)
        self.on_map = _tool('rivageClickMap', say('Click on the map', 'Cliquer sur la carte'),
                            say('Clicks on the map set points', 'Les clics sur la carte posent les points'))
        self.on_map.setCheckable(True)
        self.on_map.clicked.connect(self._side.take_clicks)
        self._side.tool_changed.connect(self.on_map.setChecked)
        whole = _tool('rivageWholePhoto', say('Whole photo', 'Photo entière'),
                      say('The wheel zooms, the middle button moves', 'La molette zoome, le bouton du milieu déplace'))
        whole.clicked.connect(self.photo.zoom_to_photo)
        self._crs = QgsProjectionSelectionWidget()
        self._crs.setObjectName('rivageGcpCrs')
        self._crs.setCrs(QgsCoordinateReferenceSystem(f'EPSG:{self.model.epsg}'))
        self._crs.setToolTip(say('Coordinate system of E and N', 'Système de coordonnées de E et N'))
        self._crs.crsChanged.connect(self._choose_crs)
        tools = QWidget(self)
        row = QHBoxLayout(tools)
        row.setContentsMargins(0, 0, 0, 0)
        for widget in (points, self.on_map, delete, whole):
            row.addWidget(widget)
        row.addWidget(self._crs, 1)
        return tools

    def _ask_layer(self) -> None:
        form = LayerForm(self)
        form.accepted.connect(lambda: self.take_layer(form))
        form.finished.connect(form.deleteLater)
        form.open()

    def _ask_csv(self) -> None:
        title = say('Points in CSV: name,u,v,x,y,z or name,u,v,lon,lat,h',
                    'Points en CSV : name,u,v,x,y,z ou name,u,v,lon,lat,h')
        file, _ = QFileDialog.getOpenFileName(self, title, '', 'CSV (*.csv *.txt)')
        if file:
            self.take_csv(file)

    def _write_csv(self) -> None:
        title = say('Where to write the points', 'Où écrire les points')
        file, _ = QFileDialog.getSaveFileName(self, title, 'gcps.csv', 'CSV (*.csv)')
        if not file:
            return
        try:
            Path(file).write_text(write_csv(self.model.table.rows), encoding='utf-8')
        except OSError as cause:
            self.refused.emit(say('{file} cannot be written: {why}. Choose another folder.',
                                  '{file} ne peut pas être écrit : {why}. Choisissez un autre dossier.').format(
                                      file=file, why=cause))


def _column(*parts) -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    for part in parts:
        column.addWidget(*part) if isinstance(part, tuple) else column.addWidget(part)
    return box


def _note(name: str) -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setWordWrap(True)
    return label


def _tool(name: str, text: str, hint: str) -> QToolButton:
    button = QToolButton()
    button.setObjectName(name)
    button.setText(text)
    button.setToolTip(hint)
    return button
