"""Writes a bundle's graphs and self-test from the trained weights. `evaluate.py` then measures them and adds the card."""

import argparse
import shutil
from pathlib import Path

import numpy as np

import bundle as bundles
import graphs
import network


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
    pictures = bundles.self_test_pictures(network.SIDE)
    bundles.write_self_test(arguments.bundle, pictures, network.logits_of(model, np.stack(list(pictures.values()))).numpy())


if __name__ == "__main__":
    main()
