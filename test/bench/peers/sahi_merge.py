"""Merges a crowd of boxes with SAHI's own post-processing (pip install sahi), as detect.bench.ts does.

usage: sahi_merge.py FILE   FILE: JSON [[x, y, w, h, confidence], ...]; prints {"peer", "nms": [ms], "nmm": [ms]}.
"""
import importlib.metadata
import json
import sys
import time

import numpy
from sahi.postprocess.combine import greedy_nmm, nms

boxes = numpy.array(json.load(open(sys.argv[1])), dtype="float32")
rows = numpy.column_stack([boxes[:, :2], boxes[:, :2] + boxes[:, 2:4], boxes[:, 4], numpy.zeros(len(boxes), "float32")])
try:
    import torch

    rows = torch.tensor(rows)
except ImportError:
    pass  # newer versions of SAHI take numpy


def timed(merge):
    started = time.perf_counter()
    merge(rows, match_metric="IOU", match_threshold=0.35)
    return (time.perf_counter() - started) * 1000


print(json.dumps({
    "peer": f"SAHI {importlib.metadata.version('sahi')}",
    "nms": [timed(nms)],
    "nmm": [timed(greedy_nmm)],
}))
