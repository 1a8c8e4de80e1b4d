"""The photo that points are clicked in: read from the service, and shown with what is to be known about it."""
from __future__ import annotations

from ...core.gcps_photos import ReferencePhoto
from ...core.problem import Problem
from ...core.words import say
from ..bench import Bench
from .desk import CalibrationDesk
from .layout import CalibrateLayout


class Picture:
    """Loads one photo at a time; `is_loading`: one is on its way."""

    def __init__(self, bench: Bench, desk: CalibrationDesk, lay: CalibrateLayout) -> None:
        self._bench = bench
        self._desk = desk
        self._lay = lay
        self.is_loading = False

    def load(self, photo: ReferencePhoto) -> None:
        """Shows a photo as soon as it is there."""
        self.is_loading = True
        self._lay.say_photo(say('Loading the photo…', 'Chargement de la photo…'))
        self._desk.read_picture(photo, lambda data: self._take(photo, data), self._miss)

    def clear(self) -> None:
        """Shows none."""
        self.is_loading = False
        self._lay.photo.clear_photo()
        self._lay.say_photo('')

    def _take(self, photo: ReferencePhoto, data: bytes) -> None:
        self.is_loading = False
        if not self._lay.photo.show_photo(data, photo.width_px, photo.height_px):
            self._miss(Problem('photo-unreadable', say(
                'The service sent a photo that QGIS cannot read: choose another one.',
                'Le service a envoyé une photo que QGIS ne sait pas lire : choisissez-en une autre.')))
            return
        self._lay.say_photo('' if photo.is_analysed else say(
            'No model has looked for persons in this photo, so it is blurred whole: process it, or choose another one.',
            'Aucun modèle n’a cherché de personnes dans cette photo, elle est donc floutée en entier : traitez-la, ou '
            'choisissez-en une autre.'))
        self._lay.draw()

    def _miss(self, problem: Problem) -> None:
        self.clear()
        self._bench.notices.tell(problem)
