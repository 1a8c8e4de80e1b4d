"""Crops around objects, cut from pictures with known boxes: what the check is taught with.

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
CONTEXT, MIN_SIDE = 0.25, 24
STORED, WIDER = 128, 4 / 3
INPUT = 96

# Standard deviation of grey below which a crop is fog or night, and shows nothing to anybody.
FAINTEST = 3

Box = tuple[float, float, float, float]


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


def crops_of_slices(folder: Path, empty_each: int, seed: int):
    """Crops around the objects of a COCO folder, and around places with none: bytes (n, STORED, STORED, 3), class (n)."""
    document = json.loads((folder / "annotations.json").read_text())
    names = {category["id"]: category["name"] for category in document["categories"]}
    objects: dict[int, list] = {image["id"]: [] for image in document["images"]}
    for one in document["annotations"]:
        objects[one["image_id"]].append(one)
    draw = random.Random(seed)
    crops, labels = [], []
    for entry in document["images"]:
        image = Image.open(folder / "images" / entry["file_name"].removeprefix("images/")).convert("RGB")
        known = objects[entry["id"]]
        for one in known:
            if one.get("iscrowd") or one.get("ignore") or max(one["bbox"][2:]) < 8:
                continue
            crop = cut(image, jittered(tuple(one["bbox"]), draw))
            if crop.mean(2).std() < FAINTEST:
                continue
            crops.append(crop)
            labels.append(CLASSES.index(names[one["category_id"]]))
        boxes = [tuple(one["bbox"]) for one in known]
        for window in empty_windows(image, boxes, empty_each, draw):
            crops.append(cut(image, window))
            labels.append(CLASSES.index("nothing"))
    return np.stack(crops), np.array(labels)


def crops_of_photos(folder: Path, each: int, seed: int):
    """Crops of photographs without tents: of nothing, where a YOLO file tells what else is in one; else of anything."""
    draw = random.Random(seed)
    crops, labels = [], []
    for file in sorted(folder.glob("*.jpg")):
        photo = Image.open(file).convert("RGB")
        beside = file.with_suffix(".txt")
        lines = beside.read_text().split("\n") if beside.exists() else []
        shares = [tuple(map(float, line.split()[1:5])) for line in lines if line.strip()]
        for _ in range(8):
            scale = 1 / 2 ** draw.uniform(0, 3)
            image = photo.resize((max(160, int(photo.width * scale)), max(160, int(photo.height * scale))))
            w, h = image.size
            boxes = [((x - a / 2) * w, (y - b / 2) * h, a * w, b * h) for x, y, a, b in shares]
            found = [cut(image, window) for window in empty_windows(image, boxes, each // 8, draw)]
            crops += found
            labels += [CLASSES.index("nothing") if beside.exists() else NO_TENT] * len(found)
    return np.stack(crops), np.array(labels)


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
