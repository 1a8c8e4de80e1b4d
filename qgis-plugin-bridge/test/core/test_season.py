"""The season of a camera: missing is never zero."""
from __future__ import annotations

import unittest
from datetime import date

from rivage.core.season import Day, find_span, list_days, list_years, read_season, say_day_of, to_bar


def row(day, **changed) -> dict:
    known = dict(day=day, expected=24, received=20, unreadable=1, dark=3, fog=2, usable=14, analysed=10)
    return {**known, **changed}


def a_day(**changed) -> Day:
    return Day(**{**row(date(2025, 7, 1)), **changed})


class Seasons(unittest.TestCase):
    def test_photos_without_a_day_are_counted_apart(self) -> None:
        season = read_season({'days': [row('2025-07-01'), row(None, expected=None, received=3)]})
        self.assertEqual([date(2025, 7, 1)], list(season.days))
        self.assertEqual(3, season.undated)

    def test_years_and_spans_go_over_all_cameras(self) -> None:
        north = read_season({'days': [row('2024-09-30'), row('2025-07-02')]})
        south = read_season({'days': [row('2025-07-05'), row('2025-06-30')]})
        self.assertEqual([2024, 2025], list_years([north, south]))
        span = find_span([north, south], 2025)
        self.assertEqual((date(2025, 6, 30), date(2025, 7, 5)), span)
        self.assertEqual(6, len(list_days(span)))
        self.assertIsNone(find_span([north, south], 2023))

    def test_a_bar_is_shares_of_what_was_expected(self) -> None:
        bar = to_bar(a_day())
        self.assertAlmostEqual(10 / 24, bar.analysed)
        self.assertAlmostEqual(4 / 24, bar.waiting)
        self.assertAlmostEqual(6 / 24, bar.unusable)

    def test_a_bar_is_never_over_full(self) -> None:
        for day in (a_day(expected=5), a_day(expected=None), a_day(expected=0), a_day(analysed=25)):
            bar = to_bar(day)
            self.assertLessEqual(bar.analysed + bar.waiting + bar.unusable, 1 + 1e-9)
            self.assertGreater(bar.analysed, 0)

    def test_dark_photos_that_were_analysed_are_not_counted_twice(self) -> None:
        bar = to_bar(a_day(analysed=20))
        self.assertAlmostEqual(20 / 24, bar.analysed)
        self.assertEqual((0, 0), (bar.waiting, bar.unusable))

    def test_a_day_without_photos_says_that_nothing_can_be_said(self) -> None:
        nothing = a_day(received=0, unreadable=0, dark=0, fog=0, usable=0, analysed=0)
        told = say_day_of('North', nothing.day, nothing)
        self.assertIn('expected: 24', told)
        self.assertIn('Nothing can be said', told)
        self.assertNotIn('usable', told)

    def test_an_unknown_number_is_not_zero(self) -> None:
        self.assertIn('expected: unknown', say_day_of('North', date(2025, 7, 1), a_day(expected=None)))

    def test_a_day_tells_each_of_its_parts(self) -> None:
        told = say_day_of('North', date(2025, 7, 1), a_day())
        for part in ('expected: 24', 'received: 20', 'usable: 14', 'dark: 3', 'fog: 2', 'unreadable: 1',
                     'analysed: 10'):
            self.assertIn(part, told)
        self.assertNotIn('lens', told)

    def test_a_lens_that_was_blocked_or_wet_is_told(self) -> None:
        season = read_season({'days': [row('2025-07-01', blocked=2, wet=1)]})
        told = say_day_of('North', date(2025, 7, 1), season.days[date(2025, 7, 1)])
        for part in ('blocked lens: 2', 'wet lens: 1'):
            self.assertIn(part, told)
