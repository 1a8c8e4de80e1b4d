"""The dock's state: what it says of a service that is there, slow, foreign, refusing, older or gone."""
from __future__ import annotations

import unittest

from dock_case import MAX_BLOCKED_MS, DockCase
from real_service import wait_for

from fake_service import FakeService
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QComboBox, QLineEdit, QPushButton, QTreeWidget
from rivage.core.problem import too_slow
from rivage.core.words import set_language


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
        lines = [(models.itemText(n), models.itemData(n), models.model().item(n).isEnabled())
                 for n in range(models.count())]
        self.assertEqual([('Model', 'm@1', True), ('Far', 'far@2', False)], lines)
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


if __name__ == '__main__':
    unittest.main()
