"""Writes photographs in several sizes, so that what lies near in one looks far in another, with their YOLO files.

    python shrink_photos.py photos sized
"""

import shutil
import sys
from pathlib import Path

from PIL import Image

LONGER_SIDES_PX = (3000, 1500, 750)


def main(photos: str, sized: str) -> None:
    out = Path(sized)
    out.mkdir(parents=True, exist_ok=True)
    for file in sorted(Path(photos).glob("*.jpg")):
        photo = Image.open(file).convert("RGB")
        for side in LONGER_SIDES_PX:
            scale = side / max(photo.size)
            if scale > 1:
                continue
            small = photo.resize((round(photo.width * scale), round(photo.height * scale)), Image.Resampling.LANCZOS)
            small.save(out / f"{file.stem}-{side}.jpg", quality=92)
            if file.with_suffix(".txt").exists():
                shutil.copy(file.with_suffix(".txt"), out / f"{file.stem}-{side}.txt")


if __name__ == "__main__":
    main(*sys.argv[1:])
