"""The common parts of every bundle: confounders, self-test vectors, hashes, and the comparison of its graphs with PyTorch."""

import base64
import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnxruntime

import measures

TOLERANCE = 1e-3
"""Largest allowed difference of any probability between PyTorch, either graph, and the device."""

CONFOUNDERS = [
    "Hair across the lesion can hide its border, or be taken for its structure.",
    "Ink: skin markings have made networks of this kind call naevi malignant (J. K. Winkler et al., JAMA Dermatology 155, 2019).",
    "Rulers and scale bars say how the picture was taken and nothing of the lesion, and can move the number all the same.",
    "Gel bubbles and reflections can look like structures of the lesion.",
    "A vignette, the dark rim of the dermatoscope’s field, can be taken for pigment.",
    "By how much each of them moves this model’s figures was not measured.",
]
"""Image features beside the lesion that are known to mislead networks trained on images like those of HAM10000."""


def hashes(bundle: Path) -> dict[str, str]:
    """SHA-256 of every file except the card, by its path in the bundle."""
    files = sorted(file for file in bundle.rglob("*") if file.is_file() and file != bundle / "card.json")
    return {file.relative_to(bundle).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def side(bundle: Path) -> int:
    """Side of the input square of a bundle, pixels."""
    return json.loads((bundle / "card.json").read_text())["input"]["size"]


def write_card(bundle: Path, card: dict) -> None:
    (bundle / "card.json").write_text(json.dumps({**card, "files": hashes(bundle)}, indent=2, ensure_ascii=False) + "\n")


def write_self_test(bundle: Path, pictures: dict[str, np.ndarray], logits: np.ndarray, more: list[dict] | None = None) -> None:
    """Images with PyTorch's outputs: softmax of the uncalibrated logits, and the further values of each vector in `more`."""
    vectors = [
        {
            "name": name,
            "image": base64.b64encode(picture.tobytes()).decode(),
            "probabilities": [round(float(probability), 7) for probability in row],
            **extra,
        }
        for (name, picture), row, extra in zip(pictures.items(), measures.softmax(logits), more or [{}] * len(pictures))
    ]
    (bundle / "self-test.json").write_text(json.dumps({"tolerance": TOLERANCE, "vectors": vectors}, indent=2) + "\n")


def self_test_pictures(side: int) -> dict[str, np.ndarray]:
    """uint8 [side, side, 3] each, from formulas: they are part of the bundle, so none may show a patient's skin.

    Red, green and blue differ, and so do left and right, top and bottom: a graph that swaps any of them fails.
    """
    y, x = np.mgrid[0:side, 0:side] / (side - 1)
    skin = np.stack([0.86 - 0.05 * y, 0.66 + 0.06 * x, 0.58 + 0.05 * y], axis=-1)

    def blob(at_x: float, at_y: float, radius: float, colour: list[float]) -> np.ndarray:
        inside = np.clip((radius - np.hypot(x - at_x, y - at_y)) * 12, 0, 1)[..., None]
        return skin * (1 - inside) + np.array(colour) * inside

    pictures = {
        "colour ramps": np.stack([x, y, (x + y) / 2], axis=-1),
        "brown spot": blob(0.45, 0.52, 0.25, [0.42, 0.27, 0.22]),
        "dark spot off the centre": blob(0.6, 0.4, 0.4, [0.16, 0.11, 0.13]),
        "red spot": blob(0.5, 0.5, 0.35, [0.62, 0.16, 0.2]),
        "noise": np.random.default_rng(7).random((side, side, 3)),
    }
    return {name: np.floor(picture * 255 + 0.5).astype(np.uint8) for name, picture in pictures.items()}


Run = Callable[[np.ndarray], dict[str, np.ndarray]]
"""uint8 [n, side, side, 3] → outputs by name."""

BATCH = 64


def onnx_graph(bundle: Path, names: tuple[str, ...]) -> Run:
    """The ONNX graph, loaded once for all calls."""
    session = onnxruntime.InferenceSession(bundle / "model.onnx")
    return _in_batches(lambda pictures: dict(zip(names, session.run(list(names), {"image": pictures}))))


def tensorflow_graph(bundle: Path, names: tuple[str, ...]) -> Run:
    """The same for the SavedModel."""
    import tensorflow as tf

    model = tf.saved_model.load(str(bundle / "saved_model"))
    signature = model.signatures["serving_default"]

    def run(pictures: np.ndarray) -> dict[str, np.ndarray]:
        outputs = signature(image=tf.constant(pictures))
        return {name: outputs[name].numpy() for name in names}

    # A signature holds no reference to its model.
    run.model = model
    return _in_batches(run)


def _in_batches(run: Run) -> Run:
    def all_of(pictures: np.ndarray) -> dict[str, np.ndarray]:
        parts = [run(pictures[start : start + BATCH]) for start in range(0, len(pictures), BATCH)]
        return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}

    return all_of


def require_equal(name: str, logits: np.ndarray, trained: np.ndarray) -> None:
    """Rejects a graph whose probabilities differ from those of the trained network."""
    difference = np.abs(measures.softmax(logits) - measures.softmax(trained)).max()
    print(f"{name}: largest difference of any probability from PyTorch: {difference:.1e} on {len(trained)} images")
    if not difference < TOLERANCE:
        raise SystemExit(f"{name} does not match the trained network")
