"""Texts and figures in both languages."""
from __future__ import annotations

import unittest
from datetime import date

from rivage.core.words import language, say, say_day, say_duration, say_number, set_language


class Words(unittest.TestCase):
    def tearDown(self) -> None:
        set_language('en')

    def test_a_french_locale_speaks_french_and_every_other_english(self) -> None:
        for locale, expected in (('fr', 'fr'), ('fr_CH', 'fr'), ('FR_fr', 'fr'), ('en_GB', 'en'), ('de', 'en'),
                                 ('', 'en')):
            set_language(locale)
            self.assertEqual(expected, language(), locale)
            self.assertEqual(expected, say('en', 'fr'))

    def test_figures_have_the_separators_of_the_language(self) -> None:
        self.assertEqual('12,345.6', say_number(12345.62, 1))
        set_language('fr')
        self.assertEqual('12\u202f345,6', say_number(12345.62, 1))

    def test_durations_have_two_units_at_most(self) -> None:
        told = [say_duration(seconds) for seconds in (0, 41, 59.4, 60, 3540, 3600, 7510)]
        self.assertEqual(['1 s', '41 s', '59 s', '1 min', '59 min', '1 h 00 min', '2 h 05 min'], told)

    def test_days_are_written_as_people_write_them(self) -> None:
        self.assertEqual('3 Jul 2025', say_day(date(2025, 7, 3)))
        set_language('fr')
        self.assertEqual('3 juil. 2025', say_day(date(2025, 7, 3)))
