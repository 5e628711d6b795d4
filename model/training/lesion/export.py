"""Writes a bundle's graphs and self-test from the averaged weights. `evaluate.py` then calibrates and measures them and adds the card."""

import argparse
import json
import shutil
from pathlib import Path

import numpy as np
import torch

import bundle as bundles
import graphs
import network


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--checkpoint", type=Path, nargs="+", required=True)
    options.add_argument("--bundle", type=Path, required=True)
    options.add_argument("--side", type=int, default=network.SIDE)
    arguments = options.parse_args()
    export(load(arguments.checkpoint), arguments.side, arguments.bundle)


def load(checkpoints: list[Path]) -> network.Ensemble:
    """The networks of these checkpoints, in the form that is shipped."""
    return network.Ensemble([_member(one) for one in checkpoints]).eval()


def _member(checkpoint: Path) -> network.Lesion:
    saved = torch.load(checkpoint, weights_only=True, map_location="cpu")
    model = network.Lesion(json.loads(saved["recipe"])["encoder"])
    model.load_state_dict(saved["average"])
    return network.as_shipped(model)


def export(model: network.Ensemble, side: int, bundle: Path) -> None:
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
