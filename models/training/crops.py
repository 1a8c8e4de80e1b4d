"""Crops around what a network finds in pictures with known boxes, and around those boxes: what the check is taught with.

A crop is a square around a box, a quarter of the box's longer side wider on each side, and 24 px or more: the rule of
src/detect/check/crop.ts. Here it is cut a third wider, so that training can shift, turn and scale it.
"""

import json
import random
from pathlib import Path

import numpy as np
from PIL import Image

CLASSES = ("tent", "person", "boat", "animal", "nothing")
# The label of a crop that shows a person, a boat, an animal or nothing: all that is known is that it shows no tent.
NO_TENT = len(CLASSES)
NOTHING = CLASSES.index("nothing")
CONTEXT, MIN_SIDE = 0.25, 24
STORED, WIDER = 128, 4 / 3
INPUT = 96

# Standard deviation of grey below which a crop is fog or night, and shows nothing to anybody.
FAINTEST = 3

# Boxes of the network in one picture that are shown to the check, the most confident ones.
MOST = 60
# The sizes in which the product looks at a box (`check.proposals.scales` of a manifest).
SCALES = (1, 0.7)

Box = tuple[float, float, float, float]
Proposals = dict[Path, list[Box]]


def crop_window(box: Box) -> Box:
    """x, y, side, side of the square that is cut around a box x, y, w, h."""
    x, y, w, h = box
    side = max(MIN_SIDE, (1 + 2 * CONTEXT) * max(w, h))
    return x + w / 2 - side / 2, y + h / 2 - side / 2, side, side


def cut(image: Image.Image, window: Box) -> np.ndarray:
    """(STORED, STORED, 3) bytes: a window and what is around it, grey where the picture ends."""
    x, y, side, _ = window
    rim = side * (WIDER - 1) / 2
    corners = round(x - rim), round(y - rim), round(x + side + rim), round(y + side + rim)
    pasted = Image.new("RGB", (corners[2] - corners[0], corners[3] - corners[1]), (114, 114, 114))
    inside = max(0, corners[0]), max(0, corners[1]), min(image.width, corners[2]), min(image.height, corners[3])
    pasted.paste(image.crop(inside), (inside[0] - corners[0], inside[1] - corners[1]))
    return np.asarray(pasted.resize((STORED, STORED), Image.Resampling.BILINEAR))


def touches(a: Box, b: Box) -> bool:
    return a[0] < b[0] + b[2] and b[0] < a[0] + a[2] and a[1] < b[1] + b[3] and b[1] < a[1] + a[3]


def shared(a: Box, b: Box) -> float:
    w = min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0])
    h = min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1])
    return max(0, w) * max(0, h)


def iou(a: Box, b: Box) -> float:
    both = shared(a, b)
    return both / (a[2] * a[3] + b[2] * b[3] - both)


def read_proposals(files: list[Path]) -> Proposals:
    """Boxes x, y, w, h by picture, most confident first, from `rivage detect --proposals --json`."""
    pictures = [picture for file in files for picture in json.loads(file.read_text())]
    return {Path(one["photo"]).resolve(): [tuple(found["box"]) for found in one["detections"]][:MOST] for one in pictures}


def crops_of_slices(folder: Path, proposals: Proposals, seed: int):
    """Crops around the objects of a COCO folder, and around what a network finds: bytes (n, STORED, STORED, 3), class (n)."""
    document = json.loads((folder / "annotations.json").read_text())
    names = {category["id"]: category["name"] for category in document["categories"]}
    objects: dict[int, list] = {image["id"]: [] for image in document["images"]}
    for one in document["annotations"]:
        objects[one["image_id"]].append(one)
    draw = random.Random(seed)
    crops, labels = [], []

    def add(crop: np.ndarray, label: int) -> None:
        if crop.mean(2).std() >= FAINTEST:
            crops.append(crop)
            labels.append(label)

    for entry in document["images"]:
        file = folder / "images" / entry["file_name"].removeprefix("images/")
        image = Image.open(file).convert("RGB")
        known = [
            (tuple(one["bbox"]), None if is_unclear(one) else CLASSES.index(names[one["category_id"]]))
            for one in objects[entry["id"]]
        ]
        for box, label in known:
            if label is not None:
                add(cut(image, jittered(box, draw)), label)
        for box in proposals.get(file.resolve(), []):
            label = label_of(box, known)
            if label is not None:
                add(cut(image, in_some_size(box, draw)), label)
        for window in empty_windows(image, [box for box, _ in known], 4, draw):
            add(cut(image, window), NOTHING)
    return np.stack(crops), np.array(labels)


def is_unclear(one: dict) -> bool:
    return bool(one.get("iscrowd") or one.get("ignore") or max(one["bbox"][2:]) < 8)


def label_of(box: Box, known: list[tuple[Box, int | None]]) -> int | None:
    """The class of the object that a box shows, nothing where it shows none; None: hard to say."""
    overlaps = [(iou(box, other), label) for other, label in known]
    best, label = max(overlaps, key=lambda one: one[0], default=(0, None))
    if best >= 0.4:
        return label
    most = max((shared(box, other) for other, _ in known), default=0)
    return NOTHING if most < 0.1 * box[2] * box[3] and best < 0.1 else None


def in_some_size(box: Box, draw: random.Random) -> Box:
    """The window of a box in one of the sizes in which the product looks at it."""
    scale = draw.choice(SCALES)
    x, y, w, h = box
    return crop_window((x + w * (1 - scale) / 2, y + h * (1 - scale) / 2, w * scale, h * scale))


def crops_of_photos(folder: Path, each: int, seed: int):
    """Crops of photographs without tents: of nothing, where a YOLO file tells what else is in one; else of anything."""
    draw = random.Random(seed)
    crops, labels = [], []
    for file in sorted(folder.glob("*.jpg")):
        photo = Image.open(file).convert("RGB")
        beside = file.with_suffix(".txt")
        for _ in range(8):
            scale = 1 / 2 ** draw.uniform(0, 3)
            image = photo.resize((max(160, int(photo.width * scale)), max(160, int(photo.height * scale))))
            known = known_persons(beside, image.size) if beside.exists() else []
            found = [cut(image, window) for window in empty_windows(image, known, each // 8, draw)]
            crops += found
            labels += [NOTHING if beside.exists() else NO_TENT] * len(found)
    return np.stack(crops), np.array(labels)


def known_persons(yolo: Path, size: tuple[int, int]) -> list[Box]:
    w, h = size
    shares = [tuple(map(float, line.split()[1:5])) for line in yolo.read_text().splitlines() if line.strip()]
    return [((x - a / 2) * w, (y - b / 2) * h, a * w, b * h) for x, y, a, b in shares]


def jittered(box: Box, draw: random.Random) -> Box:
    """The window of a box as networks draw it: up to a tenth off, and too large, small things most."""
    x, y, side, _ = crop_window(box)
    most = 0.4 if max(box[2:]) > 32 else 0.8
    other = max(MIN_SIDE, side * 2 ** draw.uniform(-0.25, most))
    middle = [start + side / 2 + side * draw.uniform(-0.1, 0.1) for start in (x, y)]
    return middle[0] - other / 2, middle[1] - other / 2, other, other


def empty_windows(image: Image.Image, boxes: list[Box], count: int, draw: random.Random):
    """Squares that touch no box: mostly small, some of all the picture and what lies around it."""
    w, h = image.size
    for _ in range(count):
        large = draw.random() < 0.12
        side = max(w, h) * draw.uniform(0.5, 1.5) if large else MIN_SIDE * 2 ** draw.uniform(0, 2.6)
        beyond = side / 2 if large else 0
        window = draw.uniform(-beyond, max(0, w - side + beyond)), draw.uniform(-beyond, max(0, h - side + beyond)), side, side
        if not any(touches(window, box) for box in boxes):
            yield window
