"""Pictures of nothing: shapes, rings, blobs, letters, stripes and gradients, as logos, snow, waves and lenses make them.

Rendered shores alone teach that what is no shore is a tent. These teach that it is nothing.
"""

import math
import random

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from crops import STORED


def oddity(ground: Image.Image, draw: random.Random) -> np.ndarray:
    """(STORED, STORED, 3) bytes: shapes on a piece of a picture, on a gradient, or on noise."""
    picture = draw.choice((lambda: ground, lambda: gradient(draw), lambda: gradient(draw), lambda: clouds(draw)))().copy()
    pen = ImageDraw.Draw(picture)
    for _ in range(draw.choice((0, 1, 1, 2, 3, 6, 12))):
        draw.choice((ring, ring, bar, blob, blob, blob, puff, letters, stripes))(pen, draw)
    picture = picture.filter(ImageFilter.GaussianBlur(draw.choice((0, 0.7, 1.5, 3, 5))))
    return np.asarray(picture)


def colour(draw: random.Random) -> tuple[int, int, int]:
    grey, vivid = draw.uniform(0, 255), draw.choice((5, 15, 40, 120))
    return tuple(int(min(255, max(0, grey + draw.gauss(0, vivid)))) for _ in range(3))


def gradient(draw: random.Random) -> Image.Image:
    a, b = np.array(colour(draw)), np.array(colour(draw))
    turn = draw.uniform(0, 2 * math.pi)
    down, across = np.mgrid[0:STORED, 0:STORED] / STORED
    share = (across * math.cos(turn) + down * math.sin(turn)) % 1
    if draw.random() < 0.4:
        share = (share > draw.uniform(0.2, 0.8)).astype(float)
    return Image.fromarray((a + (b - a) * share[..., None]).clip(0, 255).astype(np.uint8))


def clouds(draw: random.Random) -> Image.Image:
    """Noise of many sizes."""
    numbers = np.random.default_rng(draw.getrandbits(32))
    total = np.zeros((STORED, STORED, 3))
    for power in range(1, 7):
        small = Image.fromarray((numbers.random((2**power, 2**power, 3)) * 255).astype(np.uint8))
        total += np.asarray(small.resize((STORED, STORED), Image.Resampling.BICUBIC)) / 2 ** (power * draw.uniform(0.3, 1))
    total = (total - total.mean()) / (total.std() + 1e-3)
    return Image.fromarray((np.array(colour(draw)) + total * draw.choice((8, 20, 45))).clip(0, 255).astype(np.uint8))


def place(draw: random.Random) -> tuple[float, float, float]:
    return draw.uniform(0, STORED), draw.uniform(0, STORED), draw.uniform(5, STORED / 2)


def ring(pen: ImageDraw.ImageDraw, draw: random.Random) -> None:
    x, y, radius = place(draw)
    width = max(1, int(radius * draw.choice((0.1, 0.25, 2))))
    pen.ellipse([x - radius, y - radius, x + radius, y + radius], outline=colour(draw), width=width)


def bar(pen: ImageDraw.ImageDraw, draw: random.Random) -> None:
    x, y, length = place(draw)
    turn = draw.choice((0, math.pi / 2, draw.uniform(0, math.pi)))
    far = x + 2 * length * math.cos(turn), y + 2 * length * math.sin(turn)
    pen.line([(x, y), far], fill=colour(draw), width=draw.choice((1, 2, 4, 9, 20)))


def blob(pen: ImageDraw.ImageDraw, draw: random.Random) -> None:
    """Jagged all around, as stones and remains of snow are; lit from one side."""
    x, y, radius = place(draw)
    flat, corners = draw.uniform(0.3, 1.2), draw.randint(7, 22)
    turns = sorted(draw.uniform(0, 2 * math.pi) for _ in range(corners))
    reach = [radius * draw.uniform(0.55, 1) for _ in turns]
    outline = [(x + r * math.cos(t), y + flat * r * math.sin(t)) for t, r in zip(turns, reach)]
    pen.polygon(outline, fill=colour(draw))
    if draw.random() < 0.5:
        pen.polygon([(px * 0.7 + x * 0.3 + radius * 0.2, py * 0.7 + y * 0.3) for px, py in outline], fill=colour(draw))


def puff(pen: ImageDraw.ImageDraw, draw: random.Random) -> None:
    """A cloud, a bush, foam: discs side by side."""
    x, y, radius = place(draw)
    tone = colour(draw)
    for _ in range(draw.randint(3, 9)):
        r = radius * draw.uniform(0.15, 0.5)
        cx, cy = x + draw.gauss(0, radius * 0.5), y + draw.gauss(0, radius * 0.25)
        pen.ellipse([cx - r, cy - r, cx + r, cy + r], fill=tone)


def letters(pen: ImageDraw.ImageDraw, draw: random.Random) -> None:
    text = "".join(draw.choice("ABCDEFGHKLMNOPRSTUVX0123456789:-/") for _ in range(draw.randint(1, 9)))
    pen.text((draw.uniform(-20, STORED), draw.uniform(0, STORED)), text, fill=colour(draw), font_size=draw.choice((10, 20, 40, 80)))


def stripes(pen: ImageDraw.ImageDraw, draw: random.Random) -> None:
    """Waves, roofs, fences."""
    step, slope, tone = draw.uniform(4, 24), draw.uniform(-0.4, 0.4), colour(draw)
    upright = draw.random() < 0.4
    for at in np.arange(-STORED, 2 * STORED, step):
        line = [(0, at), (STORED, at + slope * STORED)]
        pen.line([(y, x) for x, y in line] if upright else line, fill=tone, width=max(1, int(step * draw.uniform(0.1, 0.5))))
