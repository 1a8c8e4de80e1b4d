"""The lake detector: YOLOX-nano's features, joined down to a grid of 4 px, and on it the middles and sides of things.

The weights to begin with are YOLOX-nano's (Megvii, Apache-2.0, taught on COCO), of an ONNX file whose batch norms are folded in:
https://github.com/Kazuhito00/YOLOX-ONNX-TFLite-Sample, model/yolox_nano.onnx.
"""

import hashlib
from pathlib import Path

import onnx
import torch
from onnx import numpy_helper
from torch import nn
from torch.nn import functional as F

CLASSES = ("person", "tent", "boat", "animal")
STRIDE = 4
SHA256 = "695e750a5d5754bb5a8d5325643b59282191a7e7a564e435a415fd3c578eab14"

# Convolutions of the file, in its order, that are left out: from grids of 8 px up again to 16 and 32 px, and the COCO classes.
LEFT_OUT = {*range(61, 77), 82}


class Conv(nn.Sequential):
    def __init__(self, before: int, after: int, kernel: int = 1, stride: int = 1, groups: int = 1):
        super().__init__(nn.Conv2d(before, after, kernel, stride, kernel // 2, groups=groups), nn.SiLU())


class Separable(nn.Sequential):
    """Filtered a channel at a time, then mixed."""

    def __init__(self, before: int, after: int, stride: int = 1):
        super().__init__(Conv(before, before, 3, stride, groups=before), Conv(before, after))


class Csp(nn.Module):
    """Half of the channels through residual blocks, half past them. Source: YOLOX's CSPLayer."""

    def __init__(self, before: int, after: int, depth: int = 1, adds: bool = False):
        super().__init__()
        half = after // 2
        self.one, self.other = Conv(before, half), Conv(before, half)
        self.blocks = nn.ModuleList(nn.Sequential(Conv(half, half), Separable(half, half)) for _ in range(depth))
        self.last, self.adds = Conv(2 * half, after), adds

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        one = self.one(x)
        for block in self.blocks:
            one = one + block(one) if self.adds else block(one)
        return self.last(torch.cat([one, self.other(x)], 1))


class Pyramid(nn.Module):
    """What lies around a cell, near and far: itself and its maxima over 5, 9 and 13 cells."""

    def __init__(self, channels: int):
        super().__init__()
        self.first, self.last = Conv(channels, channels // 2), Conv(channels * 2, channels)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.first(x)
        return self.last(torch.cat([x] + [F.max_pool2d(x, side, 1, side // 2) for side in (5, 9, 13)], 1))


class Features(nn.Module):
    """(n, 3, h, w), BGR 0–255 → grids of 4, 8, 16 and 32 px with 32, 64, 128 and 256 channels."""

    def __init__(self):
        super().__init__()
        self.stem = Conv(12, 16, 3)
        self.to4 = nn.Sequential(Separable(16, 32, 2), Csp(32, 32, 1, adds=True))
        self.to8 = nn.Sequential(Separable(32, 64, 2), Csp(64, 64, 3, adds=True))
        self.to16 = nn.Sequential(Separable(64, 128, 2), Csp(128, 128, 3, adds=True))
        self.to32 = nn.Sequential(Separable(128, 256, 2), Pyramid(256), Csp(256, 256))

    def forward(self, x: torch.Tensor) -> list[torch.Tensor]:
        quarters = [x[..., down::2, across::2] for across in (0, 1) for down in (0, 1)]
        grids = [self.to4(self.stem(torch.cat(quarters, 1)))]
        for layer in (self.to8, self.to16, self.to32):
            grids.append(layer(grids[-1]))
        return grids


class Join(nn.Module):
    """Far context brought down to the grid of 8 px, and what YOLOX's towers make of it there: 192 channels."""

    def __init__(self):
        super().__init__()
        self.from32, self.at16 = Conv(256, 128), Csp(256, 128)
        self.from16, self.at8 = Conv(128, 64), Csp(128, 64)
        self.stem = Conv(64, 64)
        self.towers = nn.ModuleList(nn.Sequential(Separable(64, 64), Separable(64, 64)) for _ in range(2))

    def forward(self, grid8: torch.Tensor, grid16: torch.Tensor, grid32: torch.Tensor) -> torch.Tensor:
        at16 = self.at16(torch.cat([twice(self.from32(grid32)), grid16], 1))
        at8 = self.at8(torch.cat([twice(self.from16(at16)), grid8], 1))
        stem = self.stem(at8)
        return torch.cat([at8] + [tower(stem) for tower in self.towers], 1)


def twice(x: torch.Tensor) -> torch.Tensor:
    return F.interpolate(x, scale_factor=2, mode="nearest")


class Mix(nn.Sequential):
    """A new layer: 3 × 3 a channel at a time, then mixed; normed, since nothing taught it yet."""

    def __init__(self, channels: int):
        super().__init__(
            nn.Conv2d(channels, channels, 3, padding=1, groups=channels, bias=False),
            nn.BatchNorm2d(channels),
            nn.Conv2d(channels, channels, 1, bias=False),
            nn.BatchNorm2d(channels),
            nn.ReLU(),
        )

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x + super().forward(x)


class Head(nn.Module):
    """On the grid of 4 px: logits of middles (n, classes, …), and logarithms of the px to the four sides (n, 4, …)."""

    def __init__(self, channels: int = 64):
        super().__init__()
        self.down = nn.Sequential(nn.Conv2d(192, channels, 1, bias=False), nn.BatchNorm2d(channels), nn.ReLU())
        self.near = nn.Sequential(nn.Conv2d(32, channels, 1, bias=False), nn.BatchNorm2d(channels), nn.ReLU())
        self.mixes = nn.Sequential(*(Mix(channels) for _ in range(3)))
        self.middles, self.sides = nn.Conv2d(channels, len(CLASSES), 1), nn.Conv2d(channels, 4, 1)
        for layer, bias in ((self.middles, -4.6), (self.sides, 2.3)):
            nn.init.normal_(layer.weight, std=0.01)
            nn.init.constant_(layer.bias, bias)

    def forward(self, grid4: torch.Tensor, joined: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        x = self.mixes(self.near(grid4) + twice(self.down(joined)))
        return self.middles(x), self.sides(x)


class Detector(nn.Module):
    def __init__(self):
        super().__init__()
        self.features, self.join, self.head = Features(), Join(), Head()

    def forward(self, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """(n, 3, h, w), BGR 0–255 → logits of middles, logarithms of sides."""
        grids = self.features(x)
        return self.head(grids[0], self.join(*grids[1:]))

    def learn(self, file: Path) -> None:
        """Takes YOLOX-nano's weights, convolution by convolution."""
        data = file.read_bytes()
        if hashlib.sha256(data).hexdigest() != SHA256:
            raise SystemExit(f"{file} is not the yolox_nano.onnx that is named in detector.py: its SHA-256 is not {SHA256}.")
        graph = onnx.load_from_string(data).graph
        values = {one.name: torch.from_numpy(numpy_helper.to_array(one).copy()) for one in graph.initializer}
        taught = [node.input[1:3] for node in graph.node if node.op_type == "Conv"]
        taught = [names for at, names in enumerate(taught) if at not in LEFT_OUT]
        own = [one for part in (self.features, self.join) for one in part.modules() if isinstance(one, nn.Conv2d)]
        for conv, (weight, bias) in zip(own, taught):
            assert conv.weight.shape == values[weight].shape, (conv, weight)
            conv.weight.data, conv.bias.data = values[weight], values[bias]


class Exported(nn.Module):
    """What the product's `centernet` decoder reads: confidences 0–1, and px to the left, top, right, bottom side."""

    def __init__(self, detector: Detector):
        super().__init__()
        self.detector = detector

    def forward(self, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        middles, sides = self.detector(x)
        return middles.sigmoid(), sides.clamp(-3, 6).exp()
