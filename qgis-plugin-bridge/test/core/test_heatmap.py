"""What a heatmap asks for and says of itself."""
from __future__ import annotations

import sys
import unittest
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from rivage.core.heatmap import HeatmapWish, density_path, from_json, point_filter, say_title, to_json  # noqa: E402
from rivage.core.words import set_language  # noqa: E402

JULY = {'first_day': date(2024, 7, 1), 'last_day': date(2024, 7, 30)}


class Heatmaps(unittest.TestCase):
    """Filters, requests, words."""

    def setUp(self) -> None:
        set_language('en')

    def test_tents_are_chosen_by_bivouac_night_and_not_by_hour(self) -> None:
        wish = HeatmapWish('lac', 'Lac', 'tent', **JULY, from_hour=19, to_hour=9, radius_m=15)
        self.assertEqual(
            "\"lake_id\" = 'lac' AND \"night\" || '' >= '2024-07-01' AND \"night\" || '' <= '2024-07-30'",
            point_filter(wish))
        self.assertEqual('bivouac_heatmap', wish.view)

    def test_hours_past_midnight_are_the_evening_or_the_morning(self) -> None:
        evening = HeatmapWish('lac', 'Lac', 'person', from_hour=19.5, to_hour=9, radius_m=10)
        self.assertIn('("local_hour" >= 19.5 OR "local_hour" < 9)', point_filter(evening))
        noon = HeatmapWish('lac', 'Lac', 'person', from_hour=11, to_hour=14, radius_m=10)
        self.assertIn('("local_hour" >= 11 AND "local_hour" < 14)', point_filter(noon))

    def test_the_same_hour_twice_is_the_whole_day(self) -> None:
        self.assertNotIn('local_hour', point_filter(HeatmapWish('lac', 'Lac', 'person', from_hour=9, to_hour=9)))

    def test_a_quote_in_a_name_stays_inside_the_text(self) -> None:
        self.assertIn("'lac de l''ours'", point_filter(HeatmapWish("lac de l'ours", 'Lac', 'person')))

    def test_hexagons_are_asked_for_with_what_was_chosen_only(self) -> None:
        wish = HeatmapWish('lac bleu', 'Lac bleu', 'person', first_day=date(2024, 7, 1), from_hour=11, to_hour=14.5,
                           cell_m=25)
        self.assertEqual('/api/lakes/lac%20bleu/density?label=person&from=2024-07-01&hourFrom=11&hourTo=14.5&cellM=25',
                         density_path(wish))

    def test_a_wish_survives_being_written_down(self) -> None:
        wish = HeatmapWish('lac', 'Lac', 'tent', **JULY, cell_m=20)
        self.assertEqual(wish, from_json(to_json(wish)))

    def test_the_title_says_what_when_and_how_wide_in_both_languages(self) -> None:
        wish = HeatmapWish('lac', 'Lac', 'tent', **JULY, radius_m=15)
        self.assertEqual('Tent-nights · nights 1 Jul 2024 – 30 Jul 2024 · within 15 m', say_title(wish))
        set_language('fr')
        self.assertEqual('Nuitées de tente · nuits 1 juil. 2024 – 30 juil. 2024 · à moins de 15 m', say_title(wish))
        noon = HeatmapWish('lac', 'Lac', 'person', from_hour=11, to_hour=14.5, cell_m=12.5)
        self.assertEqual('Personnes · tous les jours, 11:00–14:30 · mailles de 12,5 m', say_title(noon))


if __name__ == '__main__':
    unittest.main()
