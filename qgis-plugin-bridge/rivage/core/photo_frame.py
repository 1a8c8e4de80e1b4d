"""A photo on a map canvas: px of the original photo and map units of the canvas, whatever the size of the picture."""
from __future__ import annotations

import struct
from dataclasses import dataclass


@dataclass(frozen=True)
class PhotoFrame:
    """The original photo and the picture that is shown of it, both in px; the picture may be smaller.

    On the canvas x is u and y is −v: px of the ORIGINAL photo, origin at its top-left corner, v down.
    """

    width_px: int
    height_px: int
    shown_width_px: int
    shown_height_px: int

    def to_canvas(self, u: float, v: float) -> tuple[float, float]:
        """Where a pixel of the original photo lies on the canvas."""
        return (u, -v)

    def to_pixel(self, x: float, y: float) -> tuple[float, float]:
        """Which pixel of the original photo lies at a place of the canvas."""
        return (x, -y)

    def holds(self, u: float, v: float) -> bool:
        """Whether a pixel is inside the photo, its edge included."""
        return 0 <= u <= self.width_px and 0 <= v <= self.height_px

    def world_file(self) -> str:
        """The world file that puts the shown picture on the canvas in px of the original: it says the centre of the
        first pixel, and how many original px one shown px is."""
        across = self.width_px / self.shown_width_px
        down = self.height_px / self.shown_height_px
        return '\n'.join(repr(number) for number in (across, 0.0, 0.0, -down, across / 2, -down / 2)) + '\n'


def jpeg_size(data: bytes) -> tuple[int, int] | None:
    """Width and height of a JPEG, px, from its header; None: these bytes are no JPEG that says its size.

    Source: ITU-T T.81, B.2.2: a frame header is FFC0–FFCF but for C4, C8 and CC.
    """
    if data[:2] != b'\xff\xd8':
        return None
    at = 2
    while at + 9 <= len(data):
        if data[at] != 0xFF:
            return None
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack('>HH', data[at + 5:at + 9])
            return (width, height) if width and height else None
        at += 2 + struct.unpack('>H', data[at + 2:at + 4])[0]
    return None
