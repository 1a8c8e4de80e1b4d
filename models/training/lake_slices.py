"""Pictures that the lake detector is taught with: pieces of rendered slices in many sizes, side by side, and of photographs."""

import json
import random
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from detector import CLASSES, STRIDE

SIDE = 320
CELLS = SIDE // STRIDE
TENT = CLASSES.index("tent")

# Px of the longer side below which a thing is too small to be asked for.
LEAST = 6
# Share of a thing that must lie in the piece that was cut.
MOST_CUT = 0.5

# x, y, w, h, class; a class of None: neither asked for nor wrong.
Thing = tuple[float, float, float, float, int | None]


@dataclass(frozen=True)
class Source:
    """A picture and what is in it. Of a photograph only that is known that it shows no tent."""

    image: Image.Image | Path
    things: list[Thing]
    photograph: bool = False

    def read(self) -> Image.Image:
        return self.image if isinstance(self.image, Image.Image) else Image.open(self.image).convert("RGB")


def read_slices(folder: Path) -> list[Source]:
    """The pictures of a COCO folder of `rivage simulate-slices`. What has no class of ours is nothing."""
    document = json.loads((folder / "annotations.json").read_text())
    names = {category["id"]: category["name"] for category in document["categories"]}
    things: dict[int, list[Thing]] = {image["id"]: [] for image in document["images"]}
    for one in document["annotations"]:
        name = names[one["category_id"]]
        if name in CLASSES:
            unclear = one.get("iscrowd") or one.get("ignore")
            things[one["image_id"]].append((*one["bbox"], None if unclear else CLASSES.index(name)))
    files = {image["id"]: folder / "images" / Path(image["file_name"]).name for image in document["images"]}
    return [Source(file, things[image]) for image, file in files.items()]


def read_photos(folder: Path, each: int, seed: int) -> list[Source]:
    """Windows of 416 px of photographs without tents."""
    draw = random.Random(seed)
    windows = []
    for file in sorted(folder.glob("*.jpg")):
        photo = Image.open(file).convert("RGB")
        for _ in range(each):
            x, y = draw.randint(0, max(0, photo.width - 416)), draw.randint(0, max(0, photo.height - 416))
            windows.append(Source(photo.crop((x, y, x + 416, y + 416)), [], photograph=True))
    return windows


@dataclass(frozen=True)
class Lesson:
    """A picture (SIDE, SIDE, 3), bytes, RGB, and what the network should say of it."""

    picture: np.ndarray
    middles: np.ndarray  # (classes, CELLS, CELLS), 0–1: 1 at the middle of a thing, less around it
    counts: np.ndarray  # (classes, CELLS, CELLS), 0 or 1: where an answer is right or wrong
    sides: np.ndarray  # (4, CELLS, CELLS), px to the left, top, right, bottom
    near: np.ndarray  # (CELLS, CELLS), 0–1: how much the sides are asked for there


def compose(slices: list[Source], photos: list[Source], draw: random.Random, photo_share: float = 0.15) -> Lesson:
    """One piece, or four around a corner."""
    corner = (SIDE, SIDE) if draw.random() < 0.4 else (draw.randint(96, 224), draw.randint(96, 224))
    across, down = [(0, corner[0]), (corner[0], SIDE)], [(0, corner[1]), (corner[1], SIDE)]
    canvas, things, blind = Image.new("RGB", (SIDE, SIDE)), [], []
    for left, right in across:
        for top, bottom in down:
            if right > left and bottom > top:
                source = draw.choice(photos if photos and draw.random() < photo_share else slices)
                piece, inside = cut(source, right - left, bottom - top, draw)
                canvas.paste(piece, (left, top))
                things += [(x + left, y + top, w, h, label) for x, y, w, h, label in inside]
                if source.photograph:
                    blind.append((left, top, right - left, bottom - top))
    return lesson(np.asarray(canvas), things, blind)


def cut(source: Source, width: int, height: int, draw: random.Random) -> tuple[Image.Image, list[Thing]]:
    """A window of a picture, in some size, mirrored or not, about one of its things more often than not."""
    image = source.read()
    least = max(width / image.width, height / image.height)
    scale = max(least, 2 ** draw.uniform(-1.2, 0.7))
    w, h = width / scale, height / scale
    clear = [thing for thing in source.things if thing[4] is not None]
    aim = draw.choice(clear) if clear and draw.random() < 0.7 else None
    x = start(aim and aim[0] + aim[2] / 2, w, image.width, draw)
    y = start(aim and aim[1] + aim[3] / 2, h, image.height, draw)
    piece = image.resize((width, height), Image.Resampling.BILINEAR, box=(x, y, x + w, y + h))
    mirrored = draw.random() < 0.5
    if mirrored:
        piece = piece.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    inside = [moved(thing, (x, y, scale), (width, height), mirrored) for thing in source.things]
    return piece, [thing for thing in inside if thing]


def start(middle: float | None, length: float, whole: int, draw: random.Random) -> float:
    """Where a window begins: anywhere, or so that it holds a middle."""
    free = max(0, whole - length)
    return draw.uniform(0, free) if middle is None else min(free, max(0, middle - length * draw.uniform(0.15, 0.85)))


def moved(thing: Thing, window: tuple[float, float, float], size: tuple[int, int], mirrored: bool) -> Thing | None:
    """A thing in the px of a window, cut at its rim. None where nothing of it is inside."""
    x, y, w, h, label = thing
    left, top, scale = window
    x0, x1 = ((one - left) * scale for one in (x, x + w))
    y0, y1 = ((one - top) * scale for one in (y, y + h))
    if mirrored:
        x0, x1 = size[0] - x1, size[0] - x0
    u0, u1, v0, v1 = max(0, x0), min(size[0], x1), max(0, y0), min(size[1], y1)
    if u1 - u0 < 1 or v1 - v0 < 1:
        return None
    seen = (u1 - u0) * (v1 - v0) / ((x1 - x0) * (y1 - y0))
    clear = seen >= MOST_CUT and max(u1 - u0, v1 - v0) >= LEAST
    return u0, v0, u1 - u0, v1 - v0, label if clear else None


def lesson(picture: np.ndarray, things: list[Thing], blind: list[tuple[int, int, int, int]]) -> Lesson:
    middles, counts = np.zeros((len(CLASSES), CELLS, CELLS), np.float32), np.ones((len(CLASSES), CELLS, CELLS), np.float32)
    sides, near = np.ones((4, CELLS, CELLS), np.float32), np.zeros((CELLS, CELLS), np.float32)
    for box in blind:
        tents = counts[TENT].copy()
        counts[:, *cells_of(box)] = 0
        counts[TENT] = tents
    for *box, label in things:
        if label is None:
            counts[:, *cells_of(box)] = 0
    # The smallest last: where things overlap, cells tell the sides of the smaller one.
    for x, y, w, h, label in sorted((one for one in things if one[4] is not None), key=lambda one: -one[2] * one[3]):
        heat = bump(x, y, w, h)
        middles[label] = np.maximum(middles[label], heat)
        counts[label][heat == 1] = 1
        own = heat > 0.2
        near[own] = heat[own]
        v, u = (np.nonzero(own)[axis] * STRIDE for axis in (0, 1))
        sides[:, own] = np.maximum(1, [u - x, v - y, x + w - u, y + h - v])
    return Lesson(picture, middles, counts, sides, near)


def cells_of(box) -> tuple[slice, slice]:
    """Rows and columns of the cells in a box."""
    x, y, w, h = box
    return slice(round(y / STRIDE), round((y + h) / STRIDE) + 1), slice(round(x / STRIDE), round((x + w) / STRIDE) + 1)


def bump(x: float, y: float, w: float, h: float) -> np.ndarray:
    """1 in the cell nearest to the middle of a box, falling off by its sides. Source: TTFNet (Liu et al. 2020), section 3.2."""
    column, row = (min(CELLS - 1, round(at / STRIDE)) for at in (x + w / 2, y + h / 2))
    fall = lambda at, side: np.exp(-(((np.arange(CELLS) - at) / (0.54 * side / STRIDE + 1) * 6) ** 2) / 2)
    heat = np.outer(fall(row, h), fall(column, w)).astype(np.float32)
    return np.where(heat < 0.01, 0, heat)
