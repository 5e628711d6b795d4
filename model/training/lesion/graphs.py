"""The trained network as files for the engines: uint8 [n, side, side, 3] `image` → float32 `logits` [n, 7], `map` [n, side/4,
side/4, 7], `features` [n, 1280 a member] and `mask` [n, side/4, side/4], the probability of lesion at each point.

The network is first recorded as a list of operations with BatchNorm folded in; one function converts that list to a TensorFlow graph and
one to ONNX, so both have the same weights. `logits` is the mean of `map` over its positions plus the bias of the classes: the map is not an
estimate but consists of the terms of the sum. The encoder's last stage is coarser than the mask, but the pooling weights are not, so the
contribution of each position has the resolution of the mask. Logits, maps and masks of several networks are averaged in the graph.

Weights are stored in half precision, to which `network.as_shipped` has rounded them, and are converted to single precision on loading.
"""

import shutil
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

import network

OPSET = 17
OUTPUTS = ("logits", "map", "features", "mask")
COARSER = 8
"""Ratio of the strides of the encoder's last stage and of the mask."""


@dataclass(frozen=True)
class Op:
    kind: str
    """`conv`, `add`, `multiply`, `double` (bilinear, twice the side), `repeat` (each position 8 × 8 times), `pool` (mean of 8 × 8), `mean` (over
    both axes), `average` (of the inputs), `concat` (of features), `sigmoid`, or `weights` (of the pooling, from the mask's probabilities: see `network.weights`)."""
    output: str
    inputs: tuple[str, ...]
    weight: np.ndarray | None = None
    """[out, in / groups, kernel, kernel]"""
    bias: np.ndarray | None = None
    stride: int = 1
    groups: int = 1
    relu: bool = False


@dataclass
class Recorder:
    ops: list[Op] = field(default_factory=list)

    def add(self, kind: str, *inputs: str, **more) -> str:
        output = f"{kind}{len(self.ops)}"
        self.ops.append(Op(kind, output, inputs, **more))
        return output

    def conv(self, layer: network.Conv, before: str) -> str:
        weight, bias = (value.detach().numpy() for value in network.folded(layer))
        return self.add(
            "conv", before, weight=weight, bias=bias, stride=layer.conv.stride[0], groups=layer.conv.groups, relu=layer.relu
        )


@dataclass(frozen=True)
class Program:
    """The network's operations; the class bias is added to the mean of the map."""

    ops: list[Op]
    map: str
    mask: str
    features: str
    bias: np.ndarray
    members: int


def record(model: network.Ensemble) -> Program:
    tape = Recorder()
    maps, masks, features = zip(*(_record(member, tape) for member in model.members))
    together = len(maps) > 1
    return Program(
        ops=tape.ops,
        map=tape.add("average", *maps) if together else maps[0],
        features=tape.add("concat", *features) if together else features[0],
        mask=tape.add("average", *masks) if together else masks[0],
        bias=np.mean([member.classes.bias.detach().numpy() for member in model.members], 0),
        members=len(maps),
    )


def _record(model: network.Lesion, tape: Recorder) -> tuple[str, str, str]:
    """Map, mask and features of one network."""
    value = tape.conv(model.stem, "input")
    taps = []
    for number, stage in enumerate(model.stages):
        for block in stage:
            before = value
            for layer in block.layers:
                value = tape.conv(layer, value)
            if block.residual:
                value = tape.add("add", value, before)
        if number in network.TAPPED:
            taps.append(value)
    mask = tape.add("sigmoid", _decode(model.decoder, taps, tape))
    weights = tape.add("weights", mask)
    last = tape.conv(model.head, value)
    classes = model.classes.weight.detach().numpy()[:, :, None, None]
    spoken = tape.add("conv", last, weight=classes, bias=np.zeros(len(classes), np.float32))
    activation = tape.add("multiply", tape.add("repeat", spoken), weights)
    return activation, mask, tape.add("mean", tape.add("multiply", last, tape.add("pool", weights)))


def _decode(decoder: network.Decoder, taps: list[str], tape: Recorder) -> str:
    value = tape.conv(decoder.lateral[-1], taps[-1])
    for level in range(len(taps) - 2, -1, -1):
        value = tape.add("add", tape.add("double", value), tape.conv(decoder.lateral[level], taps[level]))
        for layer in decoder.smooth[level]:
            value = tape.conv(layer, value)
    logit = decoder.logit
    return tape.add("conv", value, weight=logit.weight.detach().numpy(), bias=logit.bias.detach().numpy())


def save_tensorflow(program: Program, side: int, folder: Path) -> None:
    """A SavedModel of constants: one graph without variables or functions, which a native session runs in one call."""
    import tensorflow as tf

    tf.get_logger().setLevel("ERROR")  # warns at length that `simple_save` is from TensorFlow 1, but it writes a graph without variables
    graph = tf.Graph()
    with graph.as_default():
        image = tf.compat.v1.placeholder(tf.uint8, [None, side, side, 3], name="image")
        values = {"input": (tf.cast(image, tf.float32) - network.MEAN) / network.SCALE}
        for op in program.ops:
            values[op.output] = _tensorflow_op(tf, op, [values[name] for name in op.inputs])
        outputs = {
            "logits": tf.reduce_mean(values[program.map], [1, 2]) + program.bias,
            "map": values[program.map],
            "features": values[program.features],
            "mask": values[program.mask][..., 0],
        }
        outputs = {name: tf.identity(value, name=name) for name, value in outputs.items()}
        with tf.compat.v1.Session(graph=graph) as session:
            tf.compat.v1.saved_model.simple_save(session, str(folder), {"image": image}, outputs)
    shutil.rmtree(folder / "variables", ignore_errors=True)


def _tensorflow_op(tf, op: Op, inputs: list):
    if op.kind == "add":
        return inputs[0] + inputs[1]
    if op.kind == "multiply":
        return inputs[0] * inputs[1]
    if op.kind == "average":
        return tf.add_n(inputs) / len(inputs)
    if op.kind == "concat":
        return tf.concat(inputs, 1)
    if op.kind == "mean":
        return tf.reduce_mean(inputs[0], [1, 2])
    if op.kind == "sigmoid":
        return tf.sigmoid(inputs[0])
    if op.kind == "weights":
        cover = inputs[0] + network.FLOOR
        return cover / tf.reduce_mean(cover, [1, 2], keepdims=True)
    if op.kind == "pool":
        return tf.nn.avg_pool2d(inputs[0], COARSER, COARSER, "VALID")
    if op.kind == "repeat":
        height, width = inputs[0].shape[1:3]
        return tf.image.resize(inputs[0], [COARSER * height, COARSER * width], tf.image.ResizeMethod.NEAREST_NEIGHBOR)
    if op.kind == "double":
        height, width = inputs[0].shape[1:3]
        # Half-pixel centres, as PyTorch's align_corners=False.
        return tf.image.resize(inputs[0], [2 * height, 2 * width], tf.image.ResizeMethod.BILINEAR)
    strides = [1, op.stride, op.stride, 1]
    order = (2, 3, 1, 0) if op.groups == 1 else (2, 3, 0, 1)
    weight = tf.cast(op.weight.astype(np.float16).transpose(order), tf.float32)
    value = (tf.nn.conv2d if op.groups == 1 else tf.nn.depthwise_conv2d)(inputs[0], weight, strides, "SAME")
    value = tf.nn.bias_add(value, op.bias)
    return tf.nn.relu6(value) if op.relu else value


def save_onnx(program: Program, side: int, file: Path) -> None:
    constants = {
        "mean": np.array(network.MEAN, np.float32),
        "scale": np.array(network.SCALE, np.float32),
        "zero": np.array(0, np.float32),
        "six": np.array(6, np.float32),
        "doubled": np.array([1, 1, 2, 2], np.float32),
        "repeated": np.array([1, 1, COARSER, COARSER], np.float32),
        "floor": np.array(network.FLOOR, np.float32),
        "class.bias": program.bias.astype(np.float32),
    }
    nodes = [
        helper.make_node("Cast", ["image"], ["float"], to=TensorProto.FLOAT),
        helper.make_node("Transpose", ["float"], ["channels"], perm=[0, 3, 1, 2]),
        helper.make_node("Sub", ["channels", "mean"], ["centred"]),
        helper.make_node("Div", ["centred", "scale"], ["input"]),
    ]
    for op in program.ops:
        nodes.extend(_onnx_op(op, constants))
    constants["first"] = np.array([1], np.int64)
    nodes += [
        helper.make_node("ReduceMean", [program.map], ["map.mean"], axes=[2, 3], keepdims=0),
        helper.make_node("Add", ["map.mean", "class.bias"], ["logits"]),
        helper.make_node("Transpose", [program.map], ["map"], perm=[0, 2, 3, 1]),
        helper.make_node("Identity", [program.features], ["features"]),
        helper.make_node("Squeeze", [program.mask, "first"], ["mask"]),
    ]
    fine, features = side // 4, network.FEATURES * program.members
    shapes = {"logits": [network.CLASSES], "map": [fine, fine, network.CLASSES], "features": [features], "mask": [fine, fine]}
    graph = helper.make_graph(
        nodes,
        "lesion",
        [helper.make_tensor_value_info("image", TensorProto.UINT8, ["n", side, side, 3])],
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, ["n", *shapes[name]]) for name in OUTPUTS],
        [numpy_helper.from_array(value, name) for name, value in constants.items()],
    )
    # IR version of 2022, which every runtime with this opset can read.
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=8)
    onnx.checker.check_model(model, full_check=True)
    onnx.save(model, file)


def _onnx_op(op: Op, constants: dict[str, np.ndarray]) -> list[onnx.NodeProto]:
    if op.kind == "add":
        return [helper.make_node("Add", list(op.inputs), [op.output])]
    if op.kind == "multiply":
        return [helper.make_node("Mul", list(op.inputs), [op.output])]
    if op.kind == "average":
        return [helper.make_node("Mean", list(op.inputs), [op.output])]
    if op.kind == "concat":
        return [helper.make_node("Concat", list(op.inputs), [op.output], axis=1)]
    if op.kind == "sigmoid":
        return [helper.make_node("Sigmoid", list(op.inputs), [op.output])]
    if op.kind == "weights":
        cover, mean = f"{op.output}.cover", f"{op.output}.mean"
        return [
            helper.make_node("Add", [op.inputs[0], "floor"], [cover]),
            helper.make_node("ReduceMean", [cover], [mean], axes=[2, 3], keepdims=1),
            helper.make_node("Div", [cover, mean], [op.output]),
        ]
    if op.kind == "pool":
        return [helper.make_node("AveragePool", list(op.inputs), [op.output], kernel_shape=[COARSER] * 2, strides=[COARSER] * 2)]
    if op.kind == "repeat":
        nearest = {"mode": "nearest", "coordinate_transformation_mode": "asymmetric", "nearest_mode": "floor"}
        return [helper.make_node("Resize", [op.inputs[0], "", "repeated"], [op.output], **nearest)]
    if op.kind == "mean":
        return [helper.make_node("ReduceMean", list(op.inputs), [op.output], axes=[2, 3], keepdims=0)]
    if op.kind == "double":
        return [
            helper.make_node(
                "Resize", [op.inputs[0], "", "doubled"], [op.output], mode="linear", coordinate_transformation_mode="half_pixel"
            )
        ]
    constants[f"{op.output}.half"], constants[f"{op.output}.bias"] = op.weight.astype(np.float16), op.bias
    kernel = op.weight.shape[2]
    before, after = network.same_padding(kernel, op.stride)
    output = f"{op.output}.linear" if op.relu else op.output
    nodes = [
        helper.make_node("Cast", [f"{op.output}.half"], [f"{op.output}.weight"], to=TensorProto.FLOAT),
        helper.make_node(
            "Conv",
            [op.inputs[0], f"{op.output}.weight", f"{op.output}.bias"],
            [output],
            kernel_shape=[kernel, kernel],
            strides=[op.stride, op.stride],
            pads=[before, before, after, after],
            group=op.groups,
        )
    ]
    return [*nodes, helper.make_node("Clip", [output, "zero", "six"], [op.output])] if op.relu else nodes


def outputs_of(model: network.Ensemble, pictures: np.ndarray, batch: int = 32) -> dict[str, np.ndarray]:
    """PyTorch's outputs for uint8 [n, side, side, 3], in the shapes of the graphs."""
    each = [_outputs_of(member, pictures, batch) for member in model.members]
    together = {name: np.mean([one[name] for one in each], 0) for name in OUTPUTS}
    return {**together, "features": np.concatenate([one["features"] for one in each], 1)}


@torch.no_grad()
def _outputs_of(model: network.Lesion, pictures: np.ndarray, batch: int) -> dict[str, np.ndarray]:
    parts: dict[str, list[np.ndarray]] = {name: [] for name in OUTPUTS}
    weight = model.classes.weight[:, :, None, None]
    for images in _batches(model, pictures, batch):
        logits, features, last, mask = model(images)
        spoken = torch.nn.functional.conv2d(last, weight).repeat_interleave(COARSER, 2).repeat_interleave(COARSER, 3)
        activation = (spoken * network.weights(mask)).permute(0, 2, 3, 1)
        for name, value in zip(OUTPUTS, (logits, activation, features, mask.sigmoid()[:, 0])):
            parts[name].append(value.cpu().numpy())
    return {name: np.concatenate(part) for name, part in parts.items()}


@torch.no_grad()
def logits_of(model: network.Ensemble, pictures: np.ndarray, batch: int = 128) -> np.ndarray:
    """Only PyTorch's logits, for many images."""
    each = [torch.cat([member(images)[0] for images in _batches(member, pictures, batch)]) for member in model.members]
    return torch.stack(each).mean(0).cpu().numpy()


def _batches(model: network.Lesion, pictures: np.ndarray, batch: int):
    device = model.classes.weight.device
    for start in range(0, len(pictures), batch):
        yield torch.from_numpy(np.ascontiguousarray(pictures[start : start + batch])).to(device).permute(0, 3, 1, 2)
