"""The first blocks of MobileNetV2, with what ImageNet taught them.

The weights are Google's 8-bit MobileNetV2 1.0 (Apache-2.0), a TensorFlow Lite file whose batch norms are folded in:
https://github.com/google-coral/test_data, mobilenet_v2_1.0_224_quant.tflite.
"""

import hashlib
from pathlib import Path

import numpy as np
import tflite
import torch
from torch import nn
from torch.nn import functional as F

SHA256 = "7aad0c74c5e3c06e5eb3c827e13304fdd68a83da6087d92ee169c24ff9fd4776"

# Source: Sandler et al. 2018, table 2: expansion, channels, stride of each block.
BLOCKS = (
    [(1, 16, 1)]
    + [(6, 24, 2), (6, 24, 1)]
    + [(6, 32, 2), (6, 32, 1), (6, 32, 1)]
    + [(6, 64, 2), (6, 64, 1), (6, 64, 1), (6, 64, 1)]
    + [(6, 96, 1), (6, 96, 1), (6, 96, 1)]
)


class Conv(nn.Module):
    """A convolution that pads as TensorFlow's SAME does: at a stride of 2, at the end alone."""

    def __init__(self, before: int, after: int, kernel: int, stride: int = 1, groups: int = 1, relu: bool = True):
        super().__init__()
        self.conv = nn.Conv2d(before, after, kernel, stride, groups=groups)
        total = kernel - stride if kernel > 1 else 0
        self.pad = (total // 2, total - total // 2) * 2
        self.relu = relu

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.conv(F.pad(x, self.pad) if any(self.pad) else x)
        return F.relu6(x) if self.relu else x


class Block(nn.Module):
    """An inverted residual: expanded, filtered a channel at a time, projected."""

    def __init__(self, before: int, expansion: int, after: int, stride: int):
        super().__init__()
        wide = before * expansion
        layers = [] if expansion == 1 else [Conv(before, wide, 1)]
        layers += [Conv(wide, wide, 3, stride, groups=wide), Conv(wide, after, 1, relu=False)]
        self.layers = nn.Sequential(*layers)
        self.adds = stride == 1 and before == after

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x + self.layers(x) if self.adds else self.layers(x)


class Backbone(nn.Module):
    """(n, 3, h, w), RGB −1 to 1 → (n, 96, h / 16, w / 16)."""

    channels = BLOCKS[-1][1]

    def __init__(self):
        super().__init__()
        layers: list[nn.Module] = [Conv(3, 32, 3, 2)]
        before = 32
        for expansion, after, stride in BLOCKS:
            layers.append(Block(before, expansion, after, stride))
            before = after
        self.layers = nn.Sequential(*layers)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.layers(x)

    def learn(self, file: Path) -> None:
        """Takes the weights of the TensorFlow Lite file, in its order of operators."""
        data = file.read_bytes()
        if hashlib.sha256(data).hexdigest() != SHA256:
            raise SystemExit(f"{file} is not mobilenet_v2_1.0_224_quant.tflite: its SHA-256 is not {SHA256}.")
        convs = [module.conv for module in self.modules() if isinstance(module, Conv)]
        for conv, (weight, bias) in zip(convs, read_convs(data)):
            depthwise = conv.groups > 1
            weight = weight.transpose(3, 0, 1, 2) if depthwise else weight.transpose(0, 3, 1, 2)
            conv.weight.data = torch.from_numpy(np.ascontiguousarray(weight))
            conv.bias.data = torch.from_numpy(bias)


def read_convs(data: bytes):
    """Weights and biases of all convolutions, as floats."""
    model = tflite.Model.GetRootAs(data, 0)
    graph = model.Subgraphs(0)
    kinds = {tflite.BuiltinOperator.CONV_2D, tflite.BuiltinOperator.DEPTHWISE_CONV_2D}
    for at in range(graph.OperatorsLength()):
        operator = graph.Operators(at)
        if model.OperatorCodes(operator.OpcodeIndex()).BuiltinCode() not in kinds:
            continue
        yield tuple(dequantised(model, graph.Tensors(operator.Inputs(which))) for which in (1, 2))


def dequantised(model, tensor) -> np.ndarray:
    dtype = {tflite.TensorType.UINT8: np.uint8, tflite.TensorType.INT32: np.int32}[tensor.Type()]
    values = model.Buffers(tensor.Buffer()).DataAsNumpy().view(dtype).reshape(tensor.ShapeAsNumpy())
    quantization = tensor.Quantization()
    scale, zero = quantization.ScaleAsNumpy()[0], quantization.ZeroPointAsNumpy()[0]
    return ((values.astype(np.float32) - zero) * scale).astype(np.float32)
