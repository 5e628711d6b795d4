"""The networks of a bundle as the start of another training.

A bundle has BatchNorm folded into its convolutions. In training, BatchNorm needs weights and statistics of its own: each convolution is scaled to the norms of
the ImageNet weights, for which learning rate and weight decay are chosen, and BatchNorm gets the statistics that the convolution has on training images, with the scale
and shift that reproduce the bundle's output.
"""

from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import nn

import graphs
import network


class _Layers(graphs.Recorder):
    """Records the layers in the order of the graph's convolutions."""

    def __init__(self):
        super().__init__()
        self.layers: list[nn.Module | None] = []

    def conv(self, layer: network.Conv, before: str) -> str:
        self.layers.append(layer)
        return super().conv(layer, before)

    def add(self, kind: str, *inputs: str, **more) -> str:
        if kind == "conv" and len(self.layers) == sum(op.kind == "conv" for op in self.ops):
            self.layers.append(None)  # classes or mask logits, which have no BatchNorm
        return super().add(kind, *inputs, **more)


@torch.no_grad()
def from_bundle(bundle: Path, encoder: str, images: np.ndarray) -> network.Lesion:
    """The bundle's network with this encoder. `images`, uint8 [n, side, side, 3], give the statistics; the side may differ from the bundle's."""
    graph = onnx.load(bundle / "model.onnx").graph
    model = network.pretrained(encoder)
    weights = _convolutions(graph)
    member = list(network.WIDTHS).index(encoder)
    tapes = [_tape(model if name == encoder else network.Lesion(name)) for name in network.WIDTHS]
    first = sum(len(tape.layers) for tape in tapes[:member])
    mine = weights[first : first + len(tapes[member].layers)]
    if len(weights) != sum(len(tape.layers) for tape in tapes):
        raise ValueError(f"{bundle} has {len(weights)} convolutions, not those of {' and '.join(network.WIDTHS)}")
    alone = iter((model.decoder.logit, model.classes))
    for layer, (weight, bias) in zip(tapes[member].layers, mine):
        if layer is None:
            layer = next(alone)
            layer.weight.copy_(torch.from_numpy(weight.reshape(layer.weight.shape)))
            layer.bias.copy_(torch.from_numpy(bias))
        else:
            _place(layer, torch.from_numpy(weight), torch.from_numpy(bias))
    # The bias of the classes is added after the mean over the members, and is the mean of theirs.
    bias = next(one for one in graph.initializer if one.name == "class.bias")
    model.classes.bias.copy_(torch.from_numpy(numpy_helper.to_array(bias).copy()))
    _measure(model, images)
    return model.eval()


def _tape(model: network.Lesion) -> _Layers:
    tape = _Layers()
    graphs._record(model, tape)
    return tape


def _convolutions(graph) -> list[tuple[np.ndarray, np.ndarray]]:
    """Weight and bias of every convolution, in the order of the graph."""
    values = {one.name: one for one in graph.initializer}
    outputs = [node.input[1].removesuffix(".weight") for node in graph.node if node.op_type == "Conv"]
    return [tuple(numpy_helper.to_array(values[f"{name}.{part}"]).astype(np.float32) for part in ("half", "bias")) for name in outputs]


def _place(layer: network.Conv, weight: torch.Tensor, bias: torch.Tensor) -> None:
    """Scaled to the norms of the weights that are there; BatchNorm reproduces the output with mean 0 and variance 1, until `_measure`."""
    if weight.shape != layer.conv.weight.shape:
        raise ValueError("the bundle's convolutions are not those of this network")
    there, given = (one.flatten(1).norm(dim=1) for one in (layer.conv.weight, weight))
    # A filter that has become zero stays so.
    scale = torch.where((there > 1e-6) & (given > 1e-6), there / given, torch.ones_like(there))
    layer.conv.weight.copy_(weight * scale.view(-1, 1, 1, 1))
    norm = layer.norm
    norm.running_mean.zero_()
    norm.running_var.fill_(1)
    norm.weight.copy_((1 + norm.eps) ** 0.5 / scale)
    norm.bias.copy_(bias)


def _measure(model: network.Lesion, images: np.ndarray, batch: int = 32) -> None:
    """Gives each BatchNorm the mean and variance of its inputs, and the scale and shift that leave its output as it is."""
    sums = {layer.norm: [0.0, 0.0, 0] for layer in model.modules() if isinstance(layer, network.Conv)}

    def add(norm, inputs) -> None:
        value = inputs[0].double()
        sums[norm][0] += value.sum((0, 2, 3))
        sums[norm][1] += (value**2).sum((0, 2, 3))
        sums[norm][2] += value.numel() // value.shape[1]

    hooks = [norm.register_forward_pre_hook(add) for norm in sums]
    model.eval()
    for at in range(0, len(images), batch):
        model(torch.from_numpy(np.ascontiguousarray(images[at : at + batch])).permute(0, 3, 1, 2))
    for hook in hooks:
        hook.remove()
    for norm, (total, squares, count) in sums.items():
        mean, variance = (total / count).float(), (squares / count - (total / count) ** 2).clamp(min=0).float()
        slope = norm.weight / (norm.running_var + norm.eps) ** 0.5
        norm.bias.add_(slope * (mean - norm.running_mean))
        norm.weight.copy_(slope * (variance + norm.eps) ** 0.5)
        norm.running_mean.copy_(mean)
        norm.running_var.copy_(variance)
