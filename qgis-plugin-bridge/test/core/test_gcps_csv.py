"""Points as CSV, read as the service reads them."""
from __future__ import annotations

import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from rivage.core.gcps import Gcp  # noqa: E402
from rivage.core.gcps_csv import CsvRefused, read_csv, write_csv  # noqa: E402
from rivage.core.words import set_language  # noqa: E402


class Reading(unittest.TestCase):
    def setUp(self) -> None:
        set_language('en')

    def test_the_columns_may_stand_in_any_order_and_the_error_may_be_left_out(self) -> None:
        found = read_csv('v,u,name,z,y,x\n733,1204,big-rock,2105.4,6440321.2,948210.5\n', 'a.csv')
        self.assertEqual(found.rows, (Gcp('big-rock', 1204, 733, 948210.5, 6440321.2, 2105.4, 0.0),))
        self.assertFalse(found.is_lng_lat)

    def test_semicolons_with_decimal_commas_a_byte_order_mark_and_empty_lines_are_read(self) -> None:
        found = read_csv('\ufeffname;u;v;x;y;z;sigma_m\r\n\r\ncol;310,5;188;949911;6441877;2684;3\r\n', 'a.csv')
        self.assertEqual(found.rows, (Gcp('col', 310.5, 188, 949911, 6441877, 2684, 3),))

    def test_longitude_and_latitude_are_told_from_metres(self) -> None:
        self.assertTrue(read_csv('name,u,v,lon,lat,h\na,1,2,6.4,44.9,2214\n', 'a.csv').is_lng_lat)

    def test_a_file_that_cannot_be_read_is_refused_with_its_line_and_the_mend(self) -> None:
        head = 'name,u,v,x,y,z\n'
        cases = {
            '': 'line 1: the file is empty. Needed: name,u,v,x,y,z',
            'name,u,v,x,y\n': 'line 1: the columns are name, u, v, x, y. Needed',
            head + 'a,1,2,3,4\n': 'line 2: this row does not fit the header',
            head + 'a,1,2,3,4,5\n\nb,1,x,3,4,5\n': 'line 4: the cell “v” holds “x”. A number',
            head + 'a,1,2,3,4,nan\n': 'line 2: the cell “z” holds “nan”',
            head + ',1,2,3,4,5\n': 'line 2: the name is empty',
            head + 'a,1,2,3,4,5\na,1,2,3,4,5\n': 'line 3: the name “a” is there twice',
            'name,u,v,x,y,z,sigma_m\na,1,2,3,4,5,-1\n': 'line 2: sigma_m is -1',
        }
        for text, told in cases.items():
            with self.subTest(text), self.assertRaises(CsvRefused) as refused:
                read_csv(text, 'a.csv')
            self.assertIn(f'a.csv, {told}', str(refused.exception))

    def test_what_is_written_is_read_back(self) -> None:
        rows = [Gcp('a', 1.25, 2.5, 968318.18, 6428002.38, 2215.78, 0.05), Gcp('hut, east', 3, 4, 1000, 2000, 0, 0)]
        self.assertEqual(list(read_csv(write_csv(rows), 'a.csv').rows), rows)

    def test_degrees_are_written_to_the_millimetre(self) -> None:
        written = read_csv(write_csv([Gcp('a', 1, 2, 6.40001559, 44.89921169, 2215)]), 'a.csv').rows[0]
        self.assertEqual((written.x, written.y), (6.40001559, 44.89921169))

    def test_points_that_are_not_whole_or_not_in_use_are_not_written(self) -> None:
        self.assertEqual(write_csv([Gcp('half', 1, 2), Gcp('off', 1, 2, 3, 4, 5, used=False)]),
                         'name,u,v,x,y,z,sigma_m\n')


if __name__ == '__main__':
    unittest.main()
