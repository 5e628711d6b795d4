"""Writes a bundle's graphs and self-test from the trained weights. `evaluate.py` then measures them and adds the card."""

import argparse
import base64
import json
import shutil
from pathlib import Path

import numpy as np

import graphs
import measures
import network

TOLERANCE = 1e-3


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--work", type=Path, required=True)
    options.add_argument("--bundle", type=Path, required=True)
    arguments = options.parse_args()
    model = network.load_weights(arguments.work / "final.pt")
    shutil.rmtree(arguments.bundle, ignore_errors=True)
    arguments.bundle.mkdir(parents=True)
    steps = graphs.fold(model)
    graphs.save_tensorflow(steps, arguments.bundle / "saved_model")
    graphs.save_onnx(steps, arguments.bundle / "model.onnx")
    (arguments.bundle / "self-test.json").write_text(json.dumps(self_test(model), indent=2) + "\n")


def self_test(model: network.SeedCnn) -> dict:
    """Pictures and what PyTorch makes of them: softmax of the bare logits."""
    pictures = self_test_pictures()
    probabilities = measures.softmax(network.logits_of(model, np.stack(list(pictures.values()))).numpy())
    vectors = [
        {
            "name": name,
            "image": base64.b64encode(picture.tobytes()).decode(),
            "probabilities": [round(float(probability), 7) for probability in row],
        }
        for (name, picture), row in zip(pictures.items(), probabilities)
    ]
    return {"tolerance": TOLERANCE, "vectors": vectors}


def self_test_pictures() -> dict[str, np.ndarray]:
    """uint8 [28, 28, 3] each, by formula: they travel with the bundle, so none is anybody's skin.

    Red, green and blue differ, and so do left and right, top and bottom: a graph that swaps any of them fails.
    """
    y, x = np.mgrid[0 : network.SIDE, 0 : network.SIDE] / (network.SIDE - 1)
    skin = np.stack([0.86 - 0.05 * y, 0.66 + 0.06 * x, 0.58 + 0.05 * y], axis=-1)

    def blob(at_x: float, at_y: float, radius: float, colour: list[float]) -> np.ndarray:
        inside = np.clip((radius - np.hypot(x - at_x, y - at_y)) * 12, 0, 1)[..., None]
        return skin * (1 - inside) + np.array(colour) * inside

    pictures = {
        "colour ramps": np.stack([x, y, (x + y) / 2], axis=-1),
        "brown spot": blob(0.45, 0.52, 0.25, [0.42, 0.27, 0.22]),
        "dark spot off the centre": blob(0.6, 0.4, 0.4, [0.16, 0.11, 0.13]),
        "red spot": blob(0.5, 0.5, 0.35, [0.62, 0.16, 0.2]),
        "noise": np.random.default_rng(7).random((network.SIDE, network.SIDE, 3)),
    }
    return {name: np.floor(picture * 255 + 0.5).astype(np.uint8) for name, picture in pictures.items()}


if __name__ == "__main__":
    main()
