"""Takes the network back out of a bundle with one, where its checkpoint is gone: the weights, with BatchNorm folded, as a checkpoint of the
same form. It can be asked and exported like any other; training on it would start without BatchNorm's statistics."""

import argparse
from dataclasses import replace
from pathlib import Path

import onnx
import torch
from onnx import numpy_helper
from torch import nn

import checkpoints
import network
import train


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--bundle", type=Path, required=True)
    options.add_argument("--encoder", choices=network.DEPTHS, default="lite0")
    options.add_argument("--checkpoint", type=Path, required=True, help="file to write")
    arguments = options.parse_args()
    model = restored(arguments.bundle / "model.onnx", arguments.encoder)
    checkpoints.save(arguments.checkpoint, replace(train.Recipe(), encoder=arguments.encoder), average=model.state_dict())


@torch.no_grad()
def restored(file: Path, encoder: str) -> network.Lesion:
    """@raises ValueError where the graph is not of one such network"""
    graph = onnx.load(file).graph
    constants = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
    stored = [constants_of(node, constants) for node in graph.node if node.op_type == "Conv"]
    model = network.Lesion(encoder)
    layers = in_order(model)
    if len(stored) != len(layers):
        raise ValueError(f"{file.name} has {len(stored)} convolutions, a network with {encoder} has {len(layers)}")
    for layer, (weight, bias) in zip(layers, stored):
        target = layer.conv if isinstance(layer, network.Conv) else layer
        target.weight.copy_(torch.from_numpy(weight.copy()).reshape(target.weight.shape))
        if isinstance(layer, network.Conv):
            layer.norm.weight.fill_((1 + layer.norm.eps) ** 0.5)
            layer.norm.bias.copy_(torch.from_numpy(bias.copy()))
        elif layer is not model.classes:
            layer.bias.copy_(torch.from_numpy(bias.copy()))
    model.classes.bias.copy_(torch.from_numpy(constants["class.bias"].copy()))
    return model.eval()


def constants_of(node, constants: dict) -> tuple:
    weight, bias = node.input[1], node.input[2]
    return constants.get(weight, constants.get(weight.replace(".weight", ".half"))).astype("float32"), constants[bias]


def in_order(model: network.Lesion) -> list[nn.Module]:
    """Everything that has weights, in the order in which `graphs.record` meets it."""
    encoder = [layer for stage in model.stages for block in stage for layer in block.layers]
    decoder = [model.decoder.lateral[-1]]
    for level in range(len(model.decoder.smooth) - 1, -1, -1):
        decoder += [model.decoder.lateral[level], *model.decoder.smooth[level]]
    return [model.stem, *encoder, *decoder, model.decoder.logit, model.head, model.classes]


if __name__ == "__main__":
    main()
