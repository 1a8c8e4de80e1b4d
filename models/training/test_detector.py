"""What the lake detector begins with and is taught: `YOLOX_NANO=yolox_nano.onnx python -m unittest test_detector`."""

import os
import random
import unittest
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from PIL import Image

from detector import STRIDE, Detector
from lake_slices import SIDE, TENT, Source, compose, lesson, moved

PERSON = 0
START = os.environ.get("YOLOX_NANO")
# In that file: features of the grid of 4 px; of 8 px with context; what the towers make of these.
OUTPUTS = ("721", "956", "1044", "1061")


class WhatItBeginsWith(unittest.TestCase):
    @unittest.skipUnless(START, "YOLOX_NANO names no file")
    def test_sees_what_yolox_nano_sees(self):
        model = onnx.load(START)
        model.graph.output.extend(onnx.ValueInfoProto(name=name) for name in OUTPUTS)
        picture = (np.random.default_rng(1).random((1, 3, 416, 416)) * 255).astype(np.float32)
        wanted = onnxruntime.InferenceSession(model.SerializeToString()).run(list(OUTPUTS), {"images": picture})
        detector = Detector()
        detector.learn(Path(START))
        with torch.no_grad():
            grids = detector.features(torch.from_numpy(picture))
            joined = detector.join(*grids[1:])
        for seen, known in zip((grids[0], *joined.split(64, 1)), wanted):
            np.testing.assert_allclose(seen.numpy(), known, atol=1e-3)


class Lessons(unittest.TestCase):
    def test_give_back_the_boxes_that_they_were_made_of(self):
        draw = random.Random(1)
        for _ in range(200):
            w, h = draw.uniform(8, 100), draw.uniform(8, 100)
            box = draw.uniform(0, SIDE - w), draw.uniform(0, SIDE - h), w, h
            taught = self.taught([(*box, TENT)])
            (label, row, column), = np.argwhere(taught.middles == 1)
            left, top, right, bottom = taught.sides[:, row, column]
            found = column * STRIDE - left, row * STRIDE - top, left + right, top + bottom
            self.assertEqual(label, TENT)
            np.testing.assert_allclose(found, box, atol=1e-3)

    def test_say_nothing_of_what_is_unclear(self):
        taught = self.taught([(40, 40, 40, 40, None)])
        self.assertEqual(taught.middles.max(), 0)
        self.assertEqual(taught.counts[:, 15, 15].max(), 0)
        self.assertEqual(taught.counts[:, 40, 40].min(), 1)

    def test_of_a_photograph_teach_that_there_is_no_tent_and_nothing_else(self):
        photograph = Source(Image.new("RGB", (416, 416)), [], photograph=True)
        taught = compose([photograph], [], random.Random(1))
        self.assertEqual(taught.counts[PERSON].max(), 0)
        self.assertEqual(taught.counts[TENT].min(), 1)

    def test_mirror_boxes_with_the_picture(self):
        self.assertEqual(moved((10, 5, 20, 8, TENT), (0, 0, 2), (100, 100), True), (40, 10, 40, 16, TENT))

    def test_do_not_ask_for_what_is_mostly_cut_off(self):
        self.assertEqual(moved((-15, 5, 20, 8, TENT), (0, 0, 1), (100, 100), False), (0, 5, 5, 8, None))
        self.assertIsNone(moved((-30, 5, 20, 8, TENT), (0, 0, 1), (100, 100), False))

    def taught(self, things):
        return lesson(np.zeros((SIDE, SIDE, 3), np.uint8), things, [])


if __name__ == "__main__":
    unittest.main()
