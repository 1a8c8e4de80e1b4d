"""The dock against a service that behaves and one that does not: state and messages right, the window never blocked."""
from __future__ import annotations

import unittest

from fair_heartbeat import FairHeartbeat
from real_service import Window, wait_for

from fake_service import FakeService, a_run
from qgis.core import QgsSettings
from qgis.PyQt.QtCore import QDate, Qt, QTimer
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import (
    QCheckBox, QComboBox, QDateEdit, QLabel, QLineEdit, QProgressBar, QPushButton, QTreeWidget, QWidget,
)
from rivage.core.problem import too_slow
from rivage.core.words import set_language
from rivage.gui.bench import Bench
from rivage.gui.dock import RivageDock

MAX_BLOCKED_MS = 100


class DockCase(unittest.TestCase):
    """A dock in a window, and a fake service."""

    def setUp(self) -> None:
        set_language('en')
        self.fake = FakeService()
        QgsSettings().setValue('rivage/address', self.fake.address)
        self.window = Window()
        self.bench = Bench(self.window.iface)
        self.dock = RivageDock(self.bench)
        self.window.main.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self.dock)
        self.heart = FairHeartbeat()

    def tearDown(self) -> None:
        self.heart.stop()
        self.dock.stop()
        self.bench.close()
        self.window.main.close()
        self.fake.stop()
        set_language('en')

    def open(self) -> None:
        """Opens the dock and waits until it is connected and has the season."""
        self.dock.start()
        wait_for(lambda: self.bench.health is not None)
        wait_for(lambda: ('GET', '/api/cameras/west/days', None) in self.fake.asked)
        wait_for(lambda: any('/api/runs' in path for _method, path, _body in self.fake.asked))
        QTest.qWait(60)
        self.heart.reset()

    def find(self, kind: type[QWidget], name: str):
        """A part of the dock, by its name."""
        found = self.dock.findChild(kind, name)
        self.assertIsNotNone(found, name)
        return found

    def state(self) -> str:
        return self.find(QLabel, 'rivageState').text()

    def text(self) -> str:
        return self.find(QLabel, 'rivageProgressText').text()

    def press(self, name: str) -> None:
        QTest.mouseClick(self.find(QPushButton, name), Qt.MouseButton.LeftButton)


class Connecting(DockCase):
    def test_a_service_that_answers_is_shown_with_its_lakes_cameras_and_models(self) -> None:
        self.open()
        self.assertIn('Connected · Rivage 0.1.0 · embedded database', self.state())
        self.assertEqual('Lac bleu', self.find(QComboBox, 'rivageLakes').currentText())
        cameras = self.find(QTreeWidget, 'rivageCameras')
        lines = [[cameras.topLevelItem(row).text(column) for column in range(3)] for row in range(3)]
        self.assertEqual([['North', '20/40', '1.2 px'], ['South', '20/40', '⚠ moved'],
                          ['West', '20/40', 'to calibrate']], lines)
        models = self.find(QComboBox, 'rivageModel')
        self.assertEqual([('Model', 'm@1')], [(models.itemText(n), models.itemData(n)) for n in range(models.count())])
        self.assertEqual([], self.window.told)
        self.assertLess(self.heart.longest_ms, MAX_BLOCKED_MS)

    def test_requests_say_the_users_language(self) -> None:
        set_language('fr')
        self.open()
        self.assertEqual({'fr'}, {headers['accept-language'] for headers in self.fake.headers})

    def test_nothing_there_is_told_with_its_mend_and_in_the_bar_only_when_asked_for(self) -> None:
        self.fake.stop()
        self.dock.start()
        wait_for(lambda: 'Nothing answers at' in self.state())
        self.assertIn('Start Rivage there', self.state())
        self.assertEqual([], self.window.told)
        self.press('rivageConnect')
        wait_for(lambda: self.window.told)
        self.assertIn('Nothing answers at ' + self.fake.address, self.window.told[0])
        self.assertLess(self.heart.longest_ms, MAX_BLOCKED_MS)

    def test_a_service_that_comes_later_is_found_without_asking(self) -> None:
        self.fake.stop()
        self.dock.start()
        wait_for(lambda: 'Nothing answers at' in self.state())
        self.fake.start()
        self.bench.check()
        wait_for(lambda: 'Connected' in self.state())

    def test_a_service_that_takes_ten_seconds_never_blocks_the_window(self) -> None:
        self.fake.slow['/api/health'] = 10
        self.dock.start()
        QTest.qWait(1000)
        self.assertIn('Connecting', self.state())
        wait_for(lambda: self.bench.health is not None, 15)
        self.assertIn('Connected', self.state())
        self.assertLess(self.heart.longest_ms, MAX_BLOCKED_MS)

    def test_a_wrong_answer_is_told_with_its_status(self) -> None:
        self.fake.refuse['/api/health'] = (500, 'text/html', b'<h1>oops</h1>')
        self.dock.start()
        self.press('rivageConnect')
        wait_for(lambda: self.window.told)
        self.assertIn('status 500', self.window.told[0])
        self.assertIn('status 500', self.state())

    def test_what_is_not_rivage_is_told(self) -> None:
        for body in (b'<html></html>', b'[]', b'{"version": 1}', b'\xff'):
            self.window.told.clear()
            self.window.bar.clearWidgets()
            self.fake.refuse['/api/health'] = (200, 'text/html', body)
            self.press('rivageConnect')
            wait_for(lambda: self.window.told)
            self.assertIn('does not understand', self.window.told[0])

    def test_a_missing_and_a_wrong_token_are_told_with_where_to_give_it_and_without_a_dialog(self) -> None:
        self.fake.token = 'secret'
        self.dock.start()
        wait_for(lambda: 'asks for its token' in self.state())
        self.assertIn('Give the token…', self.state())
        self.bench.service.token = 'wrong'
        self.bench.check()
        wait_for(lambda: 'refuses the token' in self.state())
        self.bench.service.token = 'secret'
        self.bench.check()
        wait_for(lambda: 'Connected' in self.state())

    def test_a_busy_service_is_said_to_be_slow_until_it_answers_again(self) -> None:
        self.open()
        self.bench.report(too_slow(self.fake.address, 30))
        self.assertIn('gave no answer within 30 s', self.state())
        self.assertTrue(self.find(QPushButton, 'rivageAddLayers').isEnabled())
        self.bench.check()
        wait_for(lambda: 'Connected' in self.state())

    def test_another_service_can_be_asked_for_while_one_is_slow(self) -> None:
        self.open()
        other = FakeService()
        self.addCleanup(other.stop)
        other.version = '0.1.7'
        self.fake.slow['*'] = 3
        self.bench.refresh()
        lost: list = []
        self.bench.disconnected.connect(lost.append)
        self.find(QLineEdit, 'rivageAddress').setText(other.address)
        self.press('rivageConnect')
        self.assertEqual(['connecting'], [problem.code for problem in lost])
        self.assertFalse(self.find(QPushButton, 'rivageProcess').isEnabled())
        wait_for(lambda: '0.1.7' in self.state(), 2)
        self.assertEqual([], self.window.told)

    def test_asking_to_refresh_twice_reads_what_came_between(self) -> None:
        self.open()
        self.fake.slow['/api/cameras'] = 0.3
        self.bench.refresh()
        QTest.qWait(50)
        self.bench.refresh()
        QTest.qWait(300)
        self.fake.cameras = self.fake.cameras[:1]
        wait_for(lambda: len(self.bench.cameras) == 1, 2)

    def test_an_older_service_is_named_with_what_to_do_and_still_works(self) -> None:
        self.fake.version = '0.0.9'
        self.open()
        self.assertIn('The service (0.0.9) is older than the plugin', self.state())
        self.assertTrue(self.find(QPushButton, 'rivageProcess').isEnabled())

    def test_a_newer_service_asks_for_a_newer_plugin(self) -> None:
        self.fake.version = '7.0.0'
        set_language('fr')
        self.open()
        self.assertIn('est plus ancienne que le service (7.0.0)', self.state())

    def test_no_address_is_told(self) -> None:
        for written in ('', 'lac', 'ftp://127.0.0.1', 'http://'):
            self.window.told.clear()
            self.window.bar.clearWidgets()
            self.find(QLineEdit, 'rivageAddress').setText(written)
            self.press('rivageConnect')
            wait_for(lambda: self.window.told)
            self.assertIn('is not the address of a service', self.window.told[0])

    def test_no_timer_runs_in_a_hidden_dock(self) -> None:
        self.open()
        self.assertEqual(1, len(self.running_timers()))
        self.dock.hide()
        self.assertEqual([], self.running_timers())

    def running_timers(self) -> list[QTimer]:
        return [timer for timer in self.dock.findChildren(QTimer) + self.bench.findChildren(QTimer)
                if timer.isActive() and timer.objectName() != 'qt_']


class Choosing(DockCase):
    def test_a_day_is_chosen_by_a_click_and_days_by_dragging(self) -> None:
        self.open()
        strip = self.find(QWidget, 'rivageCalendar')
        self.assertFalse(self.find(QCheckBox, 'rivageOnly').isChecked())
        there = strip.cell(0, QDate(2025, 7, 2).toPyDate()).center()
        QTest.mouseClick(strip, Qt.MouseButton.LeftButton, pos=there)
        self.assertEqual([QDate(2025, 7, 2)] * 2, self.days())
        QTest.mousePress(strip, Qt.MouseButton.LeftButton, pos=strip.cell(0, QDate(2025, 7, 4).toPyDate()).center())
        QTest.mouseMove(strip, there)
        QTest.mouseRelease(strip, Qt.MouseButton.LeftButton, pos=there)
        self.assertEqual([QDate(2025, 7, 2), QDate(2025, 7, 4)], self.days())
        self.assertTrue(self.find(QCheckBox, 'rivageOnly').isChecked())

    def test_pointing_at_a_day_tells_what_is_known_of_it(self) -> None:
        self.open()
        strip = self.find(QWidget, 'rivageCalendar')

        def told(row: int, day: int) -> str:
            return strip.say_at(strip.cell(row, QDate(2025, 7, day).toPyDate()).center())

        self.assertIn('North · 1 Jul 2025\nexpected: 24\nreceived: 20', told(0, 1))
        self.assertIn('Nothing can be said', told(1, 2))
        self.assertIn('expected: unknown', told(1, 4))
        self.assertIn('has not told its days', told(2, 2))
        self.assertEqual('', strip.say_at(strip.rect().bottomLeft()))

    def test_missing_unknown_and_zero_look_different(self) -> None:
        self.open()
        strip = self.find(QWidget, 'rivageCalendar')
        picture = strip.grab().toImage()

        def colours(row: int, day: int) -> set[str]:
            cell = strip.cell(row, QDate(2025, 7, day).toPyDate())
            return {picture.pixelColor(x, y).name() for x in range(cell.left() + 1, cell.right() - 3)
                    for y in range(cell.top() + 1, cell.bottom() + 1)}

        whole, nothing, unknown, not_mounted = colours(0, 1), colours(1, 2), colours(1, 4), colours(0, 2)
        self.assertIn('#1b6f8f', whole)
        self.assertIn('#c4392f', nothing)
        self.assertNotIn('#c4392f', whole | unknown | not_mounted)
        self.assertEqual(1, len(not_mounted))
        self.assertNotEqual(whole, unknown)

    def test_unticked_cameras_stay_unticked_and_leave_the_run(self) -> None:
        self.open()
        cameras = self.find(QTreeWidget, 'rivageCameras')
        cameras.topLevelItem(1).setCheckState(0, Qt.CheckState.Unchecked)
        self.assertEqual(['north', 'west'], self.bench.camera_ids)
        refreshed: list[bool] = []
        self.bench.refreshed.connect(lambda: refreshed.append(True))
        self.bench.refresh()
        wait_for(lambda: refreshed)
        self.assertEqual(['north', 'west'], self.bench.camera_ids)

    def test_without_a_camera_nothing_can_be_processed(self) -> None:
        self.open()
        cameras = self.find(QTreeWidget, 'rivageCameras')
        for row in range(3):
            cameras.topLevelItem(row).setCheckState(0, Qt.CheckState.Unchecked)
        process = self.find(QPushButton, 'rivageProcess')
        self.assertEqual((False, 'Tick the cameras to process.'), (process.isEnabled(), process.toolTip()))

    def days(self) -> list[QDate]:
        return [self.find(QDateEdit, 'rivageFrom').date(), self.find(QDateEdit, 'rivageTo').date()]


class Running(DockCase):
    def test_process_sends_what_is_chosen_in_the_lakes_days(self) -> None:
        self.open()
        self.press('rivageProcess')
        self.assertEqual({'kind': 'process', 'cameraIds': ['north', 'south', 'west'], 'modelId': 'm@1'}, self.sent())
        self.fake.runs = [a_run(state='done', done=100)]
        wait_for(lambda: '100 photos processed.' in self.text())
        self.find(QDateEdit, 'rivageFrom').setDate(QDate(2025, 7, 1))
        self.find(QDateEdit, 'rivageTo').setDate(QDate(2025, 7, 1))
        self.fake.asked.clear()
        self.press('rivageProcess')
        sent = self.sent()
        self.assertEqual(('2025-06-30T22:00:00Z', '2025-07-01T22:00:00Z'), (sent['from'], sent['to']))

    def test_a_run_is_followed_to_its_end_and_everyone_is_told(self) -> None:
        self.open()
        ended: list = []
        self.bench.run_ended.connect(ended.append)
        self.fake.runs = [a_run()]
        self.press('rivageProcess')
        wait_for(lambda: self.text() == '25 of 100 photos · 2.5 photos/s · 30 s left')
        bar = self.find(QProgressBar, 'rivageProgress')
        self.assertEqual((25, 100, True), (bar.value(), bar.maximum(), bar.isVisible()))
        self.assertFalse(self.find(QPushButton, 'rivageProcess').isEnabled())
        self.fake.runs = [a_run(done=100, failed=2, state='done', secondsLeft=None)]
        wait_for(lambda: ended, 5)
        self.assertIn('100 photos processed, 2 of them could not be', self.text())
        self.assertTrue(self.find(QPushButton, 'rivageProcess').isEnabled())
        self.assertLess(self.heart.longest_ms, MAX_BLOCKED_MS)

    def test_a_run_under_way_is_found_when_qgis_opens(self) -> None:
        self.fake.runs = [a_run(id='r9', state='queued', total=None, done=0, photosPerSecond=None, secondsLeft=None),
                          a_run(done=60), a_run(id='r0', state='done')]
        self.open()
        wait_for(lambda: '60 of 100 photos' in self.text())
        self.assertTrue(self.find(QPushButton, 'rivageCancel').isVisible())

    def test_a_service_dying_in_mid_job_is_told_and_the_run_goes_on_when_it_is_back(self) -> None:
        self.fake.runs = [a_run()]
        self.open()
        wait_for(lambda: '25 of 100' in self.text())
        self.fake.stop()
        wait_for(lambda: 'goes on when it is back' in self.text(), 5)
        self.assertIn('Nothing answers at', self.state())
        self.assertFalse(self.find(QPushButton, 'rivageCancel').isEnabled())
        self.fake.runs = [a_run(done=70)]
        self.fake.start()
        wait_for(lambda: '70 of 100' in self.text(), 5)
        wait_for(lambda: 'Connected' in self.state(), 5)
        self.assertLess(self.heart.longest_ms, MAX_BLOCKED_MS)

    def test_cancel_is_sent_and_its_end_shown(self) -> None:
        self.fake.runs = [a_run()]
        self.open()
        wait_for(lambda: '25 of 100' in self.text())
        self.press('rivageCancel')
        self.assertIn('Cancelling', self.text())
        wait_for(lambda: ('DELETE', '/api/runs/r1', None) in self.fake.asked)
        self.fake.runs = [a_run(state='cancelled')]
        wait_for(lambda: 'Cancelled. 25 photos' in self.text(), 5)

    def test_a_run_that_fails_tells_why(self) -> None:
        self.fake.runs = [a_run()]
        self.open()
        self.fake.runs = [a_run(state='failed', error={'code': 'x', 'detail': 'No weights. Fetch them.'})]
        wait_for(lambda: self.window.told, 5)
        self.assertIn('No weights. Fetch them.', self.window.told[0])

    def test_what_hinders_a_run_is_told(self) -> None:
        self.fake.cameras = []
        self.dock.start()
        wait_for(lambda: 'The workspace has no camera' in self.text())
        self.assertFalse(self.find(QPushButton, 'rivageProcess').isEnabled())

    def test_a_refused_run_is_told_and_can_be_asked_again(self) -> None:
        self.open()
        self.fake.refuse['/api/runs'] = (409, 'application/problem+json',
                                         b'{"code": "busy", "detail": "Busy. Wait.", "status": 409}')
        self.press('rivageProcess')
        wait_for(lambda: self.window.told)
        self.assertIn('Busy. Wait.', self.window.told[0])
        self.assertTrue(self.find(QPushButton, 'rivageProcess').isEnabled())

    def sent(self) -> dict:
        wait_for(lambda: any(method == 'POST' for method, _path, _body in self.fake.asked))
        return next(body for method, _path, body in self.fake.asked if method == 'POST')


if __name__ == '__main__':
    unittest.main()
