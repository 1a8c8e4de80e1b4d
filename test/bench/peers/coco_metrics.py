"""The twelve numbers of COCO by pycocotools: reads JSON lines {truth, found, maxDets}, answers one JSON line each.

Needs python3 with what requirements-coco.txt names. `seconds` is what loading, evaluation and summary took.
"""

import contextlib
import io
import json
import sys
import time

from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval


def figures(truth, found, max_dets):
    with contextlib.redirect_stdout(io.StringIO()):
        coco = COCO()
        coco.dataset = truth
        coco.createIndex()
        started = time.perf_counter()
        results = coco.loadRes(found) if found else COCO()
        if not found:
            results.dataset = {**truth, "annotations": []}
            results.createIndex()
        evaluation = COCOeval(coco, results, "bbox")
        evaluation.params.maxDets = [1, 10, max_dets]
        evaluation.evaluate()
        evaluation.accumulate()
        precision, recall = evaluation.eval["precision"], evaluation.eval["recall"]
        seconds = time.perf_counter() - started

    # COCOeval.summarize asks for 100 detections whatever maxDets says, so its means are taken here
    def mean(values):
        values = values[values > -1]
        return float(values.mean()) if values.size else -1.0

    def ap(area, iou=None):
        return mean(precision[:, :, :, area, 2] if iou is None else precision[iou, :, :, area, 2])

    def ar(area, most):
        return mean(recall[:, :, area, most])

    twelve = [ap(0), ap(0, 0), ap(0, 5), ap(1), ap(2), ap(3), ar(0, 0), ar(0, 1), ar(0, 2), ar(1, 2), ar(2, 2), ar(3, 2)]
    if max_dets == 100:
        with contextlib.redirect_stdout(io.StringIO()):
            evaluation.summarize()
        worst = max(abs(a - b) for a, b in zip(twelve, evaluation.stats))
        if worst > 1e-12:
            sys.exit(f"these means are not those of COCOeval.summarize: {worst}")
    return {"figures": twelve, "seconds": seconds}


for line in sys.stdin:
    case = json.loads(line)
    print(json.dumps(figures(case["truth"], case["found"], case["maxDets"])), flush=True)
