"""Which camera is calibrated, and in which of its photos points are clicked."""
from __future__ import annotations

from datetime import datetime, timedelta, timezone

from qgis.PyQt.QtCore import QDateTime, QTimeZone, pyqtSignal
from qgis.PyQt.QtWidgets import QComboBox, QHBoxLayout, QLabel, QWidget

from ...core.gcps_photos import ReferencePhoto, by_day, first_photo
from ...core.words import say, say_day
from ..bench import Bench


class PhotoChoice(QWidget):
    """Camera, day, time. `camera_chosen`: its id; `photo_chosen`: a ReferencePhoto."""

    camera_chosen = pyqtSignal(str)
    photo_chosen = pyqtSignal(object)

    def __init__(self, bench: Bench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self._days: dict[str, list[ReferencePhoto]] = {}
        self._told: ReferencePhoto | None = None
        self._camera = _combo('rivageCalibrateCamera', self._tell_camera)
        self._day = _combo('rivageCalibrateDay', self._fill_times)
        self._time = _combo('rivageCalibratePhoto', self._tell_photo)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(QLabel(say('Camera', 'Appareil')))
        row.addWidget(self._camera, 2)
        row.addWidget(QLabel(say('Photo', 'Photo')))
        row.addWidget(self._day, 1)
        row.addWidget(self._time, 2)

    def camera_id(self) -> str | None:
        """The camera that is chosen; None: there is none."""
        return self._camera.currentData()

    def camera_name(self) -> str:
        """Its name."""
        return self._camera.currentText()

    def photo(self) -> ReferencePhoto | None:
        """The photo that is chosen."""
        return self._time.currentData()

    def show_cameras(self, preferred: str | None) -> None:
        """Lists the cameras of the lake, and begins with one of them."""
        lake_id = self._bench.lake_id
        cameras = [camera for camera in self._bench.cameras if lake_id in (None, camera.lake_id)]
        self._camera.blockSignals(True)
        self._camera.clear()
        for camera in cameras:
            moved = say(' (moved)', ' (a bougé)') if camera.moved_since else ''
            self._camera.addItem(camera.name + moved, camera.id)
        self._camera.setCurrentIndex(max(0, self._camera.findData(preferred)))
        self._camera.blockSignals(False)
        self._tell_camera()

    def show_reading(self, count: int, total: int) -> None:
        """Says how far the list of photos is."""
        self._blank(say('{n} of {total}…', '{n} sur {total}…').format(n=count, total=total) if total else
                    say('Reading…', 'Lecture…'))

    def show_lost(self) -> None:
        """Says that the photos will not come."""
        self._blank(say('Not connected', 'Non connecté'))

    def show_photos(self, photos: list[ReferencePhoto], preferred_path: str | None) -> None:
        """Lists photos by day and time of the lake, and begins with the best one to click in."""
        self._days = by_day(photos, self.to_local)
        first = first_photo(photos, preferred_path, self.to_local)
        self._day.blockSignals(True)
        self._day.clear()
        for day in self._days:
            self._day.addItem(say_day(datetime.fromisoformat(day).date()), day)
        if first is None:
            self._day.blockSignals(False)
            self._blank(say('No usable photo', 'Aucune photo exploitable'))
            return
        self._day.setCurrentIndex(self._day.findData(self.to_local(first.taken_at).date().isoformat()))
        self._day.blockSignals(False)
        self._fill_times(first=first)

    def to_local(self, instant: datetime) -> datetime:
        """An instant in the local time of the camera's lake."""
        zone = QTimeZone(self.time_zone().encode())
        if not zone.isValid():
            return instant.astimezone(timezone.utc)
        at = QDateTime.fromSecsSinceEpoch(int(instant.timestamp()), zone)
        return instant.astimezone(timezone(timedelta(seconds=at.offsetFromUtc())))

    def time_zone(self) -> str:
        """IANA name of the time zone of the camera's lake."""
        camera = next((camera for camera in self._bench.cameras if camera.id == self.camera_id()), None)
        lake = next((lake for lake in self._bench.lakes if camera and lake.id == camera.lake_id), None)
        return lake.time_zone if lake else 'UTC'

    def _fill_times(self, _index: int = 0, first: ReferencePhoto | None = None) -> None:
        photos = self._days.get(self._day.currentData(), [])
        if first is None:
            first = first_photo(photos, None, self.to_local)
        self._time.blockSignals(True)
        self._time.clear()
        for photo in photos:
            blurred = '' if photo.is_analysed else say(' (not analysed)', ' (non analysée)')
            self._time.addItem(f'{self.to_local(photo.taken_at):%H:%M}{blurred}', photo)
        self._time.setCurrentIndex(next((i for i, photo in enumerate(photos) if photo is first), 0))
        self._time.blockSignals(False)
        self._tell_photo()

    def _blank(self, text: str) -> None:
        self._told = None
        for combo in (self._day, self._time):
            combo.blockSignals(True)
            combo.clear()
            combo.blockSignals(False)
        self._day.addItem(text, None)

    def _tell_camera(self, _index: int = 0) -> None:
        if self.camera_id() is not None:
            self.camera_chosen.emit(self.camera_id())

    def _tell_photo(self, _index: int = 0) -> None:
        photo = self.photo()
        if photo is not None and photo != self._told:
            self._told = photo
            self.photo_chosen.emit(photo)


def _combo(name: str, changed) -> QComboBox:
    combo = QComboBox()
    combo.setObjectName(name)
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    combo.setMinimumContentsLength(8)
    combo.currentIndexChanged.connect(changed)
    return combo
