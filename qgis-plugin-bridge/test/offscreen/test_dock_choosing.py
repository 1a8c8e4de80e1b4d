"""Cameras and days are chosen in the dock, days in the season calendar too, which tells missing from zero."""
from __future__ import annotations

import unittest

from dock_case import DockCase
from real_service import wait_for

from qgis.PyQt.QtCore import QDate, Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QCheckBox, QComboBox, QDateEdit, QPushButton, QTreeWidget, QWidget


class Choosing(DockCase):
    def test_a_day_is_chosen_by_a_click_and_days_by_dragging(self) -> None:
        self.open()
        strip = self.find(QWidget, 'rivageCalendar')
        self.assertFalse(self.find(QCheckBox, 'rivageOnly').isChecked())
        there = strip.cell(0, QDate(2025, 7, 2).toPyDate()).center()
        QTest.mouseClick(strip, Qt.MouseButton.LeftButton, pos=there)
        self.assertEqual([QDate(2025, 7, 2)] * 2, self.days())
        QTest.mousePress(strip, Qt.MouseButton.LeftButton, pos=strip.cell(0, QDate(2025, 7, 4).toPyDate()).center())
        QTest.mouseMove(strip, there)
        QTest.mouseRelease(strip, Qt.MouseButton.LeftButton, pos=there)
        self.assertEqual([QDate(2025, 7, 2), QDate(2025, 7, 4)], self.days())
        self.assertTrue(self.find(QCheckBox, 'rivageOnly').isChecked())

    def test_pointing_at_a_day_tells_what_is_known_of_it(self) -> None:
        self.open()
        strip = self.find(QWidget, 'rivageCalendar')

        def told(row: int, day: int) -> str:
            return strip.say_at(strip.cell(row, QDate(2025, 7, day).toPyDate()).center())

        self.assertIn('North · 1 Jul 2025\nexpected: 24\nreceived: 20', told(0, 1))
        self.assertIn('Nothing can be said', told(1, 2))
        self.assertIn('expected: unknown', told(1, 4))
        self.assertIn('has not told its days', told(2, 2))
        self.assertEqual('', strip.say_at(strip.rect().bottomLeft()))

    def test_missing_unknown_and_zero_look_different(self) -> None:
        self.open()
        strip = self.find(QWidget, 'rivageCalendar')
        picture = strip.grab().toImage()

        def colours(row: int, day: int) -> set[str]:
            cell = strip.cell(row, QDate(2025, 7, day).toPyDate())
            return {picture.pixelColor(x, y).name() for x in range(cell.left() + 1, cell.right() - 3)
                    for y in range(cell.top() + 1, cell.bottom() + 1)}

        whole, nothing, unknown, not_mounted = colours(0, 1), colours(1, 2), colours(1, 4), colours(0, 2)
        self.assertIn('#1b6f8f', whole)
        self.assertIn('#c4392f', nothing)
        self.assertNotIn('#c4392f', whole | unknown | not_mounted)
        self.assertEqual(1, len(not_mounted))
        self.assertNotEqual(whole, unknown)

    def test_a_model_whose_weights_are_not_there_cannot_be_chosen(self) -> None:
        self.open()
        models = self.find(QComboBox, 'rivageModel')
        self.assertEqual(['Model', 'Far'], [models.itemText(row) for row in range(models.count())])
        self.assertEqual([True, False], [models.model().item(row).isEnabled() for row in range(models.count())])
        self.assertEqual('m@1', models.currentData())
        self.assertIn('rivage models pull far', models.itemData(1, Qt.ItemDataRole.ToolTipRole))

    def test_unticked_cameras_stay_unticked_and_leave_the_run(self) -> None:
        self.open()
        cameras = self.find(QTreeWidget, 'rivageCameras')
        cameras.topLevelItem(1).setCheckState(0, Qt.CheckState.Unchecked)
        self.assertEqual(['north', 'west'], self.bench.camera_ids)
        refreshed: list[bool] = []
        self.bench.refreshed.connect(lambda: refreshed.append(True))
        self.bench.refresh()
        wait_for(lambda: refreshed)
        self.assertEqual(['north', 'west'], self.bench.camera_ids)

    def test_without_a_camera_nothing_can_be_processed(self) -> None:
        self.open()
        cameras = self.find(QTreeWidget, 'rivageCameras')
        for row in range(3):
            cameras.topLevelItem(row).setCheckState(0, Qt.CheckState.Unchecked)
        process = self.find(QPushButton, 'rivageProcess')
        self.assertEqual((False, 'Tick the cameras to process.'), (process.isEnabled(), process.toolTip()))

    def days(self) -> list[QDate]:
        return [self.find(QDateEdit, 'rivageFrom').date(), self.find(QDateEdit, 'rivageTo').date()]


if __name__ == '__main__':
    unittest.main()
