"""Requests of windows and of tasks, against a service that misbehaves."""
from __future__ import annotations

import gc
import threading
import time
import unittest
import weakref

from real_service import Heartbeat, wait_for

from fake_service import FakeService
from qgis.core import QgsApplication, QgsSettings
from qgis.PyQt.QtCore import QThread
from qgis.PyQt.QtTest import QTest
from rivage.core.problem import ServiceProblem
from rivage.core.words import set_language
from rivage.service.address import read_authcfg, write_token
from rivage.service.blocking import BlockingService
from rivage.service.http import Service


class ServiceCase(unittest.TestCase):
    def setUp(self) -> None:
        set_language('en')
        self.fake = FakeService()
        self.service = Service(self.fake.address + '/')
        self.answers: list = []
        self.problems: list = []

    def tearDown(self) -> None:
        self.service.cancel_all()
        self.fake.stop()


class Asking(ServiceCase):
    def test_an_answer_is_read_into_a_noun(self) -> None:
        self.service.get('/api/health', self.answers.append, self.problems.append, lambda told: told['version'])
        wait_for(lambda: self.answers or self.problems)
        self.assertEqual((['0.1.0'], []), (self.answers, self.problems))

    def test_bytes_come_as_they_are(self) -> None:
        self.fake.refuse['/picture'] = (200, 'image/png', b'\x89PNG\x00\xff')
        self.service.get_bytes('/picture', self.answers.append, self.problems.append)
        wait_for(lambda: self.answers or self.problems)
        self.assertEqual([b'\x89PNG\x00\xff'], self.answers)

    def test_a_slow_answer_is_given_up_in_time_and_told(self) -> None:
        self.fake.slow['/api/health'] = 3
        self.service.get('/api/health', self.answers.append, self.problems.append, timeout_s=0.3)
        wait_for(lambda: self.answers or self.problems, 2)
        self.assertEqual('service-slow', self.problems[0].code)

    def test_a_cancelled_request_calls_no_one(self) -> None:
        self.fake.slow['/api/health'] = 0.2
        call = self.service.get('/api/health', self.answers.append, self.problems.append)
        self.assertTrue(call.is_open())
        call.cancel()
        self.assertFalse(call.is_open())
        call.cancel()
        QTest.qWait(500)
        self.assertEqual(([], []), (self.answers, self.problems))

    def test_a_callback_may_ask_again_and_cancel_the_rest(self) -> None:
        def again(_answer) -> None:
            self.service.cancel_all()
            self.service.get('/api/lakes', self.answers.append, self.problems.append)

        self.fake.slow['/api/models'] = 1
        self.service.get('/api/models', self.answers.append, self.problems.append)
        self.service.get('/api/health', again, self.problems.append)
        wait_for(lambda: self.answers or self.problems)
        self.assertIn('lakes', self.answers[0])
        self.assertEqual([], self.problems)

    def test_two_hundred_requests_leave_nothing_behind(self) -> None:
        for _ in range(200):
            self.service.get('/api/health', self.answers.append, self.problems.append)
        wait_for(lambda: len(self.answers) + len(self.problems) == 200)
        QTest.qWait(50)
        self.assertEqual([], self.problems)
        self.assertEqual(0, len(self.service._calls))


class Blocking(ServiceCase):
    def test_an_answer_is_returned_and_a_problem_raised(self) -> None:
        service = BlockingService(self.fake.address)
        self.assertEqual('0.1.0', service.get('/api/health')['version'])
        self.assertEqual('r1', service.send('POST', '/api/runs', {'kind': 'process'})['id'])
        with self.assertRaises(ServiceProblem) as raised:
            service.get('/api/nothing')
        self.assertEqual(('route-missing', 404), (raised.exception.problem.code, raised.exception.problem.status))
        self.assertEqual('Nothing is served at /api/nothing.', str(raised.exception))

    def test_nothing_of_it_is_left_to_pythons_collector_which_may_run_in_another_thread(self) -> None:
        gc.disable()
        self.addCleanup(gc.enable)
        service = BlockingService(self.fake.address)
        service.get('/api/health')
        with self.assertRaises(ServiceProblem):
            service.get('/api/nothing')
        inside = weakref.ref(service._service)
        del service
        self.assertIsNone(inside())

    def test_it_works_in_a_thread_while_the_window_lives(self) -> None:
        self.fake.slow['/api/health'] = 1
        told: list = []

        class Asker(QThread):
            def run(asker) -> None:  # noqa: N805 (the test is self)
                told.append(BlockingService(self.fake.address).get('/api/health')['version'])

        heart = Heartbeat()
        asker = Asker()
        asker.start()
        wait_for(asker.isFinished)
        heart.stop()
        self.assertEqual(['0.1.0'], told)
        self.assertLess(heart.longest_ms, 100)

    def test_cancelling_ends_a_slow_request_at_once(self) -> None:
        self.fake.slow['/api/health'] = 10
        canceled = threading.Event()
        threading.Timer(0.3, canceled.set).start()
        begun = time.perf_counter()
        with self.assertRaises(ServiceProblem) as raised:
            BlockingService(self.fake.address, is_canceled=canceled.is_set).get('/api/health')
        self.assertEqual('canceled', raised.exception.problem.code)
        self.assertLess(time.perf_counter() - begun, 1)

    def test_a_pause_between_two_looks_can_be_cancelled(self) -> None:
        begun = time.perf_counter()
        BlockingService(self.fake.address).pause(0.2)
        self.assertGreater(time.perf_counter() - begun, 0.15)  # timers are 5 % coarse
        with self.assertRaises(ServiceProblem):
            BlockingService(self.fake.address, is_canceled=lambda: True).pause(5)


class Token(ServiceCase):
    @classmethod
    def setUpClass(cls) -> None:
        QgsApplication.authManager().setMasterPassword('master', True)

    def tearDown(self) -> None:
        write_token('', self.fake.address)
        super().tearDown()

    def test_the_token_lives_in_qgiss_authentication_database_alone(self) -> None:
        self.assertTrue(write_token('s3cret', self.fake.address))
        authcfg = read_authcfg(self.fake.address)
        self.assertIn(authcfg, QgsApplication.authManager().configIds())
        settings = QgsSettings()
        self.assertNotIn('s3cret', [settings.value(key) for key in settings.allKeys()])
        self.assertTrue(write_token('another', self.fake.address))
        self.assertEqual(authcfg, read_authcfg(self.fake.address))
        self.assertTrue(write_token('', self.fake.address))
        self.assertEqual('', read_authcfg(self.fake.address))
        self.assertNotIn(authcfg, QgsApplication.authManager().configIds())

    def test_it_is_sent_as_the_password_of_user_qgis(self) -> None:
        write_token('s3cret', self.fake.address)
        service = BlockingService(self.fake.address, read_authcfg(self.fake.address))
        self.assertEqual('0.1.0', service.get('/api/health')['version'])
        self.assertEqual('Basic cWdpczpzM2NyZXQ=', self.fake.headers[-1]['authorization'])

    def test_it_goes_to_the_service_that_it_was_given_for_and_to_no_other(self) -> None:
        write_token('s3cret', self.fake.address)
        self.assertEqual('', read_authcfg('http://127.0.0.1:1'))
        self.assertNotEqual('', read_authcfg(self.fake.address + '/'))

    def test_a_token_that_is_gone_is_told(self) -> None:
        with self.assertRaises(ServiceProblem) as raised:
            BlockingService(self.fake.address, 'gone123').get('/api/health')
        self.assertEqual('token-unreadable', raised.exception.problem.code)
        self.assertEqual([], self.fake.asked)


if __name__ == '__main__':
    unittest.main()
