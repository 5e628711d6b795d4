"""Writes a bundle's graphs and self-test from the averaged weights. `evaluate.py` then calibrates and measures them and adds the card."""

import argparse
import shutil
from pathlib import Path

import numpy as np
import torch

import bundle as bundles
import graphs
import network


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--checkpoint", type=Path, required=True)
    options.add_argument("--bundle", type=Path, required=True)
    options.add_argument("--side", type=int, default=network.SIDE)
    arguments = options.parse_args()
    export(load(arguments.checkpoint), arguments.side, arguments.bundle)


def load(checkpoint: Path) -> network.Lesion:
    model = network.Lesion()
    model.load_state_dict(torch.load(checkpoint, weights_only=True)["average"])
    return model.eval()


def export(model: network.Lesion, side: int, bundle: Path) -> None:
    shutil.rmtree(bundle, ignore_errors=True)
    bundle.mkdir(parents=True)
    program = graphs.record(model)
    graphs.save_tensorflow(program, side, bundle / "saved_model")
    graphs.save_onnx(program, side, bundle / "model.onnx")
    pictures = bundles.self_test_pictures(side)
    answers = graphs.outputs_of(model, np.stack(list(pictures.values())))
    more = [
        {"lesionShare": round(float(mask.mean()), 6), "featureNorm": round(float(np.linalg.norm(features)), 5)}
        for mask, features in zip(answers["mask"], answers["features"])
    ]
    bundles.write_self_test(bundle, pictures, answers["logits"], more)


if __name__ == "__main__":
    main()
