"""The trained network as files for the engines: both map uint8 [n, 28, 28, 3] `image` to float32 [n, 7] `logits`."""

import shutil
from pathlib import Path

import numpy as np
import onnx
import tensorflow as tf
from onnx import TensorProto, helper, numpy_helper
from torch import nn

from data import CLASSES
from network import SIDE, SeedCnn

OPSET = 17
tf.get_logger().setLevel("ERROR")  # warns at length that `simple_save` is from TensorFlow 1, but it writes a graph without variables

def fold(model: SeedCnn) -> list[tuple]:
    """The network without BatchNorm and dropout: ("conv", weight, bias, padding), ("dense", weight, bias), ("relu",), ("pool",), ("flatten",).

    A BatchNorm here follows ReLU (and pooling) and scales the input of the next linear layer, so its scale and shift are folded into the
    weights of that layer. This is exact unless the layer is padded: padding is zero after the BatchNorm, not before.
    """
    steps, scale, shift = [], None, None
    for layer in model.layers:
        if isinstance(layer, (nn.BatchNorm1d, nn.BatchNorm2d)):
            deviation = (layer.running_var.double() + layer.eps).sqrt()
            scale = (layer.weight.double() / deviation).detach().numpy()
            shift = layer.bias.detach().double().numpy() - layer.running_mean.double().numpy() * scale
        elif isinstance(layer, (nn.Conv2d, nn.Linear)):
            weight, bias = layer.weight.detach().double().numpy(), layer.bias.detach().double().numpy()
            padding = layer.padding[0] if isinstance(layer, nn.Conv2d) else 0
            if scale is not None:
                if padding:
                    raise ValueError("a BatchNorm before a padded layer cannot be folded exactly")
                others = tuple(range(2, weight.ndim))
                bias = bias + (weight.sum(axis=others) * shift).sum(axis=1)
                weight = weight * scale.reshape(1, -1, *[1] * len(others))
                scale = shift = None
            arrays = (weight.astype(np.float32), bias.astype(np.float32))
            steps.append(("conv", *arrays, padding) if isinstance(layer, nn.Conv2d) else ("dense", *arrays))
        elif isinstance(layer, (nn.ReLU, nn.MaxPool2d, nn.Flatten)):
            steps.append(({nn.ReLU: "relu", nn.MaxPool2d: "pool", nn.Flatten: "flatten"}[type(layer)],))
        elif not isinstance(layer, nn.Dropout):
            raise ValueError(f"this layer cannot be exported: {layer}")
    return steps


def save_tensorflow(steps: list[tuple], folder: Path) -> None:
    """A SavedModel of constants: one graph without variables or functions, which a native session runs in one call."""
    graph = tf.Graph()
    with graph.as_default():
        image = tf.compat.v1.placeholder(tf.uint8, [None, SIDE, SIDE, 3], name="image")
        value = tf.cast(image, tf.float32) / 255.0
        for kind, *parts in steps:
            if kind == "conv":
                weight, bias, padding = parts
                value = tf.nn.conv2d(value, weight.transpose(2, 3, 1, 0), 1, "SAME" if padding else "VALID") + bias
            elif kind == "dense":
                value = tf.matmul(value, parts[0].T) + parts[1]
            elif kind == "relu":
                value = tf.nn.relu(value)
            elif kind == "pool":
                value = tf.nn.max_pool2d(value, 2, 2, "VALID")
            else:
                # The map is 1 × 1 here, so channels-first and channels-last flatten to the same order.
                value = tf.reshape(value, [-1, _only_channels(value.shape)])
        logits = tf.identity(value, name="logits")
        with tf.compat.v1.Session(graph=graph) as session:
            tf.compat.v1.saved_model.simple_save(session, str(folder), {"image": image}, {"logits": logits})
    shutil.rmtree(folder / "variables", ignore_errors=True)


def _only_channels(shape) -> int:
    if (shape[1], shape[2]) != (1, 1):
        raise ValueError(f"flattening {shape} would mix pixels and channels in another order than PyTorch")
    return shape[3]


def save_onnx(steps: list[tuple], file: Path) -> None:
    constants = [numpy_helper.from_array(np.array(255, np.float32), "white")]
    nodes = [
        helper.make_node("Cast", ["image"], ["float"], to=TensorProto.FLOAT),
        helper.make_node("Div", ["float", "white"], ["scaled"]),
        helper.make_node("Transpose", ["scaled"], ["input"], perm=[0, 3, 1, 2]),
    ]
    value = "input"
    for number, (kind, *parts) in enumerate(steps):
        inputs = [value]
        if kind in ("conv", "dense"):
            for name, constant in zip((f"{kind}{number}.weight", f"{kind}{number}.bias"), parts):
                constants.append(numpy_helper.from_array(constant, name))
                inputs.append(name)
        value = "logits" if number == len(steps) - 1 else f"{kind}{number}"
        nodes.append(_onnx_node(kind, parts, inputs, value))
    image = helper.make_tensor_value_info("image", TensorProto.UINT8, ["n", SIDE, SIDE, 3])
    logits = helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["n", len(CLASSES)])
    graph = helper.make_graph(nodes, "seed-cnn", [image], [logits], constants)
    # IR version of 2022, which every runtime with this opset can read.
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=8)
    onnx.checker.check_model(model, full_check=True)
    onnx.save(model, file)


def _onnx_node(kind: str, parts: list, inputs: list[str], output: str) -> onnx.NodeProto:
    if kind == "conv":
        return helper.make_node("Conv", inputs, [output], kernel_shape=[3, 3], pads=[parts[2]] * 4)
    if kind == "dense":
        return helper.make_node("Gemm", inputs, [output], transB=1)
    if kind == "pool":
        return helper.make_node("MaxPool", inputs, [output], kernel_shape=[2, 2], strides=[2, 2])
    return helper.make_node({"relu": "Relu", "flatten": "Flatten"}[kind], inputs, [output])
