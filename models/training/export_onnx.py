"""Writes the check as ONNX with weights of half precision: half the bytes, computed in single precision."""

from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import nn

from crops import INPUT


class Probabilities(nn.Module):
    def __init__(self, check: nn.Module):
        super().__init__()
        self.check = check

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.check(x).softmax(1)


def export(check: nn.Module, file: Path) -> None:
    """Input "input": (n, 3, INPUT, INPUT), RGB −1 to 1. Output "probabilities": (n, classes)."""
    torch.onnx.export(
        Probabilities(check).eval(),
        (torch.zeros(1, 3, INPUT, INPUT),),
        str(file),
        input_names=["input"],
        output_names=["probabilities"],
        opset_version=17,
        dynamo=False,
    )
    model = onnx.load(file)
    halve(model.graph)
    onnx.checker.check_model(model)
    onnx.save(model, file)
    print(f"{file}: {file.stat().st_size} bytes")


def halve(graph: onnx.GraphProto) -> None:
    """Stores each large constant as float16, and a Cast to float32 after it: a session folds both into one at load."""
    for tensor in [one for one in graph.initializer if one.data_type == TensorProto.FLOAT and np.prod(one.dims) > 64]:
        small = numpy_helper.from_array(numpy_helper.to_array(tensor).astype(np.float16), f"{tensor.name}.half")
        graph.initializer.remove(tensor)
        graph.initializer.append(small)
        graph.node.insert(0, helper.make_node("Cast", [small.name], [tensor.name], to=TensorProto.FLOAT))
