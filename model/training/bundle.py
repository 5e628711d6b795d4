"""What every bundle has, whatever its network: confounders, self-test vectors, hashes, and graphs that are held against PyTorch."""

import base64
import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnxruntime

import measures

TOLERANCE = 1e-3
"""Largest difference of any probability between PyTorch, either graph, and the device."""

CONFOUNDERS = [
    "Hair across the lesion can hide its border, or be taken for its structure.",
    "Ink: skin markings have made networks of this kind call naevi malignant (J. K. Winkler et al., JAMA Dermatology 155, 2019).",
    "Rulers and scale bars say how the picture was taken and nothing of the lesion, and can move the number all the same.",
    "Gel bubbles and reflections can look like structures of the lesion.",
    "A vignette, the dark rim of the dermatoscope’s field, can be taken for pigment.",
    "By how much each of them moves this model’s figures was not measured.",
]
"""What beside the lesion is known to mislead networks that were trained on pictures like those of HAM10000."""


def hashes(bundle: Path) -> dict[str, str]:
    """SHA-256 of every file but the card, by its path in the bundle."""
    files = sorted(file for file in bundle.rglob("*") if file.is_file() and file != bundle / "card.json")
    return {file.relative_to(bundle).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def write_card(bundle: Path, card: dict) -> None:
    (bundle / "card.json").write_text(json.dumps({**card, "files": hashes(bundle)}, indent=2, ensure_ascii=False) + "\n")


def write_self_test(bundle: Path, pictures: dict[str, np.ndarray], logits: np.ndarray, more: list[dict] | None = None) -> None:
    """Pictures and what PyTorch makes of them: softmax of the bare logits, and what else a vector of `more` says."""
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
    """uint8 [side, side, 3] each, by formula: they travel with the bundle, so none is anybody's skin.

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
    """The ONNX graph, loaded once for all that is asked of it."""
    session = onnxruntime.InferenceSession(bundle / "model.onnx")
    return _in_batches(lambda pictures: dict(zip(names, session.run(list(names), {"image": pictures}))))


def tensorflow_graph(bundle: Path, names: tuple[str, ...]) -> Run:
    """The same of the SavedModel."""
    import tensorflow as tf

    model = tf.saved_model.load(str(bundle / "saved_model"))
    signature = model.signatures["serving_default"]

    def run(pictures: np.ndarray) -> dict[str, np.ndarray]:
        outputs = signature(image=tf.constant(pictures))
        return {name: outputs[name].numpy() for name in names}

    # A signature does not keep its model alive.
    run.model = model
    return _in_batches(run)


def _in_batches(run: Run) -> Run:
    def all_of(pictures: np.ndarray) -> dict[str, np.ndarray]:
        parts = [run(pictures[start : start + BATCH]) for start in range(0, len(pictures), BATCH)]
        return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}

    return all_of


def require_equal(name: str, logits: np.ndarray, trained: np.ndarray) -> None:
    """Refuses a graph whose probabilities are not those of the network that was trained."""
    difference = np.abs(measures.softmax(logits) - measures.softmax(trained)).max()
    print(f"{name}: no probability differs from PyTorch's by more than {difference:.1e} on {len(trained)} pictures")
    if not difference < TOLERANCE:
        raise SystemExit(f"{name} is not the network that was trained")
