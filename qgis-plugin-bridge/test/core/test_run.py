"""Runs: what is asked for and what is said of them."""
from __future__ import annotations

import unittest

from rivage.core.run import Run, ask_run, read_run, say_run
from rivage.core.words import set_language


def a_run(**changed) -> Run:
    known = dict(id='r', state='running', total=400, done=120, failed=0, per_second=2.53, seconds_left=110, error=None)
    return Run(**{**known, **changed})


class Runs(unittest.TestCase):
    def tearDown(self) -> None:
        set_language('en')

    def test_what_is_not_chosen_is_not_asked_for(self) -> None:
        self.assertEqual({'kind': 'process', 'cameraIds': ['a']}, ask_run(['a'], None, None, None))

    def test_days_and_model_are_asked_for(self) -> None:
        body = ask_run(['a', 'b'], '2025-06-30T22:00:00Z', '2025-07-01T22:00:00Z', 'm@1')
        self.assertEqual({'kind': 'process', 'cameraIds': ['a', 'b'], 'from': '2025-06-30T22:00:00Z',
                          'to': '2025-07-01T22:00:00Z', 'modelId': 'm@1'}, body)

    def test_a_running_run_tells_rate_time_left_and_failures(self) -> None:
        self.assertEqual('120 of 400 photos · 2.5 photos/s · 2 min left', say_run(a_run()))
        self.assertEqual('120 of 400 photos · 2.5 photos/s · 2 min left · 3 failed', say_run(a_run(failed=3)))
        set_language('fr')
        self.assertEqual('120 photos sur 400 · 2,5 photos/s · encore 2 min', say_run(a_run()))

    def test_what_is_not_known_is_not_said(self) -> None:
        self.assertEqual('0 of 400 photos', say_run(a_run(done=0, per_second=None, seconds_left=None)))
        self.assertEqual('Looking for new photos…', say_run(a_run(total=None, done=0)))

    def test_ends_are_told_apart(self) -> None:
        self.assertEqual('400 photos processed.', say_run(a_run(state='done', done=400)))
        self.assertIn('2 of them could not be', say_run(a_run(state='done', done=400, failed=2)))
        self.assertIn('Nothing to do', say_run(a_run(state='done', done=0, total=0)))
        self.assertEqual('Stopped: No weights. Fetch them.',
                         say_run(a_run(state='failed', error='No weights. Fetch them.')))
        self.assertIn('they stay', say_run(a_run(state='cancelled')))

    def test_the_services_json_is_read(self) -> None:
        told = {'id': 'r', 'state': 'failed', 'total': None, 'done': 0, 'failed': 0, 'photosPerSecond': None,
                'secondsLeft': None, 'error': {'code': 'x', 'detail': 'Why.'}}
        run = read_run(told)
        self.assertEqual(('failed', 'Why.', False), (run.state, run.error, run.under_way))
        with self.assertRaises(KeyError):
            read_run({'id': 'r'})
