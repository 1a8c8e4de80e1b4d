"""Judges a trained check on crops of real photos: a table for the eye.

    RIVAGE_TENT_CROPS=crops npm run bench -- tents-crops
    python judge_check.py models/shore-check/shore-check.onnx crops
"""

import json
import sys
from pathlib import Path

import numpy as np
import onnxruntime

from crops import CLASSES
from validation.judge import judge, read_crops


def main(network: str, folder: str) -> None:
    session = onnxruntime.InferenceSession(network)
    crops, notes = read_crops(Path(folder))
    # The exported network takes one crop at a time, as the product gives them.
    tent = [session.run(None, {"input": to_input(crop)})[0][0, CLASSES.index("tent")] for crop in crops]
    print(json.dumps(judge(notes, np.array(tent)), indent=1))


def to_input(crop: np.ndarray) -> np.ndarray:
    """(INPUT, INPUT, 3) bytes → (1, 3, INPUT, INPUT), −1 to 1."""
    return (crop.astype(np.float32) / 127.5 - 1).transpose(2, 0, 1)[None]


if __name__ == "__main__":
    main(*sys.argv[1:])
