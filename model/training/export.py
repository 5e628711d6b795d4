"""From a checkpoint to a bundle: frozen SavedModel, ONNX, self-test vectors, card. Every figure on the card is computed here."""

from __future__ import annotations

import argparse
import base64
import datetime
import hashlib
import json
import os
import shutil
import sys
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np
import onnx
import onnxruntime
import tensorflow as tf
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import nn

import evaluate as ev
from data import HELD_OUT_FOLD, Pictures, load
from network import AREA_SIDE, CLASSES, SIZE, fold, seed_cnn

VERSION = "1.0.0"
TOLERANCE = 1e-3
TARGETS = (0.90, 0.95, 0.98)
DEFAULT_TARGET = 0.95
OPSET = 17


def torch_logits(network: nn.Sequential, images: np.ndarray) -> np.ndarray:
    with torch.no_grad():
        batches = [torch.from_numpy(part).permute(0, 3, 1, 2).float() / 255 for part in np.array_split(images, max(1, len(images) // 256))]
        return torch.cat([network(batch) for batch in batches]).numpy()


def save_tensorflow(network: nn.Sequential, folder: Path) -> None:
    """A SavedModel of constants only, channels last; the flattening order of the first dense layer is turned accordingly."""
    graph = tf.Graph()
    with graph.as_default():
        image = tf.compat.v1.placeholder(tf.uint8, [None, SIZE, SIZE, 3], name="image")
        value = tf.cast(image, tf.float32) / 255.0
        channels = 3
        for layer in network:
            if isinstance(layer, nn.Conv2d):
                padding = "SAME" if layer.padding[0] else "VALID"
                value = tf.nn.conv2d(value, layer.weight.detach().numpy().transpose(2, 3, 1, 0), 1, padding)
                value = tf.nn.bias_add(value, layer.bias.detach().numpy())
                channels = layer.out_channels
            elif isinstance(layer, nn.ReLU):
                value = tf.nn.relu(value)
            elif isinstance(layer, nn.MaxPool2d):
                value = tf.nn.max_pool2d(value, 2, 2, "VALID")
            elif isinstance(layer, nn.Flatten):
                value = tf.reshape(tf.transpose(value, [0, 3, 1, 2]), [-1, channels * value.shape[1] * value.shape[2]])
            else:
                value = tf.matmul(value, layer.weight.detach().numpy().T) + layer.bias.detach().numpy()
        logits = tf.identity(value, name="logits")
        with tf.compat.v1.Session(graph=graph) as session:
            tf.compat.v1.saved_model.simple_save(session, str(folder), {"image": image}, {"logits": logits})
    shutil.rmtree(folder / "variables", ignore_errors=True)


def save_onnx(network: nn.Sequential, file: Path) -> None:
    nodes, weights = [], [numpy_helper.from_array(np.array(1 / 255, np.float32), "scale")]
    nodes += [
        helper.make_node("Cast", ["image"], ["float"], to=TensorProto.FLOAT),
        helper.make_node("Mul", ["float", "scale"], ["scaled"]),
        helper.make_node("Transpose", ["scaled"], ["v"], perm=[0, 3, 1, 2]),
    ]
    value = "v"
    layers = list(network)
    for index, layer in enumerate(layers):
        out = "logits" if index == len(layers) - 1 else f"v{index}"
        inputs = [value]
        if isinstance(layer, (nn.Conv2d, nn.Linear)):
            weights += [
                numpy_helper.from_array(layer.weight.detach().numpy(), f"w{index}"),
                numpy_helper.from_array(layer.bias.detach().numpy(), f"b{index}"),
            ]
            inputs += [f"w{index}", f"b{index}"]
        if isinstance(layer, nn.Conv2d):
            nodes.append(helper.make_node("Conv", inputs, [out], pads=[layer.padding[0]] * 4, kernel_shape=[3, 3]))
        elif isinstance(layer, nn.Linear):
            nodes.append(helper.make_node("Gemm", inputs, [out], transB=1))
        elif isinstance(layer, nn.ReLU):
            nodes.append(helper.make_node("Relu", inputs, [out]))
        elif isinstance(layer, nn.MaxPool2d):
            nodes.append(helper.make_node("MaxPool", inputs, [out], kernel_shape=[2, 2], strides=[2, 2]))
        else:
            nodes.append(helper.make_node("Flatten", inputs, [out]))
        value = out
    image = helper.make_tensor_value_info("image", TensorProto.UINT8, ["n", SIZE, SIZE, 3])
    logits = helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["n", len(CLASSES)])
    graph = helper.make_graph(nodes, "seed-cnn", [image], [logits], weights)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=8)
    onnx.checker.check_model(model)
    onnx.save(model, file)


def largest_difference(bundle: Path, images: np.ndarray, expected: np.ndarray) -> dict[str, float]:
    """Of any probability, against the training framework's, by format."""
    session = onnxruntime.InferenceSession(bundle / "model.onnx", providers=["CPUExecutionProvider"])
    (from_onnx,) = session.run(["logits"], {"image": images})
    signature = tf.saved_model.load(str(bundle / "saved_model")).signatures["serving_default"]
    from_tensorflow = signature(image=tf.constant(images))["logits"].numpy()
    truth = ev.softmax(expected)
    return {
        "onnx": float(np.abs(ev.softmax(from_onnx) - truth).max()),
        "saved_model": float(np.abs(ev.softmax(from_tensorflow) - truth).max()),
    }


def self_test_images() -> dict[str, np.ndarray]:
    """Pictures by formula: they travel in the bundle, so none is anybody's skin."""
    y, x = np.mgrid[0:SIZE, 0:SIZE] / (SIZE - 1)
    radius = np.hypot(x - 0.5, y - 0.5)
    skin = np.stack([0.85 + 0 * x, 0.66 + 0.05 * x, 0.58 + 0.05 * y], axis=-1)
    blob = np.clip((0.32 - radius) * 12, 0, 1)[..., None]
    noise = np.random.default_rng(7).random((SIZE, SIZE, 3))
    pictures = {
        "gradient": np.stack([x, y, (x + y) / 2], axis=-1),
        "brown blob": skin * (1 - blob) + np.array([0.36, 0.22, 0.17]) * blob,
        "red blob": skin * (1 - blob) + np.array([0.62, 0.14, 0.18]) * blob,
        "noise": noise,
    }
    return {name: np.round(picture * 255).astype(np.uint8) for name, picture in pictures.items()}


def self_test(network: nn.Sequential) -> dict:
    pictures = self_test_images()
    probabilities = ev.softmax(torch_logits(network, np.stack(list(pictures.values()))))
    return {
        "tolerance": TOLERANCE,
        "vectors": [
            {"name": name, "image": base64.b64encode(picture.tobytes()).decode(), "probabilities": row.round(7).tolist()}
            for (name, picture), row in zip(pictures.items(), probabilities)
        ],
    }


def figures(probabilities: np.ndarray, pictures: Pictures) -> tuple[list[dict], list[dict]]:
    """The card's operating points and measured figures, on the held-out fold."""
    labels, positive = pictures.labels, ev.MALIGNANT[pictures.labels]
    scores = probabilities[:, ev.MALIGNANT].sum(axis=1)
    samples = ev.resamples(pictures.groups)

    def interval(figure):
        return ev.with_interval(figure, samples, len(labels))

    points = []
    for target in TARGETS:
        threshold = ev.threshold_for(scores, positive, samples, target)
        points.append({
            "name": f"sensitivity {target:.2f}",
            "targetSensitivity": target,
            "threshold": threshold,
            "sensitivity": interval(lambda s: ev.sensitivity_at(scores[s], positive[s], threshold)),
            "specificity": interval(lambda s: ev.specificity_at(scores[s], positive[s], threshold)),
            "default": target == DEFAULT_TARGET,
        })
    measured = {
        "balanced accuracy of seven classes": lambda s: ev.balanced_accuracy(probabilities[s], labels[s]),
        "accuracy": lambda s: float((probabilities[s].argmax(1) == labels[s]).mean()),
        "malignancy AUC": lambda s: ev.auc(scores[s], positive[s]),
        "malignancy calibration error (15 equal-mass bins)": lambda s: ev.calibration_error(scores[s], positive[s]),
        "prevalence of malignancy": lambda s: float(positive[s].mean()),
    }
    where = f"HAM10000 fold {HELD_OUT_FOLD}, {len(labels)} pictures of {len(set(pictures.groups))} lesions"
    return points, [{"name": name, "on": where, **interval(figure)} for name, figure in measured.items()]


def card(temperature: float, points: list[dict], measured: list[dict], files: dict[str, str]) -> dict:
    return {
        "schema": 1,
        "name": "seed-cnn",
        "version": VERSION,
        "created": datetime.date.today().isoformat(),
        "licence": "Weights trained on CC BY-NC 4.0 pictures: non-commercial, name the source. Research use only.",
        "trainedOn": (
            "HAM10000 (Tschandl et al. 2018, doi 10.1038/sdata.2018.161, CC BY-NC 4.0), folds 0-3 split by lesion, "
            "classes balanced by oversampling; calibrated and measured on fold 4, which was not trained on"
        ),
        "intendedUse": (
            "Research use only. An adjunct for a trained clinician, for a lesion already judged suspicious. "
            "The baseline that later models are measured against."
        ),
        "limits": [
            "Not for screening, not a diagnosis; a low number does not rule out cancer. A confident miss is the commonest melanoma error.",
            "Sees 28 x 28 pixels; at another clinic hardly better than chance is to be expected.",
            "Threshold, temperature and figures come from the same fold: the figures are slightly flattered.",
            "Seven pigmented classes, mostly fair skin from Vienna and Queensland, no skin-tone labels; not validated on dark skin (phototypes V-VI).",
            "No amelanotic, nail, mucosal or paediatric lesions; none that are ulcerated, bleeding or larger than the field.",
            "Known confounders: hair, ruler, ink, gel bubbles, vignette.",
            "Predictive values depend on prevalence: that of the measured fold is not a clinic's.",
        ],
        "classes": CLASSES,
        "input": {"size": SIZE, "preprocessing": {"version": 1, "areaSide": AREA_SIDE}},
        "tensors": {"image": "image", "logits": "logits"},
        "calibration": {"temperature": temperature},
        "operatingPoints": points,
        "measured": measured,
        "files": files,
    }


def hashes(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != "card.json")
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def write_json(file: Path, value: dict) -> None:
    file.write_text(json.dumps(value, indent=2, ensure_ascii=False) + "\n")


def reference(logits: np.ndarray, pictures: Pictures, temperature: float) -> dict:
    """The training framework's answers to fifty pictures, as numbers only: the device's engines are held against them."""
    chosen = np.random.default_rng(50).choice(len(pictures.names), min(50, len(pictures.names)), replace=False)
    probabilities = ev.softmax(logits, temperature)
    return {"images": {str(pictures.names[i]): probabilities[i].round(6).tolist() for i in sorted(chosen)}}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--bundle", type=Path, required=True)
    parser.add_argument("--reference", type=Path)
    options = parser.parse_args()

    network = seed_cnn().eval()
    network.load_state_dict(torch.load(options.work / "checkpoint.pt", weights_only=True)["network"])
    folded = fold(network)
    pictures = load(options.data, options.work / "pictures-28.npy")
    held_out = pictures.where(pictures.folds == HELD_OUT_FOLD)
    logits = torch_logits(network, held_out.images)

    fresh = options.bundle.with_name(options.bundle.name + ".partial")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    save_tensorflow(folded, fresh / "saved_model")
    save_onnx(folded, fresh / "model.onnx")
    write_json(fresh / "self-test.json", self_test(network))
    difference = largest_difference(fresh, held_out.images, logits)
    print("largest difference of any probability from PyTorch:", difference)
    if max(difference.values()) > TOLERANCE:
        sys.exit("the exported graphs differ from the trained network; nothing was written")

    temperature = ev.fit_temperature(logits, held_out.labels)
    points, measured = figures(ev.softmax(logits, temperature), held_out)
    write_json(fresh / "card.json", card(temperature, points, measured, hashes(fresh)))
    shutil.rmtree(options.bundle, ignore_errors=True)
    fresh.rename(options.bundle)
    if options.reference:
        write_json(options.reference, reference(logits, held_out, temperature))
    for row in [*measured, *({"name": p["name"], **p["specificity"]} for p in points)]:
        print(f"{row['name']}: {row['value']} ({row['low']}-{row['high']})")


if __name__ == "__main__":
    main()
