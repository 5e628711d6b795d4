"""Measures an exported bundle on fold 4, and writes its card and the reference outputs for the device's tests.

The bundle itself is measured: the figures are those of its ONNX graph, and it is rejected if that or the SavedModel differs from PyTorch.
"""

import argparse
from datetime import UTC, datetime
from pathlib import Path

import bundle as bundles
import card
import data
import figures
import measures
import network

REFERENCE_PICTURES = 50


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--work", type=Path, required=True)
    options.add_argument("--bundle", type=Path, required=True)
    options.add_argument("--reference", type=Path, required=True, help="file to write for the device's tests")
    arguments = options.parse_args()

    everything = data.load(arguments.data, network.SIDE, arguments.work)
    fold = everything.where(everything.folds == data.REPORTING_FOLD)
    trained = network.logits_of(network.load_weights(arguments.work / "final.pt"), fold.pictures).numpy()
    logits = bundles.onnx_graph(arguments.bundle, ("logits",))(fold.pictures)["logits"]
    bundles.require_equal("ONNX", logits, trained)
    tensorflow = bundles.tensorflow_graph(arguments.bundle, ("logits",))(fold.pictures)["logits"]
    bundles.require_equal("SavedModel", tensorflow, trained)

    temperature = measures.temperature_of(logits, fold.labels)
    probabilities = measures.softmax(logits, temperature)
    bootstrap = measures.Bootstrap(fold.groups)
    points = figures.operating_points(bootstrap, probabilities, fold.labels)
    on = figures.on_fold(fold)
    measured = figures.table(bootstrap, probabilities, fold.labels, points, on)
    measured += figures.subgroups(fold, probabilities)

    trained_at = datetime.fromtimestamp((arguments.work / "final.pt").stat().st_mtime, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    card.write(arguments.bundle, created=trained_at, temperature=temperature, points=points, measured=measured)
    at = figures.spread(fold.labels, REFERENCE_PICTURES)
    arguments.reference.write_text(figures.reference(fold.ids[at], measures.softmax(trained[at], temperature)))
    print(measures.summary(probabilities, fold.labels))
    figures.show(measured, points, on)


if __name__ == "__main__":
    main()
