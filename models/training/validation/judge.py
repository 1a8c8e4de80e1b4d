"""Judges a classifier on the crops of real photos that `npm run bench -- tents-crops` writes: recall by width, false tents.

As the product judges them: of the sizes of one proposal the most probable counts, and of boxes that overlap, too (IoU above 0.35).
"""

import json
from pathlib import Path

import numpy as np

WIDTHS = (16, 24, 32, 48, 64, 96)
FROM, MERGE_IOU = 0.06, 0.35
ALLOWED = 1 / 20
# The sets of photos without tents that are like a lake camera's, and never shown in training.
OUTDOORS = ("alpine", "shore")


def read_crops(folder: Path) -> tuple[np.ndarray, list[dict]]:
    """(n, 96, 96, 3) bytes, RGB, not read into memory before they are asked for; what is known of each."""
    notes = json.loads((folder / "crops.json").read_text())
    return np.load(folder / "crops.npy", mmap_mode="r"), notes


def judge(notes: list[dict], tent: np.ndarray, from_confidence: float = FROM) -> dict:
    """tent: (n) probability that a crop shows a tent. Thresholds are chosen on the outdoor photos without tents."""
    seen = surest_sizes(notes, tent, from_confidence)
    false = false_tents(notes, tent, seen)
    outdoors = {photo: values for (kind, photo), values in false.items() if kind in OUTDOORS}
    strict = strict_threshold(list(outdoors.values()))
    return {
        "threshold of one false tent in 20 outdoor photos": strict,
        "recall at it": recall_by_width(notes, tent, seen, strict),
        "recall at it, of crops by the true box": recall_by_width(notes, tent, seen, strict, by_truth=True),
        "false tents at 0.5, a photo": {
            kind: round(rate([v for (k, _), v in false.items() if k == kind], 0.5), 3) for kind in sorted({k for k, _ in false})
        },
    }


def surest_sizes(notes: list[dict], tent: np.ndarray, from_confidence: float) -> list[bool]:
    """For each crop, whether it counts: it was cut by a true box, or is the most probable size of a proposal."""
    best: dict[tuple, int] = {}
    for at, note in enumerate(notes):
        if note.get("byTruth", False) or note["confidence"] < from_confidence:
            continue
        of = note["on"], note["photo"], note["proposal"]
        if of not in best or tent[at] > tent[best[of]]:
            best[of] = at
    chosen = set(best.values())
    return [note.get("byTruth", False) or at in chosen for at, note in enumerate(notes)]


def recall_by_width(notes: list[dict], tent: np.ndarray, seen: list[bool], threshold: float, by_truth: bool = False) -> dict:
    surest: dict[tuple, float] = {}
    for note, value, is_seen in zip(notes, tent, seen):
        if note["on"] != "canvas" or note["class"] != "tent":
            continue
        of = note["tentWidthPx"], note["photo"], note["tent"]
        counts = is_seen and note.get("byTruth", False) == by_truth
        surest[of] = max(surest.get(of, 0), float(value) if counts else 0)
    found = {width: [value >= threshold for (w, *_), value in surest.items() if w == width] for width in WIDTHS}
    return {width: round(float(np.mean(values)), 3) for width, values in found.items() if values}


def false_tents(notes: list[dict], tent: np.ndarray, seen: list[bool]) -> dict[tuple[str, str], list[float]]:
    """By set and photo: probabilities of its false tents, each thing once."""
    photos: dict[tuple[str, str], list[tuple[float, list[float]]]] = {}
    for note, value, is_seen in zip(notes, tent, seen):
        if note["on"] == "negative":
            boxes = photos.setdefault((note["set"], note["photo"]), [])
            if is_seen and note["class"] == "not":
                boxes.append((float(value), note["box"]))
    return {photo: keep_surest(boxes) for photo, boxes in photos.items()}


def keep_surest(boxes: list[tuple[float, list[float]]]) -> list[float]:
    kept: list[tuple[float, list[float]]] = []
    for value, box in sorted(boxes, key=lambda one: -one[0]):
        if value >= 0.05 and all(iou(box, other) <= MERGE_IOU for _, other in kept):
            kept.append((value, box))
    return [value for value, _ in kept]


def iou(a: list[float], b: list[float]) -> float:
    w = min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0])
    h = min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1])
    shared = max(0, w) * max(0, h)
    return shared / (a[2] * a[3] + b[2] * b[3] - shared)


def rate(photos: list[list[float]], threshold: float) -> float:
    return sum(value >= threshold for values in photos for value in values) / max(1, len(photos))


def strict_threshold(photos: list[list[float]]) -> float:
    """The lowest, to a hundredth, that lets through no more than is allowed."""
    return next((percent / 100 for percent in range(5, 100) if rate(photos, percent / 100) <= ALLOWED), 1.0)
