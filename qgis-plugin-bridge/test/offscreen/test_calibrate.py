"""Clicks in the photo and on the map, against a real service: the camera that it knows comes out."""
from __future__ import annotations

import math
import tempfile
import unittest

from proxy import Proxy
from real_service import RIVAGE_URL, Heartbeat, Window, ask, needs_service, wait_for

from qgis.core import (
    QgsCoordinateReferenceSystem, QgsCoordinateTransform, QgsFeature, QgsGeometry, QgsPoint, QgsPointXY, QgsProject,
    QgsRectangle, QgsSettings, QgsSnappingConfig, QgsTolerance, QgsVectorLayer,
)
from qgis.PyQt.QtCore import QDate, QDateTime, QPoint, Qt, QTime
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QCheckBox, QComboBox, QDateTimeEdit, QLabel, QMessageBox, QPushButton
from rivage.core.words import set_language
from rivage.gui.bench import Bench
from rivage.gui.calibrate.calibrator import Calibrator
from rivage.gui.calibrate.points import LayerForm
from rivage.gui.calibrate.table import COLUMNS, RESIDUAL

WEB = QgsCoordinateReferenceSystem('EPSG:3857')
WGS84 = QgsCoordinateReferenceSystem('EPSG:4326')


class Calibrating(unittest.TestCase):
    """A window on the first camera that has a calibration; its points are the truth."""

    @classmethod
    def setUpClass(cls) -> None:
        set_language('en')
        cls.camera_id = process_camera()
        cls.window = Window()
        cls.window.main.resize(1400, 1000)
        cls.window.iface.addDockWidget.side_effect = cls.window.main.addDockWidget
        cls.canvas = cls.window.canvas
        cls.canvas.setDestinationCrs(WEB)
        cls.bench = Bench(cls.window.iface)
        connected: list[bool] = []
        cls.bench.connected.connect(lambda: connected.append(True))
        cls.bench.connect_to(RIVAGE_URL)
        wait_for(lambda: connected)
        every = ask(f'/api/cameras/{cls.camera_id}/calibrations')['calibrations']
        cls.history = [row for row in every if row['withdrawnAt'] is None]
        cls.known = ask(f'/api/calibrations/{cls.history[0]["id"]}')['calibration']

    def setUp(self) -> None:
        QgsSettings().remove('rivage/drafts')
        self.window.told.clear()
        self.window.bar.clearWidgets()
        self.bench.camera_ids = [self.camera_id]
        self.part = Calibrator(self.bench)
        self.open()

    def tearDown(self) -> None:
        self.part.close()
        QTest.qWait(20)

    def open(self) -> None:
        self.part.open()
        self.win = self.part.window
        self.window.main.resizeDocks([self.win], [600], Qt.Orientation.Vertical)
        self.lay = self.win.lay
        wait_for(lambda: self.lay.photo.frame_px is not None)

    def click_photo(self, u: float, v: float) -> None:
        photo = self.lay.photo
        photo.setExtent(QgsRectangle(u - 20, -v - 20, u + 20, -v + 20))
        self.press(photo, QgsPointXY(u, -v))

    def click_map(self, lng: float, lat: float) -> None:
        at = QgsCoordinateTransform(WGS84, WEB, QgsProject.instance()).transform(QgsPointXY(lng, lat))
        self.canvas.setExtent(QgsRectangle(at.x() - 4, at.y() - 4, at.x() + 4, at.y() + 4))
        self.press(self.canvas, at)

    def press(self, canvas, at: QgsPointXY) -> None:
        spot = canvas.getCoordinateTransform().transform(at)
        place = QPoint(round(spot.x()), round(spot.y()))
        QTest.mouseClick(canvas.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)

    def click_points(self, gcps: list) -> None:
        for at, gcp in enumerate(gcps):
            self.click_photo(gcp['pixel']['u'], gcp['pixel']['v'])
            self.click_map(gcp['position']['lng'], gcp['position']['lat'])
            # Surveyed heights are those of the rocks' tops; the DEM has the ground beneath.
            self.write(at, 'z', gcp['position']['heightM'])
            self.write(at, 'sigma_m', gcp['sigmaM'])
            self.write(at, 'name', gcp['name'])

    def write(self, row: int, column: str, value) -> None:
        model = self.lay.model
        self.assertTrue(model.setData(model.index(row, COLUMNS.index(column)), str(value)))

    def cell(self, row: int, column: int) -> str:
        return self.lay.model.data(self.lay.model.index(row, column))

    def wait_solved(self) -> dict:
        wait_for(lambda: self.win.solved is not None)
        return self.win.solved.pose


@needs_service
class Clicking(Calibrating):
    def test_clicks_on_the_points_of_a_calibration_bring_back_its_pose(self) -> None:
        gcps = self.known['gcps']
        self.click_points(gcps)
        pose, known = self.wait_solved(), self.known['pose']
        for angle in ('headingDeg', 'pitchDeg', 'rollDeg'):
            self.assertAlmostEqual(pose[angle], known[angle], delta=0.05)
        sigma = position_sigma_m(self.known)
        off = [pose[axis] - known[axis] for axis in ('x', 'y', 'z')]
        for axis, (metres, limit) in enumerate(zip(off, sigma)):
            self.assertLess(abs(metres), limit, f'axis {axis}')
        turned = max(abs(pose[angle] - known[angle]) for angle in ('headingDeg', 'pitchDeg', 'rollDeg'))
        print(f'pose by {len(gcps)} pairs of clicks: {turned:.4f}° and {math.hypot(*off):.3f} m from the known one '
              f'(1 σ: {math.hypot(*sigma):.3f} m)')
        self.assertEqual([row.name for row in self.lay.model.table.rows], [gcp['name'] for gcp in gcps])
        self.assertIn('RMSE', self.lay.result.text())
        residuals = [float(self.cell(row, RESIDUAL)) for row in range(len(gcps))]
        for measured, gcp in zip(residuals, gcps):
            self.assertAlmostEqual(measured, gcp['residualPx'], delta=0.3)
        self.assertEqual(self.window.told, [])

    def test_what_the_camera_sees_is_shaded_on_the_map_and_goes_with_the_points(self) -> None:
        self.win.load_stored()
        self.wait_solved()
        band = self.win.side._band
        wait_for(lambda: band.size() > 0)
        seen = band.asGeometry()
        lake = self.known['gcps'][0]['position']
        at = QgsCoordinateTransform(WGS84, WEB, QgsProject.instance()).transform(QgsPointXY(lake['lng'], lake['lat']))
        self.assertLess(seen.distance(QgsGeometry.fromPointXY(at)), 30)
        self.assertGreater(seen.area(), 1000)
        self.lay.view.selectAll()
        self.lay.view.delete_chosen()
        self.assertEqual(band.size(), 0)
        self.assertEqual([mark for mark in self.win.side.gcp_marks.marks()], [])

    def test_a_click_on_the_map_gets_its_height_from_the_service(self) -> None:
        place = self.known['gcps'][0]['position']
        ground = ask('/api/elevations', body={'points': [{'lng': place['lng'], 'lat': place['lat']}]})
        self.click_photo(100, 100)
        self.click_map(place['lng'], place['lat'])
        wait_for(lambda: self.lay.model.table.rows[0].is_whole)
        self.assertAlmostEqual(self.lay.model.table.rows[0].z, ground['heights'][0]['heightM'], delta=0.05)

    def test_a_place_beyond_the_dem_asks_for_its_height(self) -> None:
        self.click_photo(100, 100)
        self.click_map(7.5, 45.5)
        wait_for(lambda: any('write the height' in text for text in self.window.told))
        self.assertEqual(self.lay.model.table.rows[0].missing(), 'Write its height.')

    def test_a_click_on_the_map_goes_to_the_corner_of_a_layer_where_snapping_is_on(self) -> None:
        place = self.known['gcps'][0]['position']
        corner = QgsCoordinateTransform(WGS84, WEB, QgsProject.instance()).transform(
            QgsPointXY(place['lng'], place['lat']))
        layer = QgsVectorLayer('Point?crs=EPSG:3857', 'Survey', 'memory')
        feature = QgsFeature()
        feature.setGeometry(QgsGeometry.fromPointXY(corner))
        layer.dataProvider().addFeature(feature)
        self.canvas.setLayers([layer])
        self.addCleanup(self.canvas.setLayers, [])
        self.canvas.setExtent(QgsRectangle(corner.x() - 40, corner.y() - 40, corner.x() + 40, corner.y() + 40))
        near = QgsPointXY(corner.x() + 6 * self.canvas.mapUnitsPerPixel(), corner.y())
        self.addCleanup(self.snap, False)
        off = {}
        for is_on in (False, True):
            self.snap(is_on)
            # QGIS indexes a layer when the mouse first comes near; a click before that is done does not snap.
            self.assertEqual(self.canvas.snappingUtils().snapToMap(near).isValid(), is_on)
            self.press(self.canvas, near)
            row = self.lay.model.table.rows[0]
            off[is_on] = QgsPointXY(*self.win.side.to_lng_lat(row.x, row.y)).distance(place['lng'], place['lat'])
            # Where a mark is, a click takes hold of it.
            self.lay.view.selectAll()
            self.lay.view.delete_chosen()
        self.assertGreater(off[False], 1e-6)
        self.assertLess(off[True], 1e-8)

    def snap(self, is_on: bool) -> None:
        config = QgsSnappingConfig()
        config.setEnabled(is_on)
        config.setMode(QgsSnappingConfig.SnappingMode.AllLayers)
        config.setTypeFlag(QgsSnappingConfig.SnappingTypes.VertexFlag)
        config.setTolerance(12)
        config.setUnits(QgsTolerance.UnitType.Pixels)
        self.canvas.snappingUtils().setConfig(config)

    def test_a_point_clicked_on_the_wrong_rock_is_named_and_marked(self) -> None:
        gcps = self.known['gcps']
        self.click_points(gcps)
        self.wait_solved()
        bad = 5
        row = self.lay.model.table.rows[bad]
        self.drag_in_photo(row.u, row.v, row.u + 70, row.v + 40)
        self.assertAlmostEqual(self.lay.model.table.rows[bad].u, row.u + 70, delta=0.5)
        wait_for(lambda: self.win.solved is not None and self.win.solved.outliers)
        self.assertEqual(self.win.solved.outliers, [gcps[bad]['name']])
        self.assertIn(gcps[bad]['name'], self.lay.result.text())
        self.assertIn('⚠', self.cell(bad, RESIDUAL))
        marked = [mark.name for mark in self.lay.photo.gcp_marks.marks() if mark.is_outlier]
        self.assertEqual(marked, [gcps[bad]['name']])

    def drag_in_photo(self, u: float, v: float, to_u: float, to_v: float) -> None:
        photo = self.lay.photo
        photo.setExtent(QgsRectangle(u - 200, -v - 200, u + 200, -v + 200))
        spots = [photo.getCoordinateTransform().transform(QgsPointXY(*at)) for at in ((u, -v), (to_u, -to_v))]
        start, end = (QPoint(round(spot.x()), round(spot.y())) for spot in spots)
        left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        QTest.mousePress(photo.viewport(), left, none, start)
        QTest.mouseMove(photo.viewport(), end)
        QTest.mouseRelease(photo.viewport(), left, none, end)

    def test_too_few_points_and_points_that_cannot_be_solved_say_what_is_needed(self) -> None:
        self.click_points(self.known['gcps'][:2])
        self.assertIn('2 of at least 3 points', self.lay.result.text())
        self.click_photo(300, 300)
        self.click_map(6.4, 44.9)
        self.write(2, 'z', 2214)
        self.write(2, 'u', 50000)
        wait_for(lambda: 'point-1' in self.lay.result.text())
        self.assertIn('⚠', self.lay.result.text())
        self.assertEqual(self.window.told, [])
        self.assertFalse(self.win.findChild(QPushButton, 'rivageSaveCalibration').isEnabled())

    def test_a_click_beside_the_photo_makes_no_point(self) -> None:
        photo = self.lay.photo
        photo.setExtent(QgsRectangle(-400, -200, 0, 200))
        self.press(photo, QgsPointXY(-200, 0))
        self.assertEqual(self.lay.model.table.rows, [])

    def test_a_cell_that_cannot_hold_what_was_written_is_told_with_its_mend(self) -> None:
        self.click_photo(100, 100)
        model = self.lay.model
        self.assertFalse(model.setData(model.index(0, COLUMNS.index('x')), 'far away'))
        self.assertIn('write one such as', self.window.told[-1])

    def test_another_crs_keeps_every_point_where_it_is_and_so_the_pose(self) -> None:
        self.win.load_stored()
        before = dict(self.wait_solved())
        self.lay._choose_crs(QgsCoordinateReferenceSystem('EPSG:32631'))
        self.assertNotAlmostEqual(self.lay.model.table.rows[0].x, self.known['pose']['x'], delta=10000)
        wait_for(lambda: self.win.solved and self.win.solved.pose['x'] != before['x'])
        self.assertAlmostEqual(self.win.solved.pose['headingDeg'], before['headingDeg'], delta=0.001)


@needs_service
class Importing(Calibrating):
    def places(self) -> list[tuple[str, float, float, float]]:
        return [(gcp['name'], gcp['position']['lng'], gcp['position']['lat'], gcp['position']['heightM'])
                for gcp in self.known['gcps']]

    def test_points_of_a_csv_in_degrees_solve_to_the_same_pose(self) -> None:
        lines = [f'{gcp["name"]};{gcp["pixel"]["u"]};{gcp["pixel"]["v"]};{place["lng"]};{place["lat"]};'
                 f'{place["heightM"]};{gcp["sigmaM"]}' for gcp in self.known['gcps'] for place in [gcp['position']]]
        with tempfile.NamedTemporaryFile('w', suffix='.csv', encoding='utf-8') as file:
            file.write('\n'.join(['name;u;v;lon;lat;h;sigma_m', *lines]))
            file.flush()
            self.lay.take_csv(file.name)
        pose = self.wait_solved()
        self.assertAlmostEqual(pose['headingDeg'], self.known['pose']['headingDeg'], delta=0.001)
        self.assertAlmostEqual(pose['z'], self.known['pose']['z'], delta=0.01)

    def test_points_of_the_calibration_in_force_join_those_that_were_clicked(self) -> None:
        self.click_photo(100, 100)
        self.win.load_stored()
        wait_for(lambda: len(self.lay.model.table.rows) == len(self.known['gcps']) + 1)
        self.assertEqual((self.lay.model.table.rows[0].name, self.lay.model.table.changed), ('point-1', True))

    def test_a_csv_that_cannot_be_read_is_told_with_its_line(self) -> None:
        with tempfile.NamedTemporaryFile('w', suffix='.csv', encoding='utf-8') as file:
            file.write('name,u,v,x,y,z\na,1,2,3,4,high\n')
            file.flush()
            self.lay.take_csv(file.name)
        self.assertIn('line 2: the cell “z” holds “high”', self.window.told[-1])
        self.assertEqual(self.lay.model.table.rows, [])

    def test_points_of_a_layer_wait_for_their_clicks_in_the_photo(self) -> None:
        layer = QgsVectorLayer('PointZ?crs=EPSG:4326&field=label:string&field=h:double', 'Survey', 'memory')
        for name, lng, lat, height in self.places():
            feature = QgsFeature(layer.fields())
            feature.setAttributes([name, height])
            feature.setGeometry(QgsGeometry(QgsPoint(lng, lat, 0)))
            layer.dataProvider().addFeature(feature)
        QgsProject.instance().addMapLayer(layer)
        self.addCleanup(QgsProject.instance().removeMapLayer, layer.id())
        form = LayerForm(self.lay)
        form.choose(layer, name='label', z='h')
        self.lay.take_layer(form)
        rows = self.lay.model.table.rows
        self.assertEqual([(row.name, row.z) for row in rows], [(name, height) for name, _, _, height in self.places()])
        for at, gcp in enumerate(self.known['gcps']):
            self.lay.view.choose(at)
            self.click_photo(gcp['pixel']['u'], gcp['pixel']['v'])
        self.assertEqual(len(rows), len(self.known['gcps']))
        self.assertAlmostEqual(self.wait_solved()['headingDeg'], self.known['pose']['headingDeg'], delta=0.05)


@needs_service
class Saving(Calibrating):
    def test_save_says_what_it_replaces_stores_and_withdraws_nothing(self) -> None:
        self.win.load_stored()
        self.wait_solved()
        self.win.findChild(QPushButton, 'rivageSaveCalibration').click()
        wait_for(lambda: self.win.findChild(QMessageBox, 'rivageConfirmSave') is not None)
        box = self.win.findChild(QMessageBox, 'rivageConfirmSave')
        self.assertIn(f'takes the place of calibration {self.history[0]["id"]} ', box.text())
        box.findChild(QPushButton, 'rivageConfirmSaveYes').click()
        try:
            wait_for(lambda: any('is stored' in text for text in self.window.told))
            newest = ask(f'/api/cameras/{self.camera_id}/calibrations')['calibrations'][0]
            self.assertEqual((newest['origin'], newest['gcps']), ('service', len(self.known['gcps'])))
            self.assertEqual(newest['photoPath'], self.history[0]['photoPath'])
            self.assertFalse(self.win.is_unsaved())
            self.locate_anew()
        finally:
            for row in ask(f'/api/cameras/{self.camera_id}/calibrations')['calibrations']:
                if row['origin'] == 'service' and row['withdrawnAt'] is None:
                    ask(f'/api/calibrations/{row["id"]}', method='DELETE')

    def locate_anew(self) -> None:
        """The button of the message starts a run over what was placed before, and tells the dock to follow it."""
        started: list[bool] = []
        self.bench.run_started.connect(lambda: started.append(True))
        self.window.bar.findChild(QPushButton, 'rivageLocateAnew').click()
        wait_for(lambda: started)
        run = ask('/api/runs?limit=1')['runs'][0]
        self.assertEqual((run['kind'], run['cameraIds']), ('relocate', [self.camera_id]))
        wait_for(lambda: ask(f'/api/runs/{run["id"]}')['state'] not in ('queued', 'running'), 60)

    def test_a_limit_is_an_instant_of_the_lake_and_only_while_it_is_ticked(self) -> None:
        row = self.lay.save
        self.assertEqual((row.valid_from(), row.valid_to()), (None, None))
        row.set_zone('Europe/Paris')
        self.win.findChild(QCheckBox, 'rivageValidFromTick').setChecked(True)
        self.win.findChild(QDateTimeEdit, 'rivageValidFrom').setDateTime(QDateTime(QDate(2025, 7, 14), QTime(12, 30)))
        self.assertEqual((row.valid_from(), row.valid_to()), ('2025-07-14T10:30:00.000Z', None))
        self.win.findChild(QDateTimeEdit, 'rivageValidFrom').setDateTime(QDateTime(QDate(2025, 1, 14), QTime(12, 30)))
        self.assertEqual(row.valid_from(), '2025-01-14T11:30:00.000Z')

    def test_one_that_begins_later_leaves_the_earlier_to_its_photos(self) -> None:
        self.win.load_stored()
        self.wait_solved()
        self.win.findChild(QCheckBox, 'rivageValidFromTick').setChecked(True)
        self.win.findChild(QPushButton, 'rivageSaveCalibration').click()
        wait_for(lambda: self.win.findChild(QMessageBox, 'rivageConfirmSave') is not None)
        box = self.win.findChild(QMessageBox, 'rivageConfirmSave')
        self.assertIn(f'Calibration {self.history[0]["id"]} ', box.text())
        self.assertIn('goes on holding for photos taken before', box.text())
        box.reject()

    def test_whoever_cancels_has_stored_nothing(self) -> None:
        before = len(ask(f'/api/cameras/{self.camera_id}/calibrations')['calibrations'])
        self.win.load_stored()
        self.wait_solved()
        self.win.findChild(QPushButton, 'rivageSaveCalibration').click()
        wait_for(lambda: self.win.findChild(QMessageBox, 'rivageConfirmSave') is not None)
        self.win.findChild(QMessageBox, 'rivageConfirmSave').reject()
        QTest.qWait(50)
        self.assertEqual(len(ask(f'/api/cameras/{self.camera_id}/calibrations')['calibrations']), before)

    def test_unsaved_points_are_asked_about_and_are_back_the_next_time(self) -> None:
        self.click_photo(100, 100)
        self.win.close()
        box = self.win.findChild(QMessageBox, 'rivageUnsaved')
        self.assertTrue(self.win.isVisible())
        next(button for button in box.buttons() if 'Keep' in button.text()).click()
        wait_for(lambda: self.part.window is None)
        self.open()
        self.assertEqual(len(self.lay.model.table.rows), 1)
        self.assertIn('1 points that were not saved are back', self.window.told[-1])

    def test_thrown_away_points_are_gone(self) -> None:
        self.click_photo(100, 100)
        self.win.close()
        box = self.win.findChild(QMessageBox, 'rivageUnsaved')
        next(button for button in box.buttons() if 'Throw' in button.text()).click()
        wait_for(lambda: self.part.window is None)
        self.open()
        self.assertEqual(self.lay.model.table.rows, [])


@needs_service
class Waiting(Calibrating):
    def test_qgis_goes_on_while_the_service_takes_ten_seconds(self) -> None:
        proxy = Proxy(RIVAGE_URL)
        self.addCleanup(proxy.close)
        self.win.load_stored()
        self.wait_solved()
        service = self.bench.service
        self.addCleanup(setattr, service, 'address', service.address)
        service.address, proxy.delay_s = proxy.url, 10
        beat = Heartbeat()
        model = self.lay.model
        for sigma in (1, 2, 3):
            self.write(0, 'sigma_m', sigma)
            QTest.qWait(400)
        self.assertIn('Solving', self.lay.result.text())
        self.click_photo(300, 300)
        self.click_map(6.4, 44.9)
        wait_for(lambda: model.table.rows[-1].z is not None, 25)
        wait_for(lambda: 'Solving' not in self.lay.result.text(), 25)
        beat.stop()
        self.assertLess(beat.longest_ms, 100)
        print(f'longest pause of QGIS while the service took 10 s: {beat.longest_ms:.0f} ms')

    def test_a_service_that_comes_back_solves_what_was_changed_meanwhile(self) -> None:
        self.win.load_stored()
        before = self.wait_solved()
        service = self.bench.service
        known = service.address
        self.addCleanup(setattr, service, 'address', known)
        service.address = 'http://127.0.0.1:9'
        self.write(3, 'used', '')
        wait_for(lambda: self.window.told)
        self.assertIsNone(self.win.solved)
        service.address = known
        self.bench.connected.emit()
        self.assertNotEqual(self.wait_solved()['headingDeg'], before['headingDeg'])

    def test_another_address_asked_for_while_a_photo_is_read_leaves_nothing_that_waits(self) -> None:
        self.win.load_stored()
        self.wait_solved()
        photos = self.win.choice.findChild(QComboBox, 'rivageCalibratePhoto')
        photos.setCurrentIndex((photos.currentIndex() + 1) % photos.count())
        self.assertIn('Loading', self.lay.findChild(QLabel, 'rivagePhotoNote').text())
        self.bench.connect_to('http://127.0.0.1:9')
        self.assertNotIn('Loading', self.lay.findChild(QLabel, 'rivagePhotoNote').text())
        self.assertNotIn('Solving', self.lay.result.text())
        self.assertIsNone(self.lay.photo.frame_px)
        self.bench.connect_to(RIVAGE_URL)
        wait_for(lambda: self.lay.photo.frame_px is not None)

    def test_a_service_that_is_gone_is_told_with_its_mend_and_the_points_stay(self) -> None:
        self.win.load_stored()
        self.wait_solved()
        service = self.bench.service
        self.addCleanup(setattr, service, 'address', service.address)
        service.address = 'http://127.0.0.1:9'
        self.write(0, 'sigma_m', 1)
        wait_for(lambda: any('Start Rivage' in text for text in self.window.told))
        self.assertEqual(len(self.lay.model.table.rows), len(self.known['gcps']))


def process_camera() -> str:
    """The id of a camera whose calibration is stored and whose photos are known; the first run of a lake does both."""
    camera_id = ask('/api/cameras')['cameras'][0]['id']
    history = ask(f'/api/cameras/{camera_id}/calibrations')['calibrations']
    photos = ask(f'/api/photos?camera={camera_id}&limit=1000')['photos']
    if not any(photo['path'] == row['photoPath'] for photo in photos for row in history):
        run_id = ask('/api/runs', body={'kind': 'process', 'cameraIds': [camera_id]})['id']
        wait_for(lambda: ask(f'/api/runs/{run_id}')['state'] not in ('queued', 'running'), 120)
    return camera_id


def position_sigma_m(known: dict) -> list[float]:
    """One standard deviation of east, north and up, m, from the covariance of what was solved (row by row)."""
    free, covariance = known['free'], known['covariance']
    return [math.sqrt(covariance[free.index(name) * (len(free) + 1)]) for name in ('eastM', 'northM', 'upM')]


if __name__ == '__main__':
    from real_service import end

    end(0 if unittest.main(exit=False).result.wasSuccessful() else 1)
