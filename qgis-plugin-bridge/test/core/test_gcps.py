"""The table of points: what clicks and cells do to it, and what the service is asked."""
from __future__ import annotations

import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from rivage.core.gcps import Gcp, GcpRefused, GcpTable, from_draft, to_draft, to_wish  # noqa: E402
from rivage.core.words import set_language  # noqa: E402

WHOLE = Gcp('rock', 10, 20, 968300, 6428000, 2214, 0.05)


class Clicking(unittest.TestCase):
    def test_a_click_in_the_photo_and_one_on_the_map_make_one_point(self) -> None:
        table = GcpTable()
        table.click_photo(10, 20)
        table.click_map(968300, 6428000)
        self.assertEqual([(row.u, row.v, row.x, row.y) for row in table.rows], [(10, 20, 968300, 6428000)])

    def test_the_map_may_be_clicked_first(self) -> None:
        table = GcpTable()
        table.click_map(968300, 6428000)
        table.click_photo(10, 20)
        self.assertEqual(len(table.rows), 1)
        self.assertTrue(table.rows[0].has_pixel and table.rows[0].has_place)

    def test_a_second_click_in_the_photo_before_the_map_corrects_the_first(self) -> None:
        table = GcpTable()
        table.click_photo(10, 20)
        table.click_photo(11, 22)
        self.assertEqual([(row.u, row.v) for row in table.rows], [(11, 22)])

    def test_a_click_never_moves_a_whole_point_though_it_is_selected(self) -> None:
        table = GcpTable([WHOLE])
        table.selected = 0
        table.click_photo(500, 600)
        self.assertEqual(table.rows[0], WHOLE)
        self.assertEqual((table.rows[1].u, table.rows[1].v), (500, 600))

    def test_a_click_fills_the_selected_point_that_came_without_a_pixel(self) -> None:
        table = GcpTable([Gcp('a', x=1, y=2, z=3), Gcp('b', x=4, y=5, z=6)])
        table.selected = 1
        table.click_photo(10, 20)
        self.assertFalse(table.rows[0].has_pixel)
        self.assertEqual((table.rows[1].u, table.rows[1].v), (10, 20))

    def test_a_new_point_has_a_name_that_no_other_has_and_the_error_of_the_one_before(self) -> None:
        table = GcpTable([Gcp('point-2', 1, 1, 1, 1, 1, 0.05)])
        table.click_photo(10, 20)
        self.assertEqual(table.rows[1].name, 'point-1')
        self.assertEqual(table.rows[1].sigma_m, 0.05)

    def test_a_height_that_comes_late_goes_to_the_place_it_was_asked_for(self) -> None:
        table = GcpTable()
        table.click_map(1, 2)
        table.move_place(0, 3, 4)
        self.assertFalse(table.set_height(1, 2, 2200))
        self.assertIsNone(table.rows[0].z)
        self.assertTrue(table.set_height(3, 4, 2214))
        self.assertEqual(table.rows[0].z, 2214)

    def test_a_height_written_by_hand_is_not_overwritten_by_the_one_of_the_service(self) -> None:
        table = GcpTable()
        table.click_map(1, 2)
        table.write(0, 'z', '2250')
        self.assertFalse(table.set_height(1, 2, 2214))
        self.assertEqual(table.rows[0].z, 2250)


class Writing(unittest.TestCase):
    def setUp(self) -> None:
        set_language('en')
        self.table = GcpTable([WHOLE, Gcp('hut', 1, 1, 1, 1, 1)])

    def test_a_decimal_comma_and_spaces_between_thousands_are_read(self) -> None:
        self.table.write(0, 'x', '968 300,25')
        self.assertEqual(self.table.rows[0].x, 968300.25)

    def test_a_cell_that_holds_no_number_is_refused_and_left_as_it_was(self) -> None:
        for text in ('abc', '', 'nan', 'inf'):
            with self.subTest(text), self.assertRaisesRegex(GcpRefused, 'is no number: write one'):
                self.table.write(0, 'u', text)
        self.assertEqual(self.table.rows[0], WHOLE)

    def test_two_points_of_one_name_are_refused(self) -> None:
        with self.assertRaisesRegex(GcpRefused, 'hut already'):
            self.table.write(0, 'name', 'hut')
        self.table.write(0, 'name', 'rock')

    def test_a_negative_error_is_refused(self) -> None:
        with self.assertRaisesRegex(GcpRefused, 'not negative'):
            self.table.write(0, 'sigma_m', '-1')

    def test_an_emptied_height_is_one_that_is_not_known_not_zero(self) -> None:
        self.table.write(0, 'z', '')
        self.assertIsNone(self.table.rows[0].z)
        self.assertEqual(self.table.rows[0].missing(), 'Write its height.')

    def test_whoever_deletes_points_has_none_selected(self) -> None:
        self.table.selected = 1
        self.table.delete([0])
        self.assertEqual([row.name for row in self.table.rows], ['hut'])
        self.assertIsNone(self.table.selected)

    def test_points_from_elsewhere_replace_those_of_their_name(self) -> None:
        self.assertEqual(self.table.add([Gcp('hut', 5, 5, 5, 5, 5), Gcp('col', 6, 6, 6, 6, 6)]), 2)
        self.assertEqual([(row.name, row.u) for row in self.table.rows], [('rock', 10), ('hut', 5), ('col', 6)])

    def test_another_crs_moves_the_places_and_no_point_without_one(self) -> None:
        table = GcpTable([Gcp('a', 1, 2), WHOLE])
        table.transform([(6.4, 44.9)])
        self.assertEqual([(row.x, row.y) for row in table.rows], [(None, None), (6.4, 44.9)])


class Asking(unittest.TestCase):
    def test_only_whole_points_in_use_are_sent(self) -> None:
        table = GcpTable([WHOLE, Gcp('half', 1, 2), Gcp('low', 1, 2, 3, 4), Gcp('off', 1, 2, 3, 4, 5, used=False)])
        wish = to_wish(table, 2154, 'photos/a.jpg')
        self.assertEqual(wish['gcps'], [
            {'name': 'rock', 'u': 10, 'v': 20, 'x': 968300, 'y': 6428000, 'z': 2214, 'sigmaM': 0.05}])
        self.assertEqual((wish['epsg'], wish['photoPath'], wish['save']), (2154, 'photos/a.jpg', False))

    def test_a_draft_comes_back_as_it_was(self) -> None:
        rows = [WHOLE, Gcp('half', 1, 2), Gcp('off', used=False)]
        self.assertEqual(from_draft(to_draft(GcpTable(rows))), rows)

    def test_what_is_no_draft_holds_no_points(self) -> None:
        for kept in (None, 'x', [1], [{'colour': 'red'}], {}):
            with self.subTest(kept=kept):
                self.assertEqual(from_draft(kept), [])


if __name__ == '__main__':
    unittest.main()
