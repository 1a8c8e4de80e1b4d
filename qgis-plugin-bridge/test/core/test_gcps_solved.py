"""What the service answers to points, and what storing a calibration does to those there are."""
from __future__ import annotations

import struct
import sys
import unittest
from datetime import datetime, timedelta, timezone
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from rivage.core.gcps_photos import ReferencePhoto, by_day, first_photo  # noqa: E402
from rivage.core.gcps_solved import current_calibration, parse_solved, replacement, summary, to_wkb  # noqa: E402
from rivage.core.photo_frame import PhotoFrame, jpeg_size  # noqa: E402
from rivage.core.words import set_language  # noqa: E402


def stored(calibration_id: int, valid_from: str | None, **more) -> dict:
    """A row of a camera's history."""
    return {'id': calibration_id, 'validFrom': valid_from, 'validTo': None, 'replacedBy': None, 'withdrawnAt': None,
            'gcps': 16, 'rmsePx': 2.1, **more}


MARCH, JUNE, SEPT = '2025-03-01T00:00:00.000Z', '2025-06-01T00:00:00.000Z', '2025-09-01T00:00:00.000Z'


class Replacing(unittest.TestCase):
    def setUp(self) -> None:
        set_language('en')

    def test_one_that_begins_at_the_same_time_is_replaced(self) -> None:
        self.assertIn('takes the place of calibration 2 ', replacement([stored(2, None)], None, None))

    def test_one_that_begins_later_leaves_the_earlier_one_to_its_photos(self) -> None:
        told = replacement([stored(2, None)], JUNE, None)
        self.assertEqual(told, 'Calibration 2 (16 points, RMSE 2.10 px) goes on holding for photos taken before.')

    def test_one_that_begins_between_two_says_what_becomes_of_both(self) -> None:
        told = replacement([stored(3, SEPT), stored(2, None)], JUNE, None)
        self.assertIn('Calibration 2 (16 points, RMSE 2.10 px) goes on holding for photos taken before.', told)
        self.assertIn('Calibration 3 (16 points, RMSE 2.10 px) goes on holding from 2025-09-01 00:00 UTC on.', told)

    def test_those_out_of_use_are_not_spoken_of(self) -> None:
        history = [stored(2, None, withdrawnAt=MARCH), stored(1, None, replacedBy=2)]
        self.assertEqual(replacement(history, None, None), 'It is the first one of this camera.')

    def test_the_one_in_force_is_the_latest_that_has_begun_and_not_ended(self) -> None:
        history = [stored(4, SEPT), stored(3, MARCH, validTo=JUNE), stored(2, None)]
        self.assertEqual(current_calibration(history, '2025-04-01T00:00:00.000Z')['id'], 3)
        self.assertEqual(current_calibration(history, JUNE)['id'], 2)
        self.assertEqual(current_calibration(history, '2026-01-01T00:00:00.000Z')['id'], 4)
        self.assertIsNone(current_calibration([stored(4, SEPT)], JUNE))


class Solving(unittest.TestCase):
    def test_outliers_and_points_behind_the_camera_are_kept_apart_from_a_residual_of_zero(self) -> None:
        set_language('en')
        solved = parse_solved({
            'id': None, 'advice': 'Look again.', 'checks': [{'passed': False, 'sentence': 'It hangs in the air.'}],
            'calibration': {
                'sizePx': {'widthPx': 1920, 'heightPx': 1080}, 'pose': {}, 'lens': {'focalPx': 1640}, 'rmsePx': 0.5,
                'gcps': [{'name': 'a', 'outlier': False, 'residualPx': 0, 'reprojected': {'u': 1, 'v': 2}},
                         {'name': 'b', 'outlier': True, 'residualPx': 38, 'reprojected': {'u': 3, 'v': 4}},
                         {'name': 'c', 'outlier': True}]}})
        self.assertEqual(solved.points['a'].residual_px, 0)
        self.assertIsNone(solved.points['c'].residual_px)
        self.assertIsNone(solved.viewshed)
        self.assertEqual(solved.failed_checks, ('It hangs in the air.',))
        self.assertEqual(summary(solved), 'RMSE 0.50 px · LOO – · 1 points · left out: b, c')


class Viewsheds(unittest.TestCase):
    def test_polygons_with_holes_are_written_as_wkb(self) -> None:
        ring, hole = [[0, 0], [4, 0], [4, 4], [0, 0]], [[2, 1], [3, 1], [3, 2], [2, 1, 9]]
        wkb = to_wkb([[ring, hole], [ring]])
        self.assertEqual(struct.unpack_from('<BII', wkb), (1, 6, 2))
        self.assertEqual(struct.unpack_from('<BIII8d', wkb, 9), (1, 3, 2, 4, 0, 0, 4, 0, 4, 4, 0, 0))
        self.assertEqual(len(wkb), 9 + (9 + 2 * (4 + 64)) + (9 + 4 + 64))


class Photos(unittest.TestCase):
    zone = timezone(timedelta(hours=2))

    def photo(self, day: int, hour: int, is_analysed: bool = True) -> ReferencePhoto:
        at = datetime(2025, 8, day, hour, tzinfo=timezone.utc)
        return ReferencePhoto(f'{day}-{hour}', f'{day}/{hour}.jpg', 1920, 1080, at, is_analysed)

    def to_local(self, instant: datetime) -> datetime:
        return instant.astimezone(self.zone)

    def test_the_photo_of_the_calibration_comes_first(self) -> None:
        photos = [self.photo(8, 10), self.photo(9, 10)]
        self.assertIs(first_photo(photos, '8/10.jpg', self.to_local), photos[0])

    def test_else_the_noon_of_the_last_day_with_analysed_photos(self) -> None:
        photos = [self.photo(8, 6), self.photo(8, 9), self.photo(8, 16), self.photo(9, 10, is_analysed=False)]
        self.assertIs(first_photo(photos, None, self.to_local), photos[1])
        self.assertIs(first_photo([photos[3]], 'gone.jpg', self.to_local), photos[3])
        self.assertIsNone(first_photo([], None, self.to_local))

    def test_days_are_those_of_the_lake(self) -> None:
        self.assertEqual(list(by_day([self.photo(9, 5), self.photo(8, 23)], self.to_local)), ['2025-08-09'])


class Frames(unittest.TestCase):
    def test_a_smaller_picture_lies_on_the_canvas_in_px_of_the_original(self) -> None:
        across, _, _, down, x, y = map(float, PhotoFrame(4000, 3000, 1000, 750).world_file().split())
        # Edges of the first and the last shown pixel; a world file names the centre of the first.
        self.assertEqual((x - across / 2, y - down / 2), (0, 0))
        self.assertEqual((x + across * 999.5, y + down * 749.5), (4000, -3000))

    def test_a_pixel_comes_back_from_the_canvas(self) -> None:
        frame = PhotoFrame(4000, 3000, 1000, 750)
        self.assertEqual(frame.to_pixel(*frame.to_canvas(1234.5, 678.25)), (1234.5, 678.25))

    def test_the_edge_of_the_photo_is_in_it_and_what_is_beyond_is_not(self) -> None:
        frame = PhotoFrame(4000, 3000, 1000, 750)
        self.assertTrue(frame.holds(0, 0) and frame.holds(4000, 3000))
        self.assertFalse(frame.holds(-0.1, 5) or frame.holds(5, 3000.1))

    def test_the_size_of_a_jpeg_is_read_past_its_other_segments(self) -> None:
        exif = b'\xff\xe1\x00\x06Exif'
        frame = b'\xff\xc2\x00\x11\x08' + (1080).to_bytes(2, 'big') + (1920).to_bytes(2, 'big') + b'\x03' + b'0' * 9
        self.assertEqual(jpeg_size(b'\xff\xd8' + exif + b'\xff' + frame), (1920, 1080))

    def test_bytes_that_are_no_whole_jpeg_have_no_size(self) -> None:
        for data in (b'', b'\xff\xd8', b'\x89PNG' + b'0' * 40, b'\xff\xd8\xff\xe1\xff', b'\xff\xd8' + b'\0' * 40):
            with self.subTest(data):
                self.assertIsNone(jpeg_size(data))


if __name__ == '__main__':
    unittest.main()
