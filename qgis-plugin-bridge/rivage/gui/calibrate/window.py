"""The calibrate window: a photo beside a table, points clicked in the photo and on the map, solved while you click."""
from __future__ import annotations

from typing import Any

from qgis.PyQt.QtCore import QTimer, pyqtSignal
from qgis.PyQt.QtWidgets import QDockWidget

from ...core.gcps import GcpTable, to_wish
from ...core.gcps_photos import ReferencePhoto
from ...core.gcps_solved import Solved, current_calibration, now_utc, stored_points
from ...core.problem import Problem
from ...core.words import say
from ..bench import Bench
from .choice import PhotoChoice
from .desk import CalibrationDesk, LiveSolve
from .draft import DraftKeeper, ask_about_unsaved, read_draft
from .layout import CalibrateLayout
from .map import MapSide
from .picture import Picture
from .points import placed
from .save import Saving

FEWEST = 3


class CalibrateWindow(QDockWidget):
    """One camera at a time. `gone`: it was closed for good and may be deleted."""

    gone = pyqtSignal()

    def __init__(self, bench: Bench) -> None:
        super().__init__(say('Rivage: calibrate a camera', 'Rivage : calibrer un appareil'))
        self.setObjectName('RivageCalibrate')
        self._bench = bench
        self._desk = CalibrationDesk(bench, self)
        self.live = LiveSolve(bench, self)
        """Solves as points are set."""
        self._drafts = DraftKeeper(self)
        self._saving = Saving(bench, self._desk, self)
        self.side = MapSide(bench.iface.mapCanvas(), self)
        self._history: list[dict[str, Any]] = []
        self._camera_id = ''
        self.solved: Solved | None = None
        self._left = False
        self._address = bench.service.address
        self.choice = PhotoChoice(bench, self)
        self.lay = CalibrateLayout(self.choice, self.side, self)
        self.setWidget(self.lay)
        self._picture = Picture(bench, self._desk, self.lay)
        self.model = self.lay.model
        self._connect()

    def start(self) -> None:
        """Begins with the camera chosen in the dock."""
        self.choice.show_cameras(next(iter(self._bench.camera_ids), None))
        self.side.take_clicks(True)

    def leave(self) -> None:
        """Closes without a question; unsaved points stay as a draft."""
        if self._left:
            return
        self._left = True
        self._drafts.write()
        self._bench.connected.disconnect(self._come_back)
        self._bench.disconnected.disconnect(self._lose_service)
        self.live.stop()
        self._desk.close()
        self.side.remove()
        self.hide()
        QTimer.singleShot(0, self.gone.emit)

    def closeEvent(self, event) -> None:  # noqa: N802 - Qt's name
        if self._left or not self.is_unsaved():
            event.accept()
            self.leave()
            return
        event.ignore()
        ask_about_unsaved(self, self.leave, self._throw_away)

    def _connect(self) -> None:
        self.choice.camera_chosen.connect(self._open_camera)
        self.choice.photo_chosen.connect(self._open_photo)
        photo, side, view = self.lay.photo, self.side, self.lay.view
        photo.pixel_clicked.connect(self._click_photo)
        photo.pixel_moved.connect(self._move_pixel)
        photo.clicked_outside.connect(self.lay.say_outside)
        side.place_clicked.connect(self._click_map)
        side.place_moved.connect(self._move_place)
        side.nowhere.connect(self.lay.refuse_place)
        for picked in (photo.mark_picked, side.mark_picked):
            picked.connect(lambda name: view.choose(self._row(name)))
        view.chosen.connect(lambda _row: self.lay.draw())
        view.visited.connect(self._visit)
        self.model.changed.connect(self._changed)
        self.lay.crs_chosen.connect(lambda _crs: self._touched(None))
        self.lay.stored_wanted.connect(self.load_stored)
        for refused in (self.model.refused, self.lay.refused):
            refused.connect(lambda text: self._bench.notices.tell(Problem('points-refused', text)))
        self.lay.points_given.connect(self._add_points)
        self.live.solved.connect(self._take_solved)
        self.live.seen.connect(self.side.show_viewshed)
        self.live.failed.connect(self._take_failed)
        self.live.asking.connect(self.lay.result.show_asking)
        self.lay.save.asked.connect(self._save)
        self._saving.saved.connect(self._take_saved)
        self._bench.connected.connect(self._come_back)
        self._bench.disconnected.connect(self._lose_service)

    def _lose_service(self, _problem: Problem) -> None:
        """Requests that were dropped get no answer: nothing is under way any more."""
        self.live.stop()
        if (self.choice.photo() is None or self._picture.is_loading) and not self._desk.is_open():
            self.choice.show_lost()
            self._picture.clear()

    def _come_back(self) -> None:
        """The service is there again: goes on. It is another one: these are none of its cameras."""
        if self._bench.service.address != self._address:
            self.leave()
        elif self.lay.photo.frame_px is None:
            self._open_camera(self._camera_id)
        else:
            self._solve()

    def _open_camera(self, camera_id: str) -> None:
        self._desk.close()
        self._camera_id = camera_id
        self._history = []
        self._show_table(GcpTable())
        self._picture.clear()
        self.lay.save.set_zone(self.choice.time_zone())
        self.choice.show_reading(0, 0)
        self._drafts.write()
        draft = read_draft(self._address, camera_id)
        if draft is not None:
            self.lay.set_crs(draft.epsg)
            self._show_table(draft.table)
            self._bench.notices.inform(draft.sentence())
        self._desk.read_history(camera_id, self._take_history)

    def _take_history(self, history: list[dict[str, Any]]) -> None:
        current = self._keep_history(history)
        path = current['photoPath'] if current else None
        self._desk.read_photos(self._camera_id, path, lambda photos: self.choice.show_photos(photos, path),
                               self.choice.show_reading)

    def _open_photo(self, photo: ReferencePhoto) -> None:
        self.lay.save.suggest(self.choice.to_local(photo.taken_at))
        self._picture.load(photo)
        self._solve()

    def _click_photo(self, u: float, v: float) -> None:
        row = self.model.table.click_photo(round(u, 2), round(v, 2))
        self.side.take_clicks(True)
        self._touched(row)

    def _click_map(self, x: float, y: float) -> None:
        row = self.model.table.click_map(x, y)
        self._ask_height(x, y)
        self._touched(row)

    def _move_pixel(self, name: str, u: float, v: float) -> None:
        row = self._row(name)
        if row is not None:
            self.model.table.move_pixel(row, round(u, 2), round(v, 2))
            self._touched(row)

    def _move_place(self, name: str, x: float, y: float) -> None:
        row = self._row(name)
        if row is not None:
            self.model.table.move_place(row, x, y)
            self._ask_height(x, y)
            self._touched(row)

    def _ask_height(self, x: float, y: float) -> None:
        place = self.side.to_lng_lat(x, y)
        if place is not None:
            self._desk.read_height(*place, lambda height: self._take_height(x, y, height))

    def _take_height(self, x: float, y: float, height: float) -> None:
        if self.model.table.set_height(x, y, round(height, 2)):
            self._touched(self.model.table.selected)

    def _add_points(self, rows: list) -> None:
        count = self.model.table.add(rows)
        for row in rows:
            if row.has_place and row.z is None:
                self._ask_height(row.x, row.y)
        self._touched(None)
        self._bench.notices.inform(say('{n} points taken.', '{n} points repris.').format(n=count))

    def load_stored(self) -> None:
        """Takes the points of the calibration in force."""
        current = current_calibration(self._history, now_utc())
        if current is not None:
            self._desk.read_calibration(current['id'], self._take_stored)

    def _take_stored(self, answer: dict[str, Any]) -> None:
        rows = placed(stored_points(answer), self.side)
        if self.model.table.rows:
            self._add_points(rows)
            return
        self._show_table(GcpTable(rows))
        self._solve()

    def _touched(self, row: int | None) -> None:
        self.model.refresh()
        self.lay.view.choose(row)

    def _row(self, name: str) -> int | None:
        return next((at for at, row in enumerate(self.model.table.rows) if row.name == name), None)

    def _visit(self, at: int) -> None:
        row = self.model.table.rows[at]
        if row.has_pixel:
            self.lay.photo.look_at(row.u, row.v)
        if row.has_place:
            self.side.look_at(row.x, row.y)

    def _show_table(self, table: GcpTable) -> None:
        self._forget_solved()
        self.model.replace(table)
        self.lay.draw()

    def _changed(self) -> None:
        if self.model.table.changed:
            self._drafts.keep(self._address, self._camera_id, self.model.table, self.model.epsg)
        self._solve()

    def _solve(self) -> None:
        self.lay.save.allow(False)
        usable = len(self.model.table.usable())
        if usable < FEWEST:
            self.live.stop()
            self._forget_solved()
            self.lay.result.show_waiting(usable)
        else:
            self.live.ask(self._camera_id, self._wish())
        self.lay.draw()

    def _wish(self) -> dict[str, Any]:
        photo = self.choice.photo()
        return to_wish(self.model.table, self.model.epsg, photo.path if photo else None)

    def _take_solved(self, solved: Solved) -> None:
        self.solved = solved
        self.model.show_solved(solved)
        self.lay.result.show_solved(solved)
        self.side.show_camera(self.choice.camera_name(), (solved.pose['lng'], solved.pose['lat']))
        self.lay.save.allow(True)
        self.lay.draw()

    def _take_failed(self, problem: Problem) -> None:
        self._forget_solved()
        self.lay.result.show_refused(problem.detail)
        # What the solver says of the points stands beside them; all else is told as everywhere.
        if problem.status is None or not problem.code.startswith(('gcp', 'calibration', 'held')):
            self._bench.notices.tell(problem)
        self.lay.draw()

    def _forget_solved(self) -> None:
        self.solved = None
        self.model.show_solved(None)
        self.side.show_viewshed(None)
        self.side.show_camera('', None)
        self.lay.save.allow(False)

    def _save(self) -> None:
        if self.solved is None:
            return
        wish = self._wish()
        for key, instant in (('validFrom', self.lay.save.valid_from()), ('validTo', self.lay.save.valid_to())):
            if instant:
                wish[key] = instant
        self._saving.ask(self._camera_id, wish, self.solved)

    def _take_saved(self, _stored: Solved) -> None:
        self.model.table.changed = False
        self._drafts.forget(self._camera_id)
        self._desk.read_history(self._camera_id, self._keep_history)

    def _keep_history(self, history: list[dict[str, Any]]) -> dict[str, Any] | None:
        """The calibration in force."""
        self._history = history
        current = current_calibration(history, now_utc())
        self.lay.allow_stored(current is not None)
        return current

    def is_unsaved(self) -> bool:
        """Whether closing would lose points."""
        return self.model.table.changed and bool(self.model.table.rows)

    def _throw_away(self) -> None:
        self._drafts.forget(self._camera_id)
        self.leave()
