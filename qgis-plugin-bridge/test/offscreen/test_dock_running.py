"""A run from Process to its end: followed, found again, cancelled, failing, and outliving its service."""
from __future__ import annotations

import unittest

from dock_case import MAX_BLOCKED_MS, DockCase
from real_service import wait_for

from fake_service import a_run
from qgis.PyQt.QtCore import QDate
from qgis.PyQt.QtWidgets import QDateEdit, QProgressBar, QPushButton


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
