"""What weather, lenses, sensors and JPEG do to a crop, drawn anew each time it is shown."""

import math

import torch
from torch.nn import functional as F

from crops import INPUT, WIDER


def augment(crops: torch.Tensor, generator: torch.Generator) -> torch.Tensor:
    """(n, 3, STORED, STORED) 0–1 → (n, 3, INPUT, INPUT) −1 to 1."""
    x = coarsen(turn(crops, generator), generator)
    x = tint(x, generator)
    noise = uniform(generator, len(x), 0, 0.05) ** 2 * 20 * 0.05
    x = x + torch.randn(x.shape, generator=generator) * noise[:, None, None, None]
    return x.clamp(0, 1) * 2 - 1


def plain(crops: torch.Tensor) -> torch.Tensor:
    """The middle of a crop as the product cuts it."""
    return F.interpolate(centre(crops), (INPUT, INPUT), mode="bilinear", antialias=True) * 2 - 1


def centre(crops: torch.Tensor) -> torch.Tensor:
    side = crops.shape[-1]
    rim = round(side * (1 - 1 / WIDER) / 2)
    return crops[:, :, rim : side - rim, rim : side - rim]


def uniform(generator: torch.Generator, count: int, low: float, high: float) -> torch.Tensor:
    return low + (high - low) * torch.rand(count, generator=generator)


def turn(crops: torch.Tensor, generator: torch.Generator) -> torch.Tensor:
    """Mirrored, turned by up to 8°, scaled by up to a quarter, shifted by up to 7 %."""
    count = len(crops)
    angle = uniform(generator, count, -8, 8) * math.pi / 180
    scale = 2 ** uniform(generator, count, -0.35, 0.3) / WIDER
    mirror = torch.where(torch.rand(count, generator=generator) < 0.5, -1.0, 1.0)
    shift = uniform(generator, 2 * count, -0.07, 0.07).view(count, 2)
    rows = torch.stack([scale * mirror * angle.cos(), -scale * angle.sin(), shift[:, 0]], 1)
    lower = torch.stack([scale * mirror * angle.sin(), scale * angle.cos(), shift[:, 1]], 1)
    grid = F.affine_grid(torch.stack([rows, lower], 1), [count, 3, INPUT, INPUT], align_corners=False)
    return F.grid_sample(crops, grid, mode="bilinear", padding_mode="border", align_corners=False)


def coarsen(x: torch.Tensor, generator: torch.Generator) -> torch.Tensor:
    """A third of them as if seen from farther away: made small, and large again."""
    parts = list(x.split(max(1, len(x) // 9)))
    for at in range(0, len(parts), 3):
        side = int(uniform(generator, 1, 14, 56))
        small = F.interpolate(parts[at], (side, side), mode="bilinear", antialias=True, align_corners=False)
        parts[at] = F.interpolate(small, (INPUT, INPUT), mode="bilinear", align_corners=False)
    return torch.cat(parts)


def tint(x: torch.Tensor, generator: torch.Generator) -> torch.Tensor:
    """Exposure, contrast, saturation and white balance."""
    count = len(x)
    spread = lambda low, high: uniform(generator, count, low, high)[:, None, None, None]
    mean = x.mean((1, 2, 3), keepdim=True)
    grey = x.mean(1, keepdim=True)
    x = grey + (x - grey) * spread(0.2, 1.4)
    x = mean + (x - mean) * spread(0.6, 1.35)
    balance = uniform(generator, 3 * count, 0.88, 1.12).view(count, 3, 1, 1)
    return x.clamp(1e-4, 1) ** spread(0.7, 1.4) * spread(0.7, 1.25) * balance
