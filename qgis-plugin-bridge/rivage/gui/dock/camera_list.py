"""The cameras of a lake: ticked ones take part; each with its counts, its calibration and what is wrong with it."""
from __future__ import annotations

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QBrush, QColor, QPalette
from qgis.PyQt.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from ...core.places import Camera
from ...core.words import say, say_day, say_number

_WARNING, _WARNING_ON_DARK = '#9a5b00', '#ffb74d'


class CameraList(QTreeWidget):
    """A line a camera; `itemChanged` tells that a tick changed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName('rivageCameras')
        self.setRootIsDecorated(False)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setHeaderLabels([say('Camera', 'Appareil'), say('Analysed', 'Analysées'), say('Error', 'Erreur')])
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in (1, 2):
            self.header().setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)

    def fill(self, cameras: list[Camera]) -> None:
        """Shows these cameras; those that were unticked stay so, new ones are ticked."""
        unticked = {item.data(0, Qt.ItemDataRole.UserRole) for item in self._items()
                    if item.checkState(0) == Qt.CheckState.Unchecked}
        dark = self.palette().color(QPalette.ColorRole.Base).lightness() < 128
        self.blockSignals(True)
        self.clear()
        for camera in cameras:
            item = _line(camera)
            if _wants_calibration(camera):
                item.setForeground(2, QBrush(QColor(_WARNING_ON_DARK if dark else _WARNING)))
            item.setCheckState(0, Qt.CheckState.Unchecked if camera.id in unticked else Qt.CheckState.Checked)
            self.addTopLevelItem(item)
        self.blockSignals(False)
        self._fit()

    def checked_ids(self) -> list[str]:
        """Ids of the ticked cameras."""
        return [item.data(0, Qt.ItemDataRole.UserRole) for item in self._items()
                if item.checkState(0) == Qt.CheckState.Checked]

    def _items(self) -> list[QTreeWidgetItem]:
        return [self.topLevelItem(index) for index in range(self.topLevelItemCount())]

    def _fit(self) -> None:
        """As high as its cameras, up to seven."""
        line = self.sizeHintForRow(0) if self.topLevelItemCount() else self.fontMetrics().height() + 4
        lines = min(7, max(2, self.topLevelItemCount()))
        self.setFixedHeight(self.header().sizeHint().height() + lines * line + 2 * self.frameWidth() + 2)


def _line(camera: Camera) -> QTreeWidgetItem:
    item = QTreeWidgetItem([camera.name, _say_analysed(camera), _say_error(camera)])
    item.setData(0, Qt.ItemDataRole.UserRole, camera.id)
    for column in (1, 2):
        item.setTextAlignment(column, Qt.AlignmentFlag.AlignRight)
    for column in range(3):
        item.setToolTip(column, _say_all(camera))
    return item


def _say_analysed(camera: Camera) -> str:
    if camera.photos and camera.analysed == camera.photos:
        return f'{say_number(camera.photos)} ✓'
    return f'{say_number(camera.analysed)}/{say_number(camera.photos)}'


def _wants_calibration(camera: Camera) -> bool:
    """A camera without photos says nothing yet: its GCP file is solved when they are processed."""
    return camera.moved_since is not None or (camera.rmse_px is None and camera.photos > 0)


def _say_error(camera: Camera) -> str:
    if camera.rmse_px is None:
        return say('to calibrate', 'à calibrer') if camera.photos else '–'
    if camera.moved_since is not None:
        return say('⚠ moved', '⚠ bougé')
    return f'{say_number(camera.rmse_px, 1)} px'


def _say_all(camera: Camera) -> str:
    lines = [
        f'{camera.name} ({camera.id})',
        say('{n} photos: {usable} usable, {bad} unreadable, {done} analysed',
            '{n} photos : {usable} exploitables, {bad} illisibles, {done} analysées').format(
            n=say_number(camera.photos), usable=say_number(camera.usable), bad=say_number(camera.unreadable),
            done=say_number(camera.analysed)),
        say('A photo every {n} min', 'Une photo toutes les {n} min').format(n=say_number(camera.interval_min)),
    ]
    if camera.rmse_px is None and not camera.photos:
        lines.append(say('No photo yet; GCPs of the workspace are solved when there are some',
                         'Pas encore de photo ; les points d’appui de l’espace de travail seront résolus avec elles'))
    elif camera.rmse_px is None:
        lines.append(say('Not calibrated: its detections have no place on the ground. Use Calibrate…',
                         'Non calibré : ses détections n’ont pas de place au sol. Utilisez Calibrer…'))
    else:
        lines.append(say('Calibration error {px} px', 'Erreur de calibration {px} px').format(
            px=say_number(camera.rmse_px, 2)))
    if camera.moved_since is not None:
        lines.append(say('Looks elsewhere since {day}: calibrate it again',
                         'Vise ailleurs depuis le {day} : à calibrer de nouveau'
                         ).format(day=say_day(camera.moved_since.date())))
    return '\n'.join(lines)
