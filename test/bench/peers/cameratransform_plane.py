"""Pixels to a level plane by CameraTransform, for `npm run bench -- geometry`: prints one JSON document.

Needs python3 with cameratransform (pip install cameratransform).
"""

import json
import sys
import time
from importlib.metadata import version

import cameratransform as ct
import numpy as np

COUNT, SAMPLES = 100_000, 7


def camera(**distortion):
    lens = ct.BrownLensDistortion(**distortion) if distortion else None
    return ct.Camera(
        ct.RectilinearProjection(focallength_px=1600, image=(1920, 1080)),
        ct.SpatialOrientation(elevation_m=30, tilt_deg=82, roll_deg=1, heading_deg=120),
        lens,
    )


def per_second(cam, pixels):
    cam.spaceFromImage(pixels, Z=0)
    values = []
    for _ in range(SAMPLES):
        started = time.perf_counter()
        points = cam.spaceFromImage(pixels, Z=0)
        values.append(COUNT / (time.perf_counter() - started))
    met = np.isfinite(points).all(axis=1).mean()
    if met < 0.5:
        sys.exit(f"only {met:.0%} of the pixels have a point")
    return values


random = np.random.default_rng(7)
pixels = np.column_stack([random.uniform(0, 1920, COUNT), random.uniform(540, 1080, COUNT)])
print(
    json.dumps(
        {
            "peer": f"CameraTransform {version('cameratransform')}",
            "pinhole": per_second(camera(), pixels),
            "distorted": per_second(camera(k1=-0.3, k2=0.1, k3=0), pixels),
        }
    )
)
